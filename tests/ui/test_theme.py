"""Colours that can be read, one style sheet that leaks nowhere, fonts and icons that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import pos
from pos.ui.theme import ThemeName, current, font, icon, icon_names, icon_pixmap, mono, restyle, set_theme, tokens
from pos.ui.theme.style import stylesheet

THEMES: tuple[ThemeName, ...] = ("light", "dark", "training_light", "training_dark")
ASSETS = Path(pos.__file__).parent / "assets"
# Text that is read, on what it stands on.
TEXTS = (
    *((text, ground) for text in ("text", "text2", "text3") for ground in ("surface", "bg", "sunken", "hover")),
    *((text, "primary_soft") for text in ("text", "text2", "text3")),
    ("primary_text", "surface"),
    ("primary_text", "primary_soft"),
    *((f"on{kind}", kind) for kind in ("primary", "ok", "bad", "out", "train")),
    *((kind, "surface") for kind in ("ok", "warn", "bad", "out")),
    *((kind, f"{kind}_soft") for kind in ("ok", "warn", "bad", "out", "teal", "violet")),
    ("train_text", "train_soft"),
    ("train_text", "surface"),
    ("text", "ok_soft"),
    ("text2", "warn_soft"),
    ("text2", "bad_soft"),
    ("rail_text", "rail"),
    ("rail_on", "rail_sel"),
    ("rail_text", "rail_sel"),
)
# Edges and rings that tell what can be operated.
PARTS = (
    ("control", "surface"),
    ("control", "bg"),
    ("focus", "surface"),
    ("focus", "bg"),
    ("primary_edge", "surface"),
    ("primary_edge", "primary_soft"),
)


def test_no_rule_colours_every_widget() -> None:
    assert not re.search(r"(^|,)\s*(QWidget|\*)\s*[{,]", stylesheet(tokens("light")), re.MULTILINE)


@pytest.mark.parametrize("kind", [QLabel, QLineEdit, QPlainTextEdit, QComboBox, QCheckBox])
def test_whatever_holds_words_takes_the_themes_colour(qapp: QApplication, qtbot: QtBot, kind: type[QWidget]) -> None:
    set_theme(qapp, "light")
    widget = kind()
    qtbot.addWidget(widget)
    widget.show()
    set_theme(qapp, "dark")
    role = QPalette.ColorRole.ButtonText if kind is QComboBox else QPalette.ColorRole.Text
    colour = widget.palette().color(QPalette.ColorRole.WindowText if kind in (QLabel, QCheckBox) else role)
    assert colour.name().upper() == tokens("dark").text.upper()
    set_theme(qapp, "light")


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink(image: QImage) -> int:
    """How much of a picture is painted."""
    return sum(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    set_theme(qapp, "light")
    return qapp


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: ThemeName) -> None:
    chosen = tokens(name)
    poor = {
        (text, ground): round(contrast(getattr(chosen, text), getattr(chosen, ground)), 2)
        for text, ground in TEXTS
        if contrast(getattr(chosen, text), getattr(chosen, ground)) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("name", THEMES)
def test_edges_can_be_seen(name: ThemeName) -> None:
    chosen = tokens(name)
    poor = [pair for pair in PARTS if contrast(*(getattr(chosen, part) for part in pair)) < 3]
    assert poor == []


def test_the_contrast_of_the_design_is_what_is_computed() -> None:
    assert round(contrast(tokens("light").text, tokens("light").surface), 2) == pytest.approx(18.1, abs=0.02)
    assert round(contrast(tokens("dark").primary, tokens("dark").onprimary), 1) == pytest.approx(7.8, abs=0.1)


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_names_no_frames_and_no_fonts(name: ThemeName) -> None:
    sheet = stylesheet(tokens(name))
    assert "QFrame" not in sheet
    assert "font" not in sheet
    assert "{t." not in sheet


def test_a_theme_is_put_on_live(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setProperty("ground", "bg")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    label = QLabel("x", window)
    QVBoxLayout(window).addWidget(label)
    window.show()
    seen = []
    for name in ("light", "dark", "light"):
        set_theme(app, name)
        assert current() is tokens(name)
        seen.append(window.grab().toImage().pixelColor(1, 1).name().upper())
    assert seen == ["#EEF0F4", "#0D1016", "#EEF0F4"]


@pytest.mark.usefixtures("app")
def test_one_widget_is_restyled_alone(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    restyle(label, tone="bad")
    label.ensurePolished()
    assert label.palette().windowText().color().name().upper() == tokens("light").bad


@pytest.mark.usefixtures("app")
def test_digits_have_one_width_and_dashes_their_own() -> None:
    for face in (font(18, 680), font(44, 700), mono(14)):
        metrics = QFontMetricsF(face)
        assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
    assert QFontMetricsF(font(18)).horizontalAdvance("-") < QFontMetricsF(font(18)).horizontalAdvance("0") * 0.9


@pytest.mark.usefixtures("app")
def test_weights_are_axes_of_one_family() -> None:
    light, heavy = font(40, 400), font(40, 700)
    assert QFontInfo(light).family() == QFontInfo(heavy).family() == "Inter Variable"
    assert QFontMetricsF(heavy).horizontalAdvance("Kassa") > QFontMetricsF(light).horizontalAdvance("Kassa")
    # Asked of Qt, both are one weight: nothing is thickened a second time.
    assert light.weight() == heavy.weight() == QFont.Weight.Normal


@pytest.mark.parametrize(
    "text", ["Příliš žluťoučký kůň úpěl ďábelské ódy", "Flygande bäckasiner söka hwila", "−1 × 2 – €·“„”", "Київ Ωμ"]
)
@pytest.mark.usefixtures("app")
def test_every_letter_a_shop_writes_is_in_the_font(text: str) -> None:
    metrics = QFontMetricsF(font(16))
    assert [letter for letter in text if not metrics.inFontUcs4(ord(letter))] == []


@pytest.mark.usefixtures("app")
def test_every_icon_paints_something_and_fill_shows() -> None:
    blank = [name for name in sorted(icon_names()) if not ink(icon_pixmap(name, 16, "#000000").toImage())]
    assert blank == []
    empty, full = (ink(icon_pixmap("shopping_cart", 24, "#000000", fill).toImage()) for fill in (0, 1))
    assert full > empty * 1.1


@pytest.mark.usefixtures("app")
def test_icons_are_kept_and_drawn_at_the_devices_pixels() -> None:
    assert icon_pixmap("check", 20, "#123456") is icon_pixmap("check", 20, "#123456")
    sharp = icon_pixmap("check", 20, "#123456", dpr=1.5)
    assert (sharp.width(), sharp.deviceIndependentSize().width()) == (30, 20)
    assert not icon("check", "#123456").isNull()
    with pytest.raises(KeyError):
        icon_pixmap("no_such_icon", 20, "#123456")


def test_every_icon_the_program_names_ships() -> None:
    names = set()
    for path in Path(pos.__file__).parent.joinpath("ui").rglob("*.py"):
        names |= set(re.findall(r"(?:Icon|IconButton|RailEntry|icon\w*)\(\s*\"([a-z_0-9]+)\"", path.read_text("utf-8")))
    assert names - icon_names() == set()
    assert len(names) > 3


def test_every_file_shipped_is_named_with_its_licence() -> None:
    notice = (ASSETS / "NOTICE.md").read_text("utf-8")
    families = {re.split(r"[-.]", path.name)[0] for path in ASSETS.rglob("*.ttf")}
    assert families == {"InterVariable", "JetBrainsMono", "DejaVuSans", "DejaVuSansMono", "MaterialSymbolsOutlined"}
    assert [family for family in families if family not in notice] == []
    named = set(re.findall(r"licences/[\w.-]+\.txt", notice))
    assert named == {f"licences/{path.name}" for path in (ASSETS / "licences").iterdir()}
    assert "http" not in notice


class Counting(QWidget):
    """Counts how often it is dressed anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dressed = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.dressed += event.type() == QEvent.Type.StyleChange


def test_another_theme_dresses_a_widget_no_more_often_however_deep_it_lies(qapp: QApplication, qtbot: QtBot) -> None:
    set_theme(qapp, "light")
    top = QWidget()
    qtbot.addWidget(top)
    deepest: QWidget = top
    for _ in range(12):
        deepest = QWidget(deepest)
    leaf = Counting(deepest)
    top.show()
    leaf.dressed = 0
    set_theme(qapp, "dark")
    set_theme(qapp, "light")
    # Undressed and dressed, twice.
    assert 2 <= leaf.dressed <= 4

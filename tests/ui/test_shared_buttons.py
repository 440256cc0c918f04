"""Buttons, text and small signs: what they say, how large they are, and that nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.shared.buttons import ActionButton, IconButton, PaintedButton, TileButton
from pos.ui.shared.cards import Avatar, Card, Icon, KeyCap, Pill, avatar_colours, initials_of
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.draw import broken, name_in_rows, text_width
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.keys import key_name
from pos.ui.shared.notices import Banner
from pos.ui.shared.option_button import OptionButton
from pos.ui.shared.rail import Rail, RailEntry
from pos.ui.shared.text import ElidedLabel, Label
from pos.ui.shared.top_bar import DeviceState, TopBar
from pos.ui.theme import current, font, set_theme
from tests.ui.looking import colours_in, picture, show


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    set_theme(qapp, "light")
    yield
    set_theme(qapp, "light")


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        ("F12", "F12"),
        ("Ctrl+K", "Ctrl K"),
        ("Return", "Enter"),
        ("Escape", "Esc"),
        ("Del", "Del"),
        ("Ctrl++", "Ctrl +"),
        ("+", "+"),
        ("Ctrl+Shift+Q", "Ctrl Shift Q"),
        ("", ""),
    ],
)
def test_keys_are_named_as_on_the_keyboard(sequence: str, name: str) -> None:
    assert key_name(sequence) == name


@pytest.mark.parametrize("text", ["Pay", "Zaplatit 123 456,78 Kč", "Slutför köp"])
@pytest.mark.parametrize("height", [48, 68, 76])
def test_a_button_is_never_narrower_than_its_words(qtbot: QtBot, text: str, height: int) -> None:
    button = ActionButton(text, "payments", key="F12", height=height, detail="Detail")
    qtbot.addWidget(button)
    narrow = button.minimumSizeHint()
    assert narrow.height() == height
    button.setText(text * 2)
    assert button.minimumSizeHint().width() > narrow.width()


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    action = QAction("Suspend")
    action.setShortcut("F7")
    action.setToolTip("Keeps the sale for later")
    button = ActionButton()
    qtbot.addWidget(button)
    button.follow(action)
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(True))
    assert (button.text(), button.key) == ("Suspend", "F7")
    assert (button.accessibleName(), button.accessibleDescription()) == ("Suspend", "F7, Keeps the sale for later")
    button.click()
    action.setText("Odložit")
    action.setEnabled(False)
    button.click()
    assert (button.text(), button.isEnabled(), len(done)) == ("Odložit", False, 1)
    # Remapped while its words are the same, and woken again.
    action.setShortcut("F8")
    action.setEnabled(True)
    assert (button.key, button.accessibleDescription(), button.isEnabled()) == (
        "F8",
        "F8, Keeps the sale for later",
        True,
    )


def test_kinds_have_their_colours_and_states(qtbot: QtBot) -> None:
    button = ActionButton("Pay", "payments", kind="primary", height=76)
    qtbot.addWidget(button)
    button.resize(300, 76)
    assert current().primary in colours_in(picture(button))
    button.setEnabled(False)
    assert current().primary not in colours_in(picture(button))
    assert current().hover in colours_in(picture(button))
    button.setEnabled(True)
    button.set_kind("plum")
    assert current().out in colours_in(picture(button))


def test_the_ring_shows_with_the_focus_and_a_touch_does_not_take_it(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    edit, button = QLineEdit(), ActionButton("Price", kind="outlined")
    column.addWidget(edit)
    column.addWidget(button)
    show(qtbot, window)
    edit.setFocus()
    assert current().focus not in colours_in(picture(button))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert edit.hasFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert current().focus in colours_in(picture(button))


def test_a_tile_says_its_badge(qtbot: QtBot) -> None:
    tile = TileButton("Bananas", "nutrition", detail="0.69 / lb", badge="−15%", tile="warn")
    qtbot.addWidget(tile)
    tile.resize(142, 120)
    assert tile.accessibleName() == "Bananas, 0.69 / lb, −15%"
    assert {current().ok_soft, current().warn_soft} <= colours_in(picture(tile))


def test_a_chosen_button_looks_chosen(qtbot: QtBot) -> None:
    button = ActionButton("$160", height=76)
    qtbot.addWidget(button)
    button.set_checked_kind("selected")
    kinds = [button.kind]
    button.setChecked(True)
    kinds.append(button.kind)
    assert kinds == ["secondary", "selected"]


def test_every_button_has_a_name_and_room_for_a_finger(qtbot: QtBot) -> None:
    bar = TopBar()
    bar.set_devices([DeviceState("printer", "print", "Printer", "warn", "Out of paper")])
    bar.set_person("Maya Reyes", "Cashier", "Maya R.")
    bar.set_palette("Find anything")
    rail = Rail()
    rail.set_entries(
        [RailEntry("sell", "shopping_cart", "Sell", "Ctrl 1")], RailEntry("lock", "lock", "Lock", "Ctrl L")
    )
    keypad = Keypad(left="badge")
    keypad.set_names(backspace="Delete the last digit", badge="Scan a badge")
    banner = Banner(close_name="Close")
    banner.action.set_text("Print again")
    segments = SegmentedControl([("en", "EN"), ("cs", "CS")])
    widgets: list[QWidget] = [
        bar,
        rail,
        keypad,
        banner,
        segments,
        IconButton("close", "Close"),
        TileButton("Bananas", "nutrition", detail="0.69 / lb"),
    ]
    buttons: list[QAbstractButton] = []
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.adjustSize()
        buttons += [widget] if isinstance(widget, QAbstractButton) else widget.findChildren(QAbstractButton)
    assert len(buttons) > 20
    assert [button.objectName() or button.text() for button in buttons if not button.accessibleName()] == []
    assert [(b.text(), b.size()) for b in buttons if b.sizeHint().width() < 44 or b.sizeHint().height() < 44] == []
    assert all(isinstance(button, PaintedButton) for button in buttons)


# Text, chips and cards.


def test_long_text_ends_in_an_ellipsis_and_is_told_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("Ceramic mug 350 ml, sand, dishwasher safe", 17, 600)
    show(qtbot, label)
    found = []
    for width in (120, label.sizeHint().width()):
        label.resize(width, 26)
        found.append((label.is_elided, label.toolTip()))
    assert found == [(True, label.text()), (False, "")]
    assert label.accessibleName() == label.text()


def test_tones_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    label = Label("Short by $2.00", tone="bad")
    qtbot.addWidget(label)
    label.ensurePolished()
    light = label.palette().windowText().color().name()
    set_theme(qapp, "dark")
    label.ensurePolished()
    dark = label.palette().windowText().color().name()
    label.set_tone("ok")
    assert (light.upper(), dark.upper()) == ("#B3261E", "#FF9D94")
    assert label.palette().windowText().color().name().upper() == "#5FD79B"


def test_a_cards_edge_does_not_leak_into_its_labels(qtbot: QtBot) -> None:
    card = Card()
    label = QLabel("x")
    card.column.addWidget(label)
    show(qtbot, card)
    place = label.geometry().topLeft()
    edge = [picture(card).pixelColor(place + QPoint(x, 0)).name().upper() for x in range(label.width())]
    assert set(edge) == {current().surface}


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Maya Reyes", "MR"), ("Åsa von Öst", "ÅÖ"), ("Petr", "P"), ("", ""), ("Dana (night) Kim", "DK")],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_person_keeps_the_colour(qtbot: QtBot) -> None:
    assert avatar_colours(current(), "Maya Reyes") == avatar_colours(current(), "Maya Reyes")
    avatar = Avatar("Maya Reyes")
    qtbot.addWidget(avatar)
    assert avatar_colours(current(), "Maya Reyes")[1].upper() in colours_in(picture(avatar))


def test_small_signs_paint_and_grow_with_their_words(qtbot: QtBot) -> None:
    pill, cap, sign = Pill("Printed", "ok", "check_circle"), KeyCap("F2"), Icon("info", 22, tile="warn")
    for widget in (pill, cap, sign):
        qtbot.addWidget(widget)
        assert len(colours_in(picture(widget))) > 1
    before = pill.sizeHint().width()
    pill.set_state("Waiting for the printer", "warn", "schedule")
    assert pill.sizeHint().width() > before
    assert (pill.text, pill.accessibleName()) == ("Waiting for the printer", "Waiting for the printer")
    assert cap.accessibleName() == "F2"


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    button = ActionButton("Pay")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter)
    assert len(pressed) == 2


def test_an_option_says_all_of_it_over_several_lines(qapp: QApplication) -> None:
    del qapp
    said = "Ask the customer and note the answer: has the rebate been claimed already?"
    option = OptionButton(said, "Ask the customer", "48.26", "Ctrl F1", icon="check_circle", height=56)
    option.resize(1000, 56)
    option.grab()
    assert option.height() == 56
    option.resize(360, 56)
    option.grab()
    assert option.height() == 56 + 2 * 22
    rows = broken(said, font(16, 600), 200, 9)
    assert " ".join(rows) == said
    assert all(text_width(row, font(16, 600)) <= 200 for row in rows)


@pytest.mark.parametrize(
    "name", ["Merino crew sweater", "Keramický hrnek 350 ml", "Smörcroissant", "Bylinka v květináči"]
)
def test_the_name_of_a_tile_shows_whole_on_the_smallest_screen(qapp: QApplication, name: str) -> None:
    del qapp
    rows, face = name_in_rows(name, 96)
    assert " ".join(rows) == name
    assert len(rows) <= 2
    assert all(text_width(row, face) <= 96 for row in rows)


def test_a_name_that_fits_stays_in_one_line_and_one_that_never_fits_takes_two(qapp: QApplication) -> None:
    del qapp
    assert name_in_rows("Bananas", 96)[0] == ["Bananas"]
    assert len(name_in_rows("A name without any end at all " * 4, 96)[0]) == 2

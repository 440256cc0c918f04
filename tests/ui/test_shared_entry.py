"""Where a person types or chooses: keypad, PIN, amounts, codes, segments."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.shared.choices import SegmentedControl, Tabs
from pos.ui.shared.fields import AmountField, ScanField
from pos.ui.shared.keypad import Keypad, PinDots
from pos.ui.theme import current, set_theme
from tests.ui.keyboard import Keyboard
from tests.ui.looking import colours_in, picture, show


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    set_theme(qapp, "light")
    yield
    set_theme(qapp, "light")


def test_the_keypad_speaks_in_signals_and_stays_where_it_is(qtbot: QtBot) -> None:
    keypad = Keypad(decimal_sign=",")
    keypad.resize(392, 560)
    show(qtbot, keypad)
    heard: list[str] = []
    keypad.digit.connect(heard.append)
    keypad.decimal.connect(lambda: heard.append("decimal"))
    keypad.backspace.connect(lambda: heard.append("backspace"))
    places = {name: key.geometry() for name, key in keypad.keys.items()}
    for name in ("7", "0", "decimal", "backspace"):
        QTest.mouseClick(keypad.keys[name], Qt.MouseButton.LeftButton)
    assert heard == ["7", "0", "decimal", "backspace"]
    assert {name: key.geometry() for name, key in keypad.keys.items()} == places
    assert keypad.keys["decimal"].text() == ","
    assert min(min(place.width(), place.height()) for place in places.values()) >= 80
    assert places["7"].y() < places["1"].y()


def test_a_touch_beside_a_key_presses_the_nearest(qtbot: QtBot) -> None:
    keypad = Keypad()
    keypad.resize(392, 560)
    show(qtbot, keypad)
    heard: list[str] = []
    keypad.digit.connect(heard.append)
    seven, four = keypad.keys["7"].geometry(), keypad.keys["4"].geometry()
    for y in (seven.bottom() + 2, four.top() - 2):
        QTest.mousePress(keypad, Qt.MouseButton.LeftButton, pos=QPoint(seven.center().x(), y))
        assert keypad.keys["7" if y < four.top() - 4 else "4"].isDown()
        QTest.mouseRelease(keypad, Qt.MouseButton.LeftButton, pos=QPoint(seven.center().x(), y))
    assert heard == ["7", "4"]
    # A finger that slides away takes its press back.
    QTest.mousePress(keypad, Qt.MouseButton.LeftButton, pos=QPoint(seven.center().x(), seven.bottom() + 2))
    QTest.mouseRelease(keypad, Qt.MouseButton.LeftButton, pos=QPoint(5, 500))
    assert heard == ["7", "4"]


def test_a_dot_a_digit_and_never_which(qtbot: QtBot) -> None:
    dots = PinDots()
    dots.resize(360, 30)
    qtbot.addWidget(dots)

    def filled() -> int:
        image = picture(dots)
        return sum(image.pixelColor(x, 15).name().upper() == current().text for x in range(360))

    widths = []
    for count in (0, 1, 6, 9):
        dots.set_count(count, f"{count} digits")
        widths.append(filled())
    assert widths[0] == 0
    assert widths[1] < widths[2] < widths[3]
    assert dots.accessibleName() == "9 digits"


# Fields.


@pytest.mark.parametrize("layout", ["us", "cs", "sv"])
def test_an_amount_is_typed_on_any_digit_row(qtbot: QtBot, layout: str) -> None:
    field = AmountField(lambda entry: f"${entry or '0'}")
    field.set_words("Cash received", "Type it, or tap a note")
    show(qtbot, field)
    field.setFocus()
    heard: list[str] = []
    field.submitted.connect(heard.append)
    Keyboard(field, layout=layout).tap(*"160.5", "Enter")
    assert (field.entry, field.text(), heard) == ("160.5", "$160.5", ["160.5"])


def test_an_amount_takes_no_more_than_can_count(qtbot: QtBot) -> None:
    field = AmountField(digits=2)
    qtbot.addWidget(field)
    heard: list[str] = []
    field.entry_changed.connect(heard.append)
    for digit in "0012":
        field.add_digit(digit)
    field.add_decimal()
    field.add_decimal()
    for digit in "345":
        field.add_digit(digit)
    assert field.entry == "12.34"
    field.take_back()
    field.clear_entry()
    field.clear_entry()
    for _ in range(15):
        field.add_digit("9")
    assert field.entry == "9" * 10
    field.set_shown(str, digits=0)
    field.set_entry("5")
    field.add_decimal()
    assert field.entry == "5"
    assert heard[-1] == "5"
    assert heard.count("") == 1


def test_an_amount_lets_other_keys_through(qtbot: QtBot) -> None:
    field = AmountField()
    qtbot.addWidget(field)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_A, Qt.Key.Key_F12):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "a" if key == Qt.Key.Key_A else "")
        field.keyPressEvent(event)
        assert not event.isAccepted()
    assert field.entry == ""


def test_the_scan_field_submits_what_was_typed_and_nothing_else(qtbot: QtBot) -> None:
    field = ScanField()
    field.set_words("Scan an item", key="F2")
    show(qtbot, field)
    field.setFocus()
    sent: list[str] = []
    field.submitted.connect(sent.append)
    keys = Keyboard(field)
    keys.tap("Enter", " ", "Enter")
    field.clear()
    keys.tap(*"4011", " ", "Enter")
    assert sent == ["4011"]
    assert field.edit.accessibleName() == "Scan an item"
    assert field.edit.accessibleDescription() == "F2"
    assert current().focus in colours_in(picture(field))


def test_czech_digit_keys_are_digits_until_a_letter_follows(qtbot: QtBot) -> None:
    field = ScanField()
    show(qtbot, field)
    field.setFocus()
    keys = Keyboard(field, layout="cs")
    typed = {}
    for sequence in (
        ("4", "0", "1", "1"),
        ("4", "a", "j"),
        ("3", "u", "n", "k", "a"),
        ("t", "2", "s"),
        ("4", "5", "Backspace", "a"),
    ):
        field.clear()
        keys.tap(*sequence)
        typed["".join(sequence)] = field.text
    assert typed == {"4011": "4011", "4aj": "čaj", "3unka": "šunka", "t2s": "těs", "45Backspacea": "ča"}


def test_the_scanners_state_shows_only_if_given(qtbot: QtBot) -> None:
    field = ScanField()
    show(qtbot, field)
    assert field.status.isHidden()
    field.set_status("Scanner ready")
    assert field.status.isVisible()
    field.set_status("")
    assert field.status.isHidden()


# Choices.


def test_one_of_a_few_is_chosen(qtbot: QtBot) -> None:
    control = SegmentedControl([("en", "EN"), ("cs", "CS"), ("sv", "SV")])
    show(qtbot, control)
    chosen: list[str] = []
    control.chosen.connect(chosen.append)
    assert control.choice == "en"
    control.choose("sv")
    control.buttons["cs"].click()
    assert (control.choice, chosen) == ("cs", ["cs"])
    control.set_choices([("cs", "CS"), ("en", "EN")])
    assert control.choice == "cs"
    tabs = Tabs([("quick", "Quick keys"), ("specials", "Specials")])
    qtbot.addWidget(tabs)
    tabs.set_badge("specials", "5")
    tabs.set_text("quick", "Rychlé klávesy")
    assert tabs.buttons["specials"].accessibleName() == "Specials, 5"
    assert tabs.buttons["quick"].text() == "Rychlé klávesy"

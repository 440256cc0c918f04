"""Letters for touch alone: it opens at a field, types like keys, moves nothing, and goes away again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.scan_router import ScanRouter
from pos.ui.touch_keyboard import TouchKeyboard
from pos.wording import Wording
from tests.lane import Lane


class Desk:
    """A window with a field at the top, one at the bottom, an amount, and the keyboard above it."""

    def __init__(self, qtbot: QtBot, mode: str = "on", language: str = "en") -> None:
        self.window = QWidget()
        self.window.resize(1024, 768)
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.name, self.note, self.low, self.amount = QLineEdit(), QPlainTextEdit(), QLineEdit(), QLineEdit()
        self.amount.setReadOnly(True)
        for field in (self.name, self.amount, self.note, self.low):
            column.addWidget(field)
        self.entered: list[str] = []
        self.name.returnPressed.connect(lambda: self.entered.append(self.name.text()))
        self.keyboard = TouchKeyboard(self.window, Wording(language), mode)
        app = QApplication.instance()
        assert app is not None
        self.router = ScanRouter(app, parent=self.window)
        self.router.pressed.connect(self.keyboard.pressed)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def type(self, *keys: str) -> None:
        for key in keys:
            QTest.mouseClick(self.keyboard.keys[key], Qt.MouseButton.LeftButton)
        self.router.replay()


@pytest.fixture
def desk_with(qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    """Desks of a test's choice; their routers hear nothing any more after it."""
    made: list[Desk] = []

    def make(**choice: str) -> Desk:
        made.append(Desk(qtbot, **choice))
        return made[-1]

    yield make
    for desk in made:
        QApplication.instance().removeEventFilter(desk.router)  # type: ignore[union-attr]


def test_a_name_is_written_by_touch_alone(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    assert desk.keyboard.isVisible()
    desk.type("shift", "a", "n", "n", "x", "backspace", "a", "space", "4")
    assert desk.name.text() == "Anna 4"
    assert desk.name.hasFocus()
    desk.type("enter")
    assert (desk.entered, desk.keyboard.isVisible()) == (["Anna 4"], False)


def test_a_note_keeps_the_keyboard_over_its_lines(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    QTest.mouseClick(desk.note.viewport(), Qt.MouseButton.LeftButton)
    desk.type("a", "enter", "b")
    assert desk.note.toPlainText() == "a\nb"
    assert desk.keyboard.isVisible()


@pytest.mark.parametrize(("language", "word"), [("en", "kettle"), ("cs", "žluťoučký"), ("sv", "smörgås")])
def test_the_layout_is_the_operators_languages(desk_with: Callable[..., Desk], language: str, word: str) -> None:
    desk = desk_with(language=language)
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    desk.type(*word)
    assert desk.name.text() == word
    desk.keyboard.set_words(Wording("en"))
    desk.type("k")
    assert desk.name.text() == word + "k"


def test_every_key_is_large_named_and_never_takes_the_focus(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(language="cs")
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    for name, key in desk.keyboard.keys.items():
        assert min(key.width(), key.height()) >= 44, name
        assert key.accessibleName(), name
        assert key.focusPolicy() == Qt.FocusPolicy.NoFocus, name


def test_it_covers_neither_the_field_nor_moves_what_is_below(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    places = [field.geometry() for field in (desk.name, desk.note, desk.low)]
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    assert desk.keyboard.geometry().bottom() == desk.window.height() - 1
    QTest.mouseClick(desk.low, Qt.MouseButton.LeftButton)
    assert desk.keyboard.y() == 0
    assert not desk.keyboard.geometry().intersects(desk.low.geometry())
    assert [field.geometry() for field in (desk.name, desk.note, desk.low)] == places


def test_it_goes_with_its_key_and_with_a_touch_elsewhere(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    desk.type("hide")
    assert not desk.keyboard.isVisible()
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.amount, Qt.MouseButton.LeftButton)
    assert not desk.keyboard.isVisible()


@pytest.mark.parametrize(
    ("mode", "mouse", "finger"), [("auto", False, True), ("on", True, True), ("off", False, False)]
)
def test_the_setting_says_who_opens_it(desk_with: Callable[..., Desk], mode: str, mouse: bool, finger: bool) -> None:
    desk = desk_with(mode=mode)
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    assert desk.keyboard.isVisible() is mouse
    desk.keyboard.close_keyboard()
    screen = QTest.createTouchDevice()
    QTest.touchEvent(desk.window, screen).press(0, desk.name.mapTo(desk.window, QPoint(20, 10)), desk.window).commit()
    assert desk.keyboard.isVisible() is finger
    QTest.touchEvent(desk.window, screen).release(0, desk.name.mapTo(desk.window, QPoint(20, 10)), desk.window).commit()


def test_at_the_till_it_searches_and_a_scan_or_the_lock_sends_it_away(lane: Lane, qtbot: QtBot) -> None:
    lane.open_till()
    keyboard = TouchKeyboard(lane.window, lane.window.words, "on")
    lane.window.keyboard = keyboard
    qtbot.waitUntil(lane.window.isActiveWindow)
    edit = lane.shell.sell.scan_field.edit
    edit.setFocus()
    keyboard.open_for(edit)
    for key in "mug":
        QTest.mouseClick(keyboard.keys[key], Qt.MouseButton.LeftButton)
    assert edit.text() == "mug"
    lane.window.choose_language("cs")
    assert "ř" in keyboard.keys
    lane.window.scanned("9521234500007")
    assert not keyboard.isVisible()
    keyboard.open_for(edit)
    lane.shell.lock()
    assert not keyboard.isVisible()

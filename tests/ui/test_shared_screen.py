"""What a screen brings along: keys that sleep with it, an entry for what is typed, words and colours changed live."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout
from pytestqt.qtbot import QtBot

from pos.ui.scan_router import ScanRouter
from pos.ui.shared.fields import AmountField, ScanField
from pos.ui.shared.screen import Screen
from pos.ui.theme import set_theme
from pos.wording import Wording
from tests.ui.keyboard import Keyboard


class Sample(Screen):
    """A screen with an entry, a button and three keys."""

    def __init__(self, name: str) -> None:
        super().__init__(name, Wording("en"))
        self.heard: list[str] = []
        self.themes = 0
        column = QVBoxLayout(self)
        self.field, self.button, self.other = ScanField(), QPushButton("x"), QLineEdit()
        for widget in (self.field, self.button, self.other):
            column.addWidget(widget)
        self.name_child(self.button, "area", "x")
        self.set_entry(self.field)
        self.pay = self.add_key("pay", "Return", lambda: self.heard.append("pay"), primary=True)
        self.help = self.add_key("help", ["F1", "Ctrl+H"], lambda: self.heard.append("help"))
        self.hidden = self.add_key("undo", "Ctrl+Z", lambda: self.heard.append("undo"), in_key_bar=False)
        self.retranslate()

    def retranslate(self) -> None:
        self.pay.setText(f"Pay {self.words.language}")

    def apply_theme(self) -> None:
        self.themes += 1


@dataclass
class Shell:
    """Two screens in a window, as the main window has them."""

    window: QMainWindow
    stack: QStackedWidget
    one: Sample
    two: Sample
    keys: Keyboard = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keyboard(self.window)

    def press(self, key: Qt.Key) -> None:
        window = self.window.windowHandle()
        assert window is not None
        QTest.keyClick(window, key)


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication) -> Shell:
    set_theme(qapp, "light")
    window, stack = QMainWindow(), QStackedWidget()
    one, two = Sample("one"), Sample("two")
    stack.addWidget(one)
    stack.addWidget(two)
    window.setCentralWidget(stack)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Shell(window, stack, one, two)


def test_keys_work_on_the_screen_that_shows_and_sleep_on_the_others(shell: Shell) -> None:
    shell.press(Qt.Key.Key_F12)
    shell.press(Qt.Key.Key_F1)
    shell.stack.setCurrentWidget(shell.two)
    shell.press(Qt.Key.Key_F12)
    assert (shell.one.heard, shell.two.heard) == (["pay", "help"], ["pay"])
    assert not shell.one.pay.isEnabled()


def test_an_action_wakes_in_the_state_it_fell_asleep_in(shell: Shell) -> None:
    shell.one.pay.setEnabled(False)
    shell.stack.setCurrentWidget(shell.two)
    shell.stack.setCurrentWidget(shell.one)
    assert (shell.one.pay.isEnabled(), shell.one.help.isEnabled()) == (False, True)
    shell.one.set_covered(True)
    shell.press(Qt.Key.Key_F1)
    shell.one.set_covered(False)
    shell.press(Qt.Key.Key_F1)
    assert shell.one.heard == ["help"]


def test_the_primary_action_is_f12_whatever_else_it_is(shell: Shell) -> None:
    assert shell.one.primary is shell.one.pay
    assert [key.toString() for key in shell.one.pay.shortcuts()] == ["F12", "Return"]
    assert [action.objectName() for action in shell.one.key_bar] == ["one.keys.pay", "one.keys.help"]
    assert shell.one.button.objectName() == "one.area.x"


def test_what_is_typed_goes_to_the_entry_wherever_the_focus_is(shell: Shell, qapp: QApplication) -> None:
    router = ScanRouter(qapp, parent=shell.window)
    assert shell.one.field.edit.hasFocus()
    shell.one.button.setFocus()
    shell.keys.tap("4", "2")
    router.replay()
    assert shell.one.field.text == "42"
    shell.one.other.setFocus()
    shell.keys.tap("7")
    router.replay()
    assert (shell.one.field.text, shell.one.other.text()) == ("42", "7")
    qapp.removeEventFilter(router)


def test_what_a_hidden_entry_does_not_want_is_let_go(shell: Shell) -> None:
    amount = AmountField(height=48, px=22)
    amount.setParent(shell.one)
    shell.one.set_entry(amount)
    shell.one.setFocus()
    QTest.keyClick(shell.one, Qt.Key.Key_X)
    assert amount.entry == ""


def test_the_focus_comes_back_to_the_entry(shell: Shell) -> None:
    shell.one.other.setFocus()
    shell.one.focus_entry()
    assert shell.one.field.edit.hasFocus()
    shell.stack.setCurrentWidget(shell.two)
    shell.one.focus_entry()
    assert shell.two.field.edit.hasFocus()


def test_words_and_theme_change_live(shell: Shell, qapp: QApplication) -> None:
    shell.one.set_words(Wording("en"))
    shell.one.words = Wording("en")
    before = shell.one.themes
    set_theme(qapp, "dark")
    set_theme(qapp, "light")
    assert shell.one.themes >= before + 2
    assert shell.one.pay.text() == "Pay en"

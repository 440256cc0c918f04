"""Anything at all, at random, over all windows: no crash, no complaint of Qt's, and the books hold."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pos.services.demo_shop import DEMO_PINS, demo_gtin
from pos.ui.app import App
from pos.ui.failure import FOLDER_NAME
from tests.journeys.program import begin, running
from tests.lane import DANA, LUCIE, MAYA, sign_in_to
from tests.ui.keyboard import Keyboard

LONG = [pytest.mark.soak, pytest.mark.timeout(3600)]
SEEDS = (20_000, 1, 2, 3, 4)
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYS = [Qt.Key(Qt.Key.Key_F1 + number) for number in range(12)] + [
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Space,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
]
LETTERS = "0123456789.,*+-xabz "
CODES = [demo_gtin(number) for number in (2101, 3001, 1012, 4001, 7777)] + ["4011", "0000", "9" * 48, "]C1(01)952"]


class Monkey:
    """Somebody who was never shown how; the same one every time for the same seed."""

    def __init__(self, app: App, seed: int) -> None:
        self.app, self.rng = app, Random(seed)
        self.keyboard = Keyboard(app.window)
        self.did: list[str] = []

    def act(self) -> None:
        act = self.rng.choices(
            (self.key, self.shortcut, self.type, self.touch, self.scan, self.come_back, self.put_away),
            (28, 10, 18, 30, 12, 2, 0.2),
        )[0]
        act()
        QApplication.processEvents()

    def key(self) -> None:
        key = self.rng.choice(KEYS)
        self._press(key, self.rng.choices((NONE, SHIFT, ALT), (8, 1, 1))[0])

    def shortcut(self) -> None:
        """Ctrl or Alt with a letter or digit."""
        key = self.rng.choice([*range(ord("0"), ord("9")), *range(ord("A"), ord("Z"))])
        self._press(Qt.Key(key), self.rng.choice((CTRL, ALT)))

    def type(self) -> None:
        text = "".join(self.rng.choices(LETTERS, k=self.rng.randint(1, 5)))
        self.did.append(f"type {text!r}")
        for character in text:
            QTest.keyClick(self.app.window.windowHandle(), ord(character))

    def touch(self) -> None:
        """A button that can be seen, or any spot."""
        window = self.app.window
        buttons = [button for button in window.findChildren(QAbstractButton) if self._in_reach(button)]
        if buttons and self.rng.random() < 0.85:
            button = self.rng.choice(buttons)
            place = button.mapTo(window, QPoint(button.width() // 2, button.height() // 2))
            self.did.append(f"touch {button.objectName()}")
        else:
            place = QPoint(self.rng.randrange(window.width()), self.rng.randrange(window.height()))
            self.did.append(f"touch {place.x()}, {place.y()}")
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)

    def scan(self) -> None:
        code = self.rng.choice(CODES)
        self.did.append(f"scan {code}")
        if all(character.isdigit() for character in code):
            self.keyboard.scan(code)
            self.keyboard.now += 200
        else:
            self.app.window.scanned(code)

    def come_back(self) -> None:
        """Sign in where the sign-in is shown, so that it does not stay there for good."""
        person = self.rng.choice((MAYA, LUCIE, DANA))
        self.did.append(f"sign in {person}")
        if self.app.window.sign_in.isVisible():
            sign_in_to(self.app.window, person)

    def put_away(self) -> None:
        """The window minimised and brought back, whatever stands in it."""
        self.did.append("put away")
        self.app.window.showMinimized()
        QApplication.processEvents()
        self.app.window.showNormal()
        self.app.window.activateWindow()

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.did.append(f"{modifier.name} {key.name}")
        QTest.keyClick(self.app.window.windowHandle(), key, modifier)

    def _in_reach(self, button: QWidget) -> bool:
        shown = button.isVisible() and button.isEnabled() and button.window() is self.app.window
        # What is scrolled out of sight no finger reaches.
        return shown and button.visibleRegion().contains(button.rect().center())


class Stays(QObject):
    """Ending the program is for the test to do: by a key, by a button or found in the palette, the window stays."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Close:
            return False
        event.ignore()
        return True


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("inputs", "seed"), [(400, 400), *(pytest.param(20_000, seed, marks=LONG) for seed in SEEDS)])
def test_anything_at_all(qtbot: QtBot, home: Path, inputs: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in ("getOpenFileName", "getSaveFileName"):
        # The system's own window would wait for somebody who can read.
        monkeypatch.setattr(QFileDialog, ask, lambda *_: ("", ""))
    assert set(DEMO_PINS) >= {MAYA, LUCIE, DANA}
    with running(home, qtbot) as app:
        monkey = Monkey(app, seed)
        stays = Stays()
        app.window.installEventFilter(stays)
        begin(app, MAYA)
        for number in range(inputs):
            monkey.act()
            if number % 50 == 0:
                reports = [report.read_text() for report in (home / FOLDER_NAME).glob("*.txt")]
                assert not reports, (reports, monkey.did[-60:])
        screens = {name.split(".")[0] for name in (word.removeprefix("touch ") for word in monkey.did)}
        app.window.removeEventFilter(stays)
    assert len(screens) > 5

"""The program's own window, with everything in it that a cashier's window has, and a scanner in front of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from benchmarks.shops import CASHIER, FLOAT_MINOR
from pos.services.demo_shop import DEMO_PINS
from pos.settings import read_settings
from pos.ui.app import App, make_application
from pos.ui.main_window import MainWindow
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.key_codes import US_KEYS
from pos.ui.shell import Shell
from pos.workstation import Workstation

_NUMBER_OF_KEY = {character: number for number, character in US_KEYS.items()}
_ENTER = 28
_GAP_MILLISECONDS = 3
# Longer than the pause after which the same code counts again.
_PAUSE_MILLISECONDS = 1_000
_PATIENCE_SECONDS = 120
_REST_SECONDS = 0.01


class LiveTill:
    """A demo shop opened as `kassa open` opens it, a cashier signed on, the till open, the sale on the screen."""

    def __init__(self, home: Path) -> None:
        self.program = make_application()
        # A terminal in memory: no other process begins beside what is measured.
        settings = replace(read_settings(home), terminal="simulated")
        self._app = _Unkept(self.program, settings, None, 1, language="en")
        self._app.show()
        self.wait(lambda: self._app.window.shell is not None)
        opened = self._app.opened
        assert opened is not None
        self.workstation: Workstation = opened.workstation
        self.workstation.sign_on.sign_on(CASHIER, DEMO_PINS[CASHIER])
        if self.workstation.tills.current() is None:
            self.workstation.tills.open_till(FLOAT_MINOR)
        self._app.window.sign_in.signed_in.emit()
        shell = self._app.window.shell
        assert shell is not None
        self.window: MainWindow = self._app.window
        self.shell: Shell = shell
        self.sell: SellScreen = shell.sell
        self.wait(self.sell.isVisible)
        self._milliseconds = 1_000

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        begun = time.monotonic()
        while not until():
            self.program.processEvents()
            # What the program's own loop does: widgets that were put away go.
            self.program.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                raise TimeoutError("the window never came so far")

    def rest(self) -> None:
        """A hundredth of a second in which nobody waits for it, and whatever it still does then: a scan never comes
        right behind the one before it. Whatever is measured against a scan rests as long.
        """
        until = time.monotonic() + _REST_SECONDS
        self.wait(lambda: time.monotonic() > until and self.sell.afterwards.is_done)

    def trigger(self, name: str) -> None:
        """Do what a key does, by the action's name."""
        action = self.window.findChild(QAction, name)
        assert action is not None, name
        action.trigger()

    def begin_scan(self, code: str) -> None:
        """The scanner sends the code's keys."""
        self._milliseconds += _PAUSE_MILLISECONDS
        for character in code:
            self._press(ord(character), character, _NUMBER_OF_KEY[character])
            self._milliseconds += _GAP_MILLISECONDS

    def end_scan(self) -> None:
        """And Enter."""
        self._press(Qt.Key.Key_Return, "\r", _ENTER)

    def close(self) -> None:
        self._app.close()

    def _press(self, key: int, text: str, number: int) -> None:
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, number + 8, 0, 0, text)
            event.setTimestamp(self._milliseconds)
            event.ignore()
            QCoreApplication.sendEvent(self._app.window.windowHandle(), event)


class _Unkept(App):
    """The program whose shop is thrown away: nobody restores a shop to measure in."""

    def close_books(self, workstation: Workstation) -> None:
        """Without a backup: its items were written past the services, so that its books do not hold."""
        workstation.close()


class Painted(QObject):
    """Watches widgets; `all` once each has painted since `forget`."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._painted: set[QObject] = set()
        for widget in widgets:
            widget.installEventFilter(self)

    @property
    def all(self) -> bool:
        return len(self._painted) == len(self._widgets)

    def forget(self) -> None:
        self._painted.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted.add(watched)
        return False

"""The real program in a test: its window, its router, its books, and what it said of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from pos.services.verify import verify_shop
from pos.ui.app import App, make_application
from pos.ui.failure import FOLDER_NAME
from pos.ui.shell import Shell
from tests.lane import StandingClock, settings_of, sign_in_to


@contextmanager
def running(home: Path, qtbot: QtBot) -> Iterator[App]:
    """The program with the till open and somebody signed in; at its end no bug was reported and the books hold."""
    app = App(make_application(), settings_of(home), None, 1, language="en", clock=StandingClock())
    app.window.show()
    app.window.activateWindow()
    qtbot.waitUntil(lambda: app.window.shell is not None, timeout=20_000)
    qtbot.waitUntil(app.window.isActiveWindow)
    try:
        yield app
    finally:
        app.close()
    reports = sorted((home / FOLDER_NAME).glob("*.txt"))
    assert [report.read_text() for report in reports] == []
    assert verify_shop(home / "demo").sound


def begin(app: App, person: str, *, cash: int = 20_000) -> Shell:
    """Sign in and, where it is closed, open the till."""
    sign_in_to(app.window, person)
    shell = app.window.shell
    assert shell is not None
    assert app.opened is not None
    if app.opened.workstation.tills.current() is None:
        app.opened.workstation.tills.open_till(cash)
        shell.open_till.opened.emit()
    return shell

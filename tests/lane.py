"""A till for tests: a demo shop in a folder of its own, at one fixed moment, in a window that can be looked at."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from argon2 import PasswordHasher
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from pos.domain.customer_return import CustomerReturn
from pos.domain.transaction import Transaction
from pos.script.case_player import ScriptCases
from pos.services import sign_on
from pos.services.demo_shop import DEMO_PINS, demo_gtin, open_or_found
from pos.services.sale import CompletedSale
from pos.settings import MachineSettings, read_settings
from pos.ui import opening
from pos.ui.app import make_application
from pos.ui.fittings import Fittings
from pos.ui.habits import Habits
from pos.ui.main_window import MainWindow
from pos.ui.opening import Opened
from pos.ui.shared.sounds import Sounds
from pos.ui.shell import Shell
from pos.ui.theme import ThemeName, set_theme
from pos.wording import Wording

MOMENT = datetime(2026, 11, 21, 19, 32, tzinfo=UTC)
MAYA, LUCIE, JOHAN, DANA = "101", "103", "104", "201"
# Between two looks: a wait that looks all the time takes the processor from the worker it waits for.
_A_MOMENT = 0.002
KETTLE, MUG, SOAP = demo_gtin(3001), demo_gtin(1012), demo_gtin(4001)


@dataclass
class StandingClock:
    """A clock that moves only when told."""

    moment: datetime = MOMENT

    def now(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Lane:
    """An open till: the window, the shell in it, and the services behind."""

    window: MainWindow
    opened: Opened
    shell: Shell
    clock: StandingClock

    def sign_in(self, person: str = MAYA) -> None:
        """Sign in as a person would, at a locked till too."""
        if self.shell.lock_screen.isVisible():
            self.trigger("lock.keys.other")
        sign_in_to(self.window, person)

    def open_till(self, minor: int = 20000) -> None:
        """Sign in and open the till with its float."""
        self.sign_in()
        self.opened.workstation.tills.open_till(minor)
        self.shell.open_till.opened.emit()

    def trigger(self, name: str) -> None:
        """Do what a key does, by the action's name."""
        action = self.window.findChild(QAction, name)
        assert action is not None, name
        assert action.isEnabled(), name
        action.trigger()

    def wait_for_paper(self, seconds_max: float = 5) -> None:
        """Let the worker say what became of the sale's paper."""
        wait_until(lambda: not self.shell.done.paper_state.isHidden(), seconds_max)

    def close(self) -> None:
        self.window.close()
        self.shell.close_down()
        self.opened.workstation.close()
        let_go(self.window)


def wait_until(met: Callable[[], bool], seconds_max: float = 60) -> None:
    """Let windows go on until something is so, or the time is up; what is waited for has the processor meanwhile."""
    until = time.monotonic() + seconds_max
    while not met() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(_A_MOMENT)


def let_go(window: MainWindow) -> None:
    """Delete a closed window, now: outside an event loop Qt keeps what is to be deleted later until the run ends."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def sign_in_to(window: MainWindow, person: str = MAYA) -> None:
    """Choose the person and type the PIN."""
    window.sign_in.people.chosen.emit(person)
    for digit in DEMO_PINS[person]:
        window.sign_in.pin.add(digit)
    window.sign_in.submit()


@cache
def _founded() -> tempfile.TemporaryDirectory[str]:
    """A home with a demo shop, founded once a run; its PINs are hashed in a hurry, since each sign-on tries one."""
    home = tempfile.TemporaryDirectory(prefix="kassa-founded-")
    with patch.object(sign_on, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64)):
        open_or_found(Path(home.name), StandingClock())
    return home


def copy_of_demo(home: Path) -> Path:
    """A home of its own with a demo shop nobody sold in yet."""
    return Path(shutil.copytree(_founded().name, home))


def settings_of(home: Path) -> MachineSettings:
    home.mkdir(parents=True, exist_ok=True)
    return read_settings(home)


def open_lane(home: Path, *, language: str = "en", theme: ThemeName = "light", number: int = 1) -> Lane:
    """Open the demo shop under `home` and show its window."""
    program = make_application()
    set_theme(program, theme)
    clock = StandingClock()
    opened = opening.open_books(settings_of(home), home / "demo", number, demo=True, clock=clock)
    sounds = Sounds(enabled=False)
    window = MainWindow(language, Habits(home), sounds, lambda: clock.now().astimezone())
    window.learn(Wording)
    settings = settings_of(home)
    fittings = Fittings(
        window.words, opened.workstation, sounds, window.habits, settings, cases=lambda: ScriptCases(settings)
    )
    shell = Shell(fittings, recovered=opened.recovered)
    window.show_shop(opened, shell)
    shell.devices.start()
    window.show()
    QApplication.processEvents()
    return Lane(window, opened, shell, clock)


def sold(lane: Lane, *codes: str) -> Transaction:
    """A sale of these, paid in cash at once."""
    sale = lane.opened.workstation.sale
    for code in codes:
        sale.scan(code)
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    return done.transaction


def returned(lane: Lane) -> list[CustomerReturn]:
    """Every return in the books, in order."""
    with lane.opened.workstation.desk.shop.books.reading() as work:
        return [done for one in work.returns.ids() if (done := work.returns.get(one)) is not None]

"""A long day through the services and the windows: what the program holds in memory does not grow with it."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.services.sale import CompletedSale
from pos.settings import write_settings
from tests.journeys.program import begin, running
from tests.lane import DANA, KETTLE, MAYA, MUG, SOAP, open_lane, sign_in_to

STATM = Path("/proc/self/statm")
GROWTH_MEGABYTES_MAX = 12.0


def resident_megabytes() -> float:
    gc.collect()
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def breathe() -> None:
    """Let everything happen that waits, what is to be deleted later too: without a loop Qt keeps that to the end."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def home(home: Path) -> Path:
    """Return the demo shop's home, with a till that does not lock by itself: nobody touches anything here."""
    write_settings(home, {"auto_lock_minutes": 0})
    return home


def test_a_closed_window_leaves_nothing_behind(qapp: QApplication, home: Path) -> None:
    before = len(qapp.allWidgets())
    lane = open_lane(home)
    lane.open_till(0)
    for place in lane.shell.places:
        lane.shell.open_place(place.name)
    shell = weakref.ref(lane.shell)
    assert len(qapp.allWidgets()) > before + 500
    lane.close()
    del lane
    gc.collect()
    assert shell() is None
    assert len(qapp.allWidgets()) <= before


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not STATM.exists(), reason="this system does not tell a process's memory in /proc")
def test_memory_is_flat_over_every_place_and_a_hundred_sign_ons(qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    del qapp
    with running(home, qtbot) as app:
        shell = begin(app, MAYA)
        seen: list[float] = []
        for turn in range(50):
            for person in (DANA, MAYA):
                shell.lock()
                shell.lock_screen.other_wanted.emit()
                sign_in_to(app.window, person)
                for place in shell.places:
                    shell.open_place(place.name)
                    shell.overlays.toggle_palette()
                    shell.overlays.toggle_help()
                    breathe()
                app.window.toggle_theme()
            if turn % 10 == 9:
                seen.append(resident_megabytes())
    print([f"{megabytes:.1f} MB" for megabytes in seen])
    # The first turns build the screens and fill the caches.
    assert seen[-1] - seen[1] < GROWTH_MEGABYTES_MAX


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not STATM.exists(), reason="this system does not tell a process's memory in /proc")
def test_memory_is_flat_over_ten_thousand_sales(qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    del qapp
    with running(home, qtbot) as app:
        shell = begin(app, MAYA)
        assert app.opened is not None
        sale = app.opened.workstation.sale
        seen: list[float] = []
        for number in range(10_000):
            for code in (KETTLE, MUG, SOAP):
                app.window.scanned(code)
            shell.sell.pay_wanted.emit()
            sale.tender_cash(10_000)
            done = sale.complete()
            assert isinstance(done, CompletedSale)
            shell.pay.completed.emit(done)
            breathe()
            shell.done.next_wanted.emit("")
            breathe()
            if number % 1_000 == 999:
                seen.append(resident_megabytes())
    print([f"{megabytes:.1f} MB" for megabytes in seen])
    # The first thousands fill caches; from then on nothing may stay.
    assert seen[-1] - seen[2] < GROWTH_MEGABYTES_MAX

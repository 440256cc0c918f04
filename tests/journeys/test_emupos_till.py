"""The whole till on the printer and drawer of the emulator: at the window, what is out of order is said and mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.drawer import PrinterDrawer
from pos.devices.printer import PrinterKind, PrinterSettings, open_printer
from pos.services.paperwork import Devices
from pos.ui.drawer_watch import Standing
from receipts.printers import PROFILES
from tests.journeys.emulator import Emulator, running
from tests.lane import MUG, SOAP, Lane, open_lane

# Each command of the emulator starts a Python of its own: a minute in all.
pytestmark = pytest.mark.soak

WAIT = 30_000


@dataclass
class Till:
    """A till whose printer and drawer are the emulator's."""

    lane: Lane
    emulator: Emulator

    def sell(self, code: str) -> str:
        """A sale paid exactly, by keyboard; answers its receipt's number."""
        self.lane.window.scanned(code)
        self.lane.trigger("sell.keys.pay")
        QTest.keyClick(self.lane.shell.pay.received, Qt.Key.Key_Return)
        assert self.lane.shell.done.isVisible()
        done = self.lane.opened.workstation.sale.last_completed()
        assert done is not None
        return str(done.receipt)

    @property
    def standing(self) -> Standing:
        return self.lane.shell.devices.drawer.standing

    def lines(self) -> int:
        """How many lines the open sale has."""
        return len(self.lane.opened.workstation.sale.view.priced.lines)


Open = Callable[..., Till]


@contextmanager
def _till(emupos: Path, home: Path, folder: Path, *, open_level: str, told: bool | None) -> Iterator[Till]:
    with running(emupos, folder, open_level=open_level) as emulator:
        lane = open_lane(home)
        settings = PrinterSettings(PrinterKind.TCP, host="127.0.0.1", port=emulator.port, drawer_open_is_high=told)
        printer = open_printer(settings)
        assert printer is not None
        drawer = PrinterDrawer(printer)
        station = lane.opened.workstation
        station.paperwork._devices = Devices(printer, drawer, PROFILES["80mm-48-cp852"])
        station.drawer._drawer = drawer
        station.copies._prints = True
        station.desk.rules = replace(station.desk.rules, drawer_shut_first=True)
        lane.open_till()
        lane.shell.printing.start()
        try:
            yield Till(lane, emulator)
        finally:
            lane.close()


@pytest.fixture
def open_a_till(qapp: QApplication, emupos: Path, home: Path, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a till; `told` is what its settings say of the drawer's switch."""
    del qapp
    with ExitStack() as opened:

        def open_it(*, open_level: str = "high", told: bool | None = True) -> Till:
            return opened.enter_context(_till(emupos, home, tmp_path, open_level=open_level, told=told))

        yield open_it


@pytest.mark.parametrize(("open_level", "told"), [("high", True), ("low", False)])
def test_the_drawer_opens_with_the_sale_and_the_next_one_waits_until_it_is_pushed_shut(
    open_a_till: Open, qtbot: QtBot, open_level: str, told: bool
) -> None:
    till = open_a_till(open_level=open_level, told=told)
    qtbot.waitUntil(lambda: till.standing is Standing.SHUT, timeout=WAIT)
    till.sell(MUG)
    qtbot.waitUntil(lambda: till.standing is Standing.OPEN, timeout=WAIT)
    button = till.lane.shell.top_bar.device_button("drawer")
    assert button is not None
    assert button.text() == "Drawer open"
    till.lane.window.scanned(SOAP)
    assert till.lines() == 0
    assert "The drawer is open" in till.lane.shell.sell.banner.message
    till.emulator.ask("drawer", "close", "--device", "front")
    qtbot.waitUntil(lambda: till.standing is Standing.SHUT, timeout=WAIT)
    till.lane.window.scanned(SOAP)
    assert till.lines() == 1


def test_a_drawer_whose_switch_nobody_told_of_is_unknown_and_keeps_nothing_waiting(
    open_a_till: Open, qtbot: QtBot
) -> None:
    till = open_a_till(told=None)
    till.sell(MUG)
    qtbot.waitUntil(lambda: len(till.emulator.receipts()) == 1, timeout=WAIT)
    assert till.standing is Standing.UNKNOWN
    till.lane.window.scanned(SOAP)
    assert till.lines() == 1


# What the banner says, the state's word, and what the panel says to do.
SAID = {
    "paper-out": ("out of paper", "Out of paper", "Put a new roll in and close the cover."),
    "cover-open": ("cover is open", "Cover open", "Close the cover."),
}


@pytest.mark.parametrize("fault", SAID)
def test_a_printer_that_cannot_print_holds_paper_and_drawer_and_prints_once_when_it_is_mended(
    open_a_till: Open, qtbot: QtBot, fault: str
) -> None:
    said, state, mend = SAID[fault]
    till = open_a_till()
    shell = till.lane.shell
    qtbot.waitUntil(lambda: till.standing is Standing.SHUT, timeout=WAIT)
    till.emulator.ask("fault", "set", "front", fault)
    first = till.sell(MUG)
    qtbot.waitUntil(lambda: said in shell.done.banner.message, timeout=WAIT)
    qtbot.waitUntil(lambda: shell.devices.printer_said == state, timeout=WAIT)
    button = shell.top_bar.device_button("printer")
    assert button is not None
    button.click()
    assert shell.device_panel.next_step.text() == mend
    # The sale is in the books, and the next one goes on.
    second = till.sell(SOAP)
    assert first != second
    assert till.emulator.receipts() == []
    till.emulator.ask("fault", "clear", "front", fault)

    def both() -> bool:
        shell.printing.measure()
        return len(till.emulator.receipts()) == 2

    qtbot.waitUntil(both, timeout=WAIT)
    # Nobody stood at the drawer any more when the printer came back: it stayed shut.
    assert till.standing is Standing.SHUT
    assert len(till.emulator.wait_for(3)) == 2

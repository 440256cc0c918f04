"""The drawer at the window: what the top bar says of it, when it ticks, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.services.paperwork import Devices
from pos.ui.drawer_watch import DrawerWatch, Standing
from pos.ui.printing import Measured
from pos.ui.shared.sounds import Sound, Sounds
from receipts.printers import PROFILES
from tests.lane import MUG, SOAP, Lane

WAIT = 15_000


@dataclass
class Seconds:
    """A clock that counts when told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return the printer with a drawer that this till has from now on."""
    printer = SimulatedPrinter()
    station = lane.opened.workstation
    station.paperwork._devices = Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"])
    station.copies._prints = True
    lane.open_till()
    return printer


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Sound]:
    """Return what is heard from now on."""
    played: list[Sound] = []
    monkeypatch.setattr(Sounds, "play", lambda _self, sound: played.append(sound))
    return played


def watch_of(lane: Lane, seconds: Seconds) -> DrawerWatch:
    """The till's own watch, with a clock that stands."""
    watch = lane.shell.devices.drawer
    watch._now = seconds
    watch._look.timeout.disconnect()
    return watch


def measured(*, drawer_open: bool | None) -> Measured:
    return Measured("ready", can_print=True, drawer_open=drawer_open)


def standing(lane: Lane) -> Standing:
    return lane.shell.devices.drawer.standing


def stands_open(lane: Lane) -> bool | None:
    return lane.opened.workstation.drawer.stands_open


def sold_in(lane: Lane) -> int:
    """How many lines the open sale has."""
    return len(lane.opened.workstation.sale.view.priced.lines)


def bar(lane: Lane) -> dict[str, str]:
    return {name: button.text() for name, button in lane.shell.top_bar._buttons.items()}


def sell(lane: Lane, code: str) -> None:
    lane.window.scanned(code)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")


def test_a_drawer_left_open_turns_amber_is_said_once_and_ticks(lane: Lane, heard: list[Sound]) -> None:
    lane.open_till()
    seconds = Seconds()
    watch = watch_of(lane, seconds)
    shell = lane.shell
    shell.printing.measured.emit(measured(drawer_open=True))
    assert bar(lane)["drawer"] == "Drawer open"
    assert standing(lane) is Standing.OPEN
    for second in range(1, 41):
        seconds.now = 100 + second
        if second % 5 == 0:
            shell.printing.measured.emit(measured(drawer_open=True))
        watch.look()
        assert (standing(lane) is Standing.LEFT_OPEN) == (second >= 15)
    assert bar(lane)["drawer"] == "Drawer open 0:40"
    assert shell.top_bar._buttons["drawer"]._state.kind == "warn"
    assert heard.count(Sound.TICK) == 3
    said = "The drawer has stood open for 15 seconds. Shut it. Selling goes on meanwhile."
    assert shell.sell.notice.message == said
    assert [message.text for message in shell.messages.kept].count(said) == 1
    shell.printing.measured.emit(measured(drawer_open=False))
    assert "drawer" not in bar(lane)
    assert shell.sell.notice.message == ""


def test_a_printer_that_says_nothing_more_says_nothing_of_its_drawer(lane: Lane) -> None:
    lane.open_till()
    seconds = Seconds()
    watch = watch_of(lane, seconds)
    lane.shell.printing.measured.emit(measured(drawer_open=True))
    assert stands_open(lane)
    seconds.now += 11
    watch.look()
    assert standing(lane) is Standing.UNKNOWN
    assert stands_open(lane) is None
    assert "drawer" not in bar(lane)
    lane.shell.printing.measured.emit(measured(drawer_open=None))
    assert "drawer" not in bar(lane)


def test_the_next_sale_waits_for_the_drawer_where_the_shop_wants_it(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    desk = lane.opened.workstation.desk
    desk.rules = replace(desk.rules, drawer_shut_first=True)
    sell(lane, MUG)
    qtbot.waitUntil(lambda: bar(lane).get("drawer") == "Drawer open", timeout=WAIT)
    assert lane.shell.done.drawer_says == "The drawer is open. Shut it to begin the next sale."
    lane.window.scanned(SOAP)
    assert sold_in(lane) == 0
    assert "The drawer is open. Nothing was added." in lane.shell.sell.banner.message
    printer.close_drawer()
    # It is asked every second while it is open: nobody has to do anything but shut it.
    qtbot.waitUntil(lambda: "drawer" not in bar(lane), timeout=WAIT)
    lane.window.scanned(SOAP)
    assert sold_in(lane) == 1
    assert lane.shell.done.drawer_says == ""


@pytest.mark.parametrize("fault", [PrinterFault.UNREACHABLE, PrinterFault.PAPER_OUT, PrinterFault.OFFLINE])
def test_a_dead_printer_keeps_no_sale_waiting_for_its_drawer(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot, fault: PrinterFault
) -> None:
    desk = lane.opened.workstation.desk
    desk.rules = replace(desk.rules, drawer_shut_first=True)
    printer.fault = fault
    sell(lane, MUG)
    qtbot.waitUntil(lambda: not lane.shell.printing._running, timeout=WAIT)
    assert printer.kicks == 0
    lane.window.scanned(SOAP)
    assert sold_in(lane) == 1


def test_papers_that_come_together_are_counted(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    shell = lane.shell
    qtbot.waitUntil(lambda: not shell.printing._running, timeout=WAIT)
    shell.printing.measured.emit(measured(drawer_open=False))
    lane.opened.workstation.paperwork.under_way = (2, 3)
    shell.printing._collect()
    assert bar(lane)["printer"] == "Printing 2 of 3"
    lane.opened.workstation.paperwork.under_way = (0, 0)
    shell.printing._collect()
    assert bar(lane)["printer"] == "Printer"
    del printer

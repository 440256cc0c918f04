"""The printer's place: what waits, what a person says of a paper that perhaps came out, and the test page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.services.paperwork import Devices
from pos.ui.printer.screen import PrinterScreen
from receipts.printers import PROFILES
from tests.lane import KETTLE, Lane


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return the printer this till has from now on."""
    printer = SimulatedPrinter()
    station = lane.opened.workstation
    station.paperwork._devices = Devices(printer, None, PROFILES["80mm-48-cp852"])
    station.copies._prints = True
    lane.open_till()
    return printer


def sell(lane: Lane) -> None:
    lane.shell.sell.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    lane.wait_for_paper()
    lane.trigger("done.keys.next")
    lane.clock.move(1)


def place(lane: Lane) -> PrinterScreen:
    lane.shell.open_place("printer")
    QApplication.processEvents()
    screen = lane.shell.screen_shown
    assert isinstance(screen, PrinterScreen)
    return screen


def rows(screen: PrinterScreen) -> list[str]:
    return [row.text() for row in screen.rows if not row.isHidden()]


def test_what_waits_is_printed_once_when_the_paper_is_back(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    printer.fault = PrinterFault.PAPER_OUT
    sell(lane)
    sell(lane)
    assert "Out of paper" in lane.shell.devices.printer_said
    screen = place(lane)
    assert rows(screen) == ["Receipt 0142-01-0001", "Receipt 0142-01-0002"]
    assert "waits for paper" in screen.rows[0].detail
    assert not screen.answers["came_out"].isEnabled()
    printer.mend()
    qtbot.waitUntil(lambda: not screen._printing._running)
    screen.again_button.click()
    qtbot.waitUntil(lambda: rows(screen) == [])
    assert len(printer.papers) == 2


@pytest.mark.parametrize(("answer", "printed"), [("came_out", 1), ("copy", 2), ("give_up", 1)])
def test_a_person_says_what_became_of_a_paper(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot, answer: str, printed: int
) -> None:
    printer.script.append(PrinterFault.LINK_LOST_PRINTED)
    sell(lane)
    screen = place(lane)
    assert "Did it print: Receipt 0142-01-0001?" in screen._question.text()
    lane.trigger(f"printer.keys.{answer}")
    qtbot.waitUntil(lambda: rows(screen) == [])
    assert len(printer.papers) == printed
    assert ("COPY 1" in printer.papers[-1].job.decode("cp852")) == (answer == "copy")


def test_a_paper_nobody_wants_is_not_printed(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    printer.fault = PrinterFault.COVER_OPEN
    sell(lane)
    screen = place(lane)
    qtbot.waitUntil(lambda: not screen._printing._running)
    screen.answers["give_up"].click()
    assert rows(screen) == []
    printer.mend()
    qtbot.waitUntil(lambda: not screen._printing._running)
    screen.again_button.click()
    qtbot.waitUntil(lambda: not screen._printing._running)
    assert printer.papers == []


def test_the_test_page_is_no_sale(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    screen = place(lane)
    qtbot.waitUntil(lambda: not screen._printing._running)
    screen.test_button.click()
    qtbot.waitUntil(lambda: len(printer.papers) == 1)
    qtbot.waitUntil(lambda: "printed" in screen.banner.message)
    assert b"KASSA-0123456789" in printer.papers[0].job
    lane.trigger("printer.keys.back")
    assert lane.shell.screen_shown is lane.shell.sell

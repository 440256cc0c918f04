"""At the window with a printer that fails: the sale is unharmed, the banner says so, and nothing prints twice."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.devices.ports import Sent
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.refusal import Refused
from pos.services.paperwork import Devices
from receipts.printers import PROFILES
from tests.lane import MUG, SOAP, Lane

WAIT = 15_000


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return the printer this till has from now on."""
    printer = SimulatedPrinter()
    station = lane.opened.workstation
    station.paperwork._devices = Devices(printer, None, PROFILES["80mm-48-cp852"])
    station.copies._prints = True
    lane.open_till()
    return printer


def sell(lane: Lane, code: str) -> str:
    """A sale paid exactly; answers its receipt's number."""
    lane.window.scanned(code)
    lane.trigger("sell.keys.pay")
    QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_Return)
    assert lane.shell.done.isVisible()
    done = lane.opened.workstation.sale.last_completed()
    assert done is not None
    return str(done.receipt)


def printed(printer: SimulatedPrinter, receipt: str) -> int:
    return sum(receipt.encode() in paper.job for paper in printer.papers)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (PrinterFault.PAPER_OUT, ("out of paper", "Out of paper")),
        (PrinterFault.COVER_OPEN, ("cover is open", "Cover open")),
        (PrinterFault.UNREACHABLE, ("does not answer", "Printer not found")),
    ],
)
def test_two_sales_wait_out_a_fault_and_print_once_each_when_it_is_mended(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot, fault: PrinterFault, told: tuple[str, str]
) -> None:
    said, state = told
    printer.fault = fault
    first = sell(lane, MUG)
    done = lane.shell.done
    qtbot.waitUntil(lambda: said in done.banner.message and "The sale is saved" in done.banner.message, timeout=WAIT)
    qtbot.waitUntil(lambda: lane.shell.devices.printer_said == state, timeout=WAIT)
    assert any(said in message.text for message in lane.shell.messages.kept)
    second = sell(lane, SOAP)
    assert first != second
    assert [printed(printer, receipt) for receipt in (first, second)] == [0, 0]
    printer.mend()

    def both() -> bool:
        lane.shell.printing.measure()
        return all(printed(printer, receipt) == 1 for receipt in (first, second))

    qtbot.waitUntil(both, timeout=WAIT)
    qtbot.waitUntil(lambda: lane.shell.devices.printer_said == "Ready", timeout=WAIT)
    for _ in range(3):
        lane.shell.printing.measure()
        qtbot.wait(50)
    assert [printed(printer, receipt) for receipt in (first, second)] == [1, 1]


@pytest.mark.parametrize("fault", [PrinterFault.LINK_LOST_PRINTED, PrinterFault.PAPER_OUT_IN_JOB])
def test_what_was_lost_in_the_middle_is_said_and_never_sent_again_by_itself(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot, fault: PrinterFault
) -> None:
    printer.script.append(fault)
    receipt = sell(lane, MUG)
    qtbot.waitUntil(lambda: "not certain" in lane.shell.done.banner.message, timeout=WAIT)
    printer.mend()
    for _ in range(3):
        lane.shell.printing.measure()
        qtbot.wait(50)
    assert printed(printer, receipt) == 1
    assert lane.opened.workstation.sale.view.empty


class SlowPrinter(SimulatedPrinter):
    """Takes a job and prints it when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()

    def send(self, job: bytes, job_id: str) -> Sent:
        self.goes_on.wait(WAIT / 1000)
        return super().send(job, job_id)


@pytest.mark.parametrize(("language", "said"), [("en", "Printing"), ("cs", "Tiskne se"), ("sv", "Skrivs ut")])
def test_a_printer_that_takes_its_time_is_said_and_holds_up_nobody(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot, language: str, said: str
) -> None:
    slow = SlowPrinter()
    devices = lane.opened.workstation.paperwork._devices
    assert devices.printer is printer
    lane.opened.workstation.paperwork._devices = replace(devices, printer=slow)
    lane.window.choose_language(language)
    first = sell(lane, MUG)
    pill = lane.shell.done.paper_state
    assert not pill.isVisible()
    qtbot.waitUntil(pill.isVisible, timeout=WAIT)
    assert pill.text == said
    second = sell(lane, SOAP)
    slow.goes_on.set()
    qtbot.waitUntil(lambda: [printed(slow, receipt) for receipt in (first, second)] == [1, 1], timeout=WAIT)


def test_a_receipt_that_is_perhaps_lost_stays_in_the_top_bar_whatever_is_sold_after_it(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    printer.script.append(PrinterFault.LINK_LOST_NOT_PRINTED)
    first = sell(lane, MUG)
    second = sell(lane, SOAP)
    qtbot.waitUntil(lambda: printed(printer, second) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: lane.shell.devices.printer_said == "1 paper to check", timeout=WAIT)
    assert printed(printer, first) == 0
    bar = lane.shell.top_bar.device_button("printer")
    assert bar is not None
    bar.click()
    assert "What waits" in lane.shell.device_panel.next_step.text()
    (paper,) = (each for each in lane.opened.workstation.papers.papers() if each.uncertain)
    assert not isinstance(lane.opened.workstation.papers.came_out(paper.job), Refused)
    lane.shell.printing.try_now()
    qtbot.waitUntil(lambda: lane.shell.devices.printer_said == "Ready", timeout=WAIT)


def test_what_was_said_of_a_paper_and_closed_stays_closed_until_somebody_asks(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    printer.fault = PrinterFault.PAPER_OUT
    sell(lane, MUG)
    banner = lane.shell.done.banner
    qtbot.waitUntil(lambda: "out of paper" in banner.message, timeout=WAIT)
    banner.close_button.click()
    for _ in range(2):
        with qtbot.waitSignal(lane.shell.printing.paper, timeout=WAIT):
            lane.shell.printing.measure()
        assert not banner.isVisible()
    lane.trigger("done.keys.again")
    qtbot.waitUntil(lambda: banner.isVisible() and "still waits to be printed" in banner.message, timeout=WAIT)

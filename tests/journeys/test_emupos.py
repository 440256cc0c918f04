"""End to end against a printer others simulate: every paper once, whatever the paper, the cover and the cable do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.devices.ports import Held, HeldReason, Printed, Unknown
from pos.devices.printer import PrinterKind, PrinterSettings, open_printer
from pos.devices.tcp_printer import TimeLimits
from pos.services.copies import Copies, Issued
from pos.services.paperwork import Devices, Paperwork
from pos.workstation import Workstation
from receipts.escpos import render
from receipts.printers import PROFILES
from tests.corner_shop import new_shop, open_up, sell
from tests.journeys.emulator import Emulator, free_port, running
from tests.receipts import papers
from tests.receipts.scanner import scan

# Each command of the emulator starts a Python of its own: a minute in all.
pytestmark = pytest.mark.soak

PROFILE = PROFILES["80mm-48-cp852"]
LIMITS = TimeLimits()


@pytest.fixture
def emulator(emupos: Path, tmp_path: Path) -> Iterator[Emulator]:
    """Return an emulator that listens."""
    with running(emupos, tmp_path) as emulator:
        yield emulator


@dataclass
class Till:
    """A workstation whose printer is the emulator."""

    station: Workstation
    paperwork: Paperwork
    copies: Copies


@pytest.fixture
def till(emulator: Emulator, tmp_path: Path) -> Iterator[Till]:
    station = open_up(new_shop(tmp_path / "shop"))
    printer = open_printer(PrinterSettings(PrinterKind.TCP, host="127.0.0.1", port=emulator.port, limits=LIMITS))
    yield Till(station, Paperwork(station.desk, Devices(printer, None, PROFILE)), Copies(station.desk, prints=True))
    station.close()


def test_every_paper_of_a_sale_comes_out_and_its_bars_can_be_scanned(emulator: Emulator, till: Till) -> None:
    done = sell(till.station)
    assert till.paperwork.after_sale(done.paper) == Printed(proven=True)
    emulator.wait_for(1)
    assert done.transaction.receipt_code in scan(emulator.picture())
    for issue in (till.copies.print_again, till.copies.gift_receipt):
        assert isinstance(issue(done.transaction.id), Issued)
        assert till.paperwork.print_waiting() == Printed(proven=True)
    assert len(emulator.wait_for(3)) == 3
    (code,) = scan(emulator.picture())
    assert code.startswith("KG")


def test_czech_and_swedish_names_on_one_receipt(emulator: Emulator, till: Till) -> None:
    printer = till.paperwork._devices.printer
    assert printer is not None
    assert printer.send(render(papers.paper("mixed_cs"), PROFILE), "mixed") == Printed(proven=True)
    emulator.wait_for(1)
    shown = emulator.ask("receipt", "show", "--device", "front")
    assert "Řeřicha" in shown, shown
    # The other names came as pictures: no box stands for a letter, and the bars are still read.
    assert "\ufffd" not in shown
    assert scan(emulator.picture())


@pytest.mark.parametrize(
    ("fault", "reason"), [("paper-out", HeldReason.PAPER_OUT), ("cover-open", HeldReason.COVER_OPEN)]
)
def test_a_fault_holds_the_paper_and_it_prints_once_when_it_is_over(
    emulator: Emulator, till: Till, fault: str, reason: HeldReason
) -> None:
    emulator.ask("fault", "set", "front", fault)
    done = sell(till.station)
    answer = till.paperwork.after_sale(done.paper)
    assert isinstance(answer, Held | Unknown)
    assert answer == Held(reason, answer.detail)
    assert till.station.sale.last_completed() is not None
    assert till.paperwork.print_waiting() == answer
    emulator.ask("fault", "clear", "front", fault)
    assert till.paperwork.print_waiting() == Printed(proven=True)
    assert till.paperwork.print_waiting() is None
    assert len(emulator.wait_for(1)) == 1


def test_a_printer_that_went_away_holds_the_paper_too(emulator: Emulator, till: Till) -> None:
    nobody: Callable[[], int] = free_port
    away = open_printer(PrinterSettings(PrinterKind.TCP, host="127.0.0.1", port=nobody(), limits=LIMITS))
    done = sell(till.station)
    gone = Paperwork(till.station.desk, Devices(away, None, PROFILE)).after_sale(done.paper)
    assert isinstance(gone, Held)
    assert gone.reason is HeldReason.UNREACHABLE
    assert till.paperwork.print_waiting() == Printed(proven=True)
    assert len(emulator.wait_for(1)) == 1

"""The back of a check is printed for the check that was taken, once it lies in the slip station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.refusal import Refused
from pos.persistence.paper_jobs import PaperState
from pos.services.paperwork import NO_SLIP, Devices, Paperwork
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from receipts.printers import PROFILES
from tests.corner_shop import CHECK, new_shop, open_up

SLIP = PROFILES["slip-42-cp852"]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    workstation.close()


@pytest.fixture
def sale(till: Workstation) -> str:
    """Ten crowns in cash, the rest by check."""
    till.sale.scan("BREAD")
    assert not isinstance(till.sale.tender_cash(1_000), Refused)
    assert not isinstance(till.checks.take(CHECK), Refused)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    return done.transaction.id


def test_the_back_says_what_the_books_say(till: Workstation, sale: str) -> None:
    printer = SimulatedPrinter()
    paperwork = Paperwork(till.desk, Devices(printer, None, SLIP))
    assert paperwork.franks
    assert paperwork.frank(sale, 2) == PaperState.PRINTED.value
    (job,) = printer.papers
    text = job.job.decode("cp852")
    for words in ("FOR DEPOSIT ONLY", "Corner", "0142-01-0001", "1042", "6789", "32.90"):
        assert words in text, words
    assert "123456789" not in text


def test_what_is_no_check_and_what_cannot_frank(till: Workstation, sale: str) -> None:
    printer = SimulatedPrinter()
    paperwork = Paperwork(till.desk, Devices(printer, None, SLIP))
    assert [paperwork.frank(sale, tender) for tender in (0, 1, 3)] == [NO_SLIP] * 3
    assert paperwork.frank("none", 2) == NO_SLIP
    plain = Paperwork(till.desk, Devices(printer, None, PROFILES["80mm-48-cp852"]))
    assert not plain.franks
    assert plain.frank(sale, 2) == NO_SLIP
    assert Paperwork(till.desk, Devices(None, None, SLIP)).frank(sale, 2) == PaperState.NO_PRINTER.value
    assert printer.papers == []


def test_a_printer_that_does_not_print_says_why(till: Workstation, sale: str) -> None:
    printer = SimulatedPrinter()
    printer.fault = PrinterFault.COVER_OPEN
    paperwork = Paperwork(till.desk, Devices(printer, None, SLIP))
    assert paperwork.frank(sale, 2) == "cover_open"

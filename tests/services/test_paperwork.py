"""A receipt is printed once, after the sale is in the books, whatever the printer does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.ports import Held, HeldReason, Printed, Unknown
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.journal import EntryKind
from pos.domain.refusal import Refused
from pos.domain.shop import Mode
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.persistence.paper_jobs import PaperState
from pos.services.demo_shop import DEMO_PINS
from pos.services.desk import read_payload
from pos.services.paperwork import Devices, PaperView, Paperwork
from pos.services.sale import CompletedSale
from pos.services.till_moves import Moved
from pos.services.verify import verify_books
from pos.settings import DEMO_SHOP, read_settings
from pos.workstation import Workstation, open_workstation
from receipts.printers import PROFILES
from tests.corner_shop import HandClock
from tests.lane import MOMENT, copy_of_demo

LOAF = "LOAF"
PROFILE = PROFILES["80mm-48-cp852"]


@pytest.fixture
def workstation(tmp_path: Path) -> Iterator[Workstation]:
    folder = copy_of_demo(tmp_path / "home") / DEMO_SHOP
    settings = read_settings(tmp_path)
    station = open_workstation(folder, number=1, mode=Mode.DEMO, settings=settings, clock=HandClock(MOMENT))
    station.sign_on.sign_on("101", DEMO_PINS["101"])
    station.tills.open_till(100_00)
    yield station
    station.close()


@pytest.fixture
def printer() -> SimulatedPrinter:
    return SimulatedPrinter()


@pytest.fixture
def paperwork(workstation: Workstation, printer: SimulatedPrinter) -> Paperwork:
    return Paperwork(workstation.desk, Devices(printer, PrinterDrawer(printer), PROFILE))


def sell(workstation: Workstation) -> CompletedSale:
    workstation.sale.scan(LOAF)
    workstation.sale.tender_cash(10_00)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    return done


def test_a_sale_opens_the_drawer_and_prints_once(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter
) -> None:
    done = sell(workstation)
    assert isinstance(paperwork.after_sale(done.paper), Printed)
    assert printer.kicks == 1
    assert len(printer.papers) == 1
    assert str(done.transaction.receipt).encode() in printer.papers[0].job
    assert paperwork.view(done.transaction.id) == PaperView(PaperState.PRINTED, "")
    assert paperwork.print_waiting() is None
    assert len(printer.papers) == 1


def test_paper_out_holds_the_receipt_and_it_comes_when_there_is_paper(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter
) -> None:
    printer.fault = PrinterFault.PAPER_OUT
    sales = [sell(workstation), sell(workstation)]
    assert paperwork.print_waiting() == Held(HeldReason.PAPER_OUT)
    assert printer.papers == []
    assert verify_books(workstation.desk.shop).sound
    printer.mend()
    paperwork.print_waiting()
    assert len(printer.papers) == len(sales)
    for done, paper in zip(sales, printer.papers, strict=True):
        assert str(done.transaction.receipt).encode() in paper.job


@pytest.mark.parametrize("fault", [PrinterFault.LINK_LOST_PRINTED, PrinterFault.LINK_LOST_NOT_PRINTED])
def test_what_may_be_on_paper_is_never_sent_again(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter, fault: PrinterFault
) -> None:
    printer.script.append(fault)
    done = sell(workstation)
    assert isinstance(paperwork.print_waiting(), Unknown)
    printed = len(printer.papers)
    paperwork.print_waiting()
    assert len(printer.papers) == printed
    assert paperwork.view(done.transaction.id) == PaperView(PaperState.UNKNOWN, "link_lost")


class _PowerCut(BaseException):
    """The program ends here."""


class _DyingPrinter(SimulatedPrinter):
    def send(self, job: bytes, job_id: str) -> Printed:
        raise _PowerCut


def test_a_power_cut_while_sending_leaves_unknown_and_no_second_paper(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter
) -> None:
    done = sell(workstation)
    with pytest.raises(_PowerCut):
        Paperwork(workstation.desk, Devices(_DyingPrinter(), None, PROFILE)).print_waiting()
    assert paperwork.recover() == 1
    paperwork.print_waiting()
    assert printer.papers == []
    assert paperwork.view(done.transaction.id) == PaperView(PaperState.UNKNOWN, "program_ended")


def test_without_a_printer_nothing_waits_for_next_year(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter
) -> None:
    done = sell(workstation)
    assert workstation.paperwork.print_waiting() is None
    assert paperwork.view(done.transaction.id) == PaperView(PaperState.NO_PRINTER, "")
    paperwork.print_waiting()
    assert printer.papers == []


def test_the_receipt_is_the_same_today_and_later(workstation: Workstation, paperwork: Paperwork) -> None:
    done = sell(workstation)
    first = paperwork.document(done.transaction.id)
    sell(workstation)
    assert first is not None
    assert paperwork.document(done.transaction.id) == first
    assert paperwork.document("no such sale") is None


def test_only_what_goes_into_the_drawer_opens_it_and_each_opening_is_in_the_journal(
    workstation: Workstation, paperwork: Paperwork, printer: SimulatedPrinter
) -> None:
    def openings() -> list[object]:
        with workstation.desk.shop.books.reading() as work:
            return [read_payload(entry)["why"] for entry in work.journal.of_kind(EntryKind.DRAWER_OPENED)]

    paperwork.after_sale(sell(workstation).paper)
    assert (printer.kicks, openings()) == (1, ["sale"])
    workstation.desk.rules = replace(
        workstation.desk.rules, tender_rules=(TenderRule("swish", TenderKind.OTHER, "Swish"),)
    )
    workstation.sale.scan(LOAF)
    assert not isinstance(workstation.sale.tendering.take("swish", None, "123"), Refused)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    paperwork.after_sale(done.paper)
    assert (printer.kicks, openings()) == (1, ["sale"])
    moved = workstation.till_moves.no_sale("change")
    assert isinstance(moved, Moved)
    paperwork.after_move(moved.paper, moved.kind)
    assert (printer.kicks, openings()) == (2, ["sale", "no_sale"])
    printer.fault = PrinterFault.PAPER_OUT
    paperwork.after_sale(sell(workstation).paper)
    assert openings() == ["sale", "no_sale"]

"""The drawer and the next sale: one seen open keeps it waiting where the shop wants so, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.refusal import Code, Refused
from pos.services.paperwork import Devices, Paperwork
from pos.services.suspended import PutAside
from pos.workstation import Workstation
from receipts.printers import PROFILES
from tests.corner_shop import MANAGER, new_shop, open_up, sell


@pytest.fixture
def till(tmp_path: Path) -> Workstation:
    """Return an open till of a shop whose next sale waits for the drawer."""
    station = open_up(new_shop(tmp_path / "shop"))
    station.desk.rules = replace(station.desk.rules, drawer_shut_first=True)
    return station


def test_a_drawer_that_stands_open_keeps_the_next_sale_waiting(till: Workstation) -> None:
    till.drawer.note(stands_open=True)
    assert till.sale.scan("BREAD") == Refused(Code.DRAWER_OPEN)
    assert till.sale.view.empty
    till.drawer.note(stands_open=False)
    assert not isinstance(till.sale.scan("BREAD"), Refused)
    # The sale that is open goes on, whatever the drawer does.
    till.drawer.note(stands_open=True)
    assert not isinstance(till.sale.scan("BREAD"), Refused)
    till.close()


def test_a_sale_that_was_put_aside_waits_too(till: Workstation) -> None:
    assert not isinstance(till.sale.scan("BREAD"), Refused)
    aside = till.suspended.suspend()
    assert isinstance(aside, PutAside)
    till.drawer.note(stands_open=True)
    assert till.suspended.recall_last() == Refused(Code.DRAWER_OPEN)
    till.drawer.note(None)
    assert not isinstance(till.suspended.recall_last(), Refused)
    till.close()


@pytest.mark.parametrize("stands_open", [None, True, False])
def test_a_shop_that_does_not_ask_for_it_sells_whatever_the_drawer_says(
    tmp_path: Path, stands_open: bool | None
) -> None:
    station = open_up(new_shop(tmp_path / "shop"))
    station.drawer.note(stands_open)
    assert not isinstance(station.sale.scan("BREAD"), Refused)
    station.close()


def test_a_drawer_nobody_knows_of_keeps_no_sale_waiting(till: Workstation) -> None:
    assert till.drawer.stands_open is None
    assert not isinstance(till.sale.scan("BREAD"), Refused)
    till.close()


@pytest.mark.parametrize(("said", "waits"), [("no", False), ("yes", True)])
def test_it_is_a_rule_of_the_shop(tmp_path: Path, said: str, waits: bool) -> None:
    station = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    assert not isinstance(station.shop_settings.change({"drawer_shut_first": said}), Refused)
    assert station.drawer.shut_first is waits
    assert isinstance(station.shop_settings.change({"drawer_shut_first": "perhaps"}), Refused)
    station.close()


def test_the_drawer_opens_with_the_sale_and_not_where_the_printer_cannot(till: Workstation) -> None:
    printer = SimulatedPrinter()
    drawer = PrinterDrawer(printer)
    paperwork = Paperwork(till.desk, Devices(printer, drawer, PROFILES["80mm-48-cp852"]))
    paperwork.after_sale(sell(till).paper)
    assert (printer.kicks, drawer.is_open()) == (1, True)
    printer.close_drawer()
    printer.fault = PrinterFault.PAPER_OUT
    paperwork.after_sale(sell(till).paper)
    assert (printer.kicks, drawer.is_open()) == (1, False)
    till.close()


def test_which_paper_of_how_many_is_at_the_printer(till: Workstation) -> None:
    seen: list[tuple[int, int]] = []

    class Watched(SimulatedPrinter):
        def send(self, job: bytes, job_id: str) -> object:  # type: ignore[override]
            seen.append(paperwork.under_way)
            return super().send(job, job_id)

    printer = Watched()
    paperwork = Paperwork(till.desk, Devices(printer, None, PROFILES["80mm-48-cp852"]))  # type: ignore[arg-type]
    for _ in range(3):
        sell(till)
    paperwork.print_waiting()
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert paperwork.under_way == (0, 0)
    till.close()

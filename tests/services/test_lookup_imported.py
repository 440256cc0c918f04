"""Imported sales stand in the list of their day, are found as other sales are, and open as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.lookup import Named, ReceiptPage
from pos.services.returns import CompletedReturn
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up

DAY = date(2026, 1, 10)
ROWS = """receipt,date,code,name,quantity,price,amount,customer,tender
A77,2026-01-10 15:04,BREAD,Loaf of then,2,3.00,5.00,C7,cash
A77,2026-01-10 15:04,LANTERN,Old lamp,1,4.00,4.00,C7,cash
78,2026-01-10 16:00,BREAD,Loaf of then,1,3.00,3.00,C8,
79,2026-01-11 09:00,LANTERN,Old lamp,1,4.00,4.00,C7,
S1,2026-01-12,BREAD,Loaf of then,-1,3.00,-2.50,C7,cash
"""


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    path = tmp_path / "sales.csv"
    path.write_text(ROWS, "utf-8")
    report = import_sales(lane.desk, path, SaleImportOptions(take_good=True), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.written, report
    yield lane
    lane.close()


def listed(lane: Workstation, day: date = DAY, typed: str = "") -> list[str]:
    page = lane.lookup.page(day, typed=typed)
    assert isinstance(page, ReceiptPage), page
    return [str(one.receipt) for one in page.receipts]


def test_a_day_lists_its_imported_sales_newest_first(lane: Workstation) -> None:
    page = lane.lookup.page(DAY)
    assert isinstance(page, ReceiptPage)
    assert [(one.receipt, one.paid, one.lines, one.customer, one.imported) for one in page.receipts] == [
        ("78", 300, 1, "C8", True),
        ("A77", 900, 2, "C7", True),
    ]
    assert listed(lane, date(2026, 1, 11)) == ["79"]
    first = lane.lookup.page(DAY, limit=1)
    assert isinstance(first, ReceiptPage)
    rest = lane.lookup.page(DAY, after=first.more, limit=1)
    assert isinstance(rest, ReceiptPage)
    assert [str(one.receipt) for one in (*first.receipts, *rest.receipts)] == ["78", "A77"]
    assert rest.more is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a7", ["A77"]),
        ("78", ["78"]),
        ("LANTERN", ["A77"]),
        ("Loaf", ["78", "A77"]),
        ("old l", ["A77"]),
        ("C8", ["78"]),
        ("9.00", ["A77"]),
        ("3", ["78"]),
        ("nothing", []),
        ("%", []),
    ],
)
def test_they_are_found_by_number_item_customer_and_amount(lane: Workstation, typed: str, found: list[str]) -> None:
    assert listed(lane, typed=typed) == found


def test_a_number_leads_to_its_day_and_that_of_a_cancellation_to_its_sale(lane: Workstation) -> None:
    for typed in ("A77", " A77 ", "S1"):
        named = lane.lookup.named(typed)
        assert isinstance(named, Named), typed
        assert (named.day, named.number) == (DAY, "A77")
    assert lane.lookup.named("A7") == Refused(Code.RECEIPT_UNKNOWN, {"receipt": "A7"})


def test_a_cashier_sees_no_other_day(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "other"), operator=CASHIER)
    path = tmp_path / "sales.csv"
    path.write_text(ROWS, "utf-8")
    import_sales(lane.desk, path, SaleImportOptions(take_good=True), from_command_line=True)
    assert lane.lookup.page(DAY) == Refused(Code.NOT_PERMITTED)
    assert lane.lookup.named("A77") == Refused(Code.RECEIPT_OTHER_DAY, {"receipt": "A77"})
    lane.close()


def test_it_opens_to_its_lines_as_they_stand(lane: Workstation) -> None:
    named = lane.lookup.named("A77")
    assert isinstance(named, Named)
    done = lane.returns.complete(ReturnRequest(purchase=named.id, lines=(LineAsked(2, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn), done
    paper = lane.paperwork.receipt(named.id)
    assert paper is not None
    text = render(paper, 42)
    for said in ("Imported sale", "A77", "Customer C7", "2 × 3.00", "-1.00", "TOTAL", "9.00", "Cash"):
        assert said in text, text
    # One loaf came back there, the lantern here.
    assert text.count("Came back: 1") == 2, text
    again = lane.lookup.page(DAY)
    assert isinstance(again, ReceiptPage)
    assert again.receipts[1].paid == 900


def test_the_list_goes_by_an_index(lane: Workstation) -> None:
    with lane.desk.shop.books.reading() as work:
        plan = work.taken_over_list.plan_of_day(DAY)
    assert any("taken_over_sale_day" in step for step in plan), plan
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), plan

"""What the X and the Z say of returns: what went out, by tender, and the tax given back at each rate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.day_report import DayReport, ReportKind, TenderSum, read_report, report_body
from pos.domain.tender import TenderKind
from pos.services.books_report import report_books
from pos.services.day_reports import Made
from pos.services.policy_versions import write_policy
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.document import Document
from receipts.plain_text import render
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up, sell, take_back
from tests.services.test_gift_cards import card_sold
from tests.services.test_return_papers import bought_with_a_gift_card, onto_store_credit
from tests.services.test_returns import KETTLE, back, taken
from tests.services.test_till_days import closed


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    lane.close()


def x_report(lane: Workstation) -> DayReport:
    made = lane.day_reports.x_report()
    assert isinstance(made, Made)
    return made.report


def test_refunds_stand_by_tender_and_their_tax_by_rate(lane: Workstation) -> None:
    bought = sell(lane, KETTLE, "BREAD", "BREAD").transaction
    sold = x_report(lane)
    assert (sold.refunds, sold.returned_taxes) == ((), ())
    taken(lane, back(bought.id, 1, 2))
    taken(lane, back(bought.id, 3))
    onto_store_credit(lane)
    said = x_report(lane)
    assert said.refunds == (TenderSum("cash", "", 2, bought.paid), TenderSum("store_credit", "", 1, 129_900))
    # All that was taxed came back: a kettle was sold once more, and came back too.
    assert said.returned_taxes == said.taxes
    assert said.returns.amount == sum(one.amount for one in said.refunds) - bought.rounding


def test_the_tax_of_the_report_is_that_of_the_ledger(lane: Workstation) -> None:
    take_back(lane)
    said = x_report(lane)
    (payable,) = {
        -amount
        for account, amount in verify_books(lane.desk.shop).balances.items()
        if account == "tax_payable:standard"
    }
    of = {
        name: sum(one.amount for one in sums if one.code == "standard")
        for name, sums in (("sold", said.taxes), ("back", said.returned_taxes))
    }
    assert of["back"] > 0
    assert of["sold"] - of["back"] == payable


def test_a_z_with_returns_comes_out_of_the_books_again_and_its_paper_says_them(lane: Workstation) -> None:
    taken(lane, back(sell(lane, KETTLE).transaction.id, 1))
    taken(lane, back(bought_with_a_gift_card(lane).id, 1))
    number = closed(lane).number
    report = lane.day_reports.find(number)
    assert isinstance(report, DayReport)
    assert [one.kind for one in report.refunds] == ["cash", "gift_card"]
    assert read_report(report_body(report)) == report
    assert verify_books(lane.desk.shop).violations == ()
    paper = lane.day_reports.document(number, ReportKind.Z)
    assert isinstance(paper, Document)
    text = " ".join(render(paper, 42).split())
    assert "REFUNDS Cash · 1 1,299.00 Gift card · 1 42.90 Tax given back" in text
    assert "Refunds in cash -1,299.00" in text


def test_cash_from_sales_and_refunds_in_cash_make_what_the_drawer_should_hold(lane: Workstation) -> None:
    card_sold(lane)
    bought = sell(lane, KETTLE, "BREAD").transaction
    taken(lane, back(bought.id, 1))
    said = x_report(lane)
    (cash,) = (one.amount for one in said.tenders if one.kind == "cash")
    (refunded,) = (one.amount for one in said.refunds)
    assert said.expected == said.opening_float + cash - refunded
    assert report_books(lane.desk).takings[TenderKind.CASH].minor == cash - refunded


def test_what_came_back_less_what_was_kept_is_what_went_out(lane: Workstation) -> None:
    fee = "policy: 1\nrules:\n  - {id: F1, restocking_fee: {percent: '15', tax: fee_taxed}}\n"
    lane.desk.operator = OWNER
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, fee, date(2020, 1, 1), None, by=OWNER.id)
        work.commit()
    lane.desk.shop.anchor(head)
    lane.desk.operator = CASHIER
    bought = sell(lane, "LEMON", "LEMON", "BREAD").transaction
    taken(lane, back(bought.id, 1))
    taken(lane, back(bought.id, 2, 3))
    said = x_report(lane)
    assert said.kept.number == 2
    assert said.kept.amount > 0
    assert said.refund_rounding != 0
    went_out = sum(one.amount for one in said.refunds)
    assert said.returns.amount - said.kept.amount + said.refund_rounding == went_out
    assert verify_books(lane.desk.shop).violations == ()

"""What another system sold comes back here: found without a receipt, judged by the policy of its day, and paid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.money import Quantity
from pos.domain.purchase import Source
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.purchases import Found
from pos.services.returns import CompletedReturn
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, new_shop, open_up

FILE = """receipt,date,code,name,quantity,price,customer
536365,2026-11-01 08:26,BREAD,Loaf of then,3,20.00,17850
536365,2026-11-01 08:26,LANTERN,White metal lantern,2,3.39,17850
536366,2026-10-02 09:00,LANTERN,White metal lantern,1,3.39,
"""


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    """A till of a shop that took over two sales."""
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    path = tmp_path / "sales.csv"
    path.write_text(FILE, "utf-8")
    report = import_sales(lane.desk, path, SaleImportOptions(), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.written, report
    yield lane
    lane.close()


def found(lane: Workstation, number: str) -> Found:
    answer = lane.purchases.find(number)
    assert isinstance(answer, Found), answer
    return answer


def back(purchase: str, line: int, pieces: int, to: str = "") -> ReturnRequest:
    asked = (LineAsked(line, Quantity.pieces(pieces), condition="unopened"),)
    return ReturnRequest(purchase=purchase, lines=asked, refund_to=to)


def test_it_is_found_by_its_old_number_its_customer_and_its_item(lane: Workstation) -> None:
    sale = found(lane, "536365").purchase
    assert (sale.source, sale.total) == (Source.TAKEN_OVER, 6_678)
    by_customer = lane.purchases.by_customer("17850")
    assert not isinstance(by_customer, Refused)
    assert [one.receipt for one in by_customer] == ["536365"]
    item = sale.lines[0].item
    by_item = lane.purchases.by_item([item], day=date(2026, 11, 1))
    assert not isinstance(by_item, Refused)
    assert [one.receipt for one in by_item] == ["536365"]


def test_it_comes_back_as_store_credit_and_today_s_books_say_so(lane: Workstation, tmp_path: Path) -> None:
    sale = found(lane, "536365").purchase
    done = lane.returns.complete(back(sale.id, 1, 2))
    assert isinstance(done, CompletedReturn), done
    assert (done.done.refund, [one.kind for one in done.done.tenders]) == (4_000, ["store_credit"])
    left = found(lane, "536365").purchase.lines[0]
    assert left.left == Quantity.pieces(1)
    # An item this shop never had comes back by the name and code the other system gave it.
    lantern = lane.returns.complete(back(sale.id, 2, 2))
    assert isinstance(lantern, CompletedReturn), lantern
    assert lantern.done.refund == 678
    assert [line.item for line in lantern.done.lines] == ["LANTERN"]
    again = lane.returns.complete(back(sale.id, 2, 1))
    assert isinstance(again, Refused)
    lane.close()
    report = verify_shop(tmp_path / "shop")
    assert report.violations == ()
    assert report.balances["store_credit_liability"] == -4_678


def test_nobody_knows_that_it_was_cash_so_cash_needs_a_yes(lane: Workstation) -> None:
    sale = found(lane, "536366").purchase
    quote = lane.returns.quote(back(sale.id, 1, 1, to="cash"))
    assert not isinstance(quote, Refused)
    assert Code.TENDER_NOT_ALLOWED in {reason.code for reason in quote.decision.reasons}
    assert quote.decision.if_approved is not None

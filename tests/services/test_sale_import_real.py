"""Seven months of real sales go through the import, to the penny, and some of them come back."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from pos.domain.money import Quantity
from pos.domain.purchase import Purchase
from pos.domain.refusal import Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.sale_cells import NANOS
from pos.domain.sale_rows import SaleFault
from pos.services.purchases import Found
from pos.services.returns import CompletedReturn
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, new_shop, open_up
from tests.services.item_shop import real_file

SALES = "uci_online_retail_2010-12_2011-06.csv.gz"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workstation, SaleImportReport]]:
    """The till of a shop that took all of them over; the file says no currency, so they are in the shop's."""
    path = real_file(SALES)
    lane = open_up(new_shop(tmp_path_factory.mktemp("real") / "shop"), operator=MANAGER)
    options = SaleImportOptions(maps=("receipt=InvoiceNo",), take_good=True)
    report = import_sales(lane.desk, path, options, from_command_line=True)
    assert isinstance(report, SaleImportReport)
    yield lane, report
    lane.close()


def rows() -> Iterator[dict[str, str]]:
    """The file as it is, read by nothing of this program."""
    with gzip.open(real_file(SALES), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_every_row_is_taken_or_refused_and_the_money_is_right_to_the_penny(
    real: tuple[Workstation, SaleImportReport],
) -> None:
    _, report = real
    assert (report.totals.rows, report.totals.taken_rows, report.totals.refused_rows) == (245_903, 245_144, 759)
    assert dict(report.reasons) == {SaleFault.STOCK_ONLY: 758, SaleFault.AMOUNT_TOO_FINE: 1}
    money = [Decimal(nanos) / NANOS for nanos in (report.totals.money, report.totals.taken, report.totals.refused)]
    assert money == [Decimal("4397950.761"), Decimal("4397950.76"), Decimal("0.001")]
    assert (report.sales, report.cancellations) == (10_031, 2_006)
    assert report.matched_rows + report.unmatched_rows == 4_494
    assert len(report.unmatched) == report.unmatched_rows


def test_every_day_has_the_money_the_file_says(real: tuple[Workstation, SaleImportReport]) -> None:
    _, report = real
    expected: Counter[str] = Counter()
    for row in rows():
        expected[row["InvoiceDate"][:10]] += int(Decimal(row["UnitPrice"]) * int(row["Quantity"]) * NANOS)
    assert {str(day): totals.money for day, totals in report.days} == dict(expected)


def found(lane: Workstation, number: str) -> Purchase:
    answer = lane.purchases.find(number)
    assert isinstance(answer, Found), answer
    return answer.purchase


def test_some_of_them_come_back_and_the_books_hold(real: tuple[Workstation, SaleImportReport]) -> None:
    lane, report = real
    sale = found(lane, "536365")
    assert (len(sale.lines), sale.total, sale.buyer.id) == (7, 13_912, "17850")
    back = ReturnRequest(purchase=sale.id, lines=(LineAsked(1, Quantity.pieces(2), condition="unopened"),))
    done = lane.returns.complete(back)
    assert isinstance(done, CompletedReturn), done
    assert (done.done.refund, [one.kind for one in done.done.tenders]) == (510, ["store_credit"])
    assert found(lane, "536365").lines[0].left == Quantity.pieces(4)
    # The number of a cancellation leads to the sale it came off, of which so much less may come back.
    listed = {one.receipt for one in report.unmatched}
    numbers = (row["InvoiceNo"] for row in rows() if row["InvoiceNo"].startswith("C"))
    cancelled = found(lane, next(number for number in numbers if number not in listed))
    line = next(one for one in cancelled.lines if one.returned)
    too_many = (LineAsked(line.line, line.quantity, condition="unopened"),)
    assert isinstance(lane.returns.complete(ReturnRequest(purchase=cancelled.id, lines=too_many)), Refused)
    bought = lane.purchases.by_item([sale.lines[1].item], day=sale.day)
    assert not isinstance(bought, Refused)
    assert "536365" in {one.receipt for one in bought}
    checked = verify_books(lane.desk.shop)
    assert checked.violations == ()
    assert checked.balances["store_credit_liability"] == -510

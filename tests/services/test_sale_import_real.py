"""Seven months of real sales go through the import, to the penny, and some of them come back."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from pos.domain.sale_cells import NANOS
from pos.domain.sale_rows import SaleFault
from pos.services.desk import Desk
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.taken_over import purchase_of
from pos.services.verify import verify_books
from tests.services.item_shop import item_desk, real_file

SALES = "uci_online_retail_2010-12_2011-06.csv.gz"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, SaleImportReport]]:
    path = real_file(SALES)
    with item_desk(tmp_path_factory.mktemp("real") / "shop") as desk:
        options = SaleImportOptions(maps=("receipt=InvoiceNo",), take_good=True)
        report = import_sales(desk, path, options, from_command_line=True)
        assert isinstance(report, SaleImportReport)
        yield desk, report


def test_every_row_is_taken_or_refused_and_the_money_is_right_to_the_penny(real: tuple[Desk, SaleImportReport]) -> None:
    _, report = real
    assert (report.totals.rows, report.totals.taken_rows, report.totals.refused_rows) == (245_903, 245_144, 759)
    assert dict(report.reasons) == {SaleFault.STOCK_ONLY: 758, SaleFault.AMOUNT_TOO_FINE: 1}
    money = [Decimal(nanos) / NANOS for nanos in (report.totals.money, report.totals.taken, report.totals.refused)]
    assert money == [Decimal("4397950.761"), Decimal("4397950.76"), Decimal("0.001")]
    assert (report.sales, report.cancellations) == (10_031, 2_006)
    assert report.matched_rows + report.unmatched_rows == 4_494


def test_every_day_has_the_money_the_file_says(real: tuple[Desk, SaleImportReport]) -> None:
    _, report = real
    expected: Counter[str] = Counter()
    with gzip.open(real_file(SALES), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected[row["InvoiceDate"][:10]] += int(Decimal(row["UnitPrice"]) * int(row["Quantity"]) * NANOS)
    assert {str(day): totals.money for day, totals in report.days} == dict(expected)


def test_the_books_hold_and_a_cancelled_line_is_gone(real: tuple[Desk, SaleImportReport]) -> None:
    desk, report = real
    checked = verify_books(desk.shop)
    assert (checked.violations, checked.balances) == ((), {})
    assert report.unmatched
    with desk.shop.books.reading() as work:
        place = work.taken_over.by_receipt("536365")
        assert place is not None
        sale = purchase_of(work, place.purchase)
        assert sale is not None
        assert (len(sale.lines), sale.total, sale.buyer.id) == (7, 13_912, "17850")

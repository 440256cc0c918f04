"""The report of an import of sales is kept with it, whole, and read again by whoever may run the shop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.services.desk import Desk
from pos.services.sale_import import REPORT, SaleImportOptions, SaleImportReport, import_sales
from pos.services.sale_imports_kept import KeptImport, kept_imports
from pos.services.sale_report import sale_report_lines
from pos.services.verify import verify_books
from pos.wording import Wording
from tests.services.item_shop import CASHIER, MANAGER, Csv, item_desk

MUG = Item("MUG", "Mug", 950, ("standard",), codes=("M1",), department="home", family="mugs")
HEAD = "receipt,date,code,name,quantity,price,customer"
ROWS = (
    "77,2026-01-10 15:04,M1,Mug,2,9.00,C1",
    "78,2026-01-11 15:04,M1,Mug,1,much,C1",
    "79,,M1,Mug,1,9.00,C1",
    "C80,2026-01-12 10:00,LAMP,Žirafa,-1,5.00,C2",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", [MUG]) as desk:
        yield desk


def taken(desk: Desk, path: Path) -> SaleImportReport:
    report = import_sales(desk, path, SaleImportOptions(take_good=True, rounds=True), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.written
    return report


def kept(desk: Desk) -> tuple[KeptImport, ...]:
    desk.operator = MANAGER
    found = kept_imports(desk)
    assert not isinstance(found, Refused)
    return found


def test_it_is_the_report_that_was_shown(desk: Desk, tmp_path: Path) -> None:
    report = taken(desk, Csv(tmp_path)(HEAD, *ROWS))
    (one,) = kept(desk)
    assert one.whole
    assert one.operator_name == ""
    # How often which fault was is counted for the progress of one import alone.
    assert one.report == replace(report, reasons={})
    for language in ("en", "cs", "sv"):
        assert sale_report_lines(one.report, Wording(language)) == sale_report_lines(report, Wording(language))
    assert verify_books(desk.shop).violations == ()


def test_a_cards_number_in_a_wrong_column_stays_out_of_the_books(desk: Desk, tmp_path: Path) -> None:
    rows = (
        "77,2026-01-10 15:04,M1,Mug,2,9.00,C1",
        "78,2026-01-10 15:04,M1,Mug,1,4242 4242 4242 4242,C1",
        "4242424242424242,,M1,Mug,1,9.00,C1",
        "C80,2026-01-12 10:00,LAMP,Paid 4242-4242-4242-4242,-1,5.00,C2",
    )
    report = taken(desk, Csv(tmp_path)(HEAD, *rows))
    assert "4242 4242 4242 4242" in str(report), "on the screen it is where somebody looks for it"
    (one,) = kept(desk)
    assert (len(one.report.refused), len(one.report.unmatched)) == (2, 1)
    assert "4242424242424242" not in str(one).replace(" ", "").replace("-", "")
    assert verify_books(desk.shop).violations == ()


def test_the_newest_stands_first(desk: Desk, tmp_path: Path) -> None:
    csv = Csv(tmp_path)
    taken(desk, csv(HEAD, ROWS[0]))
    taken(desk, csv(HEAD, ROWS[0].replace("77", "90")))
    assert [one.report.totals.rows for one in kept(desk)] == [1, 1]
    assert [one.id for one in kept(desk)] == sorted((one.id for one in kept(desk)), reverse=True)


def test_of_one_made_before_reports_were_kept_the_totals_are_known(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.services.sale_import.REPORT", "nobody_reads_it")
    report = taken(desk, Csv(tmp_path)(HEAD, *ROWS))
    with desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.SALES_TAKEN_OVER)
    assert REPORT not in json.loads(entry.payload)
    (one,) = kept(desk)
    assert not one.whole
    # Rows whose amount could not be read were not counted in the entry.
    assert (one.report.totals, one.report.sales) == (replace(report.totals, unread=0), report.sales)


def test_whoever_may_not_run_the_shop_reads_none(desk: Desk) -> None:
    desk.operator = CASHIER
    refused = kept_imports(desk)
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_PERMITTED

"""kill -9 at every write of an import of sales: all of it is in the books or none, and once more brings all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.verify import verify_books
from tests.corner_shop import new_shop, open_up
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

SALES = 40


def with_a_file(folder: Path, _say: Say | None = None) -> None:
    """A shop with the file of another system beside it."""
    new_shop(folder)
    rows = [f"{n},2026-01-10,BREAD,Loaf,{1 + n % 3},20.00,C{n % 5}" for n in range(SALES)]
    rows += [f"X{n},2026-01-12,BREAD,Loaf,-1,20.00,C{n}" for n in range(4)]
    path = folder.with_name("sales.csv")
    path.write_text("\n".join(("receipt,date,code,name,quantity,price,customer", *rows)) + "\n", "utf-8")


def take_them_over(folder: Path, say: Say) -> None:
    lane = open_up(folder, operator=None)
    report = import_sales(lane.desk, folder.with_name("sales.csv"), SaleImportOptions(), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.written
    say(f"TAKEN {report.sales}")
    lane.close()


def look_at_the_books(folder: Path, outcome: Outcome) -> None:
    lane = open_up(folder, operator=None)
    with lane.desk.shop.books.reading() as work:
        known = len(work.taken_over.known([str(n) for n in range(SALES)]))
    assert known in {0, SALES}, "half an import"
    assert known or not outcome.says("TAKEN"), "an acknowledged import was lost"
    again = import_sales(lane.desk, folder.with_name("sales.csv"), SaleImportOptions(), from_command_line=True)
    assert isinstance(again, SaleImportReport)
    assert again.written is not bool(known)
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


@few_or_all(4)
def test_all_of_an_import_is_in_the_books_or_none(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_a_file, take_them_over, look_at_the_books, at_most=at_most)

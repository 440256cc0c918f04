"""kill -9 at every write of an import: all of it is in the books or none, and once more brings all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pos.domain.journal import EntryKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import item_import, sale_import
from pos.services.desk import Desk, Fact, record
from pos.services.item_import import ImportOptions, ImportReport, import_items
from pos.services.price_facts import record_prices
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.verify import verify_books
from tests.corner_shop import new_shop, open_up
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

SALES = 40
NEW_ITEMS = 30


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


def with_items(folder: Path, _say: Say | None = None) -> None:
    """A shop with a file of items beside it: many new ones, and bread at another price and with a second code."""
    new_shop(folder)
    rows = ["1,Bread,39.90,RYE,food", *(f"N{n},Thing {n},{n + 1}.00,N{n},food" for n in range(NEW_ITEMS))]
    folder.with_name("items.csv").write_text("\n".join(("id,name,price,code,tax", *rows)) + "\n", "utf-8")


def take_items_in(folder: Path, say: Say) -> None:
    lane = open_up(folder, operator=None)
    report = import_items(lane.desk, folder.with_name("items.csv"), ImportOptions(), from_command_line=True)
    assert isinstance(report, ImportReport)
    assert (report.new, report.changed, report.written) == (NEW_ITEMS, 1, True)
    say("TAKEN")
    lane.close()


def look_at_the_items(folder: Path, outcome: Outcome) -> None:
    lane = open_up(folder, operator=None)
    found = [lane.catalogue.of_code(f"N{n}") for n in range(NEW_ITEMS)]
    with lane.desk.shop.books.reading() as work:
        entries = len(work.journal.of_kind(EntryKind.ITEMS_IMPORTED))
    bread, rye = lane.catalogue.of_code("BREAD"), lane.catalogue.of_code("RYE")
    assert bread is not None
    came_in = {item is not None for item in found} | {rye is not None, bread.unit_price_minor == 3_990, bool(entries)}
    assert len(came_in) == 1, "half an import"
    assert came_in == {True} or not outcome.says("TAKEN"), "an acknowledged import was lost"
    again = import_items(lane.desk, folder.with_name("items.csv"), ImportOptions(), from_command_line=True)
    assert isinstance(again, ImportReport)
    assert again.written is not bool(entries)
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


@few_or_all(4)
def test_all_of_an_import_is_in_the_books_or_none(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_a_file, take_them_over, look_at_the_books, at_most=at_most)


@few_or_all(4)
def test_all_items_of_a_file_are_in_the_books_or_none(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_items, take_items_in, look_at_the_items, at_most=at_most)


class TestPlantedFaults:
    """An import in two commits must be seen at some point of all of them."""

    def test_sales_in_two_commits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        needs_strace()

        def torn(work: UnitOfWork, desk: Desk, fact: Fact) -> object:
            head = record(work, desk, fact)
            work.commit()
            work.begin("BEGIN IMMEDIATE")
            return head

        monkeypatch.setattr(sale_import, "record", torn)
        with pytest.raises(AssertionError, match="killed at"):
            sweep(tmp_path, with_a_file, take_them_over, look_at_the_books, at_most=24)

    def test_items_in_two_commits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        needs_strace()

        def torn(work: UnitOfWork, *rest: Any) -> object:
            head = record_prices(work, *rest)
            work.commit()
            work.begin("BEGIN IMMEDIATE")
            return head

        monkeypatch.setattr(item_import, "record_prices", torn)
        with pytest.raises(AssertionError, match="half an import"):
            sweep(tmp_path, with_items, take_items_in, look_at_the_items, at_most=24)

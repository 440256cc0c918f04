"""Sales of another system are taken over as they stand, once, and found by whatever a customer can show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.money import Quantity
from pos.domain.purchase import Purchase
from pos.domain.taken_over import TakenOver
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import read_payload
from pos.services.id_documents import id_shown
from pos.services.taken_over import past_returns, purchase_of, receipts_taken_over, take_over
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up
from tests.taken_over import EXCHANGE, RETURN, SALE, TAKEN, UNKNOWN, take_over_for_the_books


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    take_over_for_the_books(workstation)
    yield workstation
    workstation.close()


@pytest.fixture
def work(lane: Workstation) -> Iterator[UnitOfWork]:
    with lane.desk.shop.books.reading() as work:
        yield work


def found(work: UnitOfWork) -> Purchase:
    purchase = purchase_of(work, SALE.id)
    assert purchase is not None
    return purchase


def test_what_was_sold_is_read_back_as_it_was_written(lane: Workstation, work: UnitOfWork) -> None:
    sold = work.taken_over.get(SALE.id)
    assert sold is not None
    # The number of a gift card is not kept; this shop does not know the card.
    kept = replace(SALE.lines[1], stored=sold.lines[1].stored)
    assert sold == replace(SALE, lines=(SALE.lines[0], kept))
    assert sold.lines[1].stored is not None
    assert sold.lines[1].stored.account == ""
    returns = work.taken_over.returns_of(SALE.id)
    document = id_shown(lane.desk.shop.keys, "driving_licence", "D4417788")
    assert returns == (replace(RETURN, id_shown=document), EXCHANGE)
    assert document.last == "7788"
    assert "D4417788" not in document.key


def test_one_entry_says_how_much_it_was(lane: Workstation, work: UnitOfWork) -> None:
    (entry,) = work.journal.of_kind(EntryKind.SALES_TAKEN_OVER)
    said = read_payload(entry)
    assert {key: said[key] for key in said if key != "digest"} == {
        "sales": 1, "lines": 2, "total": 6_879, "tax": 479, "returns": 3, "refunded": 2_940 + 2_500,
    }  # fmt: skip
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    # The float the till was opened with, and nothing else.
    assert report.balances == {"cash_in_till": 100_000, "cash_office": -100_000}


def test_what_came_back_there_is_gone_here(work: UnitOfWork) -> None:
    purchase = found(work)
    line = purchase.lines[0]
    # One of two came back; the other was swapped for the red one, which is with the customer.
    assert (line.returned, line.returned_net, line.returned_tax) == (1_000, 2_700, 240)
    assert line.left == Quantity.pieces(1)
    assert (line.exchanged, line.item, line.name) == (2, "RED", "Red kettle")
    assert line.back_serials == ("A-1", "A-2")
    assert "A-3" in line.serials
    assert [tender.ceiling for tender in purchase.tenders] == [0, 2_060, 879, 1_000]
    assert (purchase.refunded, purchase.returned_before) == (2_940, True)


def test_it_is_found_by_whatever_is_shown(work: UnitOfWork) -> None:
    books = work.taken_over
    assert books.by_receipt("OLD-1") == (SALE.id, {})
    # A return leads to its sale, an exchange to the line its goods stand for.
    assert books.by_receipt("OLD-2") == (SALE.id, {})
    assert books.by_receipt("OLD-3") == (SALE.id, {4: 1})
    assert books.by_receipt("OLD-4") is None
    assert books.by_receipt("OLD-9") is None
    for rows in (
        books.by_card("T2", 5),
        books.by_customer("C1", 5),
        books.by_item(["KETTLE"], (SALE.day, SALE.day), 5),
        books.by_item(["MUG", "KETTLE"], (date(2025, 1, 1), date(2027, 1, 1)), 5),
    ):
        assert [(row.id, row.receipt, row.total) for row in rows] == [(SALE.id, "OLD-1", 6_879)]
    assert books.by_item(["KETTLE"], (date(2026, 1, 11),) * 2, 5) == []
    assert books.by_card("", 5) == books.by_customer("", 5) == []
    assert books.has_serial("A-2")
    assert not books.has_serial("A-3")


def test_earlier_returns_are_counted_by_document_customer_and_card(lane: Workstation, work: UnitOfWork) -> None:
    key = id_shown(lane.desk.shop.keys, "driving_licence", "d 441-7788").key
    since = date(2026, 1, 1)
    by_document = past_returns(work, since, id_key=key)
    assert [(one.day, one.amount, one.pieces, one.with_receipt) for one in by_document] == [
        (RETURN.day, 2_940, 1, True),
        (UNKNOWN.day, 2_500, 1, False),
    ]
    assert [one.keys for one in past_returns(work, since, tokens=("T2",))] == [{"C1", key, "T2"}, {"C1", "T2"}]
    assert len(past_returns(work, since, customer="C1", id_key=key, tokens=("T2", "T3"))) == 3
    assert past_returns(work, date(2026, 1, 13), customer="C1") == ()
    assert past_returns(work, since) == ()


def test_it_is_taken_over_once_and_only_where_it_balances(lane: Workstation) -> None:
    assert receipts_taken_over(lane.desk, ("OLD-1", "OLD-3", "OLD-9")) == {"OLD-1", "OLD-3"}
    wrong = replace(SALE, id="e" * 32, receipt="OLD-9", rounding=1)
    for taken, why in ((TAKEN, "OLD-1"), (TakenOver((wrong,)), "balance")):
        with lane.desk.shop.books.writing() as work, pytest.raises(ValueError, match=why):
            take_over(work, lane.desk, taken, None)


def test_nothing_writes_nothing(lane: Workstation) -> None:
    with lane.desk.shop.books.writing() as work:
        before = work.journal.head(1)
        assert take_over(work, lane.desk, TakenOver(), None) == before

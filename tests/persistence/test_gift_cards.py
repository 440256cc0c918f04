"""Cards are found by what their number hashes to, and give what is on them once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCardFacts, GiftCardKind, GiftEntry, GiftMove, Origin
from pos.persistence.unit_of_work import UnitOfWork
from tests.corner_shop import new_shop, open_up

CARD = GiftCardFacts("c1", GiftCardKind.GIFT_CARD, "a" * 64, "0024", "", Origin.RACK)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[UnitOfWork]:
    lane = open_up(new_shop(tmp_path / "shop"))
    with lane.desk.shop.books.writing() as work:
        yield work


def test_a_card_is_there_before_anything_is_on_it(work: UnitOfWork) -> None:
    head = work.journal.head(1)
    work.gift_cards.add([CARD], head)
    found = work.gift_cards.find("a" * 64)
    assert found is not None
    assert not found.sold
    assert work.gift_cards.move("c1", 500) is None
    work.gift_cards.open(["c1"])
    assert work.gift_cards.move("c1", 500) == 500
    work.gift_cards.open(["c1"])
    assert work.gift_cards.move("c1", -501) is None
    assert work.gift_cards.move("c1", -500) == 0
    assert work.gift_cards.find("b" * 64) is None
    assert work.gift_cards.known(["a" * 64, "b" * 64]) == {"a" * 64}


def test_the_last_day_only_grows_and_never_ends_where_one_load_never_does(work: UnitOfWork) -> None:
    head = work.journal.head(1)
    work.gift_cards.add([CARD], head)
    work.gift_cards.open(["c1"])
    loads = [("sold", "2027-01-01"), ("reloaded", "2026-01-01"), ("redeemed", "2030-01-01"), ("reloaded", "")]
    work.gift_cards.write([GiftEntry("c1", GiftMove(move), 1, 1, day) for move, day in loads[:3]], head)
    found = work.gift_cards.get("c1")
    assert found is not None
    assert found.expires == date(2027, 1, 1)


def test_a_tender_is_taken_once_and_given_back_once(work: UnitOfWork) -> None:
    head = work.journal.head(1)
    work.gift_cards.add([CARD], head)
    entry = GiftEntry("c1", GiftMove.REDEEMED, -1, 1, tender="t1")
    work.gift_cards.write([entry], head)
    assert work.gift_cards.of_tender("t1") == entry
    with pytest.raises(Exception, match="UNIQUE"):
        work.gift_cards.write([GiftEntry("c1", GiftMove.REDEEMED, -1, 1, tender="t1")], head)

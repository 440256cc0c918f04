"""Store credit given and money back onto cards: what returns will call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCardKind
from pos.domain.journal import EntryKind
from pos.domain.ledger import GIFT_CARD_LIABILITY, STORE_CREDIT_LIABILITY, LedgerEntry
from pos.domain.refusal import Code, Refused
from pos.services.desk import Fact, record
from pos.services.gift_card_numbers import hash_number, made_number, made_pin
from pos.services.gift_cards import GiftCardView
from pos.services.store_credit import issue_store_credit, legs_of, refund_to_card
from pos.services.stored_value import Loads
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, new_shop, open_up
from tests.services.test_gift_cards import card_sold, refused


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    lane.close()


def booked(lane: Workstation, loads: Loads | Refused, *, beside: frozenset[str] = frozenset()) -> dict[str, int]:
    """Write it as whoever calls these will, and answer with the ledger. `beside` are invariants that ask for more."""
    assert isinstance(loads, Loads), loads
    desk = lane.desk
    with desk.shop.books.writing() as work:
        legs = legs_of(work, loads)
        against = -sum(leg.amount for leg in legs)
        ledger = (*legs, *((LedgerEntry("returns", against),) if against else ()))
        fact = Fact(EntryKind.RECEIPT_COPIED, desk.now(), "101", "x", loads.told, ledger)
        loads.write(work, record(work, desk, fact))
        work.commit()
    # The entry kind of the business itself is not built here: its postings are its own to verify.
    invariants = {found.invariant for found in verify_books(desk.shop).violations}
    assert invariants <= {"I-2", *beside}
    return verify_books(desk.shop).balances


def card_id(lane: Workstation, number: str = GIFT_CARD) -> str:
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.find(hash_number(lane.desk.shop.keys, number))
    assert card is not None
    return card.id


def test_store_credit_is_a_card_of_its_own(lane: Workstation) -> None:
    with lane.desk.shop.books.reading() as work:
        loads = issue_store_credit(work, lane.desk, 3_266, expires=date(2031, 1, 1))
    # A card is only issued with a return, and that is what the books lack here.
    assert booked(lane, loads, beside=frozenset({"I-8"}))[STORE_CREDIT_LIABILITY] == -3_266
    keys, (card,) = lane.desk.shop.keys, loads.cards
    view = lane.gift_cards.balance(made_number(keys, card.id), made_pin(keys, card.id))
    assert isinstance(view, GiftCardView)
    assert (view.kind, view.balance.minor, view.expires) == (GiftCardKind.STORE_CREDIT, 3_266, date(2031, 1, 1))


@pytest.mark.parametrize("amount", [0, -1])
def test_store_credit_for_nothing_is_none(lane: Workstation, amount: int) -> None:
    with lane.desk.shop.books.reading() as work, pytest.raises(ValueError, match="for something"):
        issue_store_credit(work, lane.desk, amount)


def test_money_goes_back_onto_a_card(lane: Workstation) -> None:
    card_sold(lane)
    with lane.desk.shop.books.reading() as work:
        loads = refund_to_card(work, card_id(lane), 500)
        assert refused(refund_to_card(work, "nobody", 500)) is Code.GIFT_CARD_UNKNOWN
    assert booked(lane, loads)[GIFT_CARD_LIABILITY] == -50_500
    lane.gift_card_care.disable(GIFT_CARD, "lost")
    with lane.desk.shop.books.reading() as work:
        assert refused(refund_to_card(work, card_id(lane), 500)) is Code.GIFT_CARD_DISABLED

"""A gift card pays what is on it and no more: held with the saved sale, given back so, used up at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCardKind
from pos.domain.ledger import GIFT_CARD_LIABILITY, STORE_CREDIT_LIABILITY, TENDERS_HELD
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderKind
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, new_shop, open_up
from tests.services.test_gift_cards import OTHER, balance, card_sold, pay, refused

CREDIT = "6006490000000000032"


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    card_sold(lane, 10_000)
    yield lane
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def known(lane: Workstation, *cards: NewGiftCard) -> None:
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, cards, None)
        work.commit()


def held(lane: Workstation) -> int:
    return verify_books(lane.desk.shop).balances.get(TENDERS_HELD, 0)


def test_part_of_a_sale_is_paid_with_a_card_and_the_rest_in_cash(lane: Workstation) -> None:
    lane.sale.scan("09520000000011")
    view = lane.gift_card_tenders.take(GIFT_CARD)
    assert isinstance(view, SaleView)
    (tender,) = view.priced.basket.tenders
    assert (tender.kind, tender.amount, tender.shown) == (TenderKind.GIFT_CARD, 10_000, "•••• 0024")
    assert balance(lane).balance.minor == 0
    assert held(lane) == -10_000
    assert verify_books(lane.desk.shop).violations == ()
    sale = pay(lane).transaction
    assert [each.kind for each in sale.tenders] == [TenderKind.GIFT_CARD, TenderKind.CASH]
    assert held(lane) == 0
    assert verify_books(lane.desk.shop).balances.get(GIFT_CARD_LIABILITY, 0) == 0


def test_exactly_what_is_due_where_the_card_holds_more(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    view = lane.gift_card_tenders.take(GIFT_CARD)
    assert isinstance(view, SaleView)
    assert view.priced.complete
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert balance(lane).balance.minor == 10_000 - 4_290
    papers = [paper.document for paper in lane.papers.papers()]
    assert papers[-2:] == ["sale_receipt", "gift_card_slip"]


def test_more_than_is_on_it_takes_nothing_and_says_what_is(lane: Workstation) -> None:
    lane.sale.scan("09520000000011")
    answer = lane.gift_card_tenders.take(GIFT_CARD, 10_001)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts["balance"]) == (Code.GIFT_CARD_BALANCE, Money(10_000, "CZK"))
    assert lane.sale.view.priced.paid == 0
    assert refused(lane.gift_card_tenders.take(GIFT_CARD, 0)) is Code.AMOUNT_INVALID
    assert isinstance(lane.gift_card_tenders.take(GIFT_CARD, 10_000), SaleView)
    assert refused(lane.gift_card_tenders.take(GIFT_CARD, 1)) is Code.GIFT_CARD_EMPTY


def test_given_back_it_is_on_the_card_again_and_undo_does_not_take_it(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    lane.gift_card_tenders.take(GIFT_CARD, 1_000)
    assert lane.sale.undo() is None
    lane.sale.tender_cash(1_000)
    assert lane.sale.undo() is not None
    assert lane.sale.undo() is None
    assert balance(lane).balance.minor == 9_000
    assert isinstance(lane.tendering.give_back(1), SaleView)
    assert balance(lane).balance.minor == 10_000
    assert lane.sale.redo() is None
    assert lane.sale.undo() is None
    assert held(lane) == 0
    assert not lane.sale.view.priced.basket.tenders


def test_a_voided_sale_gives_back_what_cards_gave(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    lane.gift_card_tenders.take(GIFT_CARD, 1_000)
    lane.gift_card_tenders.take(GIFT_CARD, 2_000)
    lane.sale.tender_cash(100)
    assert isinstance(lane.sale.void_sale(), SaleView)
    assert balance(lane).balance.minor == 10_000
    assert held(lane) == 0


def test_no_gift_card_is_bought_with_one(lane: Workstation) -> None:
    known(lane, NewGiftCard(CREDIT, 90_000, GiftCardKind.STORE_CREDIT))
    lane.gift_cards.sell(5_000, OTHER)
    for number in (GIFT_CARD, CREDIT):
        assert refused(lane.gift_card_tenders.take(number, 5_000)) is Code.GIFT_CARD_NOT_WITH_GIFT_CARD
        assert refused(lane.gift_card_tenders.take(number)) is Code.GIFT_CARD_NOT_WITH_GIFT_CARD
    lane.sale.scan("BREAD")
    assert refused(lane.gift_card_tenders.take(CREDIT, 4_291)) is Code.GIFT_CARD_NOT_WITH_GIFT_CARD
    view = lane.gift_card_tenders.take(CREDIT)
    assert isinstance(view, SaleView)
    assert view.priced.paid == 4_290
    pay(lane)
    assert verify_books(lane.desk.shop).balances[STORE_CREDIT_LIABILITY] == -(90_000 - 4_290)


def test_cards_that_do_not_pay(lane: Workstation) -> None:
    cards = {
        "6006490000000000040": (NewGiftCard("", 500, disabled=True), Code.GIFT_CARD_DISABLED),
        "6006490000000000057": (NewGiftCard("", 500, expires=date(2026, 11, 20)), Code.GIFT_CARD_EXPIRED),
        "6006490000000000065": (NewGiftCard("", 0, unsold=True), Code.GIFT_CARD_UNSOLD),
        "6006490000000000073": (NewGiftCard("", 0), Code.GIFT_CARD_EMPTY),
        "6006490000000000081": (NewGiftCard("", 500, pin="4711"), Code.GIFT_CARD_PIN),
    }
    known(lane, *(replace(card, number=number) for number, (card, _) in cards.items()))
    lane.sale.scan("BREAD")
    for number, (_, code) in cards.items():
        assert refused(lane.gift_card_tenders.take(number)) is code
    assert refused(lane.gift_card_tenders.take("6006490000000000099")) is Code.GIFT_CARD_UNKNOWN
    assert refused(lane.gift_card_tenders.take("6006490000000000081", pin="0815")) is Code.PIN_WRONG
    assert isinstance(lane.gift_card_tenders.take("6006490000000000081", pin="4711"), SaleView)
    lane.tendering.give_all_back()
    # Where no card may end, its date says nothing.
    lane.desk.rules = replace(lane.desk.rules, region="US-CA")
    assert isinstance(lane.gift_card_tenders.take("6006490000000000057", 500), SaleView)
    lane.tendering.give_all_back()


def test_below_a_bound_no_pin_is_asked_for(lane: Workstation) -> None:
    known(lane, NewGiftCard(OTHER, 5_000, pin="4711"))
    lane.desk.rules = replace(lane.desk.rules, gift_card_pin_above=1_000)
    lane.sale.scan("BREAD")
    assert refused(lane.gift_card_tenders.take(OTHER, 1_001)) is Code.GIFT_CARD_PIN
    assert isinstance(lane.gift_card_tenders.take(OTHER, 1_000), SaleView)
    lane.tendering.give_all_back()


def test_what_another_lane_took_meanwhile_is_not_there(lane: Workstation) -> None:
    second = open_up(lane.desk.shop.folder, number=2)
    for each in (lane, second):
        each.sale.scan("09520000000011")
    assert isinstance(second.gift_card_tenders.take(GIFT_CARD, 9_999), SaleView)
    assert refused(lane.gift_card_tenders.take(GIFT_CARD, 2)) is Code.GIFT_CARD_BALANCE
    assert isinstance(lane.gift_card_tenders.take(GIFT_CARD, 1), SaleView)
    second.tendering.give_all_back()
    assert balance(lane).balance.minor == 9_999
    second.close()


def test_an_open_sale_keeps_what_its_card_gave_over_a_crash(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    lane.gift_card_tenders.take(GIFT_CARD, 1_000)
    lane.sale.recover()
    assert lane.sale.view.priced.paid == 1_000
    assert isinstance(lane.tendering.give_back(1), SaleView)
    assert balance(lane).balance.minor == 10_000

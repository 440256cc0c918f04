"""Gift cards are sold and loaded as lines of a sale; they are cards once it is paid, and no number is in the books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCardState
from pos.domain.ledger import GIFT_CARD_LIABILITY
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.persistence.shop_folder import DATABASE
from pos.services.gift_card_numbers import made_number, made_pin
from pos.services.gift_cards import GiftCardView
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, new_shop, open_up

OTHER = "6006490000000000016"


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def pay(lane: Workstation) -> CompletedSale:
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done


def card_sold(lane: Workstation, amount: int = 50_000, number: str = GIFT_CARD) -> CompletedSale:
    assert isinstance(lane.gift_cards.sell(amount, number), SaleView)
    return pay(lane)


def balance(lane: Workstation, number: str = GIFT_CARD) -> GiftCardView:
    view = lane.gift_cards.balance(number)
    assert isinstance(view, GiftCardView), view
    return view


def refused(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def test_a_card_is_one_once_its_sale_is_paid(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    assert isinstance(lane.gift_cards.sell(50_000, GIFT_CARD), SaleView)
    assert refused(lane.gift_cards.balance(GIFT_CARD)) is Code.GIFT_CARD_UNKNOWN
    sale = pay(lane).transaction
    view = balance(lane)
    assert (view.state, view.balance.minor, view.shown) == (GiftCardState.ACTIVE, 50_000, "•••• 0024")
    line = sale.lines[1]
    assert (line.net, line.tax, line.taxes, line.total, line.discount) == (50_000, 0, (), 50_000, 0)
    report = verify_books(lane.desk.shop)
    assert report.balances[GIFT_CARD_LIABILITY] == -50_000
    assert "sales:untaxed" not in report.balances


def test_no_discount_no_promotion_no_points_and_no_second_piece(lane: Workstation) -> None:
    lane.gift_cards.sell(50_000, GIFT_CARD)
    assert refused(lane.sale.set_quantity(0, Quantity.pieces(2))) is Code.STORED_VALUE_FIXED
    assert refused(lane.markdowns.discount_line(0, "goodwill", percent_millionths=10_000)) is Code.NOT_DISCOUNTABLE
    assert refused(lane.markdowns.override_price(0, 49_900, "price_match")) is Code.NOT_DISCOUNTABLE
    assert refused(lane.markdowns.override_price(0, 50_100, "price_match")) is Code.STORED_VALUE_FIXED
    assert refused(lane.sale.set_note(0, "for Ann")) is Code.STORED_VALUE_FIXED
    assert isinstance(lane.sale.remove_line(0), SaleView)
    assert lane.sale.view.empty


def test_a_card_comes_onto_it_what_a_later_sale_pays_for(lane: Workstation) -> None:
    card_sold(lane)
    assert refused(lane.gift_cards.sell(50_000, GIFT_CARD)) is Code.GIFT_CARD_SOLD
    assert isinstance(lane.gift_cards.reload(GIFT_CARD, 20_000), SaleView)
    assert balance(lane).balance.minor == 50_000
    pay(lane)
    assert balance(lane).balance.minor == 70_000


def test_a_card_made_here_has_a_number_and_a_pin_and_the_books_have_neither(lane: Workstation) -> None:
    assert isinstance(lane.gift_cards.sell(50_000), SaleView)
    stored = lane.sale.view.priced.basket.lines[0].stored
    assert stored is not None
    pay(lane)
    number, pin = (made(lane.desk.shop.keys, stored.account) for made in (made_number, made_pin))
    assert balance(lane, number).asks_pin
    assert refused(lane.gift_cards.balance(number, "99999")) is Code.PIN_WRONG
    assert isinstance(lane.gift_cards.balance(number, pin), GiftCardView)
    lane.gift_cards.sell(50_000, GIFT_CARD)
    pay(lane)
    folder = lane.desk.shop.folder
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.name.startswith(DATABASE))
    assert number.encode() not in written
    assert GIFT_CARD.encode() not in written


@pytest.mark.parametrize("number", ["6006490000000000025", "12", "ABC", "60064900000000000240000"])
def test_what_is_no_number_is_not_sold(lane: Workstation, number: str) -> None:
    assert refused(lane.gift_cards.sell(50_000, number)) is Code.GIFT_CARD_NUMBER
    assert refused(lane.gift_cards.reload(number, 50_000)) is Code.GIFT_CARD_UNKNOWN
    assert refused(lane.gift_cards.balance(number)) is Code.GIFT_CARD_UNKNOWN


@pytest.mark.parametrize("amount", [0, -100])
def test_a_card_of_nothing_is_none(lane: Workstation, amount: int) -> None:
    assert refused(lane.gift_cards.sell(amount, GIFT_CARD)) is Code.AMOUNT_INVALID


def test_how_much_comes_onto_a_card(lane: Workstation) -> None:
    lane.desk.rules = replace(lane.desk.rules, gift_card_least=10_000, gift_card_most=60_000, gift_card_holds=100_000)
    assert refused(lane.gift_cards.sell(9_999, GIFT_CARD)) is Code.GIFT_CARD_LIMIT
    assert refused(lane.gift_cards.sell(60_001, GIFT_CARD)) is Code.GIFT_CARD_LIMIT
    card_sold(lane, 60_000)
    assert refused(lane.gift_cards.reload(GIFT_CARD, 40_001)) is Code.GIFT_CARD_LIMIT
    assert isinstance(lane.gift_cards.reload(GIFT_CARD, 40_000), SaleView)
    pay(lane)


def test_one_card_stands_once_in_a_sale(lane: Workstation) -> None:
    lane.gift_cards.sell(50_000, GIFT_CARD)
    assert refused(lane.gift_cards.sell(50_000, GIFT_CARD)) is Code.GIFT_CARD_IN_SALE
    assert isinstance(lane.gift_cards.sell(50_000, OTHER), SaleView)
    pay(lane)
    lane.gift_cards.reload(GIFT_CARD, 50_000)
    assert refused(lane.gift_cards.reload(GIFT_CARD, 50_000)) is Code.GIFT_CARD_IN_SALE
    pay(lane)


def test_of_two_lanes_that_sell_the_same_card_one_does(lane: Workstation) -> None:
    second = open_up(lane.desk.shop.folder, number=2)
    for each in (lane, second):
        assert isinstance(each.gift_cards.sell(50_000, GIFT_CARD), SaleView)
        each.sale.tender_cash(50_000)
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert refused(second.sale.complete()) is Code.GIFT_CARD_SOLD
    assert balance(second).balance.minor == 50_000
    second.close()


def test_an_open_sale_with_a_card_is_found_again(lane: Workstation) -> None:
    lane.gift_cards.sell(50_000, GIFT_CARD)
    before = lane.sale.view.priced.basket
    assert lane.sale.recover() is not None
    assert lane.sale.view.priced.basket == before
    pay(lane)


def test_only_where_the_till_is_open(lane: Workstation) -> None:
    second = open_up(lane.desk.shop.folder, number=3, operator=None)
    assert refused(second.gift_cards.sell(50_000, GIFT_CARD)) is Code.NOT_SIGNED_ON
    second.close()


def test_a_card_that_is_scanned_among_items_says_what_is_on_it(lane: Workstation) -> None:
    card_sold(lane)
    answer = lane.sale.scan(GIFT_CARD)
    assert isinstance(answer, Refused)
    assert answer.code is Code.NOT_AN_ITEM
    assert "500.00" in Wording("en").refusal(answer).replace("CZK", "")
    unknown = lane.sale.scan(OTHER)
    assert isinstance(unknown, Refused)
    assert "does not know" in Wording("en").refusal(unknown)

"""What is replaced even, and what is not: another price, a line asked twice, goods whose deposit comes back too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Markdown, PriceOverride
from pos.domain.even_exchange import replaced_even, without_even
from pos.domain.money import Quantity
from pos.domain.policy_rule import DEFAULT_POLICY, Policy, Scope
from pos.domain.purchase import Purchase, PurchaseLine, SoldTerms, Source
from pos.domain.return_case import GoodsFacts
from pos.domain.return_request import LineAsked
from pos.domain.return_rules import EvenExchange
from tests.domain.purchases import case_of

ONE = Quantity.pieces(1)
NO_GOODS: Mapping[str, GoodsFacts] = {}


def sold(line: int, item: str, price: int, *, family: str = "", belongs_to: int = 0) -> PurchaseLine:
    terms = SoldTerms(family=family)
    return PurchaseLine(
        line, item, item, "", Quantity.pieces(2), price, 2 * price, 0, 2 * price, 0, 2 * price,
        terms=terms, container=bool(belongs_to), belongs_to=belongs_to,
    )  # fmt: skip


def bought(*lines: PurchaseLine) -> Purchase:
    at = datetime(2026, 11, 2, 10, tzinfo=UTC)
    return Purchase(
        "p", "0142-01-0001", Source.BOOKS, at, date(2026, 11, 2), "USD", prices_hold_tax=False, total=0, lines=lines,
        tenders=(),
    )  # fmt: skip


def going(item: str, price: int, family: str = "") -> BasketLine:
    return BasketLine(item, item, price, (), ONE, item, "101", family=family)


def even(
    purchase: Purchase,
    asked: tuple[int, ...],
    *lines: BasketLine,
    policy: Policy = DEFAULT_POLICY,
    goods: Mapping[str, GoodsFacts] = NO_GOODS,
) -> list[tuple[int, str, str]]:
    case = replace(case_of(purchase, *(LineAsked(number, ONE) for number in asked)), goods=goods)
    found = replaced_even(case, Basket("b", lines), policy)
    assert len(without_even(Basket("b", lines), found).lines) == len(lines) - len(found)
    return [(one.line, one.instead, one.fits) for one in found]


def test_the_same_item_is_even_whatever_it_costs_today() -> None:
    assert even(bought(sold(1, "MUG", 950)), (1,), going("MUG", 1_200)) == [(1, "MUG", "same_item")]


@pytest.mark.parametrize(("price", "found"), [(2_500, [(1, "SHIRT-L", "same_family")]), (5_000, []), (2_499, [])])
def test_another_of_the_family_is_even_only_at_the_same_price(price: int, found: list[tuple[int, str, str]]) -> None:
    purchase = bought(sold(1, "SHIRT-M", 2_500, family="shirt"))
    assert even(purchase, (1,), going("SHIRT-L", price, "shirt")) == found


@pytest.mark.parametrize(("price", "found"), [(2_900, [(1, "SHIRT-L", "same_family")]), (3_100, [])])
def test_a_size_that_costs_today_what_the_old_one_does_keeps_the_old_price(
    price: int, found: list[tuple[int, str, str]]
) -> None:
    purchase = bought(sold(1, "SHIRT-M", 2_500, family="shirt"))
    today = {"SHIRT-M": GoodsFacts("SHIRT-M", "Shirt", "", 2_900)}
    assert even(purchase, (1,), going("SHIRT-L", price, "shirt"), goods=today) == found


def test_the_policy_may_let_a_size_at_any_price_stand_for_the_old_one_but_nothing_else() -> None:
    purchase = bought(sold(1, "SHIRT-M", 2_500, family="shirt"))
    policy = Policy("House rules", 1, (EvenExchange(id="R9", any_price=True),))
    assert even(purchase, (1,), going("SHIRT-L", 3_100, "shirt"), policy=policy) == [(1, "SHIRT-L", "same_family")]
    assert even(purchase, (1,), going("SOCKS", 2_500), policy=policy) == []


def test_a_line_asked_in_two_parts_is_even_only_as_a_whole() -> None:
    purchase = bought(sold(1, "MUG", 950))
    assert even(purchase, (1, 1), going("MUG", 950)) == []
    assert len(even(purchase, (1, 1), going("MUG", 950), going("MUG", 950))) == 2


def test_goods_whose_deposit_comes_back_are_sold_again_with_a_new_one() -> None:
    purchase = bought(sold(1, "SODA", 200), sold(2, "BOTTLE", 10, belongs_to=1))
    assert even(purchase, (1, 2), going("SODA", 200)) == []
    assert even(purchase, (1,), going("SODA", 200)) == [(1, "SODA", "same_item")]


def test_goods_at_a_price_agreed_by_hand_replace_nothing_even() -> None:
    was = bought(sold(1, "MUG", 1000))
    cheaper = replace(going("MUG", 900), override=PriceOverride(1000, "price_match"))
    damaged = replace(going("MUG", 1000), markdown=Markdown("damaged_box", percent_millionths=50_000))
    assert even(was, (1,), cheaper) == []
    assert even(was, (1,), damaged) == []
    plain = going("MUG", 1000)
    case = case_of(was, LineAsked(1, ONE))
    basket = Basket("b", (damaged, plain))
    found = replaced_even(case, basket, DEFAULT_POLICY)
    assert without_even(basket, found).lines == (damaged,), "the one nobody reduced is that which stands for it"


def test_more_or_less_of_it_is_not_even() -> None:
    purchase = bought(sold(1, "MUG", 950))
    assert even(purchase, (1,), replace(going("MUG", 950), quantity=Quantity.pieces(2))) == []


def test_goods_the_policy_lets_begin_anew_are_not_even() -> None:
    anew = EvenExchange(id="E1", scope=Scope(items=frozenset({"MUG"})), keeps=False)
    policy = Policy("", 1, (anew,))
    purchase = bought(sold(1, "MUG", 950), sold(2, "CUP", 700))

    found = even(purchase, (1, 2), going("MUG", 950), going("CUP", 700), policy=policy)

    assert found == [(2, "CUP", "same_item")]

"""What is taken off by hand: to the last minor unit, never more than there is, whatever was scanned first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import DiscountSource, Markdown, spread
from pos.domain.money import Quantity
from pos.domain.pricing import price
from pos.domain.shop import ShopRules
from tests.domain.baskets import RULES, baskets

SHARES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**6)), max_size=8)


@given(SHARES, st.data())
def test_what_is_spread_is_all_there_and_no_part_is_over_its_weight(
    shares: list[tuple[str, int]], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(0, sum(weight for _, weight in shares)))
    parts = spread(amount, shares)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, (_, weight) in zip(parts, shares, strict=True))
    order = data.draw(st.permutations(range(len(shares))))
    shuffled = spread(amount, [shares[index] for index in order])
    told = Counter(zip(shares, parts, strict=True))
    assert told == Counter((shares[index], part) for index, part in zip(order, shuffled, strict=True))


def test_more_than_there_is_cannot_be_spread() -> None:
    with pytest.raises(ValueError, match="more than there is"):
        spread(4, [("a", 1), ("b", 2)])


def test_a_markdown_is_a_share_or_an_amount() -> None:
    with pytest.raises(ValueError, match="a share or an amount"):
        Markdown("damaged")
    with pytest.raises(ValueError, match="a share or an amount"):
        Markdown("damaged", percent_millionths=1, amount=1)
    assert Markdown("damaged", percent_millionths=125_000).of(1_004) == 126
    assert Markdown("damaged", amount=500).of(300) == 300


@given(baskets(), RULES)
def test_no_discount_takes_a_line_or_the_total_below_nothing_or_touches_what_may_not_be_discounted(
    basket: Basket, rules: ShopRules
) -> None:
    priced = price(basket, rules)
    plain = price(
        replace(basket, markdown=None, lines=tuple(replace(line, markdown=None) for line in basket.lines)), rules
    )
    assert priced.discount == priced.subtotal - sum(line.extended - line.discount for line in priced.lines)
    assert 0 <= priced.total <= plain.total
    for line in priced.lines:
        assert 0 <= line.discount <= line.extended
        assert all(discount.amount > 0 for discount in line.discounts)
        assert not (line.line.not_discountable and line.discounts)


@given(baskets(), RULES, st.data())
def test_the_total_does_not_depend_on_the_order_of_scanning(
    basket: Basket, rules: ShopRules, data: st.DataObject
) -> None:
    # An item has one set of taxes, whichever line it is on.
    taxes = {line.item: line.taxes for line in basket.lines}
    basket = replace(basket, lines=tuple(replace(line, taxes=taxes[line.item]) for line in basket.lines))
    shuffled = replace(basket, lines=tuple(data.draw(st.permutations(basket.lines))))
    one, other = price(basket, rules), price(shuffled, rules)
    assert (one.discount, one.net, one.tax, one.total) == (other.discount, other.net, other.tax, other.total)


def test_the_markdown_of_the_receipt_takes_from_what_each_line_still_comes_to() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague")
    mug = BasketLine("MUG", "Mug", 1_000, (), Quantity.pieces(1), "MUG", "101", markdown=Markdown("chipped", 500_000))
    card = BasketLine("CARD", "Gift card", 2_000, (), Quantity.pieces(1), "CARD", "101", not_discountable=True)
    tea = BasketLine("TEA", "Tea", 500, (), Quantity.pieces(2), "TEA", "101")
    priced = price(Basket("b", (mug, card, tea), markdown=Markdown("opening_day", amount=100, by="900")), rules)
    told = [[(discount.source, discount.id, discount.amount) for discount in line.discounts] for line in priced.lines]
    assert told == [
        [(DiscountSource.LINE, "chipped", 500), (DiscountSource.RECEIPT, "opening_day", 33)],
        [],
        [(DiscountSource.RECEIPT, "opening_day", 67)],
    ]
    assert (priced.subtotal, priced.discount, priced.total) == (4_000, 600, 3_400)

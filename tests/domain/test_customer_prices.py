"""What points and the staff's rule take off: never more than there is, the same whatever was scanned first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import DiscountSource
from pos.domain.money import Quantity
from pos.domain.pricing import NO_CIRCUMSTANCES, Circumstances, CustomerFacts, PricedBasket, price
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode, TaxRate

RULES = ShopRules("Corner", "0001", "CZK", "UTC", tax_rates=(TaxRate("standard", 210_000), TaxRate("food", 120_000)))
STAFF = Circumstances(customer=CustomerFacts("C1", works_here=True))

lines = st.lists(
    st.builds(
        BasketLine,
        item=st.sampled_from(["A", "B", "C", "D"]),
        name=st.just("Thing"),
        unit_price=st.integers(0, 50_000),
        taxes=st.sampled_from([("standard",), ("food",), ()]),
        quantity=st.integers(1, 5_000).map(Quantity),
        scanned=st.just("x"),
        operator=st.just("101"),
        not_discountable=st.booleans(),
    ),
    max_size=8,
)


def priced(rung: list[BasketLine], points: int, worth: int, percent: int, mode: PriceMode) -> PricedBasket:
    rules = replace(RULES, point_worth=worth, staff_discount=percent, price_mode=mode)
    return price(Basket("b", tuple(rung), points=points), rules, STAFF)


@given(
    lines,
    st.tuples(st.integers(0, 10**6), st.integers(0, 500), st.integers(0, 10**6)),
    st.sampled_from(PriceMode),
    st.data(),
)
def test_nothing_falls_below_zero_and_order_decides_nothing(
    rung: list[BasketLine], rule: tuple[int, int, int], mode: PriceMode, data: st.DataObject
) -> None:
    points, worth, percent = rule
    sale = priced(rung, points, worth, percent, mode)
    plain = price(Basket("b", tuple(rung)), replace(RULES, price_mode=mode))
    assert 0 <= sale.total <= plain.total
    assert 0 <= sale.points <= points
    by_points = sum(
        each.amount for line in sale.lines for each in line.discounts if each.source is DiscountSource.POINTS
    )
    assert by_points == sale.points * worth
    for line in sale.lines:
        assert 0 <= line.discount <= line.extended
        assert line.net + line.tax == line.total >= 0
        if line.line.not_discountable:
            assert line.discounts == ()
    other = priced(list(data.draw(st.permutations(rung))), points, worth, percent, mode)
    assert (other.total, other.points, other.discount) == (sale.total, sale.points, sale.discount)


@given(lines, st.integers(0, 10**6))
def test_the_staff_rule_is_for_the_staff_alone(rung: list[BasketLine], percent: int) -> None:
    rules = replace(RULES, staff_discount=percent)
    stranger = Circumstances(customer=CustomerFacts("C2", tier="gold"))
    basket = Basket("b", tuple(rung))
    assert price(basket, rules, stranger).total == price(basket, rules, NO_CIRCUMSTANCES).total

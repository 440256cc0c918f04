"""Shelf prices by the moment they begin, and the price by kilogram or litre."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.item import Item, ShelfPrice, last_start, next_start, price_at
from pos.domain.money import Quantity, Unit

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

prices = st.lists(
    st.tuples(st.none() | st.integers(-5, 5), st.integers(0, 10**6)).map(
        lambda pair: ShelfPrice(None if pair[0] is None else NOON + timedelta(hours=pair[0]), pair[1])
    ),
    max_size=8,
)


def price(dated: list[ShelfPrice], moment: datetime) -> int | None:
    held = price_at(dated, moment)
    return None if held is None else held.price


def test_the_last_begun_holds_and_before_the_first_none() -> None:
    dated = [ShelfPrice(NOON, 2800), ShelfPrice(NOON + timedelta(days=2), 2500)]
    assert price_at(dated, NOON - timedelta(seconds=1)) is None
    assert price(dated, NOON) == 2800
    assert price(dated, NOON + timedelta(days=1)) == 2800
    assert price(dated, NOON + timedelta(days=2)) == 2500
    assert price([ShelfPrice(None, 3000), *dated], NOON - timedelta(days=9)) == 3000


def test_of_two_that_begin_together_the_one_set_last_holds() -> None:
    assert price([ShelfPrice(NOON, 100), ShelfPrice(NOON, 90)], NOON) == 90


@given(prices, st.integers(-6, 6))
def test_the_price_holds_from_its_start_to_the_next(set_prices: list[ShelfPrice], hours: int) -> None:
    moment = NOON + timedelta(hours=hours)
    begun = [price for price in set_prices if price.starts_at is None or price.starts_at <= moment]
    assert (price_at(set_prices, moment) is None) == (not begun)
    ends, start = next_start(set_prices, moment), last_start(set_prices, moment)
    for other in (start, moment if ends is None else ends - timedelta(milliseconds=1)):
        if other is not None:
            assert price_at(set_prices, other) == price_at(set_prices, moment)


def test_the_price_by_content() -> None:
    oats = Item("1", "Oats", 4290, (), content=Quantity(750, Unit.KG))
    assert oats.comparison_price == 5720
    assert Item("2", "Bread", 4290, ()).comparison_price is None

"""How low a promotion can bring an item: reckoned by hand, and never above what the till would really charge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.promotion import (
    Bundle,
    BuyGet,
    Each,
    GetOf,
    Kind,
    Part,
    Promotion,
    Reward,
    Selection,
    Step,
    TierBy,
    Tiers,
)
from pos.domain.promotion_cost import deepest_price
from pos.domain.promotion_kinds import Pile, worth

A, B = Selection(items=("A",)), Selection(items=("B",))
FREE = Reward(percent_millionths=1_000_000)
TENTH = Reward(percent_millionths=100_000)


@pytest.mark.parametrize(
    ("kind", "part", "deepest"),
    [
        (Each(TENTH), 0, 900),
        (Each(Reward(price=700)), 0, 700),
        (BuyGet(2, 1, FREE), 0, 666),
        (BuyGet(1, 1, FREE, GetOf.CHEAPEST), 0, 500),
        (BuyGet(1, 1, FREE, GetOf.OTHER, B), 0, 333),
        (BuyGet(1, 1, FREE, GetOf.OTHER, B), 1, 500),
        (Bundle((Part(1, A), Part(1, B)), Reward(price=1_500)), 0, 500),
        (Bundle((Part(3, A),), Reward(amount=600)), 0, 800),
        (Tiers(TierBy.AMOUNT, (Step(5_000, Reward(amount=1_000)),)), 0, 800),
        (Tiers(TierBy.QUANTITY, (Step(3_000, TENTH), Step(6_000, Reward(amount=3_000)))), 0, 500),
    ],
)
def test_by_hand(kind: Kind, part: int, deepest: int) -> None:
    assert deepest_price(Promotion("P", "P", kind, A), part, 1_000, [(1_000, 1_000), (500, 2_000)]) == deepest


@given(
    st.integers(1, 5_000),
    st.integers(1, 40),
    st.one_of(
        st.builds(lambda share: Reward(percent_millionths=share), st.integers(0, 1_000_000)),
        st.builds(lambda amount: Reward(amount=amount), st.integers(0, 6_000)),
        st.builds(lambda price: Reward(price=price), st.integers(0, 6_000)),
    ),
    st.tuples(st.integers(1, 4), st.integers(1, 3)),
    st.sampled_from(["each", "buy", "bundle"]),
)
def test_pieces_of_one_item_never_come_lower(
    value: int, count: int, reward: Reward, sizes: tuple[int, int], form: str
) -> None:
    buy, get = sizes
    kinds: dict[str, Kind] = {
        "each": Each(reward),
        "buy": BuyGet(buy, get, reward),
        "bundle": Bundle((Part(buy + get, A),), reward),
    }
    promotion = Promotion("P", "P", kinds[form], A)
    given_off = worth(promotion, None, [Pile("A", value, 1_000, count)], [count])
    taking_part = sum(given_off.used)
    deepest = deepest_price(promotion, 0, value, [(value, value)])
    # One minor unit for the rounding of a share on each set.
    assert value * taking_part - given_off.amount >= deepest * taking_part - taking_part

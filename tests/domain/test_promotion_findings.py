"""What is odd about a promotion: days and hours that never meet, prices that are none lower."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.promotion import (
    Bundle,
    BuyGet,
    Conditions,
    Each,
    GetOf,
    Hours,
    Kind,
    Part,
    Promotion,
    Reward,
    Selection,
)
from pos.domain.promotion_findings import PartPrices, gives_nothing, hours_overlap, is_over, never_on
from pos.domain.specials import on_now

# A Monday.
MONDAY = datetime.fromisoformat("2026-11-16")
A, B = Selection(items=("A",)), Selection(items=("B",))


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        (Conditions(ends=MONDAY + timedelta(days=2), weekdays=(5,)), True),
        (Conditions(ends=MONDAY + timedelta(days=6), weekdays=(5,)), False),
        (Conditions(starts=MONDAY, weekdays=(5,)), False),
        (Conditions(ends=MONDAY + timedelta(hours=15), hours=(Hours(960, 1080),)), True),
        (Conditions(ends=MONDAY + timedelta(hours=17), hours=(Hours(960, 1080),)), False),
        (
            Conditions(starts=MONDAY + timedelta(hours=18), ends=MONDAY + timedelta(days=1), hours=(Hours(960, 1080),)),
            True,
        ),
    ],
)
def test_days_and_hours_that_never_meet(asked: Conditions, never: bool) -> None:
    assert never_on(asked, MONDAY) is never


@given(
    st.integers(0, 14 * 24),
    st.integers(0, 12 * 24),
    st.sets(st.integers(0, 6)),
    st.none() | st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(0, 14 * 24),
)
def test_what_is_never_on_is_on_at_no_hour(
    starts: int, lasts: int, weekdays: set[int], hours: tuple[int, int] | None, now: int
) -> None:
    asked = Conditions(
        starts=MONDAY + timedelta(hours=starts),
        ends=MONDAY + timedelta(hours=starts + lasts),
        weekdays=tuple(sorted(weekdays)),
        hours=() if hours is None else (Hours(hours[0] * 60, hours[1] * 60),),
    )
    here = MONDAY + timedelta(hours=now)
    ever = any(on_now(asked, here + timedelta(hours=hour)) for hour in range(40 * 24))
    assert ever is not (is_over(asked, here) or never_on(asked, here))


def test_parts_of_the_day_that_share_a_minute() -> None:
    assert hours_overlap(Conditions(hours=(Hours(600, 720), Hours(700, 800))))
    assert not hours_overlap(Conditions(hours=(Hours(600, 720), Hours(720, 800))))


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [
        (Each(Reward(price=2_000)), True),
        (Each(Reward(price=1_999)), False),
        (Each(Reward(percent_millionths=0)), True),
        (Each(Reward(amount=1)), False),
        (BuyGet(1, 1, Reward(price=700), GetOf.OTHER, B), True),
        (BuyGet(1, 1, Reward(price=699), GetOf.OTHER, B), False),
        (Bundle((Part(2, A), Part(1, B)), Reward(price=4_700)), True),
        (Bundle((Part(2, A), Part(1, B)), Reward(price=4_699)), False),
    ],
)
def test_a_price_that_is_none_lower_gives_nothing(kind: Kind, nothing: bool) -> None:
    promotion = Promotion("P", "P", kind, A)
    prices = [PartPrices(((1_000, None), (2_000, 500))), PartPrices(((700, None),))][: len(promotion.parts)]
    assert gives_nothing(promotion, prices) is nothing
    asked_at_the_sale = [PartPrices(part.prices, open=True) for part in prices]
    assert gives_nothing(promotion, asked_at_the_sale) is (kind == Each(Reward(percent_millionths=0)))

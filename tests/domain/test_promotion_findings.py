"""What is odd about a promotion: days and hours that never meet, prices that are none lower."""

from __future__ import annotations

from dataclasses import replace
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
from pos.domain.promotion_findings import (
    PartPrices,
    always_beaten,
    gives_nothing,
    hours_overlap,
    is_over,
    never_on,
)
from pos.domain.promotions import Candidate, PreparedPromotions, apply_promotions
from pos.domain.specials import on_now
from tests.domain.promotion_shapes import AT, BASKETS, promotion_lists

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


TENTH = Promotion("TENTH", "A tenth off", Each(Reward(percent_millionths=100_000)), A)
FIFTH = replace(TENTH, id="FIFTH", kind=Each(Reward(percent_millionths=200_000)))


@pytest.mark.parametrize(
    ("other", "beats"),
    [
        (FIFTH, True),
        (replace(FIFTH, items=Selection(all=True)), True),
        (replace(FIFTH, items=Selection(all=True, not_items=("A",))), False),
        (replace(FIFTH, items=B), False),
        (replace(FIFTH, group="other"), False),
        (replace(FIFTH, combinable=True), False),
        (replace(FIFTH, active=False), False),
        (replace(FIFTH, limit=1), False),
        (replace(FIFTH, kind=Each(Reward(amount=100))), False),
        (replace(FIFTH, conditions=Conditions(starts=MONDAY)), False),
        (replace(FIFTH, conditions=Conditions(weekdays=(0, 1))), False),
        (replace(FIFTH, conditions=Conditions(tiers=("gold",))), False),
        (replace(TENTH, id="A_TENTH"), True),
        (replace(TENTH, id="Z_TENTH"), False),
        (replace(TENTH, id="Z_TENTH", priority=5), True),
    ],
)
def test_what_another_of_its_group_always_goes_before_never_applies(other: Promotion, beats: bool) -> None:
    assert always_beaten(TENTH, [TENTH, other]) is beats


def test_who_holds_whenever_the_other_does() -> None:
    on_mondays = replace(TENTH, conditions=Conditions(weekdays=(0,), ends=MONDAY))
    assert always_beaten(on_mondays, [replace(FIFTH, conditions=Conditions(weekdays=(0, 1), ends=MONDAY))])
    assert not always_beaten(on_mondays, [replace(FIFTH, conditions=Conditions(weekdays=(1,)))])


@given(BASKETS, promotion_lists(), st.integers(0, 400_000), st.integers(0, 400_000))
def test_without_a_promotion_that_is_always_beaten_every_basket_costs_the_same(
    lines: list[Candidate], others: list[Promotion], less: int, more: int
) -> None:
    weaker = replace(TENTH, items=Selection(all=True), kind=Each(Reward(percent_millionths=less)))
    stronger = replace(FIFTH, items=Selection(all=True), kind=Each(Reward(percent_millionths=more)))
    beside = [stronger, *others]

    if always_beaten(weaker, beside):
        with_it = apply_promotions(lines, PreparedPromotions.of([weaker, *beside]), AT)
        without = apply_promotions(lines, PreparedPromotions.of(beside), AT)
        assert with_it.stopped or with_it.saved == without.saved

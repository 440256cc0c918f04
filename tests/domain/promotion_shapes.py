"""Promotions and lines as Hypothesis draws them, for every test that prices with them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from pos.domain.money import Quantity, Unit, extend
from pos.domain.promotion import (
    ALL_ITEMS,
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
from pos.domain.promotions import Candidate

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
ITEMS = ("MUG", "KETTLE", "SOAP", "APPLES")
_DEPARTMENTS = {"MUG": "home", "KETTLE": "home", "SOAP": "bath", "APPLES": "produce"}

SELECTIONS = st.sampled_from(
    [
        ALL_ITEMS,
        Selection(items=("MUG",)),
        Selection(items=("MUG", "SOAP")),
        Selection(departments=("home",)),
        Selection(all=True, not_items=("KETTLE",)),
    ]
)
PERCENTS = st.sampled_from([50_000, 100_000, 333_333, 500_000, 1_000_000]).map(lambda p: Reward(percent_millionths=p))
AMOUNTS = st.integers(0, 700).map(lambda amount: Reward(amount=amount))
PRICES = st.integers(0, 900).map(lambda price: Reward(price=price))
REWARDS = PERCENTS | AMOUNTS | PRICES


@st.composite
def kinds(draw: st.DrawFn) -> Kind:
    small = st.integers(1, 3)
    match draw(st.sampled_from([Each, BuyGet, Bundle, Tiers])):
        case t if t is Each:
            return Each(draw(REWARDS))
        case t if t is BuyGet:
            of = draw(st.sampled_from([*GetOf]))
            other = draw(SELECTIONS) if of is GetOf.OTHER else None
            return BuyGet(draw(small), draw(small), draw(REWARDS), of, other)
        case t if t is Bundle:
            parts = draw(st.lists(st.builds(Part, small, SELECTIONS), min_size=1, max_size=2))
            return Bundle(tuple(parts), draw(REWARDS))
    by = draw(st.sampled_from([*TierBy]))
    least = draw(st.lists(st.integers(1, 5000), min_size=1, max_size=3, unique=True).map(sorted))
    reward = draw(st.sampled_from([PERCENTS, AMOUNTS]))
    return Tiers(by, tuple(Step(at, draw(reward)) for at in least), every=draw(st.booleans()))


@st.composite
def promotion_lists(draw: st.DrawFn, *, most: int = 5) -> list[Promotion]:
    return [
        Promotion(
            id=f"P{number}",
            name=f"Promotion {number}",
            kind=draw(kinds()),
            items=draw(SELECTIONS),
            limit=draw(st.none() | st.integers(1, 3)),
            group=draw(st.sampled_from(["", "week"])),
            combinable=draw(st.booleans()),
            priority=draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(0, most)))
    ]


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    item = draw(st.sampled_from(ITEMS))
    price = draw(st.sampled_from([0, 1, 99, 250, 999]))
    if item == "APPLES":
        quantity = Quantity(draw(st.integers(1, 2500)), Unit.KG)
    else:
        quantity = Quantity.pieces(draw(st.integers(1, 4)))
    return Candidate(
        item=item,
        unit_price=price,
        quantity=quantity,
        extended=extend(price, quantity),
        department=_DEPARTMENTS[item],
        discountable=draw(st.integers(0, 9)) > 0,
    )


BASKETS = st.lists(candidates(), max_size=7)

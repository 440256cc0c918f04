"""A promotion in words: whatever the shop wrote is said, in every language, with nothing left open."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given

from pos.domain.promotion import (
    ALL_ITEMS,
    Bundle,
    BuyGet,
    Conditions,
    Coupon,
    Each,
    GetOf,
    Hours,
    OneMore,
    Part,
    PassedOver,
    Promotion,
    Reward,
    Selection,
    Step,
    TierBy,
    Tiers,
    WhyNot,
)
from pos.domain.promotions import NO_OUTCOME
from pos.promotion_words import conditions_words, few, one_more_words, rule_words, why_not_words
from pos.wording import LANGUAGES, Wording
from tests.domain.promotion_shapes import promotion_lists

EN = Wording("en")
FREE, FIFTH = Reward(percent_millionths=1_000_000), Reward(percent_millionths=200_000)
MUGS, SOAP = Selection(departments=("Mugs",)), Selection(items=("SOAP",))


@given(promotion_lists())
def test_every_promotion_is_said_in_every_language(promotions: list[Promotion]) -> None:
    for language in LANGUAGES:
        words = Wording(language)
        for promotion in promotions:
            for said in (rule_words(promotion, "USD", words), *_all_reasons(promotion, words)):
                assert said
                assert "{" not in said


def _all_reasons(promotion: Promotion, words: Wording) -> list[str]:
    said = [why_not_words(PassedOver(promotion, why), NO_OUTCOME, "USD", words) for why in WhyNot]
    said.append(one_more_words(OneMore(promotion, promotion.items, missing=1000, saves=50), "USD", words))
    return said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Each(FIFTH), "Mugs: 20% off."),
        (Each(Reward(amount=200)), "Mugs: $2.00 off each."),
        (Each(Reward(price=499)), "Mugs: $4.99 each."),
        (BuyGet(2, 1, FREE), "Mugs: buy 2, get 1: free. All of the same item."),
        (BuyGet(2, 1, FREE, GetOf.CHEAPEST), "Mugs: buy 2, get 1: free. It falls on the cheapest."),
        (BuyGet(1, 1, FIFTH, GetOf.OTHER, SOAP), "Mugs: buy 1, get 1: 20% off. It falls on: Oat soap."),
        (Bundle((Part(1, MUGS), Part(2, SOAP)), Reward(price=900)), "1 × Mugs + 2 × Oat soap together: for $9.00."),
        (Tiers(TierBy.QUANTITY, (Step(3000, FIFTH),)), "Mugs: 20% off from 3 on."),
        (Tiers(TierBy.AMOUNT, (Step(5000, Reward(amount=500)),), every=True), "Mugs: $5.00 off for each $50.00."),
    ],
)
def test_a_rule_reads_as_a_person_says_it(kind: Each | BuyGet | Bundle | Tiers, said: str) -> None:
    promotion = Promotion("P", "P", kind, MUGS)
    assert rule_words(promotion, "USD", EN, {"SOAP": "Oat soap"}.__getitem__) == said


def test_days_hours_people_coupon_and_limit_are_said() -> None:
    asked = Conditions(
        starts=datetime.fromisoformat("2026-11-16"),
        ends=datetime.fromisoformat("2026-11-23"),
        weekdays=(0, 5),
        hours=(Hours(8 * 60, 10 * 60 + 30), Hours(22 * 60, 24 * 60)),
        tiers=("Gold",),
        coupon=Coupon(("SAVE",)),
    )
    promotion = Promotion("P", "P", Each(FIFTH), ALL_ITEMS, conditions=asked, limit=2)
    assert conditions_words(promotion, EN) == (
        "Nov 16, 2026 to Nov 22, 2026 · Monday, Saturday · 08:00–10:30, 22:00–24:00 · for Gold · with a coupon · "
        "2 times a receipt at most"
    )


def test_a_long_list_says_how_many_more_there_are() -> None:
    assert few("abc", EN) == "a, b, c"
    assert few("abcde", EN) == "a, b, c and 2 more"
    given = BuyGet(2, 1, FREE, GetOf.OTHER, Selection(items=("D", "E")))
    of_three = Promotion("P", "P", given, Selection(items=("A", "B", "C")))
    said = rule_words(of_three, "USD", EN, names_max=1)
    assert said == "A and 2 more: buy 2, get 1: free. It falls on: D and 1 more."

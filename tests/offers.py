"""Promotions of a demo shop: what a till shows of them is looked at with these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from pos.domain.basket import Basket
from pos.domain.pricing import Circumstances
from pos.domain.promotion import BuyGet, Conditions, Each, GetOf, Promotion, Reward, Selection
from pos.domain.promotions import PreparedPromotions
from pos.services.circumstances import circumstances as asked
from pos.services.demo_shop import demo_gtin
from pos.services.desk import Desk
from tests.lane import KETTLE, MUG, Lane

SWEATER = demo_gtin(1011)


@contextmanager
def offering(lane: Lane) -> Iterator[None]:
    """A shop in which these promotions are in force meanwhile."""
    prepared = promotions(lane)

    def circumstances(desk: Desk, basket: Basket) -> Circumstances:
        return replace(asked(desk, basket), promotions=prepared)

    with patch("pos.services.open_basket.circumstances", circumstances):
        yield


def promotions(lane: Lane) -> PreparedPromotions:
    """Two offers for the sweater of which one is better, three mugs for two, and one for members."""
    ids = {}
    for code in (SWEATER, MUG, KETTLE):
        found = lane.opened.workstation.catalogue.find(code)
        assert found is not None
        ids[code] = found.id
    free = Reward(percent_millionths=1_000_000)
    knitwear, mugs = Selection(items=(ids[SWEATER],)), Selection(items=(ids[MUG],))
    return PreparedPromotions.of(
        [
            Promotion("KNIT", "Knitwear week", Each(Reward(percent_millionths=200_000)), knitwear),
            Promotion("FIVE", "Member 5%", Each(Reward(percent_millionths=50_000)), knitwear),
            Promotion("MUGS", "3 for 2 on mugs", BuyGet(2, 1, free, GetOf.CHEAPEST), mugs),
            Promotion(
                "GOLD",
                "Gold kettle",
                Each(Reward(amount=500)),
                Selection(items=(ids[KETTLE],)),
                conditions=Conditions(tiers=("Gold",)),
            ),
        ]
    )

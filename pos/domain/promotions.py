"""The promotions engine: what is taken off which line, and why. One pure function, always from scratch.

The order of scanning decides nothing: pieces alike are put together, whatever lines they stand on, and everything is
done in the order of items and prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from pos.domain.discount import Discount
from pos.domain.prepared_promotions import NO_PROMOTIONS, PreparedPromotions
from pos.domain.promotion import NO_CONDITIONS, Applied, Conditions, OneMore, PassedOver, Promotion, WhyNot, coupon_key
from pos.domain.promotion_choice import STEPS_MAX, Patience
from pos.domain.promotion_stage import Candidate, Counter, Entrant, Shared, share_out

__all__ = [
    "NO_OUTCOME",
    "NO_PROMOTIONS",
    "Buyer",
    "Candidate",
    "PreparedPromotions",
    "PromotionOutcome",
    "apply_promotions",
]


class Buyer(Protocol):
    """What promotions ask of a customer."""

    @property
    def tier(self) -> str: ...

    @property
    def group(self) -> str: ...


@dataclass(frozen=True)
class PromotionOutcome:
    """What promotions did: of each line, in the order given, its shares; then why, reckoned for whoever asks.

    `stopped`: the search for the best way to share pieces out came to its bound, after `steps`; the best it had found
    holds. `barred` are those that could not take part at all, `stages` what each group did.
    """

    discounts: tuple[tuple[Discount, ...], ...] = ()
    steps: int = 0
    stopped: bool = False
    barred: tuple[PassedOver, ...] = ()
    stages: tuple[Shared, ...] = field(default=(), repr=False)

    def __eq__(self, other: object) -> bool:
        """The same discounts for the same reasons."""
        if not isinstance(other, PromotionOutcome):
            return NotImplemented
        return self.discounts == other.discounts and self._told == other._told

    def __hash__(self) -> int:
        return hash(self.discounts)

    @property
    def _told(self) -> tuple[object, ...]:
        return self.applied, self.passed_over, self.one_more, self.steps, self.stopped

    @cached_property
    def applied(self) -> tuple[Applied, ...]:
        """What gave something."""
        return tuple(applied for stage in self.stages for applied in stage.applied())

    @cached_property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """What gave nothing although its items are here, and why."""
        return (*self.barred, *(passed for stage in self.stages for passed in stage.passed_over()))

    @cached_property
    def one_more(self) -> tuple[OneMore, ...]:
        """What a little more would bring."""
        return tuple(more for stage in self.stages for more in stage.one_more())

    @property
    def saved(self) -> int:
        """Everything promotions took off, in minor units."""
        return sum(discount.amount for discounts in self.discounts for discount in discounts)


NO_OUTCOME = PromotionOutcome()


def apply_promotions(
    lines: Sequence[Candidate],
    prepared: PreparedPromotions,
    at: datetime | None,
    customer: Buyer | None = None,
    coupons: Sequence[str] = (),
) -> PromotionOutcome:
    """What the promotions take off these lines; `at` is the moment on the shop's clock, without one none is in force.

    Never more than a line comes to. The same lines in any order have the same outcome.
    """
    if not prepared.promotions or at is None:
        return PromotionOutcome(discounts=((),) * len(lines))
    counter = Counter(lines, prepared)
    eligible, barred = _eligible(counter, at, customer, tuple(dict.fromkeys(map(coupon_key, coupons))))
    patience = Patience()
    stages = tuple(share_out(counter, stage, eligible[stage], patience) for stage in sorted(eligible))
    return PromotionOutcome(
        discounts=tuple(map(tuple, counter.discounts)),
        steps=STEPS_MAX - patience.left,
        stopped=patience.stopped,
        barred=tuple(barred),
        stages=stages,
    )


def _eligible(
    counter: Counter, at: datetime, customer: Buyer | None, coupons: Sequence[str]
) -> tuple[dict[int, list[Entrant]], list[PassedOver]]:
    """By stage: which promotions of the items here may take part at all; and why the others may not."""
    prepared = counter.prepared
    now = at.replace(tzinfo=None)
    entrants: dict[int, list[Entrant]] = {}
    barred: list[PassedOver] = []
    for place in sorted({place for pool in counter.pools for place in pool.matches}):
        promotion = prepared.promotions[place]
        if promotion.conditions.ends is not None and now >= promotion.conditions.ends:
            continue  # What is over is not worth a word.
        bar = None if promotion.conditions is NO_CONDITIONS else _bar(promotion.conditions, now, customer, coupons)
        if bar is None:
            entrants.setdefault(prepared.stages[place], []).append(Entrant(place, _limit(promotion, coupons)))
        else:
            barred.append(PassedOver(promotion, *bar))
    return entrants, barred


def _bar(
    asked: Conditions, at: datetime, customer: Buyer | None, coupons: Sequence[str]
) -> tuple[WhyNot, dict[str, object]] | None:
    """What keeps a promotion from this sale."""
    minute = at.hour * 60 + at.minute
    if asked.starts is not None and at < asked.starts:
        return WhyNot.NOT_YET, {"starts": asked.starts}
    if asked.weekdays and at.weekday() not in asked.weekdays:
        return WhyNot.NOT_TODAY, {"weekdays": asked.weekdays}
    if asked.hours and not any(hours.start <= minute < hours.end for hours in asked.hours):
        return WhyNot.NOT_THIS_HOUR, {"hours": asked.hours}
    if asked.tiers and (customer is None or customer.tier not in asked.tiers):
        return WhyNot.NEEDS_TIER, {"tiers": asked.tiers}
    if asked.groups and (customer is None or customer.group not in asked.groups):
        return WhyNot.NEEDS_GROUP, {"groups": asked.groups}
    if asked.coupon is not None and not any(asked.coupon.takes(code) for code in coupons):
        return WhyNot.NEEDS_COUPON, {}
    return None


def _limit(promotion: Promotion, coupons: Sequence[str]) -> int | None:
    coupon = promotion.conditions.coupon
    if promotion.limit is None or coupon is None:
        return promotion.limit
    return promotion.limit * sum(coupon.takes(code) for code in coupons)

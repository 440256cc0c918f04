"""What is odd about a promotion that may be meant all the same; and what of it the promotion itself and prices say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.promotion import Bundle, BuyGet, Conditions, Each, Promotion, Reward, Selection, Tiers
from pos.domain.promotion_cost import deepest_price

_WEEK = timedelta(days=8)
_WHOLE = 1_000_000
_WORDS = ("items", "departments", "families", "flags")


class PromotionFinding(StrEnum):
    """What is odd about a promotion that may be meant all the same."""

    OVER = "over"
    NEVER_ON = "never_on"
    HOURS_OVERLAP = "hours_overlap"
    NO_ITEM = "no_item"
    GIVES_NOTHING = "gives_nothing"
    GIVES_AWAY = "gives_away"
    OVERLAPS_ITSELF = "overlaps_itself"
    BELOW_COST = "below_cost"
    ALWAYS_BEATEN = "always_beaten"


@dataclass(frozen=True, slots=True)
class PartPrices:
    """What the items of one part cost now: every price in minor units with the highest cost that is known of an item
    at it, None where none is. `open`: the price of some is asked at the sale.
    """

    prices: tuple[tuple[int, int | None], ...]
    open: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest price."""
        prices = [price for price, _ in self.prices]
        return min(prices, default=0), max(prices, default=0)


def rewards(promotion: Promotion) -> tuple[Reward, ...]:
    """Everything it may give."""
    kind = promotion.kind
    match kind:
        case Tiers():
            return tuple(step.reward for step in kind.steps)
        case Each() | BuyGet() | Bundle():
            return (kind.reward,)


def gives_away(promotion: Promotion) -> bool:
    """Whether every piece is for nothing."""
    kind = promotion.kind
    return isinstance(kind, Each) and (kind.reward.percent_millionths == _WHOLE or kind.reward.price == 0)


def gives_nothing(promotion: Promotion, parts: Sequence[PartPrices]) -> bool:
    """Whether nothing is cheaper for it at the prices of now; `parts` are those of each, in order.

    A part without items, or with one whose price is asked, says nothing about a new price.
    """
    return not any(_gives(promotion, reward, parts) for reward in rewards(promotion))


def _gives(promotion: Promotion, reward: Reward, parts: Sequence[PartPrices]) -> bool:
    if reward.price is None:
        return reward.percent_millionths != 0 and reward.amount != 0
    if any(part.open or not part.prices for part in parts):
        return True
    dearest = [part.span[1] for part in parts]
    if isinstance(promotion.kind, Bundle):
        counts = [part.count for part in promotion.kind.parts]
        return sum(count * price for count, price in zip(counts, dearest, strict=True)) > reward.price
    # Of a buy-and-get it is the last part that the reward falls on.
    return dearest[-1] > reward.price


def below_cost(promotion: Promotion, parts: Sequence[PartPrices]) -> bool:
    """Whether it alone can bring an item whose cost is known below it."""
    spans = [part.span for part in parts]
    return any(
        cost is not None and deepest_price(promotion, place, price, spans) < cost
        for place, part in enumerate(parts)
        for price, cost in part.prices
    )


def is_over(asked: Conditions, now: datetime) -> bool:
    """Whether its end is past; `now` is on the shop's clock, without its zone."""
    return asked.ends is not None and asked.ends <= now


def never_on(asked: Conditions, now: datetime) -> bool:
    """Whether, before it is over, none of its weekdays and hours comes any more."""
    first = now if asked.starts is None else max(now, asked.starts)
    if asked.ends is None or asked.ends - first >= _WEEK:
        return False
    midnight = datetime.combine(first.date(), datetime.min.time())
    while midnight < asked.ends:
        if not asked.weekdays or midnight.weekday() in asked.weekdays:
            windows = [(each.start, each.end) for each in asked.hours] or [(0, 24 * 60)]
            for start, end in windows:
                begins, over = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
                if max(begins, first) < min(over, asked.ends):
                    return False
        midnight += timedelta(days=1)
    return True


def hours_overlap(asked: Conditions) -> bool:
    """Whether two of its parts of the day share a minute."""
    hours = sorted(asked.hours, key=lambda each: each.start)
    return any(later.start < earlier.end for earlier, later in pairwise(hours))


def always_beaten(promotion: Promotion, others: Iterable[Promotion]) -> bool:
    """Whether another of its group takes as much or more off all its items whenever it holds, and so goes before it.

    Only plain rewards of one sort are held against each other: a share and an amount change places with the prices.
    """
    return any(_beats(other, promotion) for other in others if other.id != promotion.id)


def _beats(other: Promotion, promotion: Promotion) -> bool:
    if other.combinable or promotion.combinable or other.group != promotion.group or not other.active:
        return False
    if not isinstance(other.kind, Each) or not isinstance(promotion.kind, Each) or other.limit is not None:
        return False
    return (
        _gives_more(other.kind.reward, promotion.kind.reward, or_as_much=other.rank < promotion.rank)
        and _takes_all_of(other.items, promotion.items)
        and _holds_whenever(other.conditions, promotion.conditions)
    )


def _gives_more(one: Reward, other: Reward, *, or_as_much: bool) -> bool:
    if one.price is not None and other.price is not None:
        more = other.price - one.price
    elif one.amount is not None and other.amount is not None:
        more = one.amount - other.amount
    elif one.percent_millionths is not None and other.percent_millionths is not None:
        more = one.percent_millionths - other.percent_millionths
    else:
        return False
    return more > 0 or (or_as_much and more == 0)


def _takes_all_of(one: Selection, other: Selection) -> bool:
    """Whether by its words alone a selection takes all that another takes."""
    named = one.all or (not other.all and all(set(getattr(other, word)) <= set(getattr(one, word)) for word in _WORDS))
    return named and all(set(getattr(one, f"not_{word}")) <= set(getattr(other, f"not_{word}")) for word in _WORDS)


def _holds_whenever(one: Conditions, other: Conditions) -> bool:
    """Whether the conditions of one are met whenever those of another are."""
    starts = one.starts is None or (other.starts is not None and one.starts <= other.starts)
    ends = one.ends is None or (other.ends is not None and one.ends >= other.ends)
    hours = not one.hours or one.hours == other.hours
    words = ((one.weekdays, other.weekdays), (one.tiers, other.tiers), (one.groups, other.groups))
    asked = all(not mine or (theirs and set(theirs) <= set(mine)) for mine, theirs in words)
    return starts and ends and hours and asked and one.coupon is None

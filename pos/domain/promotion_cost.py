"""How low a promotion alone can bring the price of an item, to hold it against what the item costs the shop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.domain.promotion import Bundle, BuyGet, Each, GetOf, Promotion, Reward, TierBy, Tiers
from pos.domain.promotion_kinds import off, off_set

_UNIT = 1000


def deepest_price(promotion: Promotion, part: int, value: int, spans: Sequence[tuple[int, int]]) -> int:
    """The least a unit of an item at `value` that stands in `part` can come to, in minor units, rounded down.

    `spans` are the lowest and the highest price in each part: what a set or a purchase spreads over others brings an
    item lowest beside one of the two. Limits are left aside: they say how often, not how low.
    """
    return min(
        (value * (total - given) // total if total else 0 for total, given in _ways(promotion, part, value, spans))
    )


def _ways(promotion: Promotion, part: int, value: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What the pieces that share a discount cost together, and the discount, with the item in the part as asked."""
    kind = promotion.kind
    match kind:
        case Each():
            yield _unit(kind.reward, value)
        case BuyGet() if kind.of is not GetOf.OTHER:
            yield (kind.buy + kind.get) * value, kind.get * off(kind.reward, value, _UNIT, 1)
        case BuyGet():
            for other in spans[1 - part]:
                bought, got = (value, other) if part == 0 else (other, value)
                yield kind.buy * bought + kind.get * got, kind.get * off(kind.reward, got, _UNIT, 1)
        case Bundle():
            for end in (0, 1):
                total = sum(
                    each.count * (value if at == part else spans[at][end]) for at, each in enumerate(kind.parts)
                )
                yield total, off_set(kind.reward, total)
        case Tiers():
            for step in kind.steps:
                if step.reward.amount is None:
                    yield _unit(step.reward, value)
                else:
                    pieces = max(1, -(-step.at_least // _UNIT))
                    together = value + (pieces - 1) * spans[0][0]
                    total = max(step.at_least, value) if kind.by is TierBy.AMOUNT else together
                    yield total, min(total, step.reward.amount)


def _unit(reward: Reward, value: int) -> tuple[int, int]:
    return value, off(reward, value, _UNIT, 1)

"""Sharing what is due between several tenders: in even parts, or as the lines say."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.pricing import PricedBasket

PARTS_MAX = 4


def even_share(due: int, parts: int) -> int:
    """The next of `parts` even parts of what is due, in minor units: the parts differ by one unit at most.

    Raises ValueError for no part at all.
    """
    if parts < 1:
        raise ValueError("there is at least one part")
    return -(-max(due, 0) // parts)


def lines_share(priced: PricedBasket, lines: Iterable[int]) -> int:
    """What these lines (counted from 0) come to with their tax, in minor units, and never more than is still due."""
    wanted = set(lines)
    total = sum(line.total for number, line in enumerate(priced.lines) if number in wanted)
    return max(0, min(total, priced.due))

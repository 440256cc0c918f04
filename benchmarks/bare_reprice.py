"""The baseline of a reprice: an index of percent promotions, a loop over the lines, the best percent of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Percents = dict[str, list[int]]
"""By item or department: the shares off, in millionths."""


def index_percents(promotions: Iterable[tuple[Sequence[str], int]]) -> Percents:
    """Promotions as (names of items and departments, share off)."""
    index: Percents = {}
    for names, share in promotions:
        for name in names:
            index.setdefault(name, []).append(share)
    return index


def take_off(lines: Iterable[tuple[str, str, int]], index: Percents) -> list[int]:
    """What comes off each line of (item, department, extended price)."""
    amounts = []
    for item, department, extended in lines:
        shares = index.get(item, []) + index.get(department, [])
        amounts.append((extended * max(shares) + 500_000) // 1_000_000 if shares else 0)
    return amounts

"""Points of a customer: earned for what is paid, spent as a discount, never from nothing and never below it."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

POINTS_MAX = 10**9


class PointsKind(StrEnum):
    """Why points came or went."""

    OPENING = "opening"
    EARNED = "earned"
    REDEEMED = "redeemed"
    REVERSED = "reversed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class PointsMove:
    """Points of one customer that came (positive) or went."""

    customer: str
    kind: PointsKind
    points: int


@dataclass(frozen=True, slots=True)
class PointsOfSale:
    """What a sale did to its customer's points, and how many they had afterwards."""

    earned: int
    spent: int
    left: int


def points_earned(total: int, every: int) -> int:
    """One point for each full `every` minor units of what was paid; none where the shop gives none."""
    return 0 if every <= 0 or total <= 0 else min(total // every, POINTS_MAX)


def points_spendable(balance: int, total: int, worth: int) -> int:
    """The most points that a total takes: never more than there are, never more than is to pay."""
    return 0 if worth <= 0 else max(0, min(balance, total // worth))

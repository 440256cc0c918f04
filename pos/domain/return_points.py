"""What a return does to points: those spent on the goods come back, those the goods earned go, as far as there are any.

What somebody spent since cannot go. It is worth money, and kept back as reward money is: or goods bought with the
points of other goods, which then come back for all they cost, were free.
"""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.discount import DiscountSource
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, divide_half_up
from pos.domain.purchase import Purchase, PurchaseLine


@dataclass(frozen=True, slots=True)
class PointsBack:
    """Points that `come` back and that `go`; `short` should go as well and are no more."""

    come: int = 0
    go: int = 0
    short: int = 0


def points_back(
    purchase: Purchase | None, lines: Iterable[tuple[int, Quantity, int]], balance: int | None
) -> PointsBack:
    """What these goods do to their buyer's points: lines of the sale by number, each with how much of it comes back and
    what for, in minor units. `balance` is what the buyer has, None where nobody is known.
    """
    if purchase is None or balance is None or not purchase.buyer.id:
        return PointsBack()
    back = [(line, quantity, gross) for number, quantity, gross in lines if (line := purchase.line(number)) is not None]
    come, due = _spent(purchase, back), _earned(purchase, back)
    go = min(due, balance + come)
    return PointsBack(come, go, due - go)


def _spent(purchase: Purchase, back: list[tuple[PurchaseLine, Quantity, int]]) -> int:
    """By what the points took off each line; where the sale does not say (another system's), by value."""
    took = {line.line: _taken_off(line) for line in purchase.lines}
    whole = sum(took.values())
    if not whole:
        return _share(back, purchase.earned.points_spent, purchase.lines)
    coming: dict[int, int] = {}
    for line, quantity, _ in back:
        coming[line.line] = coming.get(line.line, 0) + quantity.thousandths
    before = sum(_part(took[line.line], line.returned, line) for line in purchase.lines)
    upto = sum(_part(took[line.line], line.returned + coming.get(line.line, 0), line) for line in purchase.lines)
    return purchase.earned.points_spent * upto // whole - purchase.earned.points_spent * before // whole


def _earned(purchase: Purchase, back: list[tuple[PurchaseLine, Quantity, int]]) -> int:
    """By value: a deposit, and what was put on a card, earned none."""
    earning = tuple(line for line in purchase.lines if not line.container and line.stored is None)
    return _share(back, purchase.earned.points_earned, earning)


def _share(back: list[tuple[PurchaseLine, Quantity, int]], points: int, bearing: tuple[PurchaseLine, ...]) -> int:
    """Of points that all these lines stand for those that what comes back now stands for, to the last one."""
    whole = sum(line.total for line in bearing)
    if not whole:
        return 0
    numbers = {line.line for line in bearing}
    before = sum(line.returned_net + line.returned_tax for line in bearing)
    upto = before + sum(gross for line, _, gross in back if line.line in numbers)
    return points * upto // whole - points * before // whole


def _taken_off(line: PurchaseLine) -> int:
    return sum(one.amount for one in line.discounts if one.source is DiscountSource.POINTS)


def _part(amount: int, thousandths: int, line: PurchaseLine) -> int:
    return divide_half_up(amount * thousandths, line.quantity.thousandths)

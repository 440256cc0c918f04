"""Even exchanges of a `history`: which of the goods that went out stand for a line they took the place of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.taken_over import TakenReturnLine


def swapped(
    gone: tuple[TakenReturnLine, ...],
    new: list[PurchaseLine],
    stands_for: Mapping[int, int],
    purchase: Purchase | None,
) -> tuple[tuple[TakenReturnLine, ...], set[int]]:
    """Which lines were swapped for their like at the price they had, and the new lines that stand for them."""
    even: set[int] = set()
    found: list[TakenReturnLine] = []
    for line in gone:
        free = [one for one in new if stands_for[one.line] == line.line and one.line not in even]
        partner = next(_partners(line, free, purchase), None)
        if partner is None:
            found.append(line)
            continue
        even.add(partner.line)
        found.append(
            replace(
                line,
                swapped=True,
                new_line=partner.line,
                new_item=partner.item,
                new_name=partner.name,
                new_serials=partner.serials,
            )
        )
    return tuple(found), even


def _partners(gone: TakenReturnLine, new: list[PurchaseLine], purchase: Purchase | None) -> Iterator[PurchaseLine]:
    old = None if purchase is None else purchase.line(gone.line)
    for line in new:
        if old is None:
            return
        like = line.item == old.item or (bool(line.terms.family) and line.terms.family == old.terms.family)
        priced = line.unit_price == old.unit_price or line.total == gone.net + gone.tax
        if like and priced and line.quantity.thousandths == gone.quantity.thousandths:
            yield line

"""Goods on hand, and why they move: every movement is a fact, what lies there is their sum."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.frozen import dataclass
from pos.domain.money import QUANTITY_MAX_THOUSANDTHS, Unit
from pos.domain.names import StrEnum
from pos.domain.transaction import SaleLine

# The most an item may be said to lie there: a thousand times what one line may sell.
STOCK_MAX_THOUSANDTHS = QUANTITY_MAX_THOUSANDTHS * 1000


class MoveKind(StrEnum):
    """Why goods moved."""

    OPENING = "opening"
    SALE = "sale"
    POST_VOID = "post_void"
    RETURN = "return"
    RECEIVING = "receiving"
    COUNT = "count"
    CORRECTION = "correction"
    OPEN_BOX = "open_box"


class Disposition(StrEnum):
    """What may be done with goods that lie there."""

    SELLABLE = "sellable"
    OPEN_BOX = "open_box"
    DAMAGED = "damaged"
    REPAIR = "repair"
    VENDOR = "vendor"
    DESTROY = "destroy"
    UNDECIDED = "undecided"


class StockReason(StrEnum):
    """Why goods are there, or gone, without a sale or a delivery."""

    DAMAGED = "damaged"
    EXPIRED = "expired"
    STOLEN = "stolen"
    OWN_USE = "own_use"
    FOUND = "found"
    TO_SUPPLIER = "to_supplier"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class StockMove:
    """Goods of one item in (positive) or out, in thousandths of its unit; `position` is its number in the entry."""

    position: int
    item: str
    kind: MoveKind
    quantity: int
    disposition: Disposition = Disposition.SELLABLE


def moves_of_sale(lines: Iterable[SaleLine]) -> list[StockMove]:
    """What a sale takes from the shelf: a movement a line, under the line's own number. Containers are not counted,
    and money on a card is no goods."""
    return [
        StockMove(line.line, line.item, MoveKind.SALE, -line.quantity.thousandths)
        for line in lines
        if not line.container and line.stored is None
    ]


def countable(thousandths: int, unit: Unit) -> bool:
    """Whether so much can lie there or move: whole where the unit is a piece, and no more than a till can hold."""
    whole = unit is not Unit.PIECE or thousandths % 1000 == 0
    return whole and abs(thousandths) <= STOCK_MAX_THOUSANDTHS

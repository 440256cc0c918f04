"""What is done with goods that came back, and which goods of the shop they then are.

The names follow the ARTS operational data model's disposal methods; each says whether the unit is for sale again.
"""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.return_request import Condition
from pos.domain.stock import Disposition


class Goods(StrEnum):
    """Where returned goods may go."""

    SHELF = "shelf"
    DAMAGED = "damaged"
    VENDOR = "vendor"
    REPAIR = "repair"
    DESTROY = "destroy"
    OPEN_BOX = "open_box"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Destination:
    """One way: `lies` is the kind of stock the unit becomes; `x12` the code of X12 element 1292 for the vendor's side,
    empty where the vendor is not concerned.
    """

    goods: Goods
    lies: Disposition
    x12: str = ""


DESTINATIONS = {
    Goods.SHELF: Destination(Goods.SHELF, Disposition.SELLABLE),
    Goods.DAMAGED: Destination(Goods.DAMAGED, Disposition.DAMAGED, "KA"),
    Goods.VENDOR: Destination(Goods.VENDOR, Disposition.VENDOR, "RA"),
    Goods.REPAIR: Destination(Goods.REPAIR, Disposition.REPAIR, "KR"),
    Goods.DESTROY: Destination(Goods.DESTROY, Disposition.DESTROY, "DI"),
    Goods.OPEN_BOX: Destination(Goods.OPEN_BOX, Disposition.OPEN_BOX),
    Goods.UNDECIDED: Destination(Goods.UNDECIDED, Disposition.UNDECIDED),
}

# What a shop that says nothing does: only what nobody opened goes straight back on the shelf.
_BY_CONDITION = {
    "": Goods.SHELF,
    Condition.UNOPENED.value: Goods.SHELF,
    Condition.OPENED.value: Goods.OPEN_BOX,
    Condition.WORN.value: Goods.DAMAGED,
    Condition.DAMAGED.value: Goods.DAMAGED,
    Condition.DEFECTIVE.value: Goods.VENDOR,
    Condition.INCOMPLETE.value: Goods.REPAIR,
    Condition.UNSANITARY.value: Goods.DESTROY,
    Condition.ALTERED.value: Goods.DAMAGED,
}


def usual_destination(condition: str) -> str:
    """Where goods in this state go where nobody says otherwise; a word of the policy's own waits for a decision."""
    return _BY_CONDITION.get(condition, Goods.UNDECIDED).value


def lies_where(disposition: str) -> Disposition:
    """The kind of stock goods of this disposition become."""
    return DESTINATIONS[Goods(disposition)].lies if disposition in list(Goods) else Disposition.UNDECIDED

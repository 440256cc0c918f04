"""Labels for shelves and goods: what stands on one, and on which sheet or roll they are printed."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class Bars(StrEnum):
    """Which bars a code becomes."""

    EAN_13 = "ean13"
    EAN_8 = "ean8"
    CODE_128 = "code128"


@dataclass(frozen=True, slots=True)
class Label:
    """One label, every word said already. Without `price` it names goods, with it a shelf; empty texts leave no room.

    `by_quantity` are the prices from a quantity on, each a line of its own under the price.
    `bars` with `code` are the digits or signs under the bars; None: the code has none.
    """

    name: str
    price: str = ""
    comparison: str = ""
    note: str = ""
    code: str = ""
    bars: Bars | None = None
    by_quantity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of labels, everything in millimetres; `across` × `down` labels from the top left. A roll is 1 × 1."""

    name: str
    page_width: float
    page_height: float
    width: float
    height: float
    across: int
    down: int
    left: float
    top: float

    @property
    def count(self) -> int:
        return self.across * self.down


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("a4-3x8", 210, 297, 70, 36, 3, 8, 0, 4.5),
        Sheet("a4-2x7", 210, 297, 99.1, 38.1, 2, 7, 5.9, 15.15),
        Sheet("roll-62", 62, 29, 62, 29, 1, 1, 0, 0),
    )
}


def bars_of(key: str) -> tuple[str, Bars | None]:
    """A code as the catalogue keeps it, as it is printed, with the bars it becomes.

    A GTIN-14 that is a GTIN-8, -12 or -13 with zeros in front becomes an EAN; a UPC-A has the bars of the EAN-13 with
    one zero in front (GS1 General Specifications, 5.2.1). What is no ASCII has no bars.
    """
    if len(key) == 14 and key.isascii() and key.isdigit():
        if key.startswith("000000"):
            return key[6:], Bars.EAN_8
        if key.startswith("0"):
            return key[1:], Bars.EAN_13
    if key.isascii() and key.isprintable() and key:
        return key, Bars.CODE_128
    return key, None

"""What came back in a stretch of days, cut eight ways; every cut adds up to the same money where it is one of money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class Cut(StrEnum):
    """What the returns are told apart by."""

    REASON = "reason"
    ITEM = "item"
    GOODS = "goods"
    CASHIER = "cashier"
    APPROVER = "approver"
    RULE = "rule"
    TENDER = "tender"
    REFUSED = "refused"
    OVERRULED = "overruled"


# Whoever adds these up gets what was given back; the others count a return more than once, or not at all.
WHOLE = frozenset({Cut.REASON, Cut.ITEM, Cut.GOODS, Cut.CASHIER, Cut.TENDER})


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a cut. `key` is the code or id it stands for, `name` what the shop calls it where that is no word of
    this program's. `returns` is how many returns (of REFUSED: notes of refusal), `lines` how many of their lines;
    `amount` is in minor units.
    """

    key: str
    returns: int
    lines: int
    amount: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReturnsTotals:
    """The whole of it in minor units: goods and their tax, less fees with their tax and what was kept, rounded as cash
    is, is the refund. `switched` is what rounding made of money that went out another way later, after its card had
    failed. `alone` counts the returns of no goods.
    """

    returns: int
    lines: int
    goods: int
    tax: int
    fees: int
    kept: int
    rounding: int
    refund: int
    switched: int = 0
    alone: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the parts are the whole."""
        return self.goods + self.tax - self.fees - self.kept + self.rounding == self.refund


@dataclass(frozen=True, slots=True)
class ReturnsReport:
    """The returns of the business days `since` to `until`, both included; refusals by the day on the shop's clock."""

    since: date
    until: date
    currency: str
    totals: ReturnsTotals
    cuts: Mapping[Cut, tuple[Part, ...]]

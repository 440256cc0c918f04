"""Sales and returns of another system, taken in as they stand: never priced again, never in this shop's own figures.

A sale that was taken over is a `Purchase` to which nothing came back yet; what another system took back since is a
`TakenReturn`. An exchange there is the return of what came back and, where the goods that went out cost something
else, a purchase of its own under the same receipt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pos.domain.came_back import Back, BackLine, BackTender, behind
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity
from pos.domain.purchase import Purchase, PurchaseTender
from pos.domain.return_request import IdShown
from pos.domain.tender import TenderKind


@dataclass(frozen=True, slots=True)
class TakenReturnLine:
    """One line that came back. `line` is that of the purchase, 0 where none is known; `net` and `tax` were paid for it.

    `swapped`: an even exchange. The unit that went out stands for the line; `new_line` is its number on the receipt of
    the exchange, `new_item` and `new_serials` what it is.
    """

    line: int
    item: str
    quantity: Quantity
    serials: tuple[str, ...] = ()
    net: int = 0
    tax: int = 0
    swapped: bool = False
    new_line: int = 0
    new_item: str = ""
    new_name: str = ""
    new_serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenReturn:
    """What another system took back. `purchase` is the purchase's identity here, empty where no receipt was known.

    `used` in minor units is what of its value paid for goods that went out under the same receipt.
    """

    id: str
    receipt: str
    at: datetime
    day: date
    purchase: str
    lines: tuple[TakenReturnLine, ...]
    tenders: tuple[BackTender, ...]
    rounding: int = 0
    used: int = 0
    customer: str = ""
    operator: str = ""
    id_shown: IdShown | None = None
    exchange: bool = False

    @property
    def refund(self) -> int:
        """What the customer got for it in money, after rounding."""
        return sum(tender.amount for tender in self.tenders)

    @property
    def back(self) -> Back:
        """What it did to its purchase."""
        return Back(
            tuple(
                BackLine(
                    line.line,
                    line.quantity.thousandths,
                    line.net,
                    line.tax,
                    line.serials,
                    line.swapped,
                    line.new_item,
                    line.new_name,
                    line.new_serials,
                )
                for line in self.lines
                if line.line
            ),
            self.tenders,
            self.rounding,
            self.used,
        )


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What is taken over at once: purchases and what came back of them, each in the order they are to be kept."""

    sales: tuple[Purchase, ...] = ()
    returns: tuple[TakenReturn, ...] = ()

    def totals(self) -> dict[str, int]:
        """The figures to hold against the other system's own: how many there are, and their money in minor units."""
        return {
            "sales": len(self.sales),
            "lines": sum(len(sale.lines) for sale in self.sales),
            "total": sum(sale.total for sale in self.sales),
            "tax": sum(line.tax for sale in self.sales for line in sale.lines),
            "returns": len(self.returns),
            "refunded": sum(one.refund for one in self.returns),
        }


def balances(sale: Purchase) -> bool:
    """Whether what was given is what was to be paid: no minor unit is missing or left."""
    return sum(tender.amount for tender in sale.tenders) == sale.total + sale.rounding


def without_change(tenders: Sequence[PurchaseTender], change: int) -> tuple[PurchaseTender, ...]:
    """The tenders with the change taken off: off cash first, the last handed over before the others."""
    order = sorted(
        range(len(tenders)), key=lambda place: (tenders[place].kind is not TenderKind.CASH, -tenders[place].tender)
    )
    left = list(tenders)
    for place in order:
        off = min(change, left[place].amount)
        left[place] = replace(left[place], amount=left[place].amount - off)
        change -= off
    return tuple(left)


def carried(tenders: Sequence[PurchaseTender], used: int, first: int) -> tuple[PurchaseTender, ...]:
    """Which tenders of the old purchase stand behind `used` of the new one: cards before the shop's own, then the rest.

    They are numbered from `first`; what went back to them already is gone.
    """
    found: list[PurchaseTender] = []
    for tender in behind(tenders):
        share = min(used, tender.ceiling)
        if share:
            found.append(replace(tender, tender=first + len(found), amount=share, refunded=0, cash_back=0, requested=0))
            used -= share
    return tuple(found)

"""Which sale a cancellation of another system is of, where the file does not say: the same customer, item and price.

The newest sale before it goes first, and no line gives back more than was sold on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pos.domain.money import divide_half_up
from pos.domain.purchase import PurchaseTender
from pos.domain.sale_rows import SaleRow
from pos.domain.sale_tenders import TenderLeft

Key = tuple[str, str, str]


class NewSale(NamedTuple):
    """A sale by its identity here and its number."""

    id: str
    receipt: str
    at: datetime


@dataclass(slots=True)
class SoldLine:
    """What may still come back of a line: thousandths and, of what was paid for it, minor units with tax."""

    sale: NewSale
    line: int
    item: str
    unit_price: int
    left: int
    worth: int
    serials: tuple[str, ...] = ()


class Piece(NamedTuple):
    """So much of a cancelled row came off this line."""

    sold: SoldLine
    thousandths: int
    net: int
    tax: int
    serials: tuple[str, ...] = ()


def cancelled_key(code: str, customer: str, cancels: str) -> Key | None:
    """By what a cancellation finds its sale; None where nothing is known but the item: anybody's could be it."""
    if cancels:
        return ("receipt", cancels, code.casefold())
    return ("customer", customer, code.casefold()) if customer else None


def keys_by(item: str, customer: str, receipt: str) -> tuple[Key, ...]:
    """By what a line sold may be found; the item's code in small letters."""
    named = ("receipt", receipt, item)
    return (named, ("customer", customer, item)) if customer else (named,)


@dataclass(slots=True)
class Sold:
    """The lines that a cancellation of the same file may be of; of all others nothing is kept. `wanted` is known
    before the first line is added.
    """

    wanted: set[Key] = field(default_factory=set)
    # What is left of the tenders of a sale that has several, by its identity.
    tenders: dict[str, list[TenderLeft]] = field(default_factory=dict)
    _lines: dict[Key, list[SoldLine]] = field(default_factory=dict)

    def add(
        self, rows: Iterable[SaleRow], sale: NewSale, items: Iterable[str], tenders: Sequence[PurchaseTender] = ()
    ) -> None:
        """The lines of one sale, in their order; `items` as they are kept here."""
        held = False
        for number, (row, item) in enumerate(zip(rows, items, strict=True), start=1):
            keys = [key for key in keys_by(row.code.casefold(), row.customer, row.receipt) if key in self.wanted]
            if keys:
                line = SoldLine(sale, number, item, row.unit_price, row.thousandths, row.total, row.serials)
                self.hold(keys, line)
                held = True
        if held:
            self.hold_tenders(sale.id, tenders)

    def hold_tenders(self, sale: str, tenders: Sequence[PurchaseTender]) -> None:
        """How the sale was paid, where in several ways."""
        if len(tenders) > 1:
            self.tenders[sale] = [TenderLeft(one.tender, one.kind, one.ceiling) for one in tenders]

    def hold(self, keys: Iterable[Key], line: SoldLine) -> None:
        """One line, found by these."""
        for key in keys:
            self._lines.setdefault(key, []).append(line)

    def match(self, row: SaleRow, at: datetime) -> list[Piece]:
        """What the row came off, all of it; nothing where not all of it can be told."""
        key = cancelled_key(row.code, row.customer, row.cancels)
        found = [] if key is None else self._fitting(key, row, at)
        wanted = -row.thousandths
        if sum(line.left for line in found) < wanted:
            return []
        pieces: list[Piece] = []
        counted = 0
        for line in found:
            much = min(line.left, wanted - counted)
            net, tax = (_share(row.net, counted, much, wanted), _share(row.tax, counted, much, wanted))
            if net + tax > line.worth:
                return []
            serials = tuple(one for one in row.serials if one in line.serials)
            pieces.append(Piece(line, much, net, tax, serials[: much // 1000]))
            counted += much
            if counted == wanted:
                break
        for piece in pieces:
            piece.sold.left -= piece.thousandths
            piece.sold.worth -= piece.net + piece.tax
        return pieces

    def _fitting(self, key: Key, row: SaleRow, at: datetime) -> list[SoldLine]:
        """The lines it may be of, the newest first."""
        lines = self._lines.get(key, ())
        fitting = [line for line in lines if line.left and line.unit_price == row.unit_price and line.sale.at <= at]
        if row.serials:
            fitting = [line for line in fitting if {*row.serials} & {*line.serials}] or fitting
        return sorted(fitting, key=lambda line: (line.sale.at, line.sale.id, -line.line), reverse=True)


def _share(amount: int, before: int, much: int, whole: int) -> int:
    """What these thousandths bear of an amount; all the shares add up to it."""
    return divide_half_up(amount * (before + much), whole) - divide_half_up(amount * before, whole)

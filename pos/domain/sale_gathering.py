"""Rows of another system's sales become purchases, and its cancellations what came back of them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pos.domain.came_back import BackTender
from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Quantity, Unit, divide_half_up
from pos.domain.purchase import Buyer, Purchase, PurchaseLine, SoldTerms, Source
from pos.domain.sale_matching import NewSale, Piece, Sold
from pos.domain.sale_rows import SaleRow
from pos.domain.sale_tenders import HowPaid, NotPaid, given_back, how_paid
from pos.domain.shop import ShopRules
from pos.domain.taken_over import TakenReturn, TakenReturnLine
from pos.domain.tax import LineTax, PriceMode
from pos.domain.tender import TenderKind

_WHOLE_RATE = 1_000_000
# Under what a line's tax stands where it is none of the shop's own.
OTHER_TAX = "before"


class KnownItem(NamedTuple):
    """What the shop knows of an item that another system sold too."""

    id: str
    department: str
    family: str
    unit: Unit


class Unmatched(NamedTuple):
    """A cancelled line whose sale is not known."""

    line: int
    receipt: str
    name: str
    thousandths: int
    total: int


@dataclass(slots=True)
class Gathering:
    """Makes purchases of the rows of one file: identities ascend in the order they are made.

    `run` is 16 characters that no other run has; `items` are by the codes of the file, `numbers` those of its sales.
    """

    run: str
    rules: ShopRules
    zone: ZoneInfo
    items: Mapping[str, KnownItem]
    sold: Sold
    numbers: Container[str] = ()
    _made: int = 0

    def how_paid(self, rows: Sequence[SaleRow], *, alone: bool) -> HowPaid:
        """How a sale of these rows was paid; nobody knows where something came back under the same number (not
        `alone`) and the tenders do not come to what went out. Raises NotPaid.
        """
        try:
            return how_paid(rows, self.rules.currency, self.rules.cash_rounding)
        except NotPaid:
            if alone:
                raise
            return how_paid([row._replace(paid=()) for row in rows], self.rules.currency, self.rules.cash_rounding)

    def sale(self, receipt: str, rows: Sequence[SaleRow], paid: HowPaid) -> Purchase:
        """The purchase that these rows are, all of one number, as it stands; its moment is that of its first row."""
        at = self._moment(rows[0])
        lines = tuple(self._line(number, row) for number, row in enumerate(rows, start=1))
        sale = Purchase(
            id=self._next(),
            receipt=receipt,
            source=Source.TAKEN_OVER,
            at=at,
            day=rows[0].at.date(),
            currency=self.rules.currency,
            prices_hold_tax=self.rules.price_mode is PriceMode.TAX_INCLUDED,
            total=sum(line.total for line in lines),
            rounding=paid.rounding,
            lines=lines,
            tenders=paid.tenders,
            buyer=Buyer(next((row.customer for row in rows if row.customer), "")),
        )
        self.sold.add(rows, NewSale(sale.id, receipt, at), [line.item for line in lines], paid.tenders)
        return sale

    def cancellation(self, receipt: str, rows: Sequence[SaleRow], unmatched: list[Unmatched]) -> Iterator[TakenReturn]:
        """What came back under one number: a return for each sale that it is of, one more for what is of none.

        The first bears the number itself. What is of none is put on the list.
        """
        parts: dict[str, list[tuple[SaleRow, Piece | None]]] = {}
        for row in rows:
            pieces = self.sold.match(row, self._moment(row))
            for piece in pieces:
                parts.setdefault(piece.sold.sale.id, []).append((row, piece))
            if not pieces:
                parts.setdefault("", []).append((row, None))
                unmatched.append(Unmatched(row.line, receipt, row.name, -row.thousandths, row.total))
        for number, (sale, part) in enumerate(parts.items(), start=1):
            yield self._return(receipt if number == 1 else self.beside(receipt, number), sale, part)

    def beside(self, receipt: str, number: int) -> str:
        """A number of its own for a further part of what the file calls by one."""
        name = f"{receipt} ({number})"
        return name if name not in self.numbers else self.beside(receipt, number + 1000)

    # --- Parts --------------------------------------------------------------------------------------------------------

    def _next(self) -> str:
        self._made += 1
        return f"{self.run}{self._made:016x}"

    def _moment(self, row: SaleRow) -> datetime:
        return row.at.replace(tzinfo=self.zone).astimezone(UTC)

    def _line(self, number: int, row: SaleRow) -> PurchaseLine:
        known = self.items.get(row.code)
        discount = () if not row.discount else (Discount(DiscountSource.LINE, "", row.discount, ""),)
        return PurchaseLine(
            line=number,
            item=row.code if known is None else known.id,
            name=row.name,
            category=row.department or ("" if known is None else known.department),
            quantity=self._quantity(row, known),
            unit_price=row.unit_price,
            extended=row.extended,
            discount=row.discount,
            net=row.net,
            tax=row.tax,
            total=row.total,
            taxes=self._taxes(row),
            discounts=discount,
            serials=row.serials,
            terms=SoldTerms(family="" if known is None else known.family),
        )

    def _quantity(self, row: SaleRow, known: KnownItem | None) -> Quantity:
        thousandths = abs(row.thousandths)
        if known is not None:
            return Quantity(thousandths, known.unit)
        return Quantity(thousandths, Unit.KG if thousandths % 1000 else Unit.PIECE)

    def _taxes(self, row: SaleRow) -> tuple[LineTax, ...]:
        """The tax as it was charged, under the shop's own where one comes to exactly that."""
        if not row.tax:
            return ()
        rates = [each for each in self.rules.on(row.at.date()).tax_rates if each.rate_millionths]
        for rate in rates:
            if abs(divide_half_up(row.net * rate.rate_millionths, _WHOLE_RATE) - row.tax) <= 1:
                return (LineTax(rate.code, rate.rate_millionths, row.net, row.tax),)
        return (LineTax(OTHER_TAX, 0, row.net, row.tax),)

    def _return(self, receipt: str, sale: str, part: Sequence[tuple[SaleRow, Piece | None]]) -> TakenReturn:
        first = part[0][0]
        lines = tuple(self._returned(row, piece) for row, piece in part)
        kinds = {
            kind for row, _ in part for kind in ((row.tender,) if not row.paid else (each for each, _ in row.paid))
        }
        kinds.discard(None)
        kind = (kinds.pop() if len(kinds) == 1 else None) or TenderKind.UNKNOWN
        several = self.sold.tenders.get(sale)
        worth = sum(line.net + line.tax for line in lines)
        return TakenReturn(
            id=self._next(),
            receipt=receipt,
            at=self._moment(first),
            day=first.at.date(),
            purchase=sale,
            lines=lines,
            tenders=(
                given_back(kind, worth, several) if several else (BackTender(kind.value, worth, 1 if sale else 0),)
            ),
            customer=first.customer,
        )

    def _returned(self, row: SaleRow, piece: Piece | None) -> TakenReturnLine:
        known = self.items.get(row.code)
        whole = self._quantity(row, known)
        item = row.code if known is None else known.id
        if piece is None:
            return TakenReturnLine(0, item, whole, row.serials, net=row.net, tax=row.tax)
        sold = piece.sold
        back = Quantity(piece.thousandths, whole.unit)
        return TakenReturnLine(sold.line, sold.item, back, piece.serials, net=piece.net, tax=piece.tax)

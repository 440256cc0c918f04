"""One row of another system's sales: the line it says, or the reason why it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pos.domain.frozen import dataclass
from pos.domain.item_columns import shown
from pos.domain.item_rows import DEPARTMENT_LENGTH_MAX, NAME_LENGTH_MAX, RowFault, text_fault
from pos.domain.money import MINOR_MAX
from pos.domain.names import StrEnum
from pos.domain.return_request import serials_of
from pos.domain.sale_cells import (
    CellFault,
    DateSpelling,
    date_and_time,
    in_minor,
    read_moment,
    read_nanos,
    read_thousandths,
)
from pos.domain.sale_columns import SaleColumn, SaleColumns
from pos.domain.tender import TenderKind

RECEIPT_LENGTH_MAX = 40
CODE_LENGTH_MAX = 60
CUSTOMER_LENGTH_MAX = 60
SERIALS_LENGTH_MAX = 2_000


class SaleFault(StrEnum):
    """Why a row of sales cannot be taken."""

    ROW_TORN = "ROW_TORN"
    ROW_WIDTH = "ROW_WIDTH"
    NOT_DECODED = "NOT_DECODED"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    RECEIPT_MISSING = "RECEIPT_MISSING"
    RECEIPT_KNOWN = "RECEIPT_KNOWN"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    DATE_AHEAD = "DATE_AHEAD"
    ITEM_MISSING = "ITEM_MISSING"
    QUANTITY_UNREADABLE = "QUANTITY_UNREADABLE"
    QUANTITY_ZERO = "QUANTITY_ZERO"
    STOCK_ONLY = "STOCK_ONLY"
    AMOUNT_UNREADABLE = "AMOUNT_UNREADABLE"
    AMOUNT_NEGATIVE = "AMOUNT_NEGATIVE"
    AMOUNT_TOO_FINE = "AMOUNT_TOO_FINE"
    AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
    TAX_TOO_LARGE = "TAX_TOO_LARGE"
    CURRENCY_OTHER = "CURRENCY_OTHER"
    TENDER_UNREADABLE = "TENDER_UNREADABLE"
    TENDERS_NOT_THE_TOTAL = "TENDERS_NOT_THE_TOTAL"
    SERIALS_TOO_MANY = "SERIALS_TOO_MANY"
    CUSTOMER_NAMED = "CUSTOMER_NAMED"


class SaleRow(NamedTuple):
    """One line as it was charged, money in minor units and never below zero: `total` is with tax.

    `thousandths` is what came back where it is below zero. `nanos` is the money the file itself says, with its sign.
    `at` is on the shop's clock. `tender` is None where the row names none; `paid` is what kinds of tender gave, in
    nanos and never below zero, where columns say so.
    """

    line: int
    receipt: str
    at: datetime
    code: str
    name: str
    thousandths: int
    unit_price: int
    extended: int
    discount: int
    net: int
    tax: int
    total: int
    nanos: int
    department: str = ""
    customer: str = ""
    tender: TenderKind | None = None
    cancels: str = ""
    serials: tuple[str, ...] = ()
    paid: tuple[tuple[TenderKind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedSaleRow:
    """A row that was not taken: the line it begins on, its receipt, why, its day and money as far as read."""

    line: int
    receipt: str
    fault: SaleFault
    facts: Mapping[str, str | int]
    day: date | None = None
    nanos: int | None = None


@dataclass(frozen=True, slots=True)
class SaleReading:
    """How rows are meant: `rounds` takes amounts finer than the currency, to the nearest unit, half up."""

    currency: str
    tax_included: bool
    today: date
    order: DateSpelling | None = None
    rounds: bool = False


_TENDER_WORDS = {
    **dict.fromkeys(("cash", "hotově", "hotovost", "kontant", "kontanter"), TenderKind.CASH),
    **dict.fromkeys(("check", "cheque", "šek"), TenderKind.CHECK),
    **dict.fromkeys(
        ("credit", "credit card", "card", "karta", "kreditní karta", "kort", "kreditkort"), TenderKind.CREDIT
    ),
    **dict.fromkeys(("debit", "debit card", "debetní karta", "bankkort"), TenderKind.DEBIT),
    **dict.fromkeys(("other", "jiné", "annat", "unknown", "neznámé", "okänt"), TenderKind.UNKNOWN),
}


class _No(Exception):
    def __init__(self, fault: SaleFault, **facts: str | int) -> None:
        super().__init__(fault)
        self.fault = fault
        self.facts = facts


class SaleRowReader:
    """Reads the rows of one file."""

    def __init__(self, columns: SaleColumns, reading: SaleReading) -> None:
        self._reading = reading
        self._width = columns.width
        self._places = columns.places
        self._used = tuple(columns.places.values())
        self._paid_columns = tuple(each for each in _PAID_COLUMNS if each[0] in columns.places)
        # A file says the same few moments over and over.
        self._moments: dict[tuple[str, str], datetime] = {}

    def receipt_of(self, cells: Sequence[str]) -> str:
        """The number of its sale; empty where there is none or the row is too short."""
        place = self._places[SaleColumn.RECEIPT]
        return " ".join(cells[place].split()) if place < len(cells) else ""

    def key_of(self, cells: Sequence[str]) -> tuple[str, str, str] | None:
        """The item, the customer and the cancelled sale's number of a row of something that came back; None where
        the row is none such.
        """
        if len(cells) != self._width or not self._cell(cells, SaleColumn.QUANTITY).startswith(("-", "−")):
            return None
        code, name, customer, cancels = (" ".join(self._cell(cells, column).split()) for column in _KEY_COLUMNS)
        return code or name[:CODE_LENGTH_MAX], customer, cancels

    def code_of(self, cells: Sequence[str]) -> str:
        """The item's code as the file writes it; empty where there is none."""
        return " ".join(self._cell(cells, SaleColumn.CODE).split()) if len(cells) == self._width else ""

    def day_text(self, cells: Sequence[str]) -> str:
        """The day as the file writes it, without the time."""
        return date_and_time(self._cell(cells, SaleColumn.DATE))[0] if len(cells) == self._width else ""

    def read(self, line: int, cells: Sequence[str]) -> SaleRow | RefusedSaleRow:
        """What the row says, or the first reason against it."""
        try:
            if len(cells) != self._width:
                raise _No(SaleFault.ROW_WIDTH, found=len(cells), wanted=self._width)
            return self._read(line, cells)
        except _No as no:
            return self.refused(line, cells, no.fault, no.facts)

    def refused(
        self, line: int, cells: Sequence[str], fault: SaleFault, facts: Mapping[str, str | int] | None = None
    ) -> RefusedSaleRow:
        """The refusal of a row for this, with what of it counts in the totals."""
        day, nanos = None, None
        if len(cells) == self._width:
            try:
                day = self._moment(cells).date()
            except CellFault:
                day = None
            try:
                nanos = self.money(cells)
            except CellFault:
                nanos = None
        return RefusedSaleRow(line, shown(self.receipt_of(cells)), fault, facts or {}, day, nanos)

    def money(self, cells: Sequence[str]) -> int:
        """What the row says was paid for the line, in nanos, below zero for what came back. Raises CellFault."""
        quantity, nanos = self._quantity(cells), self._nanos(cells, SaleColumn.AMOUNT)
        if nanos is None:
            nanos = (self._nanos(cells, SaleColumn.PRICE) or 0) * quantity // 1000
        elif quantity < 0 < nanos:
            # Some write what came back below zero in its quantity alone.
            nanos = -nanos
        if not self._reading.tax_included and (tax := self._nanos(cells, SaleColumn.TAX)):
            nanos += -abs(tax) if quantity < 0 else tax
        return nanos

    def counted(self, cells: Sequence[str]) -> int:
        """As `money`, of a row of any width. Raises CellFault."""
        if len(cells) != self._width:
            raise CellFault
        return self.money(cells)

    # --- One row -----------------------------------------------------------------------------------------------------

    def _read(self, line: int, cells: Sequence[str]) -> SaleRow:
        unreadable = None if all(cells[place].isprintable() for place in self._used) else self._text_fault(cells)
        if unreadable is not None:
            raise _No(unreadable)
        receipt = self._text(cells, SaleColumn.RECEIPT, RECEIPT_LENGTH_MAX)
        if not receipt:
            raise _No(SaleFault.RECEIPT_MISSING)
        code = self._text(cells, SaleColumn.CODE, CODE_LENGTH_MAX)
        name = self._text(cells, SaleColumn.NAME, NAME_LENGTH_MAX) or code
        if not name:
            raise _No(SaleFault.ITEM_MISSING)
        self._hold_currency(cells)
        at = self._at(cells)
        thousandths = self._thousandths(cells)
        unit_price, extended, total, tax, nanos = self._charged(cells, thousandths)
        return SaleRow(
            line=line,
            receipt=receipt,
            at=at,
            code=code or name[:CODE_LENGTH_MAX],
            name=name,
            thousandths=thousandths,
            unit_price=unit_price,
            extended=extended,
            discount=max(0, extended - (total if self._reading.tax_included else total - tax)),
            net=total - tax,
            tax=tax,
            total=total,
            nanos=nanos,
            department=self._text(cells, SaleColumn.DEPARTMENT, DEPARTMENT_LENGTH_MAX),
            customer=self._customer(cells),
            tender=self._tender(cells),
            cancels=self._text(cells, SaleColumn.CANCELS, RECEIPT_LENGTH_MAX),
            serials=self._serials(cells, thousandths) if SaleColumn.SERIAL in self._places else (),
            paid=self._paid(cells, thousandths) if self._paid_columns else (),
        )

    def _text_fault(self, cells: Sequence[str]) -> SaleFault | None:
        fault = next(filter(None, (text_fault(cells[place]) for place in self._used)), None)
        if fault is None:
            return None
        return SaleFault.NOT_DECODED if fault is RowFault.NOT_UTF_8 else SaleFault.CONTROL_CHARACTER

    def _cell(self, cells: Sequence[str], column: SaleColumn) -> str:
        place = self._places.get(column)
        return "" if place is None else cells[place].strip()

    def _text(self, cells: Sequence[str], column: SaleColumn, limit: int) -> str:
        text = " ".join(self._cell(cells, column).split())
        if len(text) > limit:
            raise _No(SaleFault.TEXT_TOO_LONG, column=column.value, limit=limit)
        return text

    def _customer(self, cells: Sequence[str]) -> str:
        """A number: a name or an address would stand among what can never be erased."""
        said = self._text(cells, SaleColumn.CUSTOMER, CUSTOMER_LENGTH_MAX)
        if said and not said.isdecimal() and ("@" in said or not any(map(str.isdecimal, said))):
            raise _No(SaleFault.CUSTOMER_NAMED)
        return said

    def _hold_currency(self, cells: Sequence[str]) -> None:
        named = self._cell(cells, SaleColumn.CURRENCY)
        if named and named.upper() != self._reading.currency:
            raise _No(SaleFault.CURRENCY_OTHER, found=shown(named), currency=self._reading.currency)

    def _moment(self, cells: Sequence[str]) -> datetime:
        said = (self._cell(cells, SaleColumn.DATE), self._cell(cells, SaleColumn.TIME))
        found = self._moments.get(said)
        if found is None:
            found = self._moments[said] = read_moment(*said, self._reading.order)
            if len(self._moments) > _MOMENTS_KEPT:
                self._moments = {said: found}
        return found

    def _at(self, cells: Sequence[str]) -> datetime:
        try:
            at = self._moment(cells)
        except CellFault as error:
            said = " ".join(filter(None, (self._cell(cells, SaleColumn.DATE), self._cell(cells, SaleColumn.TIME))))
            raise _No(SaleFault.DATE_UNREADABLE, date=shown(said)) from error
        if at.date() > self._reading.today:
            raise _No(SaleFault.DATE_AHEAD, date=at.date().isoformat())
        return at

    def _quantity(self, cells: Sequence[str]) -> int:
        return read_thousandths(self._cell(cells, SaleColumn.QUANTITY))

    def _nanos(self, cells: Sequence[str], column: SaleColumn) -> int | None:
        text = self._cell(cells, column)
        return read_nanos(text) if text else None

    def _thousandths(self, cells: Sequence[str]) -> int:
        try:
            thousandths = self._quantity(cells)
        except CellFault as error:
            raise _No(SaleFault.QUANTITY_UNREADABLE, text=shown(self._cell(cells, SaleColumn.QUANTITY))) from error
        if not thousandths:
            raise _No(SaleFault.QUANTITY_ZERO)
        return thousandths

    def _charged(self, cells: Sequence[str], thousandths: int) -> tuple[int, int, int, int, int]:
        """The unit price, the price before discounts, what was paid with its tax, the tax; and the file's own money."""
        try:
            price = self._nanos(cells, SaleColumn.PRICE)
            amount = self._nanos(cells, SaleColumn.AMOUNT)
            tax = abs(self._nanos(cells, SaleColumn.TAX) or 0)
        except CellFault as error:
            raise _No(SaleFault.AMOUNT_UNREADABLE, text=shown(str(error))) from error
        if price is None and amount is None:
            raise _No(SaleFault.AMOUNT_UNREADABLE, text="")
        if (price or 0) < 0 or ((amount or 0) * thousandths < 0 and thousandths > 0):
            raise _No(SaleFault.AMOUNT_NEGATIVE)
        count = abs(thousandths)
        paid = abs(amount) if amount is not None else (price or 0) * count // 1000
        if thousandths < 0 and not paid:
            raise _No(SaleFault.STOCK_ONLY)
        if tax > paid:
            raise _No(SaleFault.TAX_TOO_LARGE)
        each = price if price is not None else paid * 1000 // count
        extended = (price or 0) * count // 1000 if price is not None else paid
        minor = [self._minor(nanos, given=given) for nanos, given in (
            (each, price is not None), (extended, price is not None), (paid, True), (tax, True),
        )]  # fmt: skip
        with_tax = paid if self._reading.tax_included else paid + tax
        total = minor[2] if self._reading.tax_included else minor[2] + minor[3]
        return minor[0], max(minor[1], minor[2]), total, minor[3], -with_tax if thousandths < 0 else with_tax

    def _minor(self, nanos: int, *, given: bool) -> int:
        """In minor units; what the file itself says must be one, unless amounts are to be rounded."""
        minor, exact = in_minor(nanos, self._reading.currency)
        if given and not exact and not self._reading.rounds:
            raise _No(SaleFault.AMOUNT_TOO_FINE, currency=self._reading.currency)
        if minor > MINOR_MAX // 1000:
            raise _No(SaleFault.AMOUNT_TOO_LARGE)
        return minor

    def _serials(self, cells: Sequence[str], thousandths: int) -> tuple[str, ...]:
        """A number for a piece, at most as many as there are pieces."""
        serials = serials_of(self._text(cells, SaleColumn.SERIAL, SERIALS_LENGTH_MAX).replace("|", " "))
        if len(serials) * 1000 > abs(thousandths) or len(set(serials)) < len(serials):
            raise _No(SaleFault.SERIALS_TOO_MANY)
        return serials

    def _paid(self, cells: Sequence[str], thousandths: int) -> tuple[tuple[TenderKind, int], ...]:
        try:
            said = [(kind, self._nanos(cells, column) or 0) for column, kind in self._paid_columns]
        except CellFault as error:
            raise _No(SaleFault.AMOUNT_UNREADABLE, text=shown(str(error))) from error
        if thousandths > 0 and any(nanos < 0 for _, nanos in said):
            raise _No(SaleFault.AMOUNT_NEGATIVE)
        return tuple((kind, abs(nanos)) for kind, nanos in said if nanos)

    def _tender(self, cells: Sequence[str]) -> TenderKind | None:
        text = self._cell(cells, SaleColumn.TENDER)
        if not text:
            return None
        kind = _TENDER_WORDS.get(text.casefold())
        if kind is None:
            raise _No(SaleFault.TENDER_UNREADABLE, tender=shown(text), tenders=", ".join(_TENDER_WORDS_SHOWN))
        return kind


_MOMENTS_KEPT = 50_000
_PAID_COLUMNS = (
    (SaleColumn.PAID_CASH, TenderKind.CASH),
    (SaleColumn.PAID_CHECK, TenderKind.CHECK),
    (SaleColumn.PAID_CREDIT, TenderKind.CREDIT),
    (SaleColumn.PAID_DEBIT, TenderKind.DEBIT),
)
_KEY_COLUMNS = (SaleColumn.CODE, SaleColumn.NAME, SaleColumn.CUSTOMER, SaleColumn.CANCELS)
_TENDER_WORDS_SHOWN = ("cash", "check", "credit", "debit", "unknown")

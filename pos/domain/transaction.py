"""A completed transaction: stored facts. Paper, reports and later returns read these and never re-price them."""

from __future__ import annotations

from dataclasses import field, fields
from datetime import date, datetime

from pos.domain.discount import Discount, PriceOverride
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, extend
from pos.domain.names import StrEnum
from pos.domain.own_codes import own_code
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.purchase import NO_TERMS, SoldTerms
from pos.domain.requirement import PriceSource
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tax import LineTax, TaxExemption
from pos.domain.tender import Tender

# Before the token in a receipt's barcode: tells a receipt from an item, a card or a badge.
RECEIPT_CODE_PREFIX = "KR"
# A gift receipt has a random code of its own: whoever holds it learns nothing of what was paid.
GIFT_CODE_PREFIX = "KG"
# The receipt of a return or an exchange leads to what it was of.
RETURN_CODE_PREFIX = "KV"
SUSPENDED_CODE_PREFIX = "KS"


def is_receipt_code(code: str) -> bool:
    """Whether this is what the barcode of a receipt says: the prefix and ten random bytes in base 32."""
    said = own_code(code)
    token = said.removeprefix(RECEIPT_CODE_PREFIX)
    return token != said and len(token) == 16 and token.isascii() and token.isalnum()


class TransactionKind(StrEnum):
    """What happened at the till."""

    SALE = "sale"


@dataclass(frozen=True, slots=True, order=True)
class ReceiptNumber:
    """Store, workstation and a number that runs from 1 without a gap and is never restarted."""

    store: str
    workstation: int
    number: int

    def __str__(self) -> str:
        return f"{self.store}-{self.workstation:02d}-{self.number:04d}"


@dataclass(frozen=True, slots=True)
class LineDetail:
    """What only some lines have to say: the fields are those of BasketLine. `age_checked` is in years, 0 unasked.

    Of the customer's age nothing but that it was enough is kept.
    """

    serials: tuple[str, ...] = ()
    note: str = ""
    price_source: str = ""
    weight_source: str = ""
    weight_reason: str = ""
    tare: int = 0
    expires: str = ""
    age_checked: int = 0


NO_DETAIL = LineDetail()


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line as charged, all money in minor units.

    `unit_price` is before discount; `extended` is quantity × unit price; `discount` is the sum of `discounts`, the
    share of every discount that fell on this line; `total` is what the customer paid for it, net plus taxes. `detail`
    is what few lines have, `override` a price given by hand. A `container` is a deposit: taken for the line numbered
    `belongs_to`, or given back where that is 0. A line with `stored` put money on a card or an account. `terms` are
    what a return asks for later, and nobody looks up again.
    """

    line: int
    item: str
    name: str
    scanned: str
    department: str
    quantity: Quantity
    unit_price: int
    extended: int
    discount: int
    net: int
    tax: int
    total: int
    taxes: tuple[LineTax, ...]
    operator: str
    detail: LineDetail = NO_DETAIL
    discounts: tuple[Discount, ...] = ()
    override: PriceOverride | None = None
    container: bool = False
    belongs_to: int = 0
    stored: StoredValue | None = None
    terms: SoldTerms = NO_TERMS


@dataclass(frozen=True, slots=True)
class TenderLine(Tender):
    """A tender as it was taken. `tender` counts from 1."""

    tender: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One completed sale with its lines and tenders, all money in minor units of `currency`.

    `at` is UTC; `utc_offset_minutes` says what the shop's clock showed. `business_day` comes from the open till.
    `token` is the random part of the receipt's barcode. `prices_hold_tax` is how unit prices are meant.
    """

    id: str
    kind: TransactionKind
    receipt: ReceiptNumber
    at: datetime
    utc_offset_minutes: int
    business_day: date
    operator: str
    operator_name: str
    till: str
    customer: str | None
    currency: str
    rules_version: int
    prices_hold_tax: bool
    token: str
    subtotal: int
    discount: int
    net: int
    tax: int
    total: int
    rounding: int
    paid: int
    change: int
    lines: tuple[SaleLine, ...]
    tenders: tuple[TenderLine, ...]
    note: str = ""
    exemption: TaxExemption | None = None

    @property
    def saved(self) -> int:
        """What the customer pays less than usual, in minor units: discounts, and prices lowered by hand."""
        lowered = sum(
            extend(line.override.was, line.quantity) - line.extended
            for line in self.lines
            if line.override is not None and line.override.was > line.unit_price
        )
        return self.discount + lowered

    @property
    def receipt_code(self) -> str:
        """What the receipt's barcode says: never the number, so that it cannot be guessed."""
        return RECEIPT_CODE_PREFIX + self.token

    def taxes(self) -> tuple[LineTax, ...]:
        """The taxes of the receipt by rate: bases and amounts summed over the lines, in the order first met."""
        sums: dict[LineTax, LineTax] = {}
        for line in self.lines:
            for tax in line.taxes:
                key = tax._replace(base=0, amount=0)
                so_far = sums.get(key, key)
                sums[key] = tax._replace(base=so_far.base + tax.base, amount=so_far.amount + tax.amount)
        return tuple(sums.values())


@dataclass(frozen=True, slots=True)
class EndedSale:
    """How a sale ended, as the next one shows it; amounts in minor units."""

    receipt: ReceiptNumber
    at: datetime
    utc_offset_minutes: int
    currency: str
    total: int
    change: int


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where the journal of a workstation stood: entry number and the MAC of that entry (64 hex digits)."""

    workstation: int
    sequence: int
    mac: str


def sale_lines(priced: PricedBasket) -> tuple[SaleLine, ...]:
    """The lines of a priced basket as they will be stored, numbered from 1 in the order they were rung up."""
    return tuple(
        SaleLine(
            line=number,
            item=priced_line.line.item,
            name=priced_line.line.name,
            scanned=priced_line.line.scanned,
            department=priced_line.line.department,
            quantity=priced_line.line.quantity,
            unit_price=priced_line.unit_price,
            extended=priced_line.extended,
            discount=priced_line.discount,
            net=priced_line.net,
            tax=priced_line.tax,
            total=priced_line.total,
            taxes=priced_line.taxes,
            operator=priced_line.line.operator,
            detail=line_detail(priced_line),
            discounts=priced_line.discounts,
            override=priced_line.line.override,
            container=priced_line.line.container,
            belongs_to=priced.basket.owner(number - 1) + 1 if priced_line.line.each else 0,
            stored=_as_stored(priced_line.line.stored),
            terms=_terms(priced_line),
        )
        for number, priced_line in enumerate(priced.lines, start=1)
    )


def _terms(priced: PricedLine) -> SoldTerms:
    line = priced.line
    terms = SoldTerms(line.final_sale, line.flags, line.family)
    # Money on a card carries a flag for the till alone.
    return NO_TERMS if line.stored is not None or terms == NO_TERMS else terms


def _as_stored(stored: StoredValue | None) -> StoredValue | None:
    """Only where the money went: what a new card is made of is the card's own."""
    return None if stored is None else StoredValue(StoredAct(stored.act), stored.account, stored.shown)


def line_detail(priced: PricedLine) -> LineDetail:
    """What of a line is kept beside its money."""
    line = priced.line
    by_quantity = priced.unit_price != line.unit_price
    return LineDetail(
        serials=line.serials,
        note=line.note,
        price_source=PriceSource.QUANTITY if by_quantity else line.price_source,
        weight_source=line.weight_source,
        weight_reason=line.weight_reason,
        tare=line.tare,
        expires=line.expires,
        age_checked=line.age,
    )


def tender_lines(priced: PricedBasket) -> tuple[TenderLine, ...]:
    """The tenders of a priced basket as they will be stored."""
    return tuple(
        TenderLine(**{each.name: getattr(tender, each.name) for each in fields(Tender)}, tender=number)
        for number, tender in enumerate(priced.basket.tenders, start=1)
    )

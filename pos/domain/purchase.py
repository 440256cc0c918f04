"""What a customer bought, as the books hold it: the one shape returns judge, whoever sold it and wherever it is stored.

All money is in minor units of the purchase's currency, as charged; nothing here is ever priced again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from pos.domain.discount import Discount
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, divide_half_up
from pos.domain.names import StrEnum
from pos.domain.stored_value import StoredValue
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind


class Source(StrEnum):
    """Who made the purchase known: this program's own books, or what was taken over from another system."""

    BOOKS = "books"
    TAKEN_OVER = "taken_over"


class Channel(StrEnum):
    """How it was sold; the law of distance sales asks."""

    SHOP = "shop"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class SoldTerms:
    """What was agreed with a line when it was sold, and is never looked up later: a final sale, the words policies ask
    for (`flags`), and of which family (sizes, colours) it was.
    """

    final_sale: bool = False
    flags: tuple[str, ...] = ()
    family: str = ""


NO_TERMS = SoldTerms()


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One line as it was charged. `net` is without tax, `total` with it; `discount` the sum of `discounts`.

    `returned` is how much came back and was not handed out again (thousandths; a unit swapped in an even exchange is
    still with the customer), `returned_net` and `returned_tax` what was paid back for it. `back_serials` came back.
    `exchanged` is how often units of this line were swapped. `facts` are answers the seller noted. `shelf` is the
    item's price at the sale where it differs from `unit_price`.
    """

    line: int
    item: str
    name: str
    category: str
    quantity: Quantity
    unit_price: int
    extended: int
    discount: int
    net: int
    tax: int
    total: int
    taxes: tuple[LineTax, ...] = ()
    discounts: tuple[Discount, ...] = ()
    serials: tuple[str, ...] = ()
    terms: SoldTerms = NO_TERMS
    facts: Mapping[str, str] = field(default_factory=dict)
    stored: StoredValue | None = None
    container: bool = False
    belongs_to: int = 0
    exchanged: int = 0
    returned: int = 0
    returned_net: int = 0
    returned_tax: int = 0
    back_serials: tuple[str, ...] = ()

    @property
    def left(self) -> Quantity:
        """What the customer may still have: sold less what came back."""
        return Quantity(self.quantity.thousandths - self.returned, self.quantity.unit)

    @property
    def quantity_back(self) -> Quantity:
        """What came back."""
        return Quantity(self.returned, self.quantity.unit)

    def slice_of(self, amount: int, thousandths: int) -> int:
        """The share of `amount` (of the whole line) that the next `thousandths` of it carry.

        Cumulative: what came back before is counted in, so slices always add up to the whole (returns.md 3.3).
        """
        whole = self.quantity.thousandths
        upto = divide_half_up(amount * (self.returned + thousandths), whole)
        return upto - divide_half_up(amount * self.returned, whole)


@dataclass(frozen=True, slots=True)
class PurchaseTender:
    """One tender as it was taken: `amount` is what it gave towards the sale (change and cash-back taken off).

    `tender` counts every listed tender from 1; a declined one has an `amount` of 0. `card` is what may be shown of a
    card or number, `token` tells the same card again. `attempt` is the charge at the terminal, `account` the gift card
    or house account by its identity. `refunded` went back to it already, or may have. `settled`: its batch is closed, a
    refund and no void. `open`: the card can still be paid back to. `exchanged`: it is what goods paid in an exchange,
    out of this tender of an older purchase.
    """

    tender: int
    kind: TenderKind
    amount: int
    type: str = ""
    card: str = ""
    token: str = ""
    house_card: bool = False
    attempt: str = ""
    account: str = ""
    requested: int = 0
    cash_back: int = 0
    settled: bool = True
    pin: bool = False
    declined: bool = False
    refunded: int = 0
    open: bool = True
    exchanged: bool = False

    @property
    def ceiling(self) -> int:
        """How much may still go back to it."""
        return max(0, self.amount - self.refunded)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought, as far as it is known: by identity, and tier and group as they were at the sale."""

    id: str = ""
    tier: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Earned:
    """What the purchase gave and took beside money: points, and reward money in minor units."""

    points_earned: int = 0
    points_spent: int = 0
    rewards_earned: int = 0
    rewards_spent: int = 0


@dataclass(frozen=True, slots=True)
class Purchase:
    """One known sale with what became of it since.

    `day` is the day on the shop's clock; `delivered` the day the goods were handed over where that was another,
    `first_sold` that of the sale they were exchanged for.
    `total` is before cash rounding, `rounding` what cash rounding added. `refunded` is all the money that went back
    (after rounding), `cash_exact` and `cash_paid` what of it went back in cash, before and after rounding: refunds of
    one purchase are rounded cumulatively. `goodwill` is what of it went back without goods. `returned_before` is
    whether anything came back before. `voided`: the sale was taken back whole. `training`: a receipt of the sandbox.
    """

    id: str
    receipt: str
    source: Source
    at: datetime
    day: date
    currency: str
    prices_hold_tax: bool
    total: int
    lines: tuple[PurchaseLine, ...]
    tenders: tuple[PurchaseTender, ...]
    rounding: int = 0
    delivered: date | None = None
    first_sold: date | None = None
    region: str = ""
    channel: Channel = Channel.SHOP
    buyer: Buyer = field(default_factory=Buyer)
    operator: str = ""
    workstation: int = 0
    earned: Earned = field(default_factory=Earned)
    points_back: int = 0
    refunded: int = 0
    cash_exact: int = 0
    cash_paid: int = 0
    goodwill: int = 0
    voided: bool = False
    training: bool = False

    def line(self, number: int) -> PurchaseLine | None:
        """The line of that number; None where there is none."""
        in_place = self.lines[number - 1] if 0 < number <= len(self.lines) else None
        if in_place is not None and in_place.line == number:
            return in_place
        return next((line for line in self.lines if line.line == number), None)

    @property
    def returned_before(self) -> bool:
        return self.refunded != 0 or any(line.returned for line in self.lines)

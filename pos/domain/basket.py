"""The basket: one frozen value. Every change makes a new one, so undo keeps the earlier values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pos.domain.discount import Markdown, PriceOverride
from pos.domain.frozen import dataclass
from pos.domain.item import QuantityPrice
from pos.domain.money import Quantity
from pos.domain.stored_value import StoredValue
from pos.domain.tax import TaxExemption
from pos.domain.tender import Tender, TenderKind

if TYPE_CHECKING:
    from pos.domain.return_request import ReturnRequest

LINES_MAX = 2000


@dataclass(frozen=True, slots=True)
class BasketLine:
    """An item as it was rung up: name, price and taxes are those of that moment.

    `scanned` is what the scanner or the cashier gave, or the first code of an item picked by hand; `operator` who rang
    it up. `serials` are one for each piece.
    `price_source` and `weight_source` say who gave price and weight (PriceSource, WeightSource), `weight_reason` why a
    weight was typed; `tare` are thousandths taken off what was weighed; `expires` a day (ISO 8601); `age` in years is
    what the item asks for, and was seen. `override` and `markdown` were given by hand; `family`, `flags`,
    `not_discountable` and `final_sale` are what promotions and policies ask of the item.

    A `container` is a deposit: with `each`, so many go with one unit of the line above that it belongs to, and it
    follows that line; without, it is an empty that comes back, at a price below nothing. `quantity_prices` are those of
    the item. A line with `stored` is no item at all: its price is money put on a card or an account.
    """

    item: str
    name: str
    unit_price: int
    taxes: tuple[str, ...]
    quantity: Quantity
    scanned: str
    operator: str
    department: str = ""
    serials: tuple[str, ...] = ()
    note: str = ""
    price_source: str = ""
    weight_source: str = ""
    weight_reason: str = ""
    tare: int = 0
    expires: str = ""
    age: int = 0
    family: str = ""
    flags: tuple[str, ...] = ()
    not_discountable: bool = False
    final_sale: bool = False
    override: PriceOverride | None = None
    markdown: Markdown | None = None
    container: bool = False
    each: int = 0
    quantity_prices: tuple[QuantityPrice, ...] = ()
    stored: StoredValue | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the till suggested in this sale, as it was then: `pair` is why, `say` what the cashier may say.

    `unit_price` in minor units, `on_hand` in thousandths, None where the shop never counted it.
    """

    pair: int
    item: str
    name: str
    unit_price: int
    say: str = ""
    on_hand: int | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Basket:
    """An open sale. `id` is the transaction's identity, made before the commit, so a repeated commit is harmless.

    `age_seen` is the highest age in years somebody was seen to have: asked once a sale, the date never kept.
    `markdown` is a discount by hand on the whole receipt; `coupons` are codes as they were scanned;
    `points` are those of the customer that the sale is to spend, as far as there is something to pay with them;
    `exemption` a certificate shown for this sale.
    `suggested` is what the till suggested, at most once. `returning` makes it an exchange: what comes back for it;
    `set_aside` are lines that replace even, each with its place, while the customer pays for the others.
    """

    id: str
    lines: tuple[BasketLine, ...] = ()
    tenders: tuple[Tender, ...] = ()
    customer: str | None = None
    note: str = ""
    age_seen: int = 0
    markdown: Markdown | None = None
    coupons: tuple[str, ...] = ()
    points: int = 0
    exemption: TaxExemption | None = None
    suggested: Suggested | None = None
    returning: ReturnRequest | None = None
    set_aside: tuple[tuple[int, BasketLine], ...] = ()

    @property
    def empty(self) -> bool:
        return not self.lines and not self.tenders and not self.coupons and self.returning is None

    @property
    def blank(self) -> bool:
        """Nothing at all was done yet: not even whose sale it is."""
        return self.empty and self.customer is None

    def with_line(self, line: BasketLine) -> Basket:
        return replace(self, lines=(*self.lines, line))

    def with_quantity(self, index: int, quantity: Quantity) -> Basket:
        return self.with_changed(index, replace(self.lines[index], quantity=quantity))

    def with_changed(self, index: int, line: BasketLine) -> Basket:
        return self._with_lines(index, (line,))

    def without_line(self, index: int) -> Basket:
        return self._with_lines(index, ())

    def with_tender(self, tender: Tender) -> Basket:
        return replace(self, tenders=(*self.tenders, tender))

    def without_tender(self, index: int) -> Basket:
        """The same without one tender, counted from 0."""
        left = replace(self, tenders=(*self.tenders[:index], *self.tenders[index + 1 :]))
        return left if left.tenders else left.whole

    @property
    def goods_pay(self) -> bool:
        """Whether what comes back in an exchange stands among the tenders."""
        return any(tender.kind is TenderKind.EXCHANGE for tender in self.tenders)

    def without_tenders(self) -> Basket:
        return replace(self.whole, tenders=())

    @property
    def whole(self) -> Basket:
        """The same with nothing set aside: every line stands where it stood."""
        if not self.set_aside:
            return self
        lines = list(self.lines)
        for place, line in self.set_aside:
            lines.insert(place, line)
        return replace(self, lines=tuple(lines), set_aside=())

    def with_set_aside(self, places: Sequence[int]) -> Basket:
        """The same with some lines, counted from 0, set aside."""
        return replace(
            self,
            lines=tuple(line for place, line in enumerate(self.lines) if place not in places),
            set_aside=tuple((place, self.lines[place]) for place in sorted(places)),
        )

    def owner(self, index: int) -> int:
        """Which line this one belongs to: a deposit to the goods above it, every other line to itself."""
        while self.lines[index].each:
            index -= 1
        return index

    def _with_lines(self, index: int, instead: tuple[BasketLine, ...]) -> Basket:
        """Other lines in the place of one, whose deposits follow it in quantity or go with it."""
        end = index + 1
        while end < len(self.lines) and self.lines[end].each:
            end += 1
        belonging = tuple(
            replace(line, quantity=Quantity(owner.quantity.thousandths * line.each))
            for owner in instead[:1]
            for line in self.lines[index + 1 : end]
        )
        return replace(self, lines=(*self.lines[:index], *instead, *belonging, *self.lines[end:]))

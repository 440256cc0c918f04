"""What a basket costs: one pure function, always from scratch. No later program ever re-prices what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime
from typing import NamedTuple

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Discount, DiscountSource, Markdown, spread
from pos.domain.frozen import dataclass
from pos.domain.item import price_of_quantity
from pos.domain.money import extend
from pos.domain.points import points_spendable
from pos.domain.promotions import (
    NO_OUTCOME,
    NO_PROMOTIONS,
    Candidate,
    PreparedPromotions,
    PromotionOutcome,
    apply_promotions,
)
from pos.domain.shop import CashRounding, RoundingOf, ShopRules
from pos.domain.tax import LineTax, Taxable, Taxed, TaxExemption, TaxRate, tax_lines
from pos.domain.tender import Tender, TenderKind


class TaxUnknown(ValueError):
    """A line names a tax the shop's rules do not have."""


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What prices ask of a customer; `tax_exempt` is the number of a certificate, empty where there is none.

    `works_here`: this is one of the shop's own people, who buy under a rule of their own.
    """

    id: str
    tier: str = ""
    group: str = ""
    tax_exempt: str = ""
    works_here: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a price depends on beside the basket and the shop's rules: the moment on the shop's clock, who buys, and
    the shop's promotions.

    Without a moment nothing that begins or ends is in force.
    """

    at: datetime | None = None
    customer: CustomerFacts | None = None
    promotions: PreparedPromotions = NO_PROMOTIONS

    @property
    def day(self) -> date | None:
        return None if self.at is None else self.at.date()

    def exemption(self, basket: Basket) -> TaxExemption | None:
        """Why this basket bears no tax: a certificate shown for it, or the customer's own; None where it bears it."""
        if basket.exemption is None and self.customer is not None and self.customer.tax_exempt:
            return TaxExemption(self.customer.tax_exempt)
        return basket.exemption


NO_CIRCUMSTANCES = Circumstances()


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line with its money, all in minor units. `total` is what the customer pays for it: net plus taxes.

    `unit_price` is that of the line, or the item's price for the quantity the whole basket holds of it. `discount` is
    the sum of `discounts`, the shares of every discount that fell on this line.
    """

    line: BasketLine
    unit_price: int
    extended: int
    discounts: tuple[Discount, ...]
    net: int
    taxes: tuple[LineTax, ...]
    total: int

    @property
    def discount(self) -> int:
        return sum([discount.amount for discount in self.discounts])

    @property
    def tax(self) -> int:
        return sum([tax.amount for tax in self.taxes])


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """The basket with its money in minor units.

    `paid` is what the tenders cover, `due` what is still missing, `due_cash` the same if cash ends the sale,
    `change` what goes back. `rounding` is the cash rounding once cash has reached the total, before that 0:
    paid + due = total + rounding, and the tenders add up to paid + change. `points` are those that the basket spends.
    `promotions` says what promotions did and why.
    """

    basket: Basket
    # The moment it was asked at makes no other money.
    circumstances: Circumstances = field(compare=False)
    currency: str
    lines: tuple[PricedLine, ...]
    subtotal: int
    discount: int
    net: int
    tax: int
    total: int
    rounding: int
    paid: int
    due: int
    due_cash: int
    change: int
    points: int = 0
    promotions: PromotionOutcome = NO_OUTCOME
    exemption: TaxExemption | None = None

    @property
    def complete(self) -> bool:
        """Something was rung up and nothing is missing."""
        return bool(self.lines) and self.due == 0


def price(basket: Basket, rules: ShopRules, circumstances: Circumstances = NO_CIRCUMSTANCES) -> PricedBasket:
    """The money of `basket` under `rules` in these circumstances.

    In this order: the unit price (an override by hand stands in it already, and takes no promotions; else that for the
    quantity of the item in all lines), promotions, the markdown by hand of a line, what the shop's own people get, the
    markdown of the receipt, points, and tax on what is left.

    Raises TaxUnknown where a line names a tax the rules do not have.
    """
    rung = _at_unit_prices(basket)
    outcome = _promoted(rung, circumstances, basket.coupons)
    reduced = _for_staff(
        [
            # Most lines of most sales bear nothing of either.
            line.with_shares(shares).by_hand() if shares or line.line.markdown is not None else line
            for line, shares in zip(rung, outcome.discounts, strict=True)
        ],
        rules,
        circumstances.customer,
    )
    if basket.markdown is not None:
        reduced = _marked_down(reduced, basket.markdown)
    reduced, points = _with_points(reduced, basket.points, rules.point_worth)
    exemption = circumstances.exemption(basket)
    lines = _taxed(reduced, rules, circumstances.day, exempt=exemption is not None)
    total, net = sum([line.total for line in lines]), sum([line.net for line in lines])
    settled = settle(total, basket.tenders, rules.cash_rounding)
    return PricedBasket(
        basket=basket,
        circumstances=circumstances,
        currency=rules.currency,
        lines=lines,
        subtotal=sum([line.extended for line in lines]),
        discount=sum([line.discount for line in lines if line.discounts]),
        net=net,
        tax=total - net,
        total=total,
        rounding=settled.rounding,
        paid=settled.paid,
        due=settled.due,
        due_cash=settled.due_cash,
        change=settled.change,
        points=points,
        promotions=outcome,
        exemption=exemption,
    )


def _promoted(rung: Sequence[_Reduced], circumstances: Circumstances, coupons: tuple[str, ...]) -> PromotionOutcome:
    """What the shop's promotions take off; nothing of a price somebody agreed by hand."""
    # By position, in the order of Candidate: one for every line at every scan.
    candidates = [
        Candidate(
            line.item,
            each.unit_price,
            line.quantity,
            each.extended,
            line.department,
            line.family,
            line.flags,
            not line.not_discountable and line.override is None,
        )
        for each in rung
        for line in (each.line,)
    ]
    return apply_promotions(candidates, circumstances.promotions, circumstances.at, circumstances.customer, coupons)


class _Reduced(NamedTuple):
    """A line on its way: what it comes to, and what was taken off so far."""

    line: BasketLine
    unit_price: int
    extended: int
    discounts: tuple[Discount, ...] = ()

    def with_shares(self, shares: tuple[Discount, ...]) -> _Reduced:
        """Less what promotions took off."""
        return _Reduced(self.line, self.unit_price, self.extended, shares)

    def by_hand(self) -> _Reduced:
        """Less the markdown somebody gave on the line."""
        markdown = self.line.markdown
        if markdown is None or self.line.not_discountable:
            return self
        return self.less(DiscountSource.LINE, markdown, markdown.of(self.left))

    @property
    def left(self) -> int:
        return self.extended - sum([discount.amount for discount in self.discounts])

    def less(self, source: DiscountSource, markdown: Markdown, amount: int) -> _Reduced:
        if not amount:
            return self
        share = Discount(source, markdown.reason, amount, by=markdown.by)
        return _Reduced(self.line, self.unit_price, self.extended, (*self.discounts, share))


def _at_unit_prices(basket: Basket) -> list[_Reduced]:
    """Every line at its unit price: one given by hand stays, all of an item count towards its quantity prices."""
    bought: dict[str, int] = {}
    for line in basket.lines:
        if line.quantity_prices:
            bought[line.item] = bought.get(line.item, 0) + line.quantity.thousandths
    rung: list[_Reduced] = []
    for line in basket.lines:
        unit_price = line.unit_price
        if line.quantity_prices and line.override is None:
            unit_price = price_of_quantity(unit_price, line.quantity_prices, bought[line.item])
        rung.append(_Reduced(line, unit_price, extend(unit_price, line.quantity)))
    return rung


def _for_staff(reduced: list[_Reduced], rules: ShopRules, buyer: CustomerFacts | None) -> list[_Reduced]:
    """What the shop's own people get off each line; a price somebody agreed is the price."""
    if buyer is None or not buyer.works_here or not rules.staff_discount:
        return reduced
    rule = Markdown(DiscountSource.STAFF.value, percent_millionths=rules.staff_discount)
    return [
        line
        if line.line.not_discountable or line.line.override is not None
        else line.less(DiscountSource.STAFF, rule, rule.of(line.left))
        for line in reduced
    ]


def _with_points(reduced: list[_Reduced], points: int, worth: int) -> tuple[list[_Reduced], int]:
    """Points spent on what may be discounted, and how many: whole ones, never more than there is to pay with them."""
    if not points:
        return reduced, 0
    bears = [(line.line.item, 0 if line.line.not_discountable else line.left) for line in reduced]
    spent = points_spendable(points, sum(weight for _, weight in bears), worth)
    if not spent:
        return reduced, 0
    off = Markdown(DiscountSource.POINTS.value, amount=spent * worth)
    parts = spread(spent * worth, bears)
    return [line.less(DiscountSource.POINTS, off, part) for line, part in zip(reduced, parts, strict=True)], spent


def _taxed(reduced: list[_Reduced], rules: ShopRules, day: date | None, *, exempt: bool) -> tuple[PricedLine, ...]:
    rates = {code: _rate(code, rules, day) for code in dict.fromkeys(c for line in reduced for c in line.line.taxes)}
    taxable = [
        Taxable(
            line.left if line.discounts else line.extended,
            tuple([rates[code] for code in line.line.taxes]),
            # A tax by the unit goes back with what comes back.
            -line.line.quantity.thousandths if line.unit_price < 0 else line.line.quantity.thousandths,
        )
        for line in reduced
    ]
    taxed = tax_lines(taxable, mode=rules.price_mode, rounding=rules.tax_rounding, exempt=exempt)
    return tuple(_priced(line, with_tax) for line, with_tax in zip(reduced, taxed, strict=True))


def _marked_down(reduced: list[_Reduced], markdown: Markdown) -> list[_Reduced]:
    """The receipt's markdown, spread over what may be discounted by what each line still comes to."""
    bears = [(line.line.item, 0 if line.line.not_discountable else line.left) for line in reduced]
    off = markdown.of(sum(weight for _, weight in bears))
    return [
        line.less(DiscountSource.RECEIPT, markdown, part)
        for line, part in zip(reduced, spread(off, bears), strict=True)
    ]


def _rate(code: str, rules: ShopRules, day: date | None) -> TaxRate:
    rate = rules.rate(code, day)
    if rate is None:
        raise TaxUnknown(code)
    return rate


def _priced(reduced: _Reduced, taxed: Taxed) -> PricedLine:
    # By position, in the order of PricedLine: one for every line at every scan.
    return PricedLine(*reduced, *taxed, taxed.net + sum([tax.amount for tax in taxed.taxes]))


@dataclass(frozen=True, slots=True)
class Settlement:
    """How tenders meet a total, in minor units; the fields are those of PricedBasket."""

    rounding: int
    paid: int
    due: int
    due_cash: int
    change: int


def settle(total: int, tenders: Sequence[Tender], rounding: CashRounding) -> Settlement:
    """Meet `total` with the tenders, cash as handed over. Cash ends the sale once it reaches what is left, rounded.

    Only the cash part of a split is rounded, unless the rule says the total: then as soon as there is cash. What is
    left of nothing still wants a cash tender, of nothing, before it counts as rounded away. Cash that reaches what is
    left but not what that rounds up to leaves the difference due: rounding is then certain already.
    """
    cash = [tender.amount for tender in tenders if tender.kind is TenderKind.CASH]
    other = sum(tender.amount for tender in tenders if tender.kind is not TenderKind.CASH)
    given, left = sum(cash), total - other
    whole = rounding.of is RoundingOf.TOTAL
    # Rounded because there is cash, and what else was given stays within that: it is no more than was due.
    within = bool(whole and cash and total > 0 and other <= rounding.rounded(total))
    if other and left < 0 and not given and not within:
        # More than was due, of a kind that gives change: that is cash.
        back = rounding.rounded(-left)
        return Settlement(rounding=-left - back, paid=other - back, due=0, due_cash=0, change=back)
    wanted = rounding.rounded(left)
    if within or (whole and left > 0):
        # Nobody gets back in cash what a card has paid, however the total rounds.
        wanted = max(0, rounding.rounded(total) - other)
    if cash and given >= wanted:
        return Settlement(rounding=wanted - left, paid=other + wanted, due=0, due_cash=0, change=given - wanted)
    if cash and (whole or given >= left):
        missing = wanted - given
        return Settlement(rounding=wanted - left, paid=other + given, due=missing, due_cash=missing, change=0)
    return Settlement(rounding=0, paid=other + given, due=left - given, due_cash=wanted - given, change=0)

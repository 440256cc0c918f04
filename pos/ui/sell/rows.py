"""A line of the basket as it is shown: every word of it made once, when the line changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos.domain.basket import BasketLine
from pos.domain.frozen import dataclass
from pos.domain.money import Money, Unit
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.promotions import NO_OUTCOME, PromotionOutcome
from pos.promotion_words import discount_name
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.domain.even_exchange import KeptPrice

# Under its goods stands what is lent with them.
INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class RowView:
    """What the list paints and a screen reader says. `pieces` is how many, where pieces are counted.

    `mark` is what somebody must see before the customer pays; it stands before the detail. `tag` is what was taken off,
    each discount with its name, and `before` what the line came to without.
    """

    number: str
    name: str
    detail: str
    quantity: str
    price: str
    amount: str
    spoken: str
    pieces: int | None
    mark: str = ""
    tag: str = ""
    before: str = ""


def row_of(
    number: int,
    priced: PricedLine,
    currency: str,
    words: Wording,
    *,
    expired: bool = False,
    outcome: PromotionOutcome = NO_OUTCOME,
) -> RowView:
    """The view of one line; `number` counts from 1. `outcome` says what the promotions of its discounts are."""
    line = priced.line
    quantity = words.quantity(line.quantity)
    amount = words.amount(Money(priced.extended - priced.discount, currency))
    if line.quantity.unit is Unit.PIECE:
        how_many = line.quantity.thousandths // 1000
        spoken = words.count(
            "{name}, {n} piece, {amount}", "{name}, {n} pieces, {amount}", how_many, name=line.name, amount=amount
        )
        pieces: int | None = how_many
    else:
        spoken = words.say("{name}, {quantity}, {amount}", name=line.name, quantity=quantity, amount=amount)
        pieces = None
    mark = words.say("Past its date") if expired else ""
    numbers = words.say("No. {numbers}", numbers=", ".join(line.serials)) if line.serials else ""
    note = words.quoted(line.note) if line.note else ""
    was = ""
    if line.override is not None:
        was = words.say("Was {price}", price=words.amount(Money(line.override.was, currency)))
    tag = " · ".join(
        f"{discount_name(discount, outcome, words)} {words.amount(Money(-discount.amount, currency))}"
        for discount in priced.discounts
    )
    before = words.amount(Money(priced.extended, currency)) if tag else ""
    instead = words.say("instead of {amount}", amount=before) if tag else ""
    return RowView(
        number="" if line.each else str(number),
        name=f"{INDENT}{line.name}" if line.each else line.name,
        detail=_detail(priced, was, note, numbers, words),
        quantity=quantity,
        price=words.amount(Money(priced.unit_price, currency)),
        amount=amount,
        spoken=", ".join(filter(None, (spoken, mark, _back(line, words), was, tag, instead, numbers, line.note))),
        pieces=pieces,
        mark=mark,
        tag=tag,
        before=before,
    )


def kept_row(view: RowView, kept: KeptPrice, currency: str, words: Wording) -> RowView:
    """A line of an exchange that counts at the old price: that price, and today's struck below it."""
    amount, tag = words.amount(Money(kept.amount, currency)), words.say("Price kept")
    said = words.say("instead of {amount}", amount=view.amount)
    return replace(
        view,
        price=words.amount(Money(kept.unit_price, currency)),
        amount=amount,
        tag=tag,
        before=view.amount,
        spoken=f"{view.name}, {view.quantity}, {amount}, {tag}, {said}",
    )


def _back(line: BasketLine, words: Wording) -> str:
    """What an empty that comes back is, beside the deposits that go out."""
    return words.say("Empties back") if line.container and not line.each else ""


def _detail(priced: PricedLine, was: str, note: str, numbers: str, words: Wording) -> str:
    """What stands small under the name; of a deposit, what it is."""
    line = priced.line
    if line.each:
        return INDENT + words.say("Deposit")
    by_quantity = words.say("Price by quantity") if priced.unit_price != line.unit_price else ""
    return " · ".join(
        filter(None, (_back(line, words), by_quantity, was, note, numbers, line.department, line.scanned))
    )


def count_of(priced: PricedBasket) -> int:
    """How many items a person would count: pieces, and one for each line weighed or measured; containers are none."""
    return sum(
        line.line.quantity.thousandths // 1000 if line.line.quantity.unit is Unit.PIECE else 1
        for line in priced.lines
        if not line.line.container
    )


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One tax over the whole basket, in minor units; `included` as in LineTax."""

    rate_millionths: int
    amount: int
    unit_amount: int | None = None
    included: bool = False


def taxes_of(priced: PricedBasket) -> tuple[TaxSum, ...]:
    """The taxes of the basket by rate, in the order first met; a rate of nothing is left out."""
    sums: dict[TaxSum, int] = {}
    for line in priced.lines:
        for tax in line.taxes:
            if tax.rate_millionths or tax.unit_amount:
                which = TaxSum(tax.rate_millionths, 0, tax.unit_amount, tax.included)
                sums[which] = sums.get(which, 0) + tax.amount
    return tuple(replace(which, amount=amount) for which, amount in sums.items())

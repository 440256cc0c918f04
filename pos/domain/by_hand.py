"""Prices, discounts and voids by hand: what somebody wants, what it comes to, and how far that goes."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import Basket
from pos.domain.discount import DiscountSource, Markdown, PriceOverride
from pos.domain.frozen import dataclass
from pos.domain.money import Money, extend
from pos.domain.names import StrEnum
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import OPEN_PRICE_MAX
from pos.domain.staff import Limit, Operator, Permission

WHOLE = 1_000_000
# What a price is above where there was none: beyond every limit but none at all.
_BEYOND = 10**9


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a price in millionths, to be said as percent."""

    millionths: int


class Action(StrEnum):
    """What is done by hand."""

    LINE_DISCOUNT = "line_discount"
    RECEIPT_DISCOUNT = "receipt_discount"
    PRICE_OVERRIDE = "price_override"
    VOID_SALE = "void_sale"
    TENDER = "tender"
    PAID_OUT = "paid_out"
    CLOSE_TILL = "close_till"
    POST_VOID = "post_void"
    CORRECT_TENDER = "correct_tender"
    RETURN = "return"
    GOODWILL = "goodwill"
    TAX_EXEMPT = "tax_exempt"
    PAY_OUT = "pay_out"
    SWITCH_POLICY = "switch_policy"

    @property
    def permission(self) -> Permission:
        return _PERMISSIONS[self]


_PERMISSIONS = {
    Action.LINE_DISCOUNT: Permission.DISCOUNT_LINE,
    Action.RECEIPT_DISCOUNT: Permission.DISCOUNT_RECEIPT,
    Action.PRICE_OVERRIDE: Permission.PRICE_OVERRIDE,
    Action.VOID_SALE: Permission.VOID_SALE,
    Action.TENDER: Permission.SELL,
    Action.PAID_OUT: Permission.PAID_OUT,
    Action.CLOSE_TILL: Permission.CLOSE_TILL,
    Action.POST_VOID: Permission.POST_VOID,
    Action.CORRECT_TENDER: Permission.CORRECT_TENDER,
    Action.RETURN: Permission.RETURN,
    Action.GOODWILL: Permission.RETURN,
    Action.TAX_EXEMPT: Permission.TAX_EXEMPT,
    Action.PAY_OUT: Permission.SELL,
    Action.SWITCH_POLICY: Permission.MANAGE_RETURN_POLICY,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants done. `line` counts from 0, None is the whole sale.

    A discount is a share in millionths or an amount in minor units; for a price `amount` is that of one unit. `tender`
    tells which tender is to be taken, `certificate` under which one no tax is to be charged.
    """

    action: Action
    reason: str
    line: int | None = None
    percent_millionths: int | None = None
    amount: int | None = None
    tender: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What it would come to, in minor units, and how far it goes: `value` is held against `limit` of a role.

    `value` is a share in millionths of the price before anything was given by hand, or minor units for a void.
    """

    before: int
    after: int
    limit: Limit
    value: int


def effect(priced: PricedBasket, asked: Asked) -> Effect | Refused:
    """What `asked` would do to this sale.

    Refused: BASKET_EMPTY, LINE_UNKNOWN, NOT_DISCOUNTABLE, DISCOUNT_INVALID, PRICE_LIMIT.
    """
    if not priced.lines:
        return Refused(Code.BASKET_EMPTY)
    if asked.action is Action.VOID_SALE:
        return Effect(priced.total, 0, Limit.VOID_SALE, priced.total)
    if asked.action is Action.RECEIPT_DISCOUNT:
        return _receipt_discount(priced, asked)
    if asked.line is None or not 0 <= asked.line < len(priced.lines):
        return Refused(Code.LINE_UNKNOWN, {"line": 0 if asked.line is None else asked.line + 1})
    line = priced.lines[asked.line]
    if asked.action is Action.PRICE_OVERRIDE:
        return _price(line, asked, priced.currency)
    return _line_discount(line, asked, priced.currency)


def done(basket: Basket, asked: Asked, *, by: str, approval: str = "") -> Basket:
    """The basket with what was asked done to it; `effect` said that it can be. A discount of nothing takes it off."""
    if asked.action is Action.PRICE_OVERRIDE:
        return _priced_by_hand(basket, asked, by, approval)
    nothing = not asked.percent_millionths and not asked.amount
    markdown = None if nothing else Markdown(asked.reason, asked.percent_millionths, asked.amount, by, approval)
    if asked.line is None:
        return replace(basket, markdown=markdown)
    return basket.with_changed(asked.line, replace(basket.lines[asked.line], markdown=markdown))


def within(asked: Asked, found: Effect, person: Operator) -> Asked | None:
    """The most of the same that this person may do alone; None where that is nothing, or all or nothing."""
    bound = person.limit(found.limit)
    if bound is None or not bound or asked.action is Action.VOID_SALE:
        return None
    if asked.percent_millionths is not None:
        return replace(asked, percent_millionths=min(bound, asked.percent_millionths))
    if asked.action is not Action.PRICE_OVERRIDE:
        most = found.before * bound // WHOLE
        return replace(asked, amount=most) if most else None
    step = found.before * bound // WHOLE
    return replace(asked, amount=found.before + (-step if found.after < found.before else step)) if step else None


def _priced_by_hand(basket: Basket, asked: Asked, by: str, approval: str) -> Basket:
    """A line at the price somebody agreed; a discount it had was one on another price. The old price takes it back."""
    assert asked.line is not None
    assert asked.amount is not None
    line = basket.lines[asked.line]
    was = line.unit_price if line.override is None else line.override.was
    override = None if asked.amount == was else PriceOverride(was, asked.reason, by, approval)
    return basket.with_changed(asked.line, replace(line, unit_price=asked.amount, override=override, markdown=None))


def _price(line: PricedLine, asked: Asked, currency: str) -> Effect | Refused:
    price = -1 if asked.amount is None else asked.amount
    if not 0 <= price <= OPEN_PRICE_MAX:
        return Refused(Code.PRICE_LIMIT, {"most": Money(OPEN_PRICE_MAX, currency)})
    was = line.line.unit_price if line.line.override is None else line.line.override.was
    if price < was and line.line.not_discountable:
        return Refused(Code.NOT_DISCOUNTABLE, {"item": line.line.name})
    if price < was:
        return Effect(was, price, Limit.PRICE_BELOW, _share(was - price, was))
    return Effect(was, price, Limit.PRICE_ABOVE, _share(price - was, was))


def _line_discount(line: PricedLine, asked: Asked, currency: str) -> Effect | Refused:
    """Held against the limit together with a price given by hand: a discount on top of it begins at the old price.

    A share is judged as it was said, however its amount rounds.
    """
    if line.line.not_discountable:
        return Refused(Code.NOT_DISCOUNTABLE, {"item": line.line.name})
    before = line.extended - sum(each.amount for each in line.discounts if each.source not in _BY_HAND)
    markdown = _markdown(asked, before, currency)
    if isinstance(markdown, Refused):
        return markdown
    after = before - markdown.of(before)
    override = line.line.override
    shelf = before if override is None else max(before, extend(override.was, line.line.quantity))
    said = asked.percent_millionths if override is None else None
    return Effect(before, after, Limit.LINE_DISCOUNT, _share(shelf - after, shelf) if said is None else said)


def _receipt_discount(priced: PricedBasket, asked: Asked) -> Effect | Refused:
    bears = [line for line in priced.lines if not line.line.not_discountable]
    if not bears:
        return Refused(Code.NOT_DISCOUNTABLE, {"item": priced.lines[0].line.name})
    before = sum(
        line.extended - sum(each.amount for each in line.discounts if each.source is not DiscountSource.RECEIPT)
        for line in bears
    )
    markdown = _markdown(asked, before, priced.currency)
    if isinstance(markdown, Refused):
        return markdown
    off = markdown.of(before)
    said = asked.percent_millionths
    return Effect(before, before - off, Limit.RECEIPT_DISCOUNT, _share(off, before) if said is None else said)


_BY_HAND = (DiscountSource.LINE, DiscountSource.RECEIPT)


def _markdown(asked: Asked, before: int, currency: str) -> Markdown | Refused:
    percent, amount = asked.percent_millionths, asked.amount
    fits = (percent is not None and 0 <= percent <= WHOLE) if amount is None else 0 <= amount <= before
    if not fits or (percent is not None and amount is not None):
        return Refused(Code.DISCOUNT_INVALID, {"most": Money(before, currency)})
    return Markdown(asked.reason, percent, amount)


def _share(part: int, whole: int) -> int:
    """A part in millionths of the whole, rounded up: a share never looks smaller than it is."""
    if part <= 0:
        return 0
    return _BEYOND if whole <= 0 else -(-part * WHOLE // whole)

"""From what was scanned to what is sold: the item, and the price, weight, number or day the code itself carries.

What the catalogue holds as it stands wins: real item codes look like any other kind of code.
"""

from __future__ import annotations

from dataclasses import replace

from pos.domain import gs1_content as late_gs1_content
from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCard
from pos.domain.identifiers import gtin_key
from pos.domain.item import Item
from pos.domain.measure_codes import Measure, MeasureOf
from pos.domain.money import Money, Quantity, Unit, divide_half_up, exponent_of, extend
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import NO_ANSWERS, Answers, PriceSource, Weighed, WeightSource, is_weighed
from pos.domain.scanned_code import (
    BadgeCode,
    CouponCode,
    CustomerCode,
    GiftCardCode,
    GiftReceiptCode,
    Gs1Code,
    ItemCode,
    MeasureCode,
    ReceiptCode,
    ReturnCode,
    ScannedCode,
    SlipCode,
    classify,
)
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import find_card

_SHOWN = 40
# The pound in kilograms: 0.45359237 by definition.
_POUND, _KILOGRAM = 45_359_237, 100_000_000
_NOT_ITEMS: dict[type[ScannedCode], str] = {
    ReceiptCode: "receipt",
    GiftReceiptCode: "gift_receipt",
    ReturnCode: "return_receipt",
    SlipCode: "slip",
    BadgeCode: "badge",
    CustomerCode: "customer",
    GiftCardCode: "gift_card",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """An item as the code names it. `item` is a piece at the label's price where only that is known for certain.

    `quantity` is how much the code says, None where it leaves that to the cashier; `answers` what else it says.
    """

    item: Item
    scanned: str
    quantity: Quantity | None = None
    answers: Answers = NO_ANSWERS

    def asked(self, quantity: Quantity | None) -> Quantity | None:
        """How much is sold where the cashier asks for so many of this label; None where they leave it to the code."""
        if quantity is None or self.quantity is None:
            return quantity or self.quantity
        return Quantity(self.quantity.thousandths * quantity.thousandths // 1000, self.quantity.unit)

    def with_answers(self, given: Answers, quantity: Quantity | None) -> Answers:
        """What the code says and what was answered besides; a person's word goes before the label's."""
        said = self.answers
        if said is NO_ANSWERS and self.quantity is None:
            return given
        amount = self.asked(quantity)
        weighed = given.weighed
        if weighed is None and self.quantity is not None and amount is not None and is_weighed(self.item.unit):
            weighed = Weighed(amount, WeightSource.CODE)
        priced = said if given.price is None else given
        return replace(
            given,
            price=priced.price,
            price_source=priced.price_source,
            weighed=weighed,
            serials=given.serials or said.serials,
            expires=given.expires or said.expires,
        )


def resolve(work: UnitOfWork, desk: Desk, text: str) -> Resolved | Refused:
    """What to ring up. Refused: CODE_UNREADABLE, ITEM_UNKNOWN, NOT_AN_ITEM, COUPON_UNKNOWN, MEASURE_UNFIT,
    QUANTITY_INVALID, AMOUNT_INVALID.
    """
    code = classify(text, desk.rules.measure_rules)
    shown = text.strip()
    keys: tuple[str, ...] = getattr(code, "keys", ())
    if not keys and type(code) in _NOT_ITEMS:
        keys = (shown,)
    item = work.items.find_by_code(keys, desk.now()) if keys else None
    if item is not None:
        return Resolved(item, shown)
    match code:
        case MeasureCode():
            return _measured(work, desk, code.measure, shown)
        case Gs1Code():
            return _gs1(work, desk, code)
        case CouponCode():
            return Refused(Code.COUPON_UNKNOWN, {"code": shown[:_SHOWN]})
        case ItemCode():
            return Refused(Code.ITEM_UNKNOWN, {"code": shown[:_SHOWN]})
    kind = _NOT_ITEMS.get(type(code))
    if kind is not None:
        card = find_card(work, desk, code.number) if isinstance(code, GiftCardCode) else None
        return Refused(Code.NOT_AN_ITEM, {"kind": kind} | ({} if card is None else _on_card(desk, card)))
    return Refused(Code.CODE_UNREADABLE, {"code": _printable(shown)})


def _on_card(desk: Desk, card: GiftCard) -> dict[str, object]:
    """What is on a gift card that was scanned where items are, and whether it pays."""
    balance = Money(card.balance, desk.rules.currency)
    return {"card": card.shown, "balance": balance, "state": card.state(desk.local(desk.now()).date()).value}


def _measured(work: UnitOfWork, desk: Desk, measure: Measure, shown: str) -> Resolved | Refused:
    """An in-store code by its rule."""
    item = work.items.find_by_measure_code(measure.beginnings, desk.now())
    if item is None:
        return Refused(Code.ITEM_UNKNOWN, {"code": shown[:_SHOWN]})
    rule = measure.rule
    if rule.of is MeasureOf.WEIGHT:
        weight = Quantity(measure.value * 10 ** (3 - rule.decimals), rule.unit)
        return _by_weight(item, weight, shown, NO_ANSWERS)
    if rule.of is MeasureOf.COUNT:
        if item.unit is not Unit.PIECE:
            return _unfit(item, Quantity.pieces(measure.value))
        return Resolved(item, shown, Quantity.pieces(measure.value))
    price = _minor(measure.value, rule.decimals, desk.rules.currency)
    if price is None:
        return Refused(Code.CODE_UNREADABLE, {"code": _printable(shown)})
    return _at_price(item, Money(price, desk.rules.currency), shown, NO_ANSWERS, weigh=rule.weigh)


def _gs1(work: UnitOfWork, desk: Desk, code: Gs1Code) -> Resolved | Refused:
    today = desk.local(desk.now()).date()
    try:
        content = late_gs1_content.read_gs1(code.text, code.form, today)
    except late_gs1_content.Gs1Invalid:
        return Refused(Code.CODE_UNREADABLE, {"code": _printable(code.text)})
    if content.coupon:
        return Refused(Code.COUPON_UNKNOWN, {"code": content.spelled[:_SHOWN]})
    if content.customer:
        return Refused(Code.NOT_AN_ITEM, {"kind": "customer"})
    if not content.gtin:
        return Refused(Code.CODE_UNREADABLE, {"code": _printable(content.spelled)})
    item = work.items.find_by_code((gtin_key(content.gtin),), desk.now())
    if item is None:
        return Refused(Code.ITEM_UNKNOWN, {"code": content.spelled[:_SHOWN]})
    return _with_content(desk, item, content)


def _with_content(desk: Desk, item: Item, content: late_gs1_content.Gs1Content) -> Resolved | Refused:
    """The item as its element strings say: a price on the label goes before the weight beside it."""
    answers = Answers(
        serials=(content.serial,) if content.serial else (),
        expires="" if content.expires is None else content.expires.isoformat(),
    )
    if content.price is not None:
        currency = content.price.currency or desk.rules.currency
        price = _minor(content.price.digits, content.price.decimals, currency)
        if price is None or currency != desk.rules.currency:
            return Refused(Code.CODE_UNREADABLE, {"code": _printable(content.spelled)})
        weight = None if content.weight is None else _in_unit(content.weight, item.unit)
        if weight is not None and weight.sellable and extend(item.unit_price_minor, weight) == price:
            return _by_weight(item, weight, content.spelled, answers)
        return _at_price(item, Money(price, currency), content.spelled, answers, weigh=False)
    # A net weight on something sold by the piece only says how heavy it is.
    if content.weight is not None and is_weighed(item.unit):
        return _by_weight(item, content.weight, content.spelled, answers)
    if content.count is not None and item.unit is Unit.PIECE:
        return Resolved(item, content.spelled, Quantity.pieces(content.count), answers)
    return Resolved(item, content.spelled, None, answers)


def _by_weight(item: Item, weight: Quantity, scanned: str, answers: Answers) -> Resolved | Refused:
    amount = _in_unit(weight, item.unit)
    if amount is None:
        return _unfit(item, weight)
    if not amount.sellable:
        return Refused(Code.QUANTITY_INVALID, {"quantity": amount})
    return Resolved(item, scanned, amount, answers)


def _at_price(item: Item, price: Money, scanned: str, answers: Answers, *, weigh: bool) -> Resolved | Refused:
    """One piece at the label's price: that is what the customer read, and no weight is made up for it.

    With `weigh` it is the weight that comes to this price at the item's own, where there is one to the gram.
    """
    if price.minor <= 0:
        return Refused(Code.AMOUNT_INVALID, {"amount": price})
    if weigh and is_weighed(item.unit) and item.unit_price_minor > 0:
        weight = Quantity(divide_half_up(price.minor * 1000, item.unit_price_minor), item.unit)
        if weight.sellable and extend(item.unit_price_minor, weight) == price.minor:
            return Resolved(item, scanned, weight, answers)
    labelled = replace(answers, price=price.minor, price_source=PriceSource.CODE)
    return Resolved(replace(item, unit=Unit.PIECE), scanned, Quantity.pieces(1), labelled)


def _unfit(item: Item, measure: Quantity) -> Refused:
    return Refused(Code.MEASURE_UNFIT, {"item": item.name, "measure": measure})


def _in_unit(weight: Quantity, unit: Unit) -> Quantity | None:
    """A weight in another unit of weight, to the nearest thousandth; None where it is no unit of weight."""
    if weight.unit is unit:
        return weight
    if not is_weighed(unit):
        return None
    up, down = (_POUND, _KILOGRAM) if unit is Unit.KG else (_KILOGRAM, _POUND)
    return Quantity(divide_half_up(weight.thousandths * up, down), unit)


def _minor(digits: int, decimals: int, currency: str) -> int | None:
    """A scaled number in minor units; None where it is finer than the currency."""
    shift = exponent_of(currency) - decimals
    if shift >= 0:
        return int(digits * 10**shift)
    minor, finer = divmod(digits, int(10**-shift))
    return None if finer else minor


def _printable(text: str) -> str:
    """What can be shown of a code that may hold anything."""
    return "".join(character if character.isprintable() else "�" for character in text[:_SHOWN])

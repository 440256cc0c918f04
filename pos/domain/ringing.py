"""From an item and what was said about it to a line of the basket, or to what is still to be asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pos.domain.basket import LINES_MAX, Basket, BasketLine
from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.money import Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import (
    AGE_YEARS_MAX,
    OPEN_PRICE_MAX,
    WEIGHT_MAX_THOUSANDTHS,
    Answers,
    Ask,
    Needs,
    PriceSource,
    Weighed,
    WeightSource,
    is_weighed,
    note_readable,
    old_enough_from,
    serial_readable,
    would_ask,
)

_CODES = {
    Ask.AGE: Code.AGE_NOT_SEEN,
    Ask.PRICE: Code.PRICE_REQUIRED,
    Ask.WEIGHT: Code.WEIGHT_REQUIRED,
    Ask.SERIAL: Code.SERIAL_REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One item on its way into the basket: what was scanned, how many were asked for, what is known beside it.

    `today` is the shop's day. `scale_there`: this workstation has a scale, so that a weight typed wants a reason.
    `carried` are the containers one unit of the item goes with, and how many of each.
    """

    item: Item
    scanned: str
    quantity: Quantity | None
    answers: Answers
    operator: str
    today: date
    currency: str
    scale_there: bool = False
    carried: tuple[tuple[Item, int], ...] = ()


def ring_up(basket: Basket, call: Call) -> Basket | Refused:
    """The basket with one more line, and what is lent with it. Needs where something is still to be asked.

    A container by itself is an empty that comes back, and so is what a unit goes with where only empties come back.

    Refused: LINE_LIMIT, AGE_TOO_YOUNG, BIRTH_DATE_INVALID, PRICE_LIMIT, PRICE_FIXED, QUANTITY_INVALID, WEIGHT_INVALID,
    REASON_REQUIRED, SERIAL_INVALID, SERIAL_TWICE, SERIAL_COUNT, NOTE_INVALID, NO_DEPOSIT.
    """
    if len(basket.lines) + len(call.carried) >= LINES_MAX:
        return Refused(Code.LINE_LIMIT, {"limit": LINES_MAX})
    item, answers = call.item, call.answers
    if answers.empties and not item.container:
        return _take_back(basket, call)
    weighed = _weighed(call)
    amount = _amount(call, weighed)
    refused = (
        _age_refused(basket, call)
        or _price_refused(item, answers, call.currency)
        or (weight_refused(weighed, item.unit, scale_there=call.scale_there) if weighed else None)
        or _amount_refused(call, amount)
        or serials_refused(basket, answers.serials)
        or (None if note_readable(answers.note) else Refused(Code.NOTE_INVALID))
    )
    if refused is not None:
        return refused
    asks = _asks(basket, call, amount)
    if asks or amount is None:
        return _needs(call, asks)
    rung = basket.with_line(_line(call, amount, weighed))
    for container, each in call.carried:
        rung = rung.with_line(_lent(call, container, amount, each))
    return rung if item.age <= basket.age_seen else replace(rung, age_seen=item.age)


def _line(call: Call, amount: Quantity, weighed: Weighed | None) -> BasketLine:
    item, answers = call.item, call.answers
    price = item.unit_price_minor if answers.price is None else answers.price
    return BasketLine(
        item=item.id,
        name=item.name,
        unit_price=-price if item.container else price,
        taxes=item.taxes,
        quantity=amount,
        scanned=call.scanned,
        operator=call.operator,
        department=item.department,
        serials=answers.serials if item.serial else (),
        note=answers.note,
        price_source=PriceSource.SHELF if answers.price is None else answers.price_source,
        weight_source=WeightSource.NONE if weighed is None else weighed.source,
        weight_reason="" if weighed is None else weighed.reason,
        tare=0 if weighed is None else weighed.tare,
        expires=answers.expires,
        age=item.age,
        family=item.family,
        flags=item.flags,
        not_discountable=item.not_discountable or item.container,
        final_sale=item.final_sale,
        container=item.container,
        quantity_prices=item.quantity_prices if answers.price is None and not item.container else (),
    )


def _lent(call: Call, container: Item, amount: Quantity, each: int) -> BasketLine:
    """The deposit of a container that goes with the line above it."""
    return BasketLine(
        item=container.id,
        name=container.name,
        unit_price=container.unit_price_minor,
        taxes=container.taxes,
        quantity=Quantity(amount.thousandths * each),
        scanned=container.id,
        operator=call.operator,
        department=container.department,
        not_discountable=True,
        container=True,
        each=each,
    )


def _take_back(basket: Basket, call: Call) -> Basket | Refused:
    """What a unit of the item goes with, as empties that come back."""
    units = Quantity.pieces(1) if call.quantity is None else call.quantity
    if not units.sellable or units.unit is not Unit.PIECE:
        return Refused(Code.QUANTITY_INVALID, {"quantity": units})
    if not call.carried:
        return Refused(Code.NO_DEPOSIT, {"item": call.item.name})
    for container, each in call.carried:
        lent = _lent(call, container, units, each)
        basket = basket.with_line(replace(lent, unit_price=-lent.unit_price, each=0, scanned=call.scanned))
    return basket


def _weighed(call: Call) -> Weighed | None:
    """The weight as said; a bare quantity of something that is not sold by the piece was typed."""
    if call.item.unit is Unit.PIECE:
        return None
    if call.answers.weighed is not None or call.quantity is None:
        return call.answers.weighed
    unit = call.item.unit if call.quantity.unit is Unit.PIECE else call.quantity.unit
    # "3 *" is typed before anybody knows what is scanned: three of whatever the item is sold by.
    return Weighed(Quantity(call.quantity.thousandths, unit))


def _amount(call: Call, weighed: Weighed | None) -> Quantity | None:
    """How much is sold; None where only a scale or the cashier can say."""
    if call.item.unit is not Unit.PIECE:
        return None if weighed is None else weighed.net
    if call.quantity is not None:
        return call.quantity
    return Quantity.pieces(max(1, len(call.answers.serials)) if call.item.serial else 1)


def _age_refused(basket: Basket, call: Call) -> Refused | None:
    born = call.answers.born
    if born is None or call.item.age <= basket.age_seen:
        return None
    if not call.today.year - AGE_YEARS_MAX <= born.year or born > call.today:
        return Refused(Code.BIRTH_DATE_INVALID)
    possible = old_enough_from(born, call.item.age)
    if possible > call.today:
        return Refused(Code.AGE_TOO_YOUNG, {"item": call.item.name, "age": call.item.age, "from": possible})
    return None


def _price_refused(item: Item, answers: Answers, currency: str) -> Refused | None:
    if answers.price is None:
        return None
    if not item.open_price and answers.price_source is PriceSource.OPEN:
        return Refused(Code.PRICE_FIXED, {"item": item.name})
    return price_refused(answers.price, currency)


def price_refused(price: int, currency: str) -> Refused | None:
    """A price typed by hand is more than nothing and no more than any label holds."""
    return None if 0 < price <= OPEN_PRICE_MAX else Refused(Code.PRICE_LIMIT, {"most": Money(OPEN_PRICE_MAX, currency)})


def weight_refused(weighed: Weighed, unit: Unit, *, scale_there: bool) -> Refused | None:
    """A weight is in the item's own unit, more than its packing, below what a counter bears, and typed for a reason."""
    net = weighed.net
    if weighed.gross.unit is not unit or not net.sellable or weighed.tare < 0:
        return Refused(Code.WEIGHT_INVALID if weighed.tare else Code.QUANTITY_INVALID, {"quantity": net})
    if is_weighed(unit) and weighed.gross.thousandths > WEIGHT_MAX_THOUSANDTHS:
        return Refused(Code.WEIGHT_INVALID, {"quantity": weighed.gross})
    by_hand = weighed.source is WeightSource.TYPED and is_weighed(unit)
    if by_hand and scale_there and not weighed.reason:
        return Refused(Code.REASON_REQUIRED)
    return None


def _amount_refused(call: Call, amount: Quantity | None) -> Refused | None:
    if amount is None:
        return None
    if not amount.sellable or amount.unit is not call.item.unit:
        return Refused(Code.QUANTITY_INVALID, {"quantity": amount})
    given = len(call.answers.serials)
    if call.item.serial and given and amount != Quantity.pieces(given):
        return Refused(Code.SERIAL_COUNT, {"quantity": amount, "given": given})
    return None


def serials_refused(basket: Basket, serials: Sequence[str], line: int | None = None) -> Refused | None:
    """Serial numbers are readable and nowhere else in the sale; `line` is one whose numbers are being replaced."""
    for serial in serials:
        if not serial_readable(serial):
            return Refused(Code.SERIAL_INVALID, {"serial": serial.strip()[:40]})
    elsewhere = {serial for number, other in enumerate(basket.lines) if number != line for serial in other.serials}
    for position, serial in enumerate(serials):
        if serial in elsewhere or serial in serials[:position]:
            return Refused(Code.SERIAL_TWICE, {"serial": serial})
    return None


def _asks(basket: Basket, call: Call, amount: Quantity | None) -> tuple[Ask, ...]:
    asks = would_ask(call.item, call.answers, basket.age_seen)
    return tuple(ask for ask in asks if ask is not Ask.WEIGHT or amount is None)


def _needs(call: Call, asks: tuple[Ask, ...]) -> Needs:
    pieces = call.quantity.thousandths // 1000 if call.quantity is not None else 1
    return Needs(
        _CODES[asks[0]],
        {"item": call.item.name, "age": call.item.age, "count": pieces},
        item=call.item,
        asks=asks,
        scanned=call.scanned,
        quantity=call.quantity,
        serials=pieces if call.item.serial else 0,
    )

"""One line of a script rung up as a cashier would: what was typed beside the code answers what the item asks."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.item import Item
from pos.domain.money import AmountUnreadable, Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Answers, Weighed, is_weighed
from pos.script.lane import Lane
from pos.script.sale_steps import TypedLine
from pos.services.books_report import items_of
from pos.services.sale import SaleView


def ring_up(lane: Lane, typed: TypedLine) -> SaleView | Refused:
    """A quantity is read in the unit of its item; one that cannot be read is refused as it was typed."""
    if typed.by in {"gift_card", "reload", "account_payment"}:
        return _load(lane, typed)
    item = _find(lane, typed)
    if item is None:
        return lane.sale.add_item(typed.code) if typed.by == "item" else lane.sale.scan(typed.code)
    wanted = "1" if typed.quantity is None else typed.quantity
    try:
        quantity: Quantity | None = Quantity.read(wanted, item.unit)
    except AmountUnreadable:
        # No quantity at all, so that whoever may not sell is told that first.
        quantity = Quantity(0, item.unit)
    if typed.quantity is None and item.serial and typed.serials:
        quantity = None
    weighed = _weighed(lane, typed, item, quantity)
    if isinstance(weighed, Refused):
        return weighed
    answers = Answers(
        price=None if typed.price is None else read_price(typed.price, lane),
        weighed=weighed,
        age_seen=typed.age_seen,
        serials=typed.serials,
        empties=typed.empties,
    )
    if typed.by == "item":
        answer = lane.sale.add(item, scanned=typed.code, quantity=quantity, answers=answers)
    else:
        answer = lane.sale.scan(typed.code, quantity, answers)
    return as_typed(answer, Code.QUANTITY_INVALID, quantity=wanted) if isinstance(answer, Refused) else answer


def _load(lane: Lane, typed: TypedLine) -> SaleView | Refused:
    """A card to be sold or loaded, `new` is one the shop gives its number; or what a customer pays off."""
    amount, cards = read_price(typed.amount, lane), lane.station.gift_cards
    if typed.by == "account_payment":
        answer = lane.station.house_accounts.pay_off(None if typed.amount == "exact" else amount)
    elif typed.by == "reload":
        answer = cards.reload(typed.code, amount)
    else:
        answer = cards.sell(amount, "" if typed.code == "new" else typed.code)
    lane.cards_named.append(typed.code)
    return as_typed(answer, Code.AMOUNT_INVALID, amount=typed.amount) if isinstance(answer, Refused) else answer


def read_price(text: str, lane: Lane) -> int:
    """A price as typed, in minor units; what is none becomes one that no item may have."""
    try:
        return Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return -1


def as_typed(refused: Refused, code: Code, **typed: str) -> Refused:
    """The refusal with the value as the cashier typed it, where it is about that value."""
    return Refused(code, {**refused.facts, **typed}) if refused.code is code else refused


def _find(lane: Lane, typed: TypedLine) -> Item | None:
    if typed.by == "item":
        return items_of(lane.station.desk, [typed.code]).get(typed.code)
    return lane.station.catalogue.find(typed.code)


def _weighed(lane: Lane, typed: TypedLine, item: Item, quantity: Quantity | None) -> Weighed | Refused | None:
    """From the scale where the script put something on it and says no quantity; else as typed, with its packing."""
    tare = 0 if typed.tare is None else _tare(typed.tare)
    if lane.weighs and typed.quantity is None and typed.by != "scan" and is_weighed(item.unit):
        shown = lane.station.weighing.read(tare=tare)
        if isinstance(shown, Refused):
            return shown
        return replace(shown, gross=Quantity(shown.gross.thousandths, item.unit))
    if typed.tare is None or item.unit is Unit.PIECE or quantity is None:
        return None
    return Weighed(quantity, tare=tare)


def _tare(text: str) -> int:
    try:
        return Quantity.read(text, Unit.KG).thousandths
    except AmountUnreadable:
        return -1

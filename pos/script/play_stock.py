"""Goods of a script that came back opened, put on the shelf at a price of their own."""

from __future__ import annotations

from pos.domain.money import AmountUnreadable, Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.script import results
from pos.script.lane import Lane
from pos.script.results import Result, money
from pos.script.stock_steps import ShelveOpenBox
from pos.services.crash import dying_at_commit


def play_open_box(lane: Lane, body: ShelveOpenBox) -> Result:
    """Put them there, as whoever is signed on may."""
    currency = lane.station.desk.rules.currency
    try:
        price = Money.read(body.price, currency).minor
    except AmountUnreadable:
        unreadable = Refused(Code.PRICE_UNREADABLE, {"price": body.price[:24], "currency": currency})
        return results.refusal(unreadable, lane.words)
    item = lane.station.catalogue.get(body.item)
    lying = _thousandths(body.quantity, Unit.PIECE if item is None else item.unit)
    with dying_at_commit(lane.station.desk, lane.dies_at):
        shelved = lane.station.stock.shelve_open_box(body.item, price, lying)
    if isinstance(shelved, Refused):
        return results.refusal(shelved, lane.words)
    return {"item": shelved.id, "name": shelved.name, "price": money(shelved.unit_price_minor, currency)}


def _thousandths(typed: str, unit: Unit) -> int:
    """What is no quantity goes in as one that nothing can have."""
    try:
        return Quantity.read(typed, unit).thousandths
    except AmountUnreadable:
        return 0

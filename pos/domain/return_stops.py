"""What no policy and nobody can turn into a yes: more than was sold or paid, back already, the wrong thing, no sale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Effect, Reason, Remedy
from pos.domain.return_line import CaseLine, stands_for
from pos.domain.return_request import serials_of
from pos.domain.stored_value import StoredAct


def hard_stops(line: CaseLine) -> tuple[Reason, ...]:
    """Everything of that kind that stands against the line."""
    found = [reason for stop in _STOPS for reason in stop(line)]
    return tuple(found)


def stops_without_goods(case: ReturnCase) -> tuple[Reason, ...]:
    """What stands against money without goods, or against a request that asks for nothing."""
    request, purchase = case.request, case.purchase
    if request.amount is None:
        return () if request.lines else (_no(Code.RETURN_EMPTY, 0),)
    if purchase is None:
        return (_no(Code.NO_RECEIPT, 0, facts={"item": case.request.reason or "—"}),)
    if purchase.training:
        return (_no(Code.RECEIPT_OF_TRAINING, 0, facts={"receipt": purchase.receipt}),)
    if purchase.voided:
        return (_no(Code.SALE_VOIDED, 0, facts={"receipt": purchase.receipt}),)
    return ()


def _no(code: Code, number: int, *, remedy: Remedy | None = None, **known: object) -> Reason:
    facts = known.pop("facts", {})
    return Reason(
        code,
        Effect.REFUSES,
        code.value.lower(),
        line=number,
        value=known.get("value"),
        limit=known.get("limit"),
        remaining=known.get("remaining"),
        facts=facts if isinstance(facts, Mapping) else {},
        remedy=remedy,
    )


def _the_sale(line: CaseLine) -> Iterator[Reason]:
    purchase = line.case.purchase
    if purchase is None:
        if line.goods is None:
            yield _no(Code.ITEM_UNKNOWN, line.number, facts={"item": line.asked.item})
        return
    if purchase.training:
        yield _no(Code.RECEIPT_OF_TRAINING, line.number, facts={"receipt": purchase.receipt})
    if purchase.voided:
        yield _no(Code.SALE_VOIDED, line.number, facts={"receipt": purchase.receipt})
    if line.sold is None and line.asked.line:
        yield _no(Code.LINE_UNKNOWN, line.number, facts={"line": line.asked.line})
    elif line.sold is None:
        facts = {"item": line.name, "sold": ", ".join(dict.fromkeys(one.name for one in purchase.lines))}
        yield _no(Code.ITEM_MISMATCH, line.number, facts=facts)


def _the_thing(line: CaseLine) -> Iterator[Reason]:
    """What lies on the counter is what was sold, or what an even exchange handed out for it."""
    sold, item = line.sold, line.asked.item
    if sold is None or not item or item == sold.item or stands_for(line.case, sold, item):
        return
    name = line.goods.name if line.goods is not None else item
    yield _no(Code.ITEM_MISMATCH, line.number, value=item, limit=sold.item, facts={"item": name, "sold": sold.name})


def _the_quantity(line: CaseLine) -> Iterator[Reason]:
    asked = line.asked.quantity
    if not _whole(asked, line):
        yield _no(Code.QUANTITY_INVALID, line.number, value=asked.thousandths, facts={"quantity": asked})
        return
    sold = line.sold
    if sold is None:
        return
    left = max(0, sold.left.thousandths - line.before)
    if asked.thousandths <= left:
        return
    facts = {
        "item": line.name,
        "quantity": asked,
        "left": Quantity(left, sold.quantity.unit),
        "sold": sold.quantity,
    }
    if not left and sold.returned:
        yield _no(
            Code.ALREADY_RETURNED, line.number, facts=facts, value=asked.thousandths, limit=sold.quantity.thousandths
        )
        return
    change = {"place": line.place, "quantity": Quantity(left, asked.unit)}
    remedy = Remedy("LESS_QUANTITY", {"quantity": Quantity(left, asked.unit)}, change) if left else None
    yield _no(
        Code.QTY_EXCEEDS_SOLD,
        line.number,
        remedy=remedy,
        facts=facts,
        value=asked.thousandths,
        limit=sold.quantity.thousandths,
        remaining=left,
    )


def _the_serial(line: CaseLine) -> Iterator[Reason]:
    """The pieces that come back are pieces of this line, by their serial numbers."""
    sold, given = line.sold, serials_of(line.asked.serial)
    if sold is None:
        if line.goods is not None and line.goods.serial and not given:
            yield _no(Code.SERIAL_REQUIRED, line.number, facts={"item": line.name, "count": line.pieces})
        return
    for serial in given:
        facts: dict[str, object] = {"item": line.name, "serial": serial}
        if serial in sold.back_serials:
            yield _no(Code.ALREADY_RETURNED, line.number, value=serial, facts=facts)
        elif serial not in sold.serials and not sold.exchanged:
            yield _no(Code.SERIAL_MISMATCH, line.number, value=serial, facts=facts)
    if not sold.serials or len(set(given)) >= line.pieces or not sold.left.thousandths:
        return
    there = [serial for serial in sold.serials if serial not in sold.back_serials and serial not in given]
    wanted = (*given, *there)[: line.pieces]
    remedy = Remedy("SCAN_SERIAL", {}, {"place": line.place, "serial": " ".join(wanted)})
    count: dict[str, object] = {"item": line.name, "count": line.pieces - len(set(given))}
    yield _no(Code.SERIAL_REQUIRED, line.number, remedy=remedy if len(wanted) == line.pieces else None, facts=count)


def _the_piece(line: CaseLine) -> Iterator[Reason]:
    """One piece comes back once: not again under another proof, and not twice at a time."""
    item = line.asked.item or ("" if line.sold is None else line.sold.item)
    known = () if line.sold is None else line.sold.back_serials
    for serial in serials_of(line.asked.serial):
        twice = any(serial in serials_of(one.serial) for one in line.case.request.lines[: line.place])
        if twice or ((item, serial) in line.case.in_the_shop and serial not in known):
            facts: dict[str, object] = {"item": line.name, "serial": serial}
            yield _no(Code.SERIAL_RETURNED, line.number, value=serial, facts=facts)


def _the_gift_card(line: CaseLine) -> Iterator[Reason]:
    """Money put on a card of the shop comes back only while all of it is there."""
    stored = line.sold.stored if line.sold is not None else None
    if stored is None or stored.act is StoredAct.ACCOUNT:
        return
    card = line.case.cards.get(stored.account)
    if card is None or card.used or card.balance < (line.sold.total if line.sold is not None else 0):
        yield _no(Code.GIFT_CARD_USED, line.number, facts={"item": line.name, "card": stored.shown})


def _whole(asked: Quantity, line: CaseLine) -> bool:
    """More than nothing, and whole where pieces were sold."""
    unit = line.sold.quantity.unit if line.sold is not None else asked.unit
    return asked.thousandths > 0 and (unit is not Unit.PIECE or asked.thousandths % 1000 == 0)


_STOPS: tuple[Callable[[CaseLine], Iterator[Reason]], ...] = (
    *(_the_sale, _the_thing, _the_quantity, _the_serial, _the_piece, _the_gift_card),
)

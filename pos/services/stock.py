"""Goods on hand: received, counted, corrected; sales take theirs inside their own unit of work."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from pos.domain import item_check
from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity
from pos.domain.open_box import OPEN_BOX, open_box_id, open_box_of
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.stock import STOCK_MAX_THOUSANDTHS, Disposition, MoveKind, StockMove, StockReason, countable
from pos.persistence.stock import StockRecord
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.catalogue import item_told
from pos.services.desk import Desk, Fact, record
from pos.wording import Wording

NOTE_LENGTH_MAX = 120


@dataclass(frozen=True, slots=True)
class StockLine:
    """So much of an item, in thousandths of its unit: received, counted, or (negative: gone) corrected."""

    item: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class StockView:
    """What lies there of an item, in its own unit."""

    item: Item
    on_hand: int

    @property
    def low(self) -> bool:
        """Less than its limit, where it has one."""
        return self.item.stock_min is not None and self.on_hand < self.item.stock_min


@dataclass(frozen=True, slots=True)
class MovementView:
    """A movement as a list shows it; `reason` and `note` as somebody gave them, `receipt` of a sale's identity."""

    kind: MoveKind
    quantity: int
    at: datetime
    operator: str | None
    reason: StockReason | None
    note: str
    transaction: str | None


class Stock:
    """What lies in this shop. Reading needs nobody signed on, changing a manager."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def on_hand(self, item_ids: Sequence[str]) -> tuple[StockView, ...]:
        """What lies there of each of these items that there are, in this order; nothing where none ever moved."""
        with self._desk.shop.books.reading() as work:
            items = work.items.get_many(item_ids, self._desk.now())
            lying = work.stock.on_hand(item_ids)
        return tuple(
            StockView(items[item_id], lying.get(item_id, {}).get(Disposition.SELLABLE, 0))
            for item_id in item_ids
            if item_id in items
        )

    def low(self, limit: int = 500) -> tuple[StockView, ...]:
        """Items of which less is there than their limit, the most wanting first."""
        with self._desk.shop.books.reading() as work:
            found = work.stock.low(limit)
            items = work.items.get_many([item_id for item_id, _ in found], self._desk.now())
        return tuple(StockView(items[item_id], on_hand) for item_id, on_hand in found)

    def movements(self, item_id: str, limit: int = 200) -> tuple[MovementView, ...]:
        """The last movements of an item, the latest first."""
        with self._desk.shop.books.reading() as work:
            return tuple(_view(one) for one in work.stock.of_item(item_id, limit))

    def receive(self, lines: Sequence[StockLine], note: str = "") -> tuple[StockView, ...] | Refused:
        """Take goods in; `note` names the delivery note or the supplier. Answers with what lies there now.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_UNKNOWN, STOCK_INVALID, ITEM_TEXT_INVALID.
        """
        return self._write(EntryKind.GOODS_RECEIVED, MoveKind.RECEIVING, lines, _as_said, note=note)

    def count(self, lines: Sequence[StockLine], note: str = "") -> tuple[StockView, ...] | Refused:
        """Say what was counted on the shelf: the difference moves. Refused as `receive`."""
        return self._write(
            EntryKind.STOCK_COUNTED, MoveKind.COUNT, lines, lambda line, lying: line.thousandths - lying, note=note
        )

    def correct(self, line: StockLine, reason: StockReason, note: str = "") -> tuple[StockView, ...] | Refused:
        """Put goods there (positive) or take them away (negative) for a reason. Refused as `receive`."""
        return self._write(
            EntryKind.STOCK_CORRECTED,
            MoveKind.CORRECTION,
            [line],
            _as_said,
            note=note,
            reason=reason,
        )

    def open_boxes(self, item_id: str) -> int:
        """How many thousandths of an item came back opened and are not on the shelf."""
        with self._desk.shop.books.reading() as work:
            return work.stock.on_hand([item_id]).get(item_id, {}).get(Disposition.OPEN_BOX, 0)

    def shelve_open_box(self, item_id: str, price: int, thousandths: int = 1000) -> Item | Refused:
        """Put opened goods of an item on the shelf as an item of its own, at `price` minor units a unit: the one of
        that price that there is, or a new one. Answers with it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_UNKNOWN, STOCK_INVALID where so many do not lie there, CODE_TAKEN,
        and whatever `check_item` says.
        """
        desk = self._desk
        operator = desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        now = desk.now()
        with desk.shop.books.writing() as work:
            item = work.items.get(item_id, now)
            if item is None:
                return Refused(Code.ITEM_UNKNOWN, {"code": item_id[:40]})
            lying = work.stock.on_hand([item_id]).get(item_id, {}).get(Disposition.OPEN_BOX, 0)
            if not 0 < thousandths <= lying or not countable(thousandths, item.unit):
                return Refused(Code.STOCK_INVALID)
            made = _open_box(work, desk, item, price)
            if isinstance(made, Refused):
                return made
            shelved, is_new = made
            if is_new:
                work.items.add_many([shelved])
                added: dict[str, object] = {"item": item_told(shelved)}
                record(work, desk, Fact(EntryKind.ITEM_ADDED, now, operator.id, shelved.id, added))
            moves = [
                StockMove(1, item.id, MoveKind.OPEN_BOX, -thousandths, Disposition.OPEN_BOX),
                StockMove(2, shelved.id, MoveKind.OPEN_BOX, thousandths),
            ]
            payload: dict[str, object] = {
                "moved": [[move.item, move.disposition.value, move.quantity] for move in moves],
                "becomes": shelved.id,
                "price": price,
                "note": shelved.id,
            }
            head = record(work, desk, Fact(EntryKind.OPEN_BOX_SHELVED, now, operator.id, item.id, payload))
            work.stock.move(moves, head)
            work.commit()
        desk.shop.anchor(head)
        return shelved

    def _write(
        self,
        entry: EntryKind,
        kind: MoveKind,
        lines: Sequence[StockLine],
        moved: Callable[[StockLine, int], int],
        *,
        note: str,
        reason: StockReason | None = None,
    ) -> tuple[StockView, ...] | Refused:
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        note = " ".join(note.split())
        if len(note) > NOTE_LENGTH_MAX or not note.isprintable():
            return Refused(Code.ITEM_TEXT_INVALID)
        ids = [line.item for line in lines]
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            refused = _check(lines, work.items.get_many(ids, now), kind)
            if refused is not None:
                return refused
            lying = {item: levels.get(Disposition.SELLABLE, 0) for item, levels in work.stock.on_hand(ids).items()}
            moves: list[StockMove] = []
            for position, line in enumerate(lines, start=1):
                quantity = moved(line, lying.get(line.item, 0))
                lying[line.item] = lying.get(line.item, 0) + quantity
                moves.append(StockMove(position, line.item, kind, quantity))
            if any(abs(quantity) > STOCK_MAX_THOUSANDTHS for quantity in lying.values()):
                return Refused(Code.STOCK_INVALID)
            payload: dict[str, object] = {
                "moved": [[move.item, move.disposition.value, move.quantity] for move in moves],
                "on_hand": lying,
                "reason": "" if reason is None else reason.value,
                "note": note,
            }
            subject = ids[0] if len(ids) == 1 else None
            head = record(work, self._desk, Fact(entry, now, operator.id, subject, payload))
            work.stock.move(moves, head)
            work.commit()
        self._desk.shop.anchor(head)
        return self.on_hand(list(dict.fromkeys(ids)))


def _as_said(line: StockLine, _lying: int) -> int:
    return line.thousandths


def quantity_of(thousandths: int, item: Item) -> Quantity:
    """So much of an item as people read it; a sign stays."""
    return Quantity(thousandths, item.unit)


def _open_box(work: UnitOfWork, desk: Desk, item: Item, price: int) -> tuple[Item, bool] | Refused:
    """The item that opened goods become at this price, and whether it is new."""
    now, number = desk.now(), 1
    while (there := work.items.get(open_box_id(item.id, number), now)) is not None:
        if OPEN_BOX in there.flags and there.active and there.unit_price_minor == price:
            return there, False
        number += 1

    def called(language: str, name: str) -> str:
        return Wording(language or desk.rules.language).say("{item}, open box", item=name)

    made = open_box_of(item, open_box_id(item.id, number), called, price)
    refused = item_check.check_item(made, desk.rules)
    if refused is not None:
        return refused
    owners = work.items.owners(made.codes)
    return Refused(Code.CODE_TAKEN, {"code": made.id, "item": owners[made.id]}) if owners else (made, True)


def _check(lines: Sequence[StockLine], items: dict[str, Item], kind: MoveKind) -> Refused | None:
    """Everything is there, nothing is counted below nothing, and what moves is something."""
    if not lines:
        return Refused(Code.STOCK_INVALID)
    for line in lines:
        if line.item not in items:
            return Refused(Code.ITEM_UNKNOWN, {"code": line.item[:40]})
        least = {MoveKind.COUNT: 0, MoveKind.RECEIVING: 1}.get(kind, -STOCK_MAX_THOUSANDTHS)
        nothing = kind is MoveKind.CORRECTION and line.thousandths == 0
        if nothing or line.thousandths < least or not countable(line.thousandths, items[line.item].unit):
            return Refused(Code.STOCK_INVALID)
    return None


def _view(one: StockRecord) -> MovementView:
    payload = json.loads(one.payload) if one.move.kind is not MoveKind.SALE else {}
    reason = payload.get("reason", "")
    return MovementView(
        kind=one.move.kind,
        quantity=one.move.quantity,
        at=one.at,
        operator=one.operator,
        reason=StockReason(reason) if reason else None,
        note=payload.get("note", ""),
        transaction=one.subject if one.move.kind is MoveKind.SALE else None,
    )

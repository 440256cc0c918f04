"""Movements of goods as facts under their journal entries, and what lies there as their running sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.stock import Disposition, MoveKind, StockMove
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import item, journal_entry, stock, stock_movement

_CHUNK = 500
_MOVE = Prepared(plain_insert(stock_movement))
_NEW = insert(stock)
_LAY = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=["item", "disposition"], set_={"on_hand": stock.c.on_hand + _NEW.excluded.on_hand}
    )
)
_OF_ITEMS = select(stock).where(stock.c.item.in_(bindparam("items", expanding=True)))


@dataclass(frozen=True, slots=True)
class StockRecord:
    """A movement with what its journal entry says of it."""

    move: StockMove
    entry: JournalHead
    at: datetime
    operator: str | None
    subject: str | None
    payload: str


class Stock:
    """What lies there by item and disposition. An item that never moved has no row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, moves: Sequence[StockMove], entry: JournalHead) -> None:
        """Write movements under their entry and change what lies there: two statements however many they are."""
        _MOVE.run_many(
            self._connection,
            [
                {
                    "item": move.item,
                    "workstation": entry.workstation,
                    "sequence": entry.sequence,
                    "position": move.position,
                    "disposition": move.disposition.value,
                    "kind": move.kind.value,
                    "quantity": move.quantity,
                }
                for move in moves
            ],
        )
        sums: dict[tuple[str, str], int] = {}
        for move in moves:
            key = (move.item, move.disposition.value)
            sums[key] = sums.get(key, 0) + move.quantity
        _LAY.run_many(
            self._connection,
            [
                {"item": item_id, "disposition": disposition, "on_hand": quantity}
                for (item_id, disposition), quantity in sums.items()
            ],
        )

    def on_hand(self, item_ids: Sequence[str]) -> dict[str, dict[Disposition, int]]:
        """What lies there of these items that ever moved, in thousandths."""
        found: dict[str, dict[Disposition, int]] = {}
        for start in range(0, len(item_ids), _CHUNK):
            for row in self._connection.execute(_OF_ITEMS, {"items": item_ids[start : start + _CHUNK]}):
                found.setdefault(row.item, {})[Disposition(row.disposition)] = row.on_hand
        return found

    def everything(self) -> dict[str, dict[Disposition, int]]:
        """What lies there of every item that ever moved, by item."""
        found: dict[str, dict[Disposition, int]] = {}
        for row in self._connection.execute(select(stock).order_by(stock.c.item, stock.c.disposition)):
            found.setdefault(row.item, {})[Disposition(row.disposition)] = row.on_hand
        return found

    def low(self, limit: int) -> list[tuple[str, int]]:
        """Items on sale of which less is sellable than their limit, as (item, on hand), the emptiest first."""
        lies = func.coalesce(stock.c.on_hand, 0)
        rows = self._connection.execute(
            select(item.c.id, lies.label("on_hand"))
            .outerjoin(stock, (stock.c.item == item.c.id) & (stock.c.disposition == Disposition.SELLABLE.value))
            .where(item.c.stock_min.is_not(None), item.c.active == 1, lies < item.c.stock_min)
            .order_by(lies - item.c.stock_min, item.c.name)
            .limit(limit)
        )
        return [(row.id, int(row.on_hand)) for row in rows]

    def of_item(self, item_id: str, limit: int) -> list[StockRecord]:
        """The last movements of an item, the latest first."""
        rows = self._connection.execute(
            select(
                stock_movement,
                journal_entry.c.at,
                journal_entry.c.operator,
                journal_entry.c.subject,
                journal_entry.c.payload,
                journal_entry.c.mac,
            )
            .join(
                journal_entry,
                (journal_entry.c.workstation == stock_movement.c.workstation)
                & (journal_entry.c.sequence == stock_movement.c.sequence),
            )
            .where(stock_movement.c.item == item_id)
            .order_by(journal_entry.c.at.desc(), stock_movement.c.sequence.desc(), stock_movement.c.position.desc())
            .limit(limit)
        )
        return [
            StockRecord(
                move=StockMove(row.position, row.item, MoveKind(row.kind), row.quantity, Disposition(row.disposition)),
                entry=JournalHead(row.workstation, row.sequence, row.mac),
                at=from_text(row.at),
                operator=row.operator,
                subject=row.subject,
                payload=row.payload,
            )
            for row in rows
        ]

    def unsold(self) -> dict[tuple[int, int], list[StockMove]]:
        """Every movement that no sale made, by the (workstation, sequence) of its entry and its position."""
        rows = self._connection.execute(
            select(stock_movement)
            .where(stock_movement.c.kind != MoveKind.SALE.value)
            .order_by(stock_movement.c.workstation, stock_movement.c.sequence, stock_movement.c.position)
        )
        found: dict[tuple[int, int], list[StockMove]] = {}
        for row in rows:
            move = StockMove(row.position, row.item, MoveKind(row.kind), row.quantity, Disposition(row.disposition))
            found.setdefault((row.workstation, row.sequence), []).append(move)
        return found

    def openings(self) -> Mapping[str, int]:
        """What each item was said to begin with."""
        rows = self._connection.execute(
            select(stock_movement.c.item, stock_movement.c.quantity).where(
                stock_movement.c.kind == MoveKind.OPENING.value
            )
        )
        return {row.item: int(row.quantity) for row in rows}

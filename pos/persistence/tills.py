"""Tills opened, and every movement of cash in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.till import MovementKind
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import journal_entry, till_movement, till_session
from pos.persistence.tables_tills import till_close

__all__ = ["MovementKind", "TillSession", "Tills"]


@dataclass(frozen=True, slots=True)
class TillSession:
    """A till from its opening on; `business_day` is the day every sale in it belongs to."""

    id: str
    workstation: int
    business_day: date
    opened_at: datetime
    opened_by: str
    currency: str
    float_minor: int


_OPEN = Prepared(
    select(till_session)
    .where(
        till_session.c.workstation == bindparam("workstation"),
        ~exists().where(till_close.c.till == till_session.c.id),
    )
    .order_by(till_session.c.opened_at.desc())
)
# From the entry that opened the till on: what stood in the books before it is not looked at.
_OPENED = (
    select(journal_entry.c.workstation, func.min(journal_entry.c.sequence).label("sequence"))
    .where(journal_entry.c.subject == bindparam("till"), journal_entry.c.kind == EntryKind.TILL_OPENED.value)
    .subquery()
)
_CASH_IN = select(func.coalesce(func.sum(till_movement.c.amount), 0)).where(
    till_movement.c.till == bindparam("till"),
    till_movement.c.workstation == _OPENED.c.workstation,
    till_movement.c.sequence >= _OPENED.c.sequence,
)
_MOVE = Prepared(insert(till_movement))


class Tills:
    """A workstation has at most one till that was opened and not closed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, till: TillSession) -> None:
        self._connection.execute(
            insert(till_session).values(
                id=till.id,
                workstation=till.workstation,
                business_day=till.business_day.isoformat(),
                opened_at=to_text(till.opened_at),
                opened_by=till.opened_by,
                currency=till.currency,
                float=till.float_minor,
            )
        )

    def open_till(self, workstation: int) -> TillSession | None:
        row = _OPEN.first(self._connection, {"workstation": workstation})
        return None if row is None else _read(row)

    def last_day(self, workstation: int) -> date | None:
        """The last business day of this workstation, None before its first."""
        last = select(func.max(till_session.c.business_day)).where(till_session.c.workstation == workstation)
        day = self._connection.execute(last).scalar()
        return None if day is None else date.fromisoformat(day)

    def get(self, till_id: str) -> TillSession | None:
        row = self._connection.execute(select(till_session).where(till_session.c.id == till_id)).first()
        return None if row is None else _read(row)

    def move(self, till: str, workstation: int, sequence: int, kind: MovementKind, amount: int) -> None:
        """Cash in (positive) or out, under the journal entry that says why."""
        _MOVE.run(
            self._connection,
            {"till": till, "workstation": workstation, "sequence": sequence, "kind": kind.value, "amount": amount},
        )

    def cash_in(self, till: str) -> int:
        """Expected cash in minor units, derived from the movements."""
        return int(self._connection.execute(_CASH_IN, {"till": till}).scalar_one())


def _read(row: Any) -> TillSession:
    return TillSession(
        id=row.id,
        workstation=row.workstation,
        business_day=date.fromisoformat(row.business_day),
        opened_at=from_text(row.opened_at),
        opened_by=row.opened_by,
        currency=row.currency,
        float_minor=row.float,
    )

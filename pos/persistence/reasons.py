"""The shop's own lists of reasons; a kind without rows has the list every shop begins with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.engine import Connection

from pos.domain.reasons import DEFAULT_REASONS, Reason, ReasonKind
from pos.persistence.tables import reason_code

_OF_KIND = (
    select(reason_code.c.code, reason_code.c.words)
    .where(reason_code.c.kind == bindparam("kind"))
    .order_by(reason_code.c.position)
)


class Reasons:
    """Lists of reasons by what asks for one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, kind: ReasonKind) -> tuple[Reason, ...]:
        rows = self._connection.execute(_OF_KIND, {"kind": kind.value}).all()
        return tuple(Reason(row.code, row.words) for row in rows) or DEFAULT_REASONS[kind]

    def put(self, kind: ReasonKind, reasons: Sequence[Reason]) -> None:
        """Put this list in place of the one that is there."""
        self._connection.execute(delete(reason_code).where(reason_code.c.kind == kind.value))
        rows = [
            {"kind": kind.value, "position": position, "code": reason.code, "words": reason.words}
            for position, reason in enumerate(reasons, start=1)
        ]
        if rows:
            self._connection.execute(insert(reason_code), rows)

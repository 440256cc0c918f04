"""The versions of the shop's return policy: each stays for ever, because each sale is judged by that of its day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text
from pos.persistence.tables import journal_entry
from pos.persistence.tables_returns import return_policy_version


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One version: sales from the day `starts` on are judged by it; `body` is the policy in the words of its file.

    `made_at` is of its journal entry, and read with all versions only.
    """

    version: int
    starts: date
    posted_since: date | None
    body: str
    changed_by: str
    workstation: int = 0
    sequence: int = 0
    made_at: datetime | None = None


class ReturnPolicies:
    """Versions by number; the highest whose day has come is in force."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int:
        """The highest version, 0 where there is none."""
        return int(self._connection.execute(select(func.max(return_policy_version.c.version))).scalar() or 0)

    def add(self, row: PolicyRow, head: JournalHead) -> None:
        """A further version, under its journal entry."""
        self._connection.execute(
            insert(return_policy_version).values(
                version=row.version,
                starts=row.starts.isoformat(),
                posted_since="" if row.posted_since is None else row.posted_since.isoformat(),
                body=row.body,
                changed_by=row.changed_by,
                workstation=head.workstation,
                sequence=head.sequence,
            )
        )

    def all(self) -> tuple[PolicyRow, ...]:
        """Every version with the moment it was made, the first first."""
        table, entry = return_policy_version, journal_entry
        its_own = (entry.c.workstation == table.c.workstation) & (entry.c.sequence == table.c.sequence)
        wanted = select(table, entry.c.at).outerjoin(entry, its_own).order_by(table.c.version)
        return tuple(_row(row, row.at) for row in self._connection.execute(wanted))

    def on(self, day: date) -> PolicyRow | None:
        """The version a sale of that day is judged by; None where there was none yet."""
        table = return_policy_version
        wanted = select(table).where(table.c.starts <= day.isoformat()).order_by(table.c.version.desc()).limit(1)
        row = self._connection.execute(wanted).first()
        return None if row is None else _row(row)


def _row(row: Any, made_at: str | None = None) -> PolicyRow:
    return PolicyRow(
        version=row.version,
        starts=date.fromisoformat(row.starts),
        posted_since=date.fromisoformat(row.posted_since) if row.posted_since else None,
        body=row.body,
        changed_by=row.changed_by,
        workstation=row.workstation,
        sequence=row.sequence,
        made_at=from_text(made_at) if made_at else None,
    )

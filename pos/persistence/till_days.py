"""Counts, closes and reports of tills: each row under the journal entry that says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.day_report import DayReport, ReportKind, read_report
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.till import MovementKind, TillClose, TillCount
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import journal_entry, till_movement, till_session
from pos.persistence.tables_tills import till_close, till_count, till_report


@dataclass(frozen=True, slots=True)
class Moved:
    """Cash that moved in a till: which entry said so, why, and how much, in positive."""

    workstation: int
    sequence: int
    kind: MovementKind
    amount: int
    at: datetime
    operator: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with the text it is kept as and the entry of the journal that names it."""

    report: DayReport
    body: str
    sequence: int


class TillDays:
    """Everything of a till after its opening."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_count(self, count: TillCount, head: JournalHead) -> None:
        self._connection.execute(
            insert(till_count).values(
                id=count.id,
                till=count.till,
                counted_by=count.counted_by,
                counted_at=to_text(count.counted_at),
                pieces=pieces_text(count.pieces),
                amount=count.amount,
                workstation=head.workstation,
                sequence=head.sequence,
            )
        )

    def last_count(self, till: str) -> tuple[TillCount, int] | None:
        """The last count of a till with the number of its journal entry; None where it was not counted."""
        row = self._connection.execute(
            select(till_count).where(till_count.c.till == till).order_by(till_count.c.sequence.desc()).limit(1)
        ).first()
        return None if row is None else (_count(row), row.sequence)

    def moved_since(self, workstation: int, till: str, sequence: int) -> bool:
        """Whether cash moved in the till after that entry of its workstation's journal."""
        later = select(till_movement.c.sequence).where(
            till_movement.c.workstation == workstation,
            till_movement.c.sequence > sequence,
            till_movement.c.till == till,
        )
        return self._connection.execute(later.limit(1)).first() is not None

    def close(self, close: TillClose, head: JournalHead) -> None:
        self._connection.execute(
            insert(till_close).values(
                till=close.till,
                count_id=close.count,
                closed_by=close.closed_by,
                closed_at=to_text(close.closed_at),
                expected=close.expected,
                counted=close.counted,
                over_short=close.over_short,
                next_float=close.next_float,
                deposit=close.deposit,
                approval=close.approval,
                workstation=head.workstation,
                sequence=head.sequence,
            )
        )

    def closed(self, till: str) -> TillClose | None:
        """How a till ended; None while it is open."""
        row = self._connection.execute(select(till_close).where(till_close.c.till == till)).first()
        return None if row is None else _close(row)

    def last_close(self, workstation: int) -> TillClose | None:
        """The last end of a till of this workstation."""
        row = self._connection.execute(
            select(till_close)
            .where(till_close.c.workstation == workstation)
            .order_by(till_close.c.sequence.desc())
            .limit(1)
        ).first()
        return None if row is None else _close(row)

    def moves(self, till: str) -> tuple[Moved, ...]:
        """What a person moved in the till, and its float, in order; sales are not among it."""
        opened = (
            select(journal_entry.c.workstation, func.min(journal_entry.c.sequence).label("sequence"))
            .where(journal_entry.c.subject == till, journal_entry.c.kind == EntryKind.TILL_OPENED.value)
            .subquery()
        )
        of_sales = (MovementKind.SALE.value, MovementKind.CLOSE.value)
        rows = self._connection.execute(
            select(
                till_movement.c.workstation,
                till_movement.c.sequence,
                till_movement.c.kind,
                till_movement.c.amount,
                journal_entry.c.at,
                journal_entry.c.operator,
                journal_entry.c.payload,
            )
            .join(
                journal_entry,
                (journal_entry.c.workstation == till_movement.c.workstation)
                & (journal_entry.c.sequence == till_movement.c.sequence),
            )
            .where(
                till_movement.c.till == till,
                # From the entry that opened the till on: what stood in the books before is not looked at.
                till_movement.c.workstation == opened.c.workstation,
                till_movement.c.sequence >= opened.c.sequence,
                till_movement.c.kind.not_in(of_sales),
            )
            .order_by(till_movement.c.sequence)
        )
        return tuple(_moved(row) for row in rows)

    def next_number(self, workstation: int, kind: ReportKind) -> int:
        """Asked for inside the unit of work that uses it, so that numbers have no gap."""
        highest = select(func.max(till_report.c.number)).where(
            till_report.c.workstation == workstation, till_report.c.kind == kind.value
        )
        return int(self._connection.execute(highest).scalar() or 0) + 1

    def add_report(self, report: DayReport, body: str, head: JournalHead) -> None:
        self._connection.execute(
            insert(till_report).values(
                kind=report.kind.value,
                number=report.number,
                till=report.till,
                made_by=report.made_by,
                made_at=to_text(report.made_at),
                body=body,
                workstation=head.workstation,
                sequence=head.sequence,
            )
        )

    def report(self, workstation: int, kind: ReportKind, number: int) -> StoredReport | None:
        """One report as it was made. Raises ValueError, KeyError or TypeError where it is damaged."""
        return self._one(workstation, kind, till_report.c.number == number)

    def last_report(self, workstation: int, kind: ReportKind) -> StoredReport | None:
        """The newest report of a kind; None where there is none yet."""
        return self._one(workstation, kind)

    def reports(self, kind: ReportKind, workstation: int | None = None) -> Iterator[StoredReport]:
        """Every report of a kind, the newest first."""
        rows = select(till_report).where(till_report.c.kind == kind.value)
        if workstation is not None:
            rows = rows.where(till_report.c.workstation == workstation)
        order = (till_report.c.made_at.desc(), till_report.c.workstation, till_report.c.number.desc())
        for row in self._connection.execute(rows.order_by(*order)):
            yield StoredReport(read_report(row.body), row.body, row.sequence)

    def z_of(self, till: str) -> StoredReport | None:
        """The Z report of a closed till."""
        row = self._connection.execute(
            select(till_report).where(till_report.c.till == till, till_report.c.kind == ReportKind.Z.value)
        ).first()
        return None if row is None else StoredReport(read_report(row.body), row.body, row.sequence)

    def z_before(self, workstation: int, till: str) -> DayReport | None:
        """The Z report before this till's own, where it has one; the last one else."""
        own = select(till_report.c.number).where(till_report.c.till == till, till_report.c.kind == ReportKind.Z.value)
        number = self._connection.execute(own).scalar()
        earlier = [] if number is None else [till_report.c.number < number]
        stored = self._one(workstation, ReportKind.Z, *earlier)
        return None if stored is None else stored.report

    def tills(self) -> tuple[str, ...]:
        """Every till there ever was."""
        return tuple(self._connection.execute(select(till_session.c.id)).scalars())

    def _one(self, workstation: int, kind: ReportKind, *which: Any) -> StoredReport | None:
        row = self._connection.execute(
            select(till_report)
            .where(till_report.c.workstation == workstation, till_report.c.kind == kind.value, *which)
            .order_by(till_report.c.number.desc())
            .limit(1)
        ).first()
        return None if row is None else StoredReport(read_report(row.body), row.body, row.sequence)


def pieces_text(pieces: Sequence[tuple[int, int]]) -> str:
    """What was counted, as the table and the journal spell it."""
    return json.dumps([list(piece) for piece in pieces], separators=(",", ":"))


def _count(row: Row[Any]) -> TillCount:
    pieces = tuple((int(denomination), int(many)) for denomination, many in json.loads(row.pieces))
    return TillCount(row.id, row.till, row.counted_by, from_text(row.counted_at), pieces, row.amount)


def _close(row: Row[Any]) -> TillClose:
    return TillClose(
        till=row.till,
        count=row.count_id,
        closed_by=row.closed_by,
        closed_at=from_text(row.closed_at),
        expected=row.expected,
        counted=row.counted,
        next_float=row.next_float,
        approval=row.approval,
    )


def _moved(row: Any) -> Moved:
    said = json.loads(row.payload)
    return Moved(
        workstation=row.workstation,
        sequence=row.sequence,
        kind=MovementKind(row.kind),
        amount=row.amount,
        at=from_text(row.at),
        operator=row.operator or "",
        reason=str(said.get("reason", "")),
        note=str(said.get("note", "")),
    )

"""The durable paper queue: what is to be printed, and what is known of it. Never printed twice by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, text, update
from sqlalchemy.engine import Connection, Row

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import paper_job


class PaperState(StrEnum):
    """QUEUED waits; SENDING was begun; PRINTED is on paper; UNKNOWN may be; HELD waits for paper or a cable.

    NO_PRINTER: this workstation had none, and nothing will print it by itself. DROPPED was given up by a person.
    """

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    HELD = "held"
    NO_PRINTER = "no_printer"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PaperJob:
    """One document to print. `copy_number` 0 is the original.

    `facts` (JSON) are what a paper of no completed sale shows; a sale's own papers are made from the books.
    """

    id: str
    workstation: int
    transaction_id: str | None
    document: str
    language: str
    copy_number: int
    state: PaperState
    reason: str
    attempts: int
    queued_at: datetime
    facts: str = ""


_ADD = Prepared(insert(paper_job))
# The index by what papers tell holds those that tell anything. Not as a parameter: SQLite could not compare it then.
_TELLS = text("facts <> ''")


class PaperJobs:
    """The queue of every workstation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: PaperJob) -> None:
        queued_at = to_text(job.queued_at)
        _ADD.run(
            self._connection,
            {
                "id": job.id,
                "workstation": job.workstation,
                "transaction_id": job.transaction_id,
                "document": job.document,
                "language": job.language,
                "copy_number": job.copy_number,
                "state": job.state.value,
                "reason": job.reason,
                "attempts": job.attempts,
                "queued_at": queued_at,
                "changed_at": queued_at,
                "facts": job.facts,
            },
        )

    def get(self, job_id: str) -> PaperJob | None:
        row = self._connection.execute(select(paper_job).where(paper_job.c.id == job_id)).first()
        return None if row is None else _read(row)

    def waiting(self, workstation: int) -> tuple[PaperJob, ...]:
        """What is still to be sent from this workstation, oldest first."""
        return self._in_states(workstation, PaperState.QUEUED, PaperState.HELD)

    def interrupted(self, workstation: int) -> tuple[PaperJob, ...]:
        """What was being sent when the program ended: it may be on paper."""
        return self._in_states(workstation, PaperState.SENDING)

    def unsettled(self, workstation: int) -> tuple[PaperJob, ...]:
        """What waits, and what nobody knows whether it was printed, oldest first."""
        return self._in_states(workstation, PaperState.QUEUED, PaperState.HELD, PaperState.SENDING, PaperState.UNKNOWN)

    def of_transaction(self, transaction_id: str, *documents: str) -> tuple[PaperJob, ...]:
        """The papers of a sale of these kinds, the original first."""
        rows = self._connection.execute(
            select(paper_job)
            .where(paper_job.c.transaction_id == transaction_id, paper_job.c.document.in_(documents))
            .order_by(paper_job.c.copy_number, paper_job.c.queued_at)
        )
        return tuple(_read(row) for row in rows)

    def of_facts(self, document: str, facts: str) -> tuple[PaperJob, ...]:
        """The papers of one kind that tell of exactly this, the original first."""
        rows = self._connection.execute(
            select(paper_job)
            .where(_TELLS, paper_job.c.document == document, paper_job.c.facts == facts)
            .order_by(paper_job.c.copy_number, paper_job.c.queued_at)
        )
        return tuple(_read(row) for row in rows)

    def of_return(self, return_id: str) -> tuple[PaperJob, ...]:
        """The papers that tell of a return by its identity, each original before its copies."""
        facts = paper_job.c.facts
        beginning = f'{{"return": "{return_id}"'
        rows = self._connection.execute(
            select(paper_job)
            .where(_TELLS, facts >= beginning, facts < beginning + "\N{DELETE}")
            .order_by(paper_job.c.copy_number, paper_job.c.queued_at, paper_job.c.id)
        )
        return tuple(_read(row) for row in rows)

    def set_state(self, job_id: str, state: PaperState, reason: str, at: datetime) -> None:
        self._connection.execute(
            update(paper_job)
            .where(paper_job.c.id == job_id)
            .values(state=state.value, reason=reason, changed_at=to_text(at))
        )

    def begin(self, job_id: str, at: datetime) -> bool:
        """Note that sending begins; False where somebody settled the paper meanwhile: then it is not sent."""
        waits = [PaperState.QUEUED.value, PaperState.HELD.value]
        begun = self._connection.execute(
            update(paper_job)
            .where(paper_job.c.id == job_id, paper_job.c.state.in_(waits))
            .values(
                state=PaperState.SENDING.value, reason="", changed_at=to_text(at), attempts=paper_job.c.attempts + 1
            )
        )
        return begun.rowcount == 1

    def _in_states(self, workstation: int, *states: PaperState) -> tuple[PaperJob, ...]:
        rows = self._connection.execute(
            select(paper_job)
            .where(paper_job.c.workstation == workstation, paper_job.c.state.in_([state.value for state in states]))
            .order_by(paper_job.c.queued_at, paper_job.c.id)
        )
        return tuple(_read(row) for row in rows)


def _read(row: Row[tuple[object, ...]]) -> PaperJob:
    return PaperJob(
        id=row.id,
        workstation=row.workstation,
        transaction_id=row.transaction_id,
        document=row.document,
        language=row.language,
        copy_number=row.copy_number,
        state=PaperState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        queued_at=from_text(row.queued_at),
        facts=row.facts,
    )

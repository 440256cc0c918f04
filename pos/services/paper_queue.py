"""The papers that wait, as a person sees them, and what a person who looked at the printer says of one."""

from __future__ import annotations

import json
from datetime import datetime

from pos.domain.copies import COPIED, GivenUp
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import copies as late_copies
from pos.services import papers as late_papers
from pos.services.desk import Desk, Fact, record
from receipts.paper import return_receipt as late_return_receipt

# A person saw that the paper came out.
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class QueuedPaper:
    """One paper that waits, or of which nobody knows. `receipt` is empty for a paper of no completed sale or return;
    `return_id` is whose receipt it is where it is a return's.

    `at` is on the shop's clock. `uncertain`: a person has to look whether it came out.
    """

    job: str
    document: str
    receipt: str
    transaction_id: str | None
    copy_number: int
    reason: str
    at: datetime
    uncertain: bool
    return_id: str = ""


class PaperQueue:
    """The queue of this workstation's printer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def papers(self) -> tuple[QueuedPaper, ...]:
        """What is not settled, oldest first."""
        with self._desk.shop.books.reading() as work:
            return tuple(self._view(work, job) for job in work.paper_jobs.unsettled(self._desk.number))

    def came_out(self, job_id: str) -> QueuedPaper | Refused:
        """A person saw the paper. Refused: NOT_SIGNED_ON, NOT_PERMITTED, PAPER_UNKNOWN."""
        return self._settle(job_id, PaperState.PRINTED, SEEN, {PaperState.UNKNOWN})

    def give_up(self, job_id: str, why: GivenUp) -> QueuedPaper | Refused:
        """Nobody wants this paper any more. Refused as `came_out`."""
        may_be = {PaperState.UNKNOWN, PaperState.QUEUED, PaperState.HELD}
        return self._settle(job_id, PaperState.DROPPED, why.value, may_be)

    def slip_again(self, job_id: str) -> late_copies.Issued | Refused:
        """A copy of a paper of no completed sale that perhaps came out; those of sales are `Copies`' business, those of
        returns that of `ReturnCopies`.

        Refused as `came_out`.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            job = work.paper_jobs.get(job_id)
            if job is None or job.state is not PaperState.UNKNOWN or job.transaction_id is not None:
                return Refused(Code.PAPER_UNKNOWN)
            copy = late_papers.new_job(
                self._desk,
                job.document,
                copy_number=job.copy_number + 1,
                facts=job.facts,
                language=job.language,
            )
            work.paper_jobs.set_state(job.id, PaperState.DROPPED, COPIED, self._desk.now())
            work.paper_jobs.add(copy)
            head = record(work, self._desk, self._fact(job, PaperState.DROPPED, COPIED, operator.id))
            work.commit()
        self._desk.shop.anchor(head)
        return late_copies.Issued(copy.id, copy.copy_number)

    def _settle(self, job_id: str, state: PaperState, reason: str, may_be: set[PaperState]) -> QueuedPaper | Refused:
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            job = work.paper_jobs.get(job_id)
            if job is None or job.workstation != self._desk.number or job.state not in may_be:
                return Refused(Code.PAPER_UNKNOWN)
            work.paper_jobs.set_state(job.id, state, reason, self._desk.now())
            settled = self._view(work, job)
            head = record(work, self._desk, self._fact(job, state, reason, operator.id))
            work.commit()
        self._desk.shop.anchor(head)
        return settled

    def _fact(self, job: PaperJob, state: PaperState, reason: str, operator: str) -> Fact:
        payload: dict[str, object] = {
            "job": job.id, "document": job.document, "copy": job.copy_number, "state": state.value, "reason": reason,
        }  # fmt: skip
        return Fact(EntryKind.PAPER_SETTLED, self._desk.now(), operator, job.transaction_id, payload)

    def _view(self, work: UnitOfWork, job: PaperJob) -> QueuedPaper:
        sale = None if job.transaction_id is None else work.transactions.get(job.transaction_id)
        of_return = job.document == late_return_receipt.RETURN_RECEIPT
        done = work.returns.get(json.loads(job.facts)["return"]) if of_return else None
        number = "" if done is None else str(done.number)
        return QueuedPaper(
            job=job.id,
            document=job.document,
            receipt=number if sale is None else str(sale.receipt),
            transaction_id=job.transaction_id,
            copy_number=job.copy_number,
            reason=job.reason,
            at=self._desk.local(job.queued_at),
            uncertain=job.state is PaperState.UNKNOWN,
            return_id="" if done is None else done.id,
        )

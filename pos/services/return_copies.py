"""Second papers of returns: copies, which are counted, and the receipt as a file."""

from __future__ import annotations

from pathlib import Path

from pos.domain.copies import GivenUp, copies_max
from pos.domain.customer_return import CustomerReturn
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.copies import WAITING, EReceipt, Issued, may_print, settle_unknown, written
from pos.services.desk import Desk, Fact, record
from pos.services.papers import new_job
from pos.services.return_papers import E_RETURN_RECEIPT, return_facts, return_paper
from receipts.paper.return_receipt import RETURN_RECEIPT


class ReturnCopies:
    """Second papers of completed returns and exchanges. What exists once exists again only as a copy, as of sales."""

    def __init__(self, desk: Desk, *, prints: bool) -> None:
        """`prints`: whether this workstation has a printer."""
        self._desk = desk
        self._prints = prints

    def returned(self, transaction_id: str) -> bool:
        """Whether something of this sale came back, or it is the other half of an exchange."""
        with self._desk.shop.books.reading() as work:
            return bool(work.returns.tied_to(transaction_id))

    def print_last_of(self, transaction_id: str) -> Issued | Refused:
        """The paper of the last return of this sale, as `print_again`."""
        with self._desk.shop.books.reading() as work:
            tied = work.returns.tied_to(transaction_id)
        return self.print_again(tied[-1].id if tied else transaction_id)

    def print_again(self, return_id: str) -> Issued | Refused:
        """Queue a copy of the receipt of a return, or the original where it never was on paper.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_PRINTER, RECEIPT_UNKNOWN, RECEIPT_WAITS, COPY_LIMIT.
        """
        refused = may_print(self._desk, prints=self._prints)
        if refused is not None:
            return refused
        with self._desk.shop.books.writing() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            jobs = _papers_of(work, done)
            original = jobs[0]
            if original.state in WAITING or original.state is PaperState.SENDING:
                return Refused(Code.RECEIPT_WAITS, {"receipt": str(done.number)})
            if _never_issued(jobs) and original.workstation == self._desk.number:
                work.paper_jobs.set_state(original.id, PaperState.QUEUED, "", self._desk.now())
                work.commit()
                return Issued(original.id, 0)
            number = self._next_copy(done, jobs)
            if isinstance(number, Refused):
                return number
            settle_unknown(work, self._desk, jobs)
            copy = new_job(
                self._desk,
                RETURN_RECEIPT,
                copy_number=number,
                facts=original.facts,
                language=original.language,
            )
            head = self._write(work, copy, EntryKind.RECEIPT_COPIED, done)
            work.commit()
        self._desk.shop.anchor(head)
        return Issued(copy.id, number)

    def e_receipt(self, return_id: str, folder: Path) -> EReceipt | Refused:
        """The receipt of a return as a PDF in `folder`, in place of a paper that is not out yet, or else as a copy.

        Asking again gives the same file again. Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, COPY_LIMIT.
        Raises KnownError FILE_UNREADABLE where the folder cannot be written.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        head: JournalHead | None = None
        with self._desk.shop.books.writing() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            jobs = _papers_of(work, done)
            issued = next((job for job in jobs if job.document == E_RETURN_RECEIPT), None)
            if issued is None:
                number = self._electronic_number(work, done, jobs)
                if isinstance(number, Refused):
                    return number
                facts, language = jobs[0].facts, jobs[0].language
                issued = new_job(
                    self._desk,
                    E_RETURN_RECEIPT,
                    copy_number=number,
                    facts=facts,
                    language=language,
                    state=PaperState.PRINTED,
                )
                head = self._write(work, issued, EntryKind.E_RECEIPT_ISSUED, done)
            document = return_paper(work, self._desk, issued)
            work.commit()
        if head is not None:
            self._desk.shop.anchor(head)
        number = issued.copy_number
        name = f"{done.number}-copy-{number}.pdf" if number else f"{done.number}.pdf"
        return EReceipt(written(document, folder, name), str(done.number), number)

    def _electronic_number(self, work: UnitOfWork, done: CustomerReturn, jobs: tuple[PaperJob, ...]) -> int | Refused:
        """0 where nothing was issued before it; a paper of which not a byte was sent makes room for it."""
        original = jobs[0]
        if original.state in WAITING:
            reason = GivenUp.GIVEN_OTHERWISE.value
            work.paper_jobs.set_state(original.id, PaperState.DROPPED, reason, self._desk.now())
            return 0
        return 0 if _never_issued(jobs) else self._next_copy(done, jobs)

    def _next_copy(self, done: CustomerReturn, jobs: tuple[PaperJob, ...]) -> int | Refused:
        number = max(job.copy_number for job in jobs) + 1
        limit = copies_max(self._desk.rules.region)
        if limit is not None and number > limit:
            return Refused(Code.COPY_LIMIT, {"receipt": str(done.number), "limit": limit})
        return number

    def _write(self, work: UnitOfWork, job: PaperJob, kind: EntryKind, done: CustomerReturn) -> JournalHead:
        """The paper into the queue and its entry into the journal."""
        work.paper_jobs.add(job)
        operator = self._desk.operator
        told: dict[str, object] = {"document": job.document, "copy": job.copy_number}
        who = None if operator is None else operator.id
        return record(work, self._desk, Fact(kind, self._desk.now(), who, done.id, told))


def _papers_of(work: UnitOfWork, done: CustomerReturn) -> tuple[PaperJob, ...]:
    """Every paper of a return, the original first."""
    facts = return_facts(done.id)
    printed = work.paper_jobs.of_facts(RETURN_RECEIPT, facts)
    return printed + work.paper_jobs.of_facts(E_RETURN_RECEIPT, facts)


def _never_issued(jobs: tuple[PaperJob, ...]) -> bool:
    """Whether no receipt of the return is in anybody's hand yet."""
    return len(jobs) == 1 and jobs[0].state is PaperState.NO_PRINTER

"""Second papers of returns: copies, which are counted, and the receipt as a file."""

from __future__ import annotations

from pathlib import Path

from pos.domain.customer_return import CustomerReturn
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.copies import EReceipt, Issued, IssuedPapers, may_print, written
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
            papers = self._papers_of(work, done)
            number = papers.print_again(work, self._desk)
            if isinstance(number, Refused):
                return number
            if isinstance(number, Issued):
                work.commit()
                return number
            copy = new_job(
                self._desk,
                RETURN_RECEIPT,
                copy_number=number,
                facts=papers.original.facts,
                language=papers.original.language,
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
            papers = self._papers_of(work, done)
            issued = next((job for job in papers.jobs if job.document == E_RETURN_RECEIPT), None)
            if issued is None:
                number = papers.electronic_number(work, self._desk)
                if isinstance(number, Refused):
                    return number
                issued = new_job(
                    self._desk,
                    E_RETURN_RECEIPT,
                    copy_number=number,
                    facts=papers.original.facts,
                    language=papers.original.language,
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

    def _papers_of(self, work: UnitOfWork, done: CustomerReturn) -> IssuedPapers:
        """Every receipt of a return, the original first."""
        facts = return_facts(done.id)
        printed = work.paper_jobs.of_facts(RETURN_RECEIPT, facts)
        jobs = printed + work.paper_jobs.of_facts(E_RETURN_RECEIPT, facts)
        return IssuedPapers(jobs[0], jobs, str(done.number), self._desk.rules.region)

    def _write(self, work: UnitOfWork, job: PaperJob, kind: EntryKind, done: CustomerReturn) -> JournalHead:
        """The paper into the queue and its entry into the journal."""
        work.paper_jobs.add(job)
        operator = self._desk.operator
        told: dict[str, object] = {"document": job.document, "copy": job.copy_number}
        who = None if operator is None else operator.id
        return record(work, self._desk, Fact(kind, self._desk.now(), who, done.id, told))

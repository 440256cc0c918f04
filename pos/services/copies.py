"""What is issued of a sale after its receipt: copies, which are counted, gift receipts and e-receipts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from pos.domain.copies import COPIED, GivenUp, copies_max
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead, Transaction
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, new_token, record
from pos.services.papers import E_RECEIPT, GIFT_RECEIPT, SALE_RECEIPT, language_of, new_job, receipt_of
from pos.wording import Wording
from receipts import pdf
from receipts.document import Document

WAITING = {PaperState.QUEUED, PaperState.HELD}


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that waits to be printed; `copy_number` 0 is an original."""

    job: str
    copy_number: int


@dataclass(frozen=True, slots=True)
class EReceipt:
    """A receipt as a file; the same sale gives the same file."""

    path: Path
    receipt: str
    copy_number: int


@dataclass(frozen=True, slots=True)
class IssuedPapers:
    """Every paper there is of one receipt: the `original` among its `jobs`, its number as people know it, and the
    region whose law limits copies.
    """

    original: PaperJob
    jobs: tuple[PaperJob, ...]
    receipt: str
    region: str

    @property
    def never_issued(self) -> bool:
        """Whether none is in anybody's hand yet."""
        return self.original.state is PaperState.NO_PRINTER and len(self.jobs) == 1

    def print_again(self, work: UnitOfWork, desk: Desk) -> int | Issued | Refused:
        """The number of the copy to print, or the original where it never was on paper, which is queued then.

        Refused: RECEIPT_WAITS, COPY_LIMIT.
        """
        if self.original.state in WAITING or self.original.state is PaperState.SENDING:
            return Refused(Code.RECEIPT_WAITS, {"receipt": self.receipt})
        if self.never_issued and self.original.workstation == desk.number:
            work.paper_jobs.set_state(self.original.id, PaperState.QUEUED, "", desk.now())
            return Issued(self.original.id, 0)
        number = self.next_copy()
        if not isinstance(number, Refused):
            settle_unknown(work, desk, self.jobs)
        return number

    def electronic_number(self, work: UnitOfWork, desk: Desk) -> int | Refused:
        """0 where nothing was issued before it; a paper of which not a byte was sent makes room for it."""
        if self.original.state in WAITING:
            reason = GivenUp.GIVEN_OTHERWISE.value
            work.paper_jobs.set_state(self.original.id, PaperState.DROPPED, reason, desk.now())
            return 0
        return 0 if self.never_issued else self.next_copy()

    def next_copy(self) -> int | Refused:
        """The number of the next copy, if the law allows one more. Refused: COPY_LIMIT."""
        number = max(job.copy_number for job in self.jobs) + 1
        limit = copies_max(self.region)
        if limit is not None and number > limit:
            return Refused(Code.COPY_LIMIT, {"receipt": self.receipt, "limit": limit})
        return number


class Copies:
    """Second papers of completed sales. What exists once can exist again only as a copy, marked and counted."""

    def __init__(self, desk: Desk, *, prints: bool) -> None:
        """`prints`: whether this workstation has a printer."""
        self._desk = desk
        self._prints = prints

    def last_sale(self) -> str | None:
        """The sale this workstation completed last; None before the first."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.last(self._desk.number)
        return None if sale is None else sale.id

    def print_again(self, transaction_id: str) -> Issued | Refused:
        """Queue a copy of the receipt, or the original where it never was on paper.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_PRINTER, RECEIPT_UNKNOWN, RECEIPT_WAITS, COPY_LIMIT.
        """
        refused = may_print(self._desk, prints=self._prints)
        if refused is not None:
            return refused
        with self._desk.shop.books.writing() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            papers = _papers_of(work, sale)
            number = papers.print_again(work, self._desk)
            if isinstance(number, Refused):
                return number
            if isinstance(number, Issued):
                work.commit()
                return number
            copy = new_job(
                self._desk,
                SALE_RECEIPT,
                transaction_id=sale.id,
                copy_number=number,
                language=language_of(work, self._desk, sale.id),
            )
            head = self._write(work, copy, EntryKind.RECEIPT_COPIED)
            work.commit()
        self._desk.shop.anchor(head)
        return Issued(copy.id, number)

    def gift_receipt(self, transaction_id: str) -> Issued | Refused:
        """Queue a gift receipt; the first gives the sale its second, random code, the next ones are copies of it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_PRINTER, RECEIPT_UNKNOWN.
        """
        refused = may_print(self._desk, prints=self._prints)
        if refused is not None:
            return refused
        with self._desk.shop.books.writing() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            earlier = work.paper_jobs.of_transaction(sale.id, GIFT_RECEIPT)
            gift = new_job(
                self._desk,
                GIFT_RECEIPT,
                transaction_id=sale.id,
                copy_number=len(earlier),
                language=language_of(work, self._desk, sale.id),
            )
            if earlier:
                settle_unknown(work, self._desk, earlier)
                head = self._write(work, gift, EntryKind.RECEIPT_COPIED)
            else:
                token = new_token()
                head = self._record(work, EntryKind.GIFT_RECEIPT_ISSUED, sale.id, {"token": token})
                work.gift_receipts.add(sale.id, token, head)
                work.paper_jobs.add(gift)
            work.commit()
        self._desk.shop.anchor(head)
        return Issued(gift.id, gift.copy_number)

    def e_receipt(self, transaction_id: str, folder: Path) -> EReceipt | Refused:
        """The receipt as a PDF in `folder`, in place of a paper that is not out yet, or else as a copy.

        Asking again gives the same file again. Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, COPY_LIMIT.
        Raises KnownError FILE_UNREADABLE where the folder cannot be written.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        head: JournalHead | None = None
        with self._desk.shop.books.writing() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            papers = _papers_of(work, sale)
            issued = next((job for job in papers.jobs if job.document == E_RECEIPT), None)
            if issued is None:
                number = papers.electronic_number(work, self._desk)
                if isinstance(number, Refused):
                    return number
                issued = new_job(
                    self._desk,
                    E_RECEIPT,
                    transaction_id=sale.id,
                    copy_number=number,
                    state=PaperState.PRINTED,
                    language=language_of(work, self._desk, sale.id),
                )
                head = self._write(work, issued, EntryKind.E_RECEIPT_ISSUED)
            document = receipt_of(work, self._desk, sale, Wording(issued.language), issued.copy_number)
            work.commit()
        if head is not None:
            self._desk.shop.anchor(head)
        number = issued.copy_number
        name = f"{sale.receipt}-copy-{number}.pdf" if number else f"{sale.receipt}.pdf"
        return EReceipt(written(document, folder, name), str(sale.receipt), number)

    def _write(self, work: UnitOfWork, job: PaperJob, kind: EntryKind) -> JournalHead:
        """The paper into the queue and its entry into the journal."""
        work.paper_jobs.add(job)
        assert job.transaction_id is not None, "copies are made of sales"
        return self._record(work, kind, job.transaction_id, {"document": job.document, "copy": job.copy_number})

    def _record(
        self, work: UnitOfWork, kind: EntryKind, transaction_id: str, payload: dict[str, object]
    ) -> JournalHead:
        operator = self._desk.operator
        who = None if operator is None else operator.id
        return record(work, self._desk, Fact(kind, self._desk.now(), who, transaction_id, payload))


def may_print(desk: Desk, *, prints: bool) -> Refused | None:
    """Why no further paper can be printed here. Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_PRINTER."""
    operator = desk.permit(Permission.PRINT_AGAIN)
    if isinstance(operator, Refused):
        return operator
    return None if prints else Refused(Code.NO_PRINTER)


def settle_unknown(work: UnitOfWork, desk: Desk, jobs: tuple[PaperJob, ...]) -> None:
    """A copy answers for the papers nobody knows the fate of."""
    for job in jobs:
        if job.state is PaperState.UNKNOWN:
            work.paper_jobs.set_state(job.id, PaperState.DROPPED, COPIED, desk.now())


def _papers_of(work: UnitOfWork, sale: Transaction) -> IssuedPapers:
    """Every receipt of a sale, under the law of the shop that sold."""
    jobs = work.paper_jobs.of_transaction(sale.id, SALE_RECEIPT, E_RECEIPT)
    original = next(job for job in jobs if job.document == SALE_RECEIPT and job.copy_number == 0)
    return IssuedPapers(original, jobs, str(sale.receipt), work.rules.version(sale.rules_version).region)


def save_paper(
    desk: Desk,
    job_id: str,
    paper: str,
    folder: Path,
    make: Callable[[UnitOfWork, PaperJob], tuple[Document, str] | None],
) -> Path | Refused:
    """A paper about a return that was made, as a PDF in `folder`. `make` answers what stands on it and what the file is
    called, None where the job is no such paper after all.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PAPER_UNKNOWN. Raises KnownError FILE_UNREADABLE where the folder cannot be
    written.
    """
    operator = desk.permit(Permission.RETURN)
    if isinstance(operator, Refused):
        return operator
    with desk.shop.books.reading() as work:
        job = work.paper_jobs.get(job_id)
        made = None if job is None or job.document != paper else make(work, job)
    return Refused(Code.PAPER_UNKNOWN) if made is None else written(made[0], folder, made[1])


def written(document: Document, folder: Path, name: str) -> Path:
    """The file, whole or not there. Raises KnownError FILE_UNREADABLE."""
    path = folder / name
    unfinished = folder / f".{name}.{os.getpid()}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(pdf.render(document))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    return path

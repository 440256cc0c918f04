"""Printing after the commit, from a queue that outlives the program. A dead printer never undoes a sale.

No job is ever sent twice by itself: what may be on paper stays UNKNOWN until a person looks.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pos.devices.ports import DrawerPort, Held, Printed, PrinterPort, PrinterStatus, Sent
from pos.domain.drawer import drawer_opens
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.services import card_slips as late_card_slips
from pos.services import gift_card_slips as late_gift_card_slips
from pos.services import paper_cash as late_paper_cash
from pos.services import papers as late_papers
from pos.services import return_papers as late_return_papers
from pos.services import shop_logo as late_shop_logo
from pos.services.desk import Desk, Fact, record
from pos.wording import Wording
from receipts import escpos
from receipts.paper import card_slip as late_card_slip
from receipts.paper import check_franking as late_check_franking
from receipts.paper import gift_card_slip as late_gift_card_slip
from receipts.paper import printer_test as late_printer_test
from receipts.printers import PrinterProfile

if TYPE_CHECKING:
    from receipts.document import Document

# What `frank` answers where there is nothing to frank with.
NO_SLIP = "no_slip"


@dataclass(frozen=True, slots=True)
class Devices:
    """What this workstation prints with; None where it has none."""

    printer: PrinterPort | None
    drawer: DrawerPort | None
    profile: PrinterProfile


@dataclass(frozen=True, slots=True)
class PaperView:
    """What is known of one paper: `reason` is the device's word for why it waits, `document` which paper it is."""

    state: PaperState
    reason: str
    document: str = ""


class Paperwork:
    """The papers of this workstation. `after_sale` and `print_waiting` block: a worker thread calls them."""

    def __init__(self, desk: Desk, devices: Devices) -> None:
        self._desk = desk
        self._devices = devices
        # Which paper of how many is at the printer, 0 of 0 for none: written by the worker, read by whoever shows it.
        self.under_way = (0, 0)
        self._kept_back: frozenset[str] = frozenset()

    @property
    def has_printer(self) -> bool:
        return self._devices.printer is not None

    @property
    def franks(self) -> bool:
        """Whether the printer has a slip station, in which a check can lie."""
        return self.has_printer and self._devices.profile.slip_columns > 0

    def printer_status(self) -> PrinterStatus | None:
        """How the printer is, asked now; None where there is none. Blocks."""
        return None if self._devices.printer is None else self._devices.printer.status()

    def document(self, transaction_id: str) -> Document | None:
        """The receipt of a sale, made from its stored facts in the customer's language; None for an unknown sale."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None:
                return None
            return late_papers.receipt_of(
                work, self._desk, sale, Wording(late_papers.language_of(work, self._desk, transaction_id))
            )

    def receipt(self, identity: str) -> Document | None:
        """The receipt of a sale, a return, an exchange or an imported sale, by identity; None for an unknown one."""
        with self._desk.shop.books.reading() as work:
            done = work.returns.get(identity)
            if done is not None:
                return late_return_papers.return_receipt_of(work, self._desk, done)
            imported = late_return_papers.imported_sale_of(work, self._desk, identity)
        return imported or self.document(identity)

    def gift_receipt(self, transaction_id: str) -> Document | None:
        """The gift receipt of a sale as it was first issued; None for a sale that has none."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None or work.gift_receipts.token_of(transaction_id) is None:
                return None
            return late_papers.gift_receipt_of(
                work, self._desk, sale, Wording(late_papers.language_of(work, self._desk, transaction_id))
            )

    def gift_card_slips(self, transaction_id: str, document: str) -> tuple[Document, ...]:
        """The slips of the gift cards (or of the store credit) that a sale loaded or was paid with, made anew."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None:
                return ()
            face, words = (
                late_shop_logo.face_of(self._desk, self._desk.rules),
                Wording(late_papers.language_of(work, self._desk, sale.id)),
            )
            papers = [
                late_gift_card_slip.gift_card_slip(slip, face, words)
                for _, slip in late_gift_card_slips.slips_of_sale(work, self._desk, sale)
            ]
        return tuple(paper for paper in papers if paper.name == document)

    def card_slips(self, sale: str) -> tuple[Document, ...]:
        """What the terminal gave to print for one sale, open or completed: both sides, declined cards too."""
        with self._desk.shop.books.reading() as work:
            face, words = (
                late_shop_logo.face_of(self._desk, self._desk.rules),
                Wording(late_papers.language_of(work, self._desk, sale)),
            )
            return tuple(
                late_card_slip.card_slip(slip, face, words)
                for slip in late_card_slips.card_slips_of_sale(work, self._desk, sale)
            )

    def post_void(self, transaction_id: str) -> Document | None:
        """The slip of a sale that was taken back; None for one that stands."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None or work.after_sale.void_of(transaction_id) is None:
                return None
            return late_papers.post_void_of(
                work, self._desk, sale, Wording(late_papers.language_of(work, self._desk, transaction_id))
            )

    def document_of_job(self, job_id: str) -> Document | None:
        """The paper of one job in the queue; None where there is none such."""
        with self._desk.shop.books.reading() as work:
            job = work.paper_jobs.get(job_id)
            return None if job is None else late_papers.document_of(work, self._desk, job)

    def view(self, transaction_id: str) -> PaperView | None:
        """What became of the sale's original receipt."""
        with self._desk.shop.books.reading() as work:
            jobs = work.paper_jobs.of_transaction(transaction_id, late_papers.SALE_RECEIPT)
        return PaperView(jobs[0].state, jobs[0].reason) if jobs else None

    def view_of_job(self, job_id: str) -> PaperView | None:
        """What became of one paper."""
        with self._desk.shop.books.reading() as work:
            job = work.paper_jobs.get(job_id)
        return None if job is None else PaperView(job.state, job.reason, job.document)

    def uncertain(self) -> int:
        """Of how many papers nobody knows whether they came out: those are never sent again by themselves."""
        with self._desk.shop.books.reading() as work:
            return sum(job.state is PaperState.UNKNOWN for job in work.paper_jobs.unsettled(self._desk.number))

    def recover(self) -> int:
        """Mark what was being sent when the program ended as UNKNOWN; answers how many there were."""
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            interrupted = work.paper_jobs.interrupted(self._desk.number)
            for job in interrupted:
                work.paper_jobs.set_state(job.id, PaperState.UNKNOWN, "program_ended", now)
            work.commit()
        return len(interrupted)

    def after_sale(self, job_id: str) -> Sent | None:
        """Open the drawer for a sale just completed, if anything goes into it or out of it, then print what waits."""
        if self._needs_drawer(job_id):
            self._open_drawer(job_id, "sale")
        return self.print_waiting()

    def after_move(self, job_id: str, why: str) -> Sent | None:
        """Open the drawer for cash just moved by hand or for nothing ("no_sale"), then print its slip.

        For a sale that is taken back ("post_void") it opens where something of it lies in the drawer, for a return
        where it pays out cash.
        """
        if self._needs_drawer(job_id):
            self._open_drawer(job_id, why)
        return self.print_waiting()

    def _needs_drawer(self, job_id: str) -> bool:
        with self._desk.shop.books.reading() as work:
            job = work.paper_jobs.get(job_id)
            told = None if job is None else late_paper_cash.sends_cash_out(work, job)
            if told is not None:
                return told
            sale = None if job is None or job.transaction_id is None else work.transactions.get(job.transaction_id)
            # A tender that was put right may lie where its own kind does not.
            corrected = sale is not None and bool(work.after_sale.corrections_of(sale.id))
        return sale is None or corrected or drawer_opens(sale.tenders, sale.change, self._desk.rules)

    def _open_drawer(self, kick_id: str, why: str) -> None:
        """Kick the drawer, and count it in the journal unless it stayed shut."""
        if self._devices.drawer is None or isinstance(self._devices.drawer.kick(kick_id), Held):
            return
        operator = self._desk.operator
        by = None if operator is None else operator.id
        with self._desk.shop.books.writing() as work:
            record(work, self._desk, Fact(EntryKind.DRAWER_OPENED, self._desk.now(), by, payload={"why": why}))
            work.commit()

    def keep_back(self, jobs: Iterable[str]) -> None:
        """These wait until a person has said which of them are wanted. It stands in no table: what a program that
        ended had kept back is printed by the next one.
        """
        self._kept_back = frozenset(jobs)

    def let_go(self) -> None:
        """Whatever was kept back is printed with the rest from now on."""
        self._kept_back = frozenset()

    def print_waiting(self) -> Sent | None:
        """Send what waits, oldest first, until something does not print; answers how the last one went.

        None: nothing waited. Without a printer the jobs are closed as NO_PRINTER: a printer set up next year does not
        print last year's receipts.
        """
        with self._desk.shop.books.reading() as work:
            queue = work.paper_jobs.waiting(self._desk.number)
        waiting = [job for job in queue if job.id not in self._kept_back]
        sent: Sent | None = None
        try:
            for number, job in enumerate(waiting, start=1):
                if self._devices.printer is None:
                    self._note(job, PaperState.NO_PRINTER, "")
                    continue
                self.under_way = (number, len(waiting))
                answer = self._send(job, self._devices.printer)
                sent = answer or sent
                if answer is not None and not isinstance(answer, Printed):
                    break
        finally:
            self.under_way = (0, 0)
        return sent

    def test_print(self) -> str:
        """Print a page that shows what the printer can; it stands in no queue. Blocks.

        Answers `printed`, `handed_over`, `no_printer`, or the device's word for why it did not print or may not have.
        """
        profile = self._devices.profile
        page = late_printer_test.printer_test(
            late_shop_logo.face_of(self._desk, self._desk.rules),
            Wording(self._desk.rules.language),
            at=self._desk.local(self._desk.now()),
            workstation=self._desk.number,
            profile=profile.name,
            columns=profile.columns,
        )
        return self.print_now(page)

    def print_now(self, paper: Document) -> str:
        """Print a paper that stands in no queue, and is not tried again. Blocks. Answers as `test_print`."""
        return self._print_now(escpos.render(paper, self._devices.profile))

    def frank(self, transaction_id: str, tender: int) -> str:
        """Print the back of a check of this sale, which lies in the slip station; `tender` counts from 1. Blocks.

        Answers as `test_print`, and `no_slip` where the printer has no such station or the tender is no check.
        """
        document = self._franking(transaction_id, tender)
        stream = None if document is None else escpos.render_slip(document, self._devices.profile)
        if stream is None:
            return NO_SLIP
        return self._print_now(stream)

    def checks_to_frank(self, transaction_id: str) -> tuple[tuple[int, str], ...]:
        """The checks of a sale this printer can frank: number of the tender, number of the check."""
        if not self.franks or not transaction_id:
            return ()
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None or work.after_sale.void_of(sale.id) is not None:
                return ()
        return tuple((line.tender, line.check.number) for line in sale.tenders if line.check is not None)

    def _franking(self, transaction_id: str, tender: int) -> Document | None:
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            line = None if sale is None else next((each for each in sale.tenders if each.tender == tender), None)
            if sale is None or line is None or line.check is None or work.after_sale.void_of(sale.id) is not None:
                return None
            rules = work.rules.version(sale.rules_version)
            words = Wording(late_papers.language_of(work, self._desk, sale.id))
        day = sale.business_day
        check = line.check
        franking = late_check_franking.Franking(
            str(sale.receipt), day, check.number, check.shown, line.amount, sale.currency
        )
        return late_check_franking.check_franking(franking, rules.name, words)

    def _print_now(self, stream: bytes) -> str:
        if self._devices.printer is None:
            return PaperState.NO_PRINTER.value
        sent = self._devices.printer.send(stream, f"now-{uuid.uuid4().hex}")
        if isinstance(sent, Printed):
            return PaperState.PRINTED.value if sent.proven else "handed_over"
        return sent.reason.value if isinstance(sent, Held) else sent.why.value

    def _send(self, job: PaperJob, printer: PrinterPort) -> Sent | None:
        """None: somebody settled the paper meanwhile."""
        with self._desk.shop.books.reading() as work:
            document = late_papers.document_of(work, self._desk, job)
        stream = escpos.render(document, self._devices.profile)
        # Noted before the first byte leaves: a power cut from here on leaves UNKNOWN, never a silent second paper.
        with self._desk.shop.books.writing() as work:
            begun = work.paper_jobs.begin(job.id, self._desk.now())
            work.commit()
        if not begun:
            return None
        sent = printer.send(stream, job.id)
        if isinstance(sent, Printed):
            self._note(job, PaperState.PRINTED, "" if sent.proven else "handed_over")
        elif isinstance(sent, Held):
            self._note(job, PaperState.HELD, sent.reason.value)
        else:
            self._note(job, PaperState.UNKNOWN, sent.why.value)
        return sent

    def _note(self, job: PaperJob, state: PaperState, reason: str) -> None:
        with self._desk.shop.books.writing() as work:
            work.paper_jobs.set_state(job.id, state, reason, self._desk.now())
            work.commit()

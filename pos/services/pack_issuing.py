"""Papers of a return being put into the queue: the original where none is out yet, else a copy that is counted."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.copies import GivenUp
from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_pack import PackPaper
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.copies import WAITING, Issued, IssuedPapers, settle_unknown
from pos.services.desk import Desk, Fact, record
from pos.services.pack_drafts import Draft, original_of
from pos.services.pack_papers import line_facts
from pos.services.papers import new_job


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A paper that is wanted; `vendor` and `ra` are what was typed for a slip to the vendor. `copy`: another one is
    wanted even where one is out; without it what came out meanwhile is enough.
    """

    key: str
    vendor: str = ""
    ra: str = ""
    copy: bool = True


@dataclass(frozen=True, slots=True)
class Issuing:
    """Papers of one return being put into the queue, by `operator`; `as_file`: they go out as files at once."""

    work: UnitOfWork
    desk: Desk
    done: CustomerReturn
    operator: str
    as_file: bool

    def issue(self, draft: Draft, jobs: tuple[PaperJob, ...], choice: PackChoice) -> Issued | Refused:
        """The original where none is out yet, else a copy. Refused: NOT_PERMITTED, COPY_LIMIT, PAPER_ONCE."""
        typed = with_typed(draft, self.done, choice)
        if not jobs:
            return self._add(typed, 0)
        first = original_of(jobs)
        if all(map(_never_out, jobs)):
            if typed is draft or typed.facts == first.facts:
                return self._first(first)
            self.give_up(jobs)
            return self._add(typed, 0)
        if not choice.copy and not self.as_file:
            return Issued(first.id, 0)
        if draft.entry.paper is PackPaper.STORE_CREDIT and first.state is PaperState.PRINTED:
            # It bears the number and the PIN: whoever had a second one would have the customer's money.
            return Refused(Code.PAPER_ONCE)
        permitted = self.desk.permit(Permission.PRINT_AGAIN)
        if isinstance(permitted, Refused):
            return permitted
        limited = draft.entry.paper is PackPaper.RETURN_RECEIPT
        papers = IssuedPapers(first, jobs, str(self.done.number), self.desk.rules.region if limited else "")
        number = papers.next_copy()
        if isinstance(number, Refused):
            return number
        settle_unknown(self.work, self.desk, jobs)
        facts = first.facts if typed is draft else typed.facts
        return self._add(replace(draft, facts=facts, language=first.language), number)

    def _first(self, first: PaperJob) -> Issued:
        """The original that waits, or that nobody wanted so far."""
        if self.as_file or first.state not in WAITING:
            state = PaperState.PRINTED if self.as_file else PaperState.QUEUED
            self.work.paper_jobs.set_state(first.id, state, "", self.desk.now())
        if self.as_file:
            self._say(_kind(PackPaper(first.document), as_file=True), first)
        return Issued(first.id, 0)

    def _add(self, draft: Draft, number: int) -> Issued:
        state = PaperState.PRINTED if self.as_file else PaperState.QUEUED
        job = new_job(
            self.desk,
            draft.entry.paper.value,
            copy_number=number,
            facts=draft.facts,
            language=draft.language,
            state=state,
        )
        self.work.paper_jobs.add(job)
        if number or self.as_file:
            self._say(_kind(draft.entry.paper, as_file=self.as_file), job)
        return Issued(job.id, number)

    def give_up(self, jobs: tuple[PaperJob, ...]) -> None:
        """What waits of these is not wanted."""
        for job in jobs:
            if job.state in WAITING:
                why = GivenUp.NOT_WANTED.value
                self.work.paper_jobs.set_state(job.id, PaperState.DROPPED, why, self.desk.now())
                settled: dict[str, object] = {"state": PaperState.DROPPED.value, "reason": why, "job": job.id}
                self._say(EntryKind.PAPER_SETTLED, job, settled)

    def _say(self, kind: EntryKind, job: PaperJob, more: dict[str, object] | None = None) -> JournalHead:
        told = {"document": job.document, "copy": job.copy_number} | (more or {})
        return record(self.work, self.desk, Fact(kind, self.desk.now(), self.operator, self.done.id, told))


def _kind(paper: PackPaper, *, as_file: bool) -> EntryKind:
    """Copies of receipts are counted by themselves: some laws limit them."""
    if paper is not PackPaper.RETURN_RECEIPT:
        return EntryKind.PAPER_COPIED
    return EntryKind.E_RECEIPT_ISSUED if as_file else EntryKind.RECEIPT_COPIED


def _never_out(job: PaperJob) -> bool:
    """Whether it is in nobody's hand, for certain."""
    given_up = job.state is PaperState.DROPPED and job.reason == GivenUp.NOT_WANTED.value and not job.attempts
    return given_up or job.state in WAITING or job.state is PaperState.NO_PRINTER


def with_typed(draft: Draft, done: CustomerReturn, choice: PackChoice | None) -> Draft:
    """The draft with what was typed; itself where nothing was."""
    if choice is None or draft.entry.paper is not PackPaper.VENDOR_RETURN or draft.entry.place is None:
        return draft
    if not choice.vendor.strip() and not choice.ra.strip():
        return draft
    facts = line_facts(done.id, draft.entry.place, vendor=choice.vendor.strip(), ra=choice.ra.strip())
    return replace(draft, facts=facts)

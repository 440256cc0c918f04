"""The pack of a return: every paper it leaves, what is queued by itself, and what a person chooses of it.

One rule says which papers there are (`pos/domain/return_pack.py`); here each is found in the queue, or made for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pos.domain.copies import GivenUp
from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_pack import FOR_CUSTOMER, PackEntry, PackPaper, pack_of
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_slips import job_facts, printed_at_once
from pos.services.copies import WAITING, Issued, IssuedPapers, settle_unknown, written
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_papers import slip_facts
from pos.services.gift_card_slips import slips_of_return
from pos.services.pack_papers import line_facts
from pos.services.papers import document_of, new_job
from pos.services.return_papers import E_RETURN_RECEIPT, mailed_facts, return_facts
from pos.services.whole_file import write_privately
from receipts import pdf
from receipts.document import Document

_OF_LINES = frozenset({PackPaper.CLAIM_PROTOCOL, PackPaper.DISPOSITION_TAG, PackPaper.VENDOR_RETURN})
_OUT = frozenset({PaperState.SENDING, PaperState.PRINTED, PaperState.UNKNOWN})
_OF_CARDS = frozenset({PackPaper.STORE_CREDIT, PackPaper.GIFT_CARD_SLIP})


@dataclass(frozen=True, slots=True)
class PackItem:
    """One paper of a pack as a screen shows it. `key` names it in `ReturnPacks`; `document` is what is printed, in
    `language`. `job` is its original in the queue with its `state`, empty and None while there is none; `copies` how
    many followed it. `place` and `tender` are those of the entry.
    """

    key: str
    paper: PackPaper
    place: int | None
    tender: int
    ticked: bool
    language: str
    document: Document
    job: str
    state: PaperState | None
    copies: int

    @property
    def waits(self) -> bool:
        """Whether it stands in the queue and not a byte of it was sent."""
        return self.state in WAITING

    @property
    def is_out(self) -> bool:
        """Whether one may be in somebody's hand: another is a copy then."""
        return bool(self.copies) or self.state in _OUT


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A paper that is wanted; `vendor` and `ra` are what was typed for a slip to the vendor."""

    key: str
    vendor: str = ""
    ra: str = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper as the queue knows it: `facts` say what it is made of."""

    entry: PackEntry
    key: str
    facts: str
    language: str


def queue_pack(work: UnitOfWork, desk: Desk, done: CustomerReturn, *, signed: bool, language: str) -> tuple[str, ...]:
    """The papers of a return that print themselves, inside the unit of work that completes it, once its facts are
    written. What a terminal has to say follows when it has answered.
    """
    jobs = [
        new_job(desk, draft.entry.paper.value, facts=draft.facts, language=draft.language)
        for draft in _drafts(work, desk, done, signed=signed, language=language)
        if draft.entry.ticked and draft.entry.paper is not PackPaper.CARD_SLIP
    ]
    for place, job in enumerate(jobs):
        # The queue goes by time, kept in milliseconds: the customer's receipt is not to come out after the tags.
        work.paper_jobs.add(replace(job, queued_at=job.queued_at + timedelta(milliseconds=place)))
    return tuple(job.id for job in jobs)


class ReturnPacks:
    """The packs of completed returns at this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pack_of(self, return_id: str) -> tuple[PackItem, ...] | Refused:
        """Every paper this return leaves, in its order. Writes nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            return tuple(_item(work, self._desk, draft, jobs) for draft, jobs in _with_jobs(work, self._desk, done))

    def print_chosen(self, return_id: str, chosen: Sequence[PackChoice]) -> tuple[Issued, ...] | Refused:
        """Queue exactly these: what waits and is not chosen is given up, what was on paper before becomes a copy.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED (a copy needs the right to print again), RECEIPT_UNKNOWN, PAPER_UNKNOWN,
        COPY_LIMIT, PAPER_ONCE. Nothing is queued then.
        """
        return self._issue(return_id, chosen, drop_others=True)

    def print_again(self, return_id: str, chosen: Sequence[PackChoice]) -> tuple[Issued, ...] | Refused:
        """Queue these beside whatever waits. Refused as `print_chosen`."""
        return self._issue(return_id, chosen, drop_others=False)

    def save(self, return_id: str, chosen: Sequence[PackChoice], folder: Path) -> tuple[Path, ...] | Refused:
        """These as PDF files in `folder`, each in place of a paper that is not out yet, or else as a copy.

        Refused as `print_chosen`. Raises KnownError FILE_UNREADABLE where the folder cannot be written.
        """
        made = self._given_as_file(return_id, chosen)
        if isinstance(made, Refused):
            return made
        number = self._number(return_id)
        return tuple(
            written(document, folder, _file_name(number, position, job))
            for position, (job, document) in enumerate(made, start=1)
        )

    def save_sheets(self, return_id: str, chosen: Sequence[PackChoice], folder: Path) -> Path | Refused:
        """The same as one PDF of A4 sheets, for an office printer or to be sent. Refused and raises as `save`."""
        made = self._given_as_file(return_id, chosen)
        if isinstance(made, Refused):
            return made
        copies = max((job.copy_number for job, _ in made), default=0)
        path = folder / f"{self._number(return_id)}-papers{f'-copy-{copies}' if copies else ''}.pdf"
        write_privately(path, pdf.render_sheets([document for _, document in made]))
        return path

    def _number(self, return_id: str) -> str:
        with self._desk.shop.books.reading() as work:
            done = work.returns.get(return_id)
        return return_id if done is None else str(done.number)

    def _given_as_file(self, return_id: str, chosen: Sequence[PackChoice]) -> list[tuple[PaperJob, Document]] | Refused:
        """These count as given out, each with what stands on it."""
        issued = self._issue(return_id, chosen, drop_others=False, as_file=True)
        if isinstance(issued, Refused):
            return issued
        with self._desk.shop.books.reading() as work:
            jobs = [work.paper_jobs.get(one.job) for one in issued]
            return [(job, document_of(work, self._desk, job)) for job in jobs if job is not None]

    def _issue(
        self, return_id: str, chosen: Sequence[PackChoice], *, drop_others: bool, as_file: bool = False
    ) -> tuple[Issued, ...] | Refused:
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        desk = self._desk
        with desk.shop.books.writing() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            pack = {draft.key: (draft, jobs) for draft, jobs in _with_jobs(work, desk, done)}
            if any(choice.key not in pack for choice in chosen):
                return Refused(Code.PAPER_UNKNOWN)
            writing = _Issuing(work, desk, done, operator.id, as_file)
            issued: list[Issued] = []
            for choice in chosen:
                one = writing.issue(*pack[choice.key], choice)
                if isinstance(one, Refused):
                    return one
                issued.append(one)
            if drop_others:
                wanted = {choice.key for choice in chosen}
                for key, (_, jobs) in pack.items():
                    writing.give_up(jobs if key not in wanted else ())
            head = work.journal.head(desk.number)
            work.commit()
        desk.shop.anchor(head)
        return tuple(issued)


@dataclass(frozen=True, slots=True)
class _Issuing:
    """Papers of one return being put into the queue, by `operator`; `as_file`: they go out as files at once."""

    work: UnitOfWork
    desk: Desk
    done: CustomerReturn
    operator: str
    as_file: bool

    def issue(self, draft: _Draft, jobs: tuple[PaperJob, ...], choice: PackChoice) -> Issued | Refused:
        """The original where none is out yet, else a copy. Refused: NOT_PERMITTED, COPY_LIMIT, PAPER_ONCE."""
        typed = _typed(draft, self.done, choice)
        if not jobs:
            return self._add(typed, 0)
        first = _original(jobs)
        if all(map(_never_out, jobs)):
            if typed is draft or typed.facts == first.facts:
                return self._first(first)
            self.give_up(jobs)
            return self._add(typed, 0)
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

    def _add(self, draft: _Draft, number: int) -> Issued:
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


def _original(jobs: tuple[PaperJob, ...]) -> PaperJob:
    """The one that is or will be on paper: what was typed anew takes the place of what waited."""
    originals = [job for job in jobs if not job.copy_number]
    return next((job for job in originals if job.state is not PaperState.DROPPED), originals[-1])


def _never_out(job: PaperJob) -> bool:
    """Whether it is in nobody's hand, for certain."""
    given_up = job.state is PaperState.DROPPED and job.reason == GivenUp.NOT_WANTED.value and not job.attempts
    return given_up or job.state in WAITING or job.state is PaperState.NO_PRINTER


def _typed(draft: _Draft, done: CustomerReturn, choice: PackChoice) -> _Draft:
    """The draft with what was typed; itself where nothing was."""
    nothing = not choice.vendor.strip() and not choice.ra.strip()
    if nothing or draft.entry.paper is not PackPaper.VENDOR_RETURN or draft.entry.place is None:
        return draft
    facts = line_facts(done.id, draft.entry.place, vendor=choice.vendor.strip(), ra=choice.ra.strip())
    return replace(draft, facts=facts)


def _item(work: UnitOfWork, desk: Desk, draft: _Draft, jobs: tuple[PaperJob, ...]) -> PackItem:
    first = _original(jobs) if jobs else None
    entry = draft.entry
    shown = first or new_job(desk, entry.paper.value, facts=draft.facts, language=draft.language)
    return PackItem(
        key=draft.key,
        paper=entry.paper,
        place=entry.place,
        tender=entry.tender,
        ticked=entry.ticked,
        language=shown.language,
        document=document_of(work, desk, shown),
        job="" if first is None else first.id,
        state=None if first is None else first.state,
        copies=max((job.copy_number for job in jobs), default=0),
    )


def _with_jobs(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> Iterator[tuple[_Draft, tuple[PaperJob, ...]]]:
    """Every paper with its jobs in the queue, the original first."""
    of_return = work.paper_jobs.of_return(done.id)
    receipts = [job for job in of_return if job.document == PackPaper.RETURN_RECEIPT]
    language = receipts[0].language if receipts else desk.rules.language
    signed = any(job.document == PackPaper.STORE_SLIP for job in of_return)
    for draft in _drafts(work, desk, done, signed=signed, language=language):
        yield draft, tuple(_jobs(work, draft, of_return))


def _jobs(work: UnitOfWork, draft: _Draft, of_return: tuple[PaperJob, ...]) -> Iterator[PaperJob]:
    paper = draft.entry.paper
    if paper in _OF_CARDS or paper is PackPaper.CARD_SLIP:
        yield from work.paper_jobs.of_facts(paper.value, draft.facts)
        return
    names = {paper.value, E_RETURN_RECEIPT} if paper is PackPaper.RETURN_RECEIPT else {paper.value}
    for job in of_return:
        # What was typed for the vendor stands behind the line it is about.
        if job.document in names and job.facts.rstrip("}").startswith(draft.facts.rstrip("}")):
            yield job


def _drafts(work: UnitOfWork, desk: Desk, done: CustomerReturn, *, signed: bool, language: str) -> Iterator[_Draft]:
    slips = _card_slips(work, desk, done)
    for entry in pack_of(done, signed=signed):
        spoken = language if entry.paper in FOR_CUSTOMER else desk.rules.language
        about = f":{entry.place}" if entry.place is not None else f":{entry.tender}" if entry.tender else ""
        key = f"{entry.paper.value}{about}"
        if entry.paper is PackPaper.CARD_SLIP:
            yield from _of_terminal(work, done, _Draft(entry, key, "", spoken))
            continue
        facts = slips.get(entry.tender) if entry.paper in _OF_CARDS else _facts(done, entry)
        if facts is not None:
            yield _Draft(entry, key, facts, spoken)


def _facts(done: CustomerReturn, entry: PackEntry) -> str:
    if entry.paper in _OF_LINES and entry.place is not None:
        return line_facts(done.id, entry.place)
    if entry.paper is PackPaper.MAIL_CHECK_REQUEST:
        return mailed_facts(done.id, next(one.amount for one in done.tenders if one.tender == entry.tender))
    return return_facts(done.id)


def _card_slips(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> dict[int, str]:
    """What the slips of cards of the shop keep, by the tender that went onto each."""
    at = work.returns.entry_of(done.id)
    entries = [] if at is None else [entry for _, entry in work.gift_cards.of_entry(*at)]
    slips = list(slips_of_return(work, desk, done, entries))
    found: dict[int, str] = {}
    for tender in done.tenders:
        mine = next((one for one in slips if one[0].id == tender.account), None)
        if mine is not None:
            slips.remove(mine)
            card, slip = mine
            found[tender.tender] = slip_facts(card.id, slip)
    return found


def _of_terminal(work: UnitOfWork, done: CustomerReturn, draft: _Draft) -> Iterator[_Draft]:
    """What the terminal gave to print for one refund, once it has answered."""
    tender = next(one for one in done.tenders if one.tender == draft.entry.tender)
    view = work.card_attempts.get(tender.attempt)
    if view is None:
        return
    for outcome in work.card_attempts.outcomes(tender.attempt):
        at_once = printed_at_once(view, outcome)
        for place in range(len(outcome.receipts)):
            entry = replace(draft.entry, ticked=place in at_once)
            yield replace(
                draft, entry=entry, key=f"{draft.key}:{outcome.number}:{place}", facts=job_facts(outcome, place)
            )


def _file_name(number: str, position: int, job: PaperJob) -> str:
    copy = f"-copy-{job.copy_number}" if job.copy_number else ""
    return f"{number}-{position}-{job.document}{copy}.pdf"

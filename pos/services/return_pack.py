"""The pack of a return: every paper it leaves, what is queued by itself, and what a person chooses of it.

One rule says which papers there are (`pos/domain/return_pack.py`); here each is found in the queue, or made for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.refusal import Code, Refused
from pos.domain.return_pack import SIGNED, PackPaper
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.copies import WAITING, Issued, written
from pos.services.desk import Desk
from pos.services.pack_drafts import Draft, drafts, original_of, with_jobs
from pos.services.pack_issuing import Issuing, PackChoice, with_typed
from pos.services.papers import document_of, new_job
from pos.services.whole_file import write_privately
from receipts import pdf
from receipts.document import Document

_OUT = frozenset({PaperState.SENDING, PaperState.PRINTED, PaperState.UNKNOWN})
_Made = tuple[PaperJob, Document]
_Keep = Callable[[str, Sequence[_Made]], Iterator[Path]]


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
    instead: bool = False

    @property
    def waits(self) -> bool:
        """Whether it stands in the queue and not a byte of it was sent."""
        return self.state in WAITING

    @property
    def is_out(self) -> bool:
        """Whether one may be in somebody's hand: another is a copy then."""
        return bool(self.copies) or self.state in _OUT


def queue_pack(work: UnitOfWork, desk: Desk, done: CustomerReturn, *, signed: bool, language: str) -> tuple[str, ...]:
    """The papers of a return that print themselves, inside the unit of work that completes it, once its facts are
    written. What a terminal has to say follows when it has answered.
    """
    every = drafts(work, desk, done, signed=signed, language=language)
    wanted = (one for one in every if one.entry.ticked and one.entry.paper is not PackPaper.CARD_SLIP)
    return _queued(work, desk, wanted)


def queue_instead(work: UnitOfWork, desk: Desk, done: CustomerReturn, tender: int) -> tuple[str, ...]:
    """The papers of money that went out after its card had refused it, inside the unit of work that gives it."""
    wanted = [
        draft
        for draft, _ in with_jobs(work, desk, done)
        if draft.entry.instead and draft.entry.tender == tender and draft.entry.ticked
    ]
    return _queued(work, desk, wanted)


def _queued(work: UnitOfWork, desk: Desk, wanted: Iterable[Draft]) -> tuple[str, ...]:
    """Put into the queue in this order."""
    jobs = [new_job(desk, one.entry.paper.value, facts=one.facts, language=one.language) for one in wanted]
    for place, job in enumerate(jobs):
        # The queue goes by time, kept in milliseconds: the customer's receipt is not to come out after the tags.
        work.paper_jobs.add(replace(job, queued_at=job.queued_at + timedelta(milliseconds=place)))
    return tuple(job.id for job in jobs)


class ReturnPacks:
    """The packs of completed returns at this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_receipt(self, identity: str) -> CustomerReturn | Refused:
        """The return of this identity, or the last one this sale is a half of.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            tied = work.returns.tied_to(identity)
            done = work.returns.get(identity) or (tied[-1] if tied else None)
        return done or Refused(Code.RECEIPT_UNKNOWN, {"receipt": identity[:40]})

    def to_sign(self, return_id: str) -> tuple[str, ...] | Refused:
        """The jobs of this return that wait and that somebody signs. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            jobs = work.paper_jobs.of_return(return_id)
        return tuple(job.id for job in jobs if job.state in WAITING and job.document in SIGNED)

    def pack_of(self, return_id: str, chosen: Sequence[PackChoice] = ()) -> tuple[PackItem, ...] | Refused:
        """Every paper this return leaves, in its order, with what was typed for those of `chosen`. Writes nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        typed = {choice.key: choice for choice in chosen}
        with self._desk.shop.books.reading() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            return tuple(
                _item(work, self._desk, draft, jobs, with_typed(draft, done, typed.get(draft.key)))
                for draft, jobs in with_jobs(work, self._desk, done)
            )

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

        Refused as `print_chosen`. Raises KnownError FILE_UNREADABLE where the folder cannot be written; then none of
        them counts as given out.
        """

        def keep(number: str, made: Sequence[_Made]) -> Iterator[Path]:
            for position, (job, document) in enumerate(made, start=1):
                yield written(document, folder, _free(folder / _file_name(number, position, job)).name)

        return self._keep(return_id, chosen, keep)

    def save_sheets(self, return_id: str, chosen: Sequence[PackChoice], folder: Path) -> Path | Refused:
        """The same as one PDF of A4 sheets, for an office printer or to be sent. Refused and raises as `save`."""

        def keep(number: str, made: Sequence[_Made]) -> Iterator[Path]:
            copies = max((job.copy_number for job, _ in made), default=0)
            path = _free(folder / f"{number}-papers{f'-copy-{copies}' if copies else ''}.pdf")
            write_privately(path, pdf.render_sheets([document for _, document in made]))
            yield path

        kept = self._keep(return_id, chosen, keep)
        return kept if isinstance(kept, Refused) else kept[0]

    def _keep(self, return_id: str, chosen: Sequence[PackChoice], keep: _Keep) -> tuple[Path, ...] | Refused:
        """The files of these. They stand before the books say so, and go again where the books take nothing: a folder
        that cannot be written leaves every paper where it was.
        """
        files: list[Path] = []

        def as_files(work: UnitOfWork, done: CustomerReturn, issued: Sequence[Issued]) -> None:
            jobs = [work.paper_jobs.get(one.job) for one in issued]
            made = [(job, document_of(work, self._desk, job)) for job in jobs if job is not None]
            files.extend(keep(str(done.number), made))

        try:
            issued = self._issue(return_id, chosen, drop_others=False, as_files=as_files)
        except KnownError:
            for file in files:
                file.unlink(missing_ok=True)
            raise
        return issued if isinstance(issued, Refused) else tuple(files)

    def _issue(
        self,
        return_id: str,
        chosen: Sequence[PackChoice],
        *,
        drop_others: bool,
        as_files: Callable[[UnitOfWork, CustomerReturn, Sequence[Issued]], None] | None = None,
    ) -> tuple[Issued, ...] | Refused:
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        desk = self._desk
        with desk.shop.books.writing() as work:
            done = work.returns.get(return_id)
            if done is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
            pack = {draft.key: (draft, jobs) for draft, jobs in with_jobs(work, desk, done)}
            if any(choice.key not in pack for choice in chosen):
                return Refused(Code.PAPER_UNKNOWN)
            writing = Issuing(work, desk, done, operator.id, as_files is not None)
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
            if as_files is not None:
                as_files(work, done, issued)
            head = work.journal.head(desk.number)
            work.commit()
        desk.shop.anchor(head)
        return tuple(issued)


def _item(work: UnitOfWork, desk: Desk, draft: Draft, jobs: tuple[PaperJob, ...], typed: Draft) -> PackItem:
    first = original_of(jobs) if jobs else None
    entry, shown = draft.entry, first
    if shown is None or (typed is not draft and typed.facts != shown.facts):
        shown = new_job(desk, entry.paper.value, facts=typed.facts, language=draft.language)
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
        instead=entry.instead,
    )


def _free(path: Path) -> Path:
    """This file, or the next one of its name: what was given out before is never overwritten."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return path if not path.exists() else next(other for other in others if not other.exists())


def _file_name(number: str, position: int, job: PaperJob) -> str:
    copy = f"-copy-{job.copy_number}" if job.copy_number else ""
    return f"{number}-{position}-{job.document}{copy}.pdf"

"""The papers of a return as the queue knows them: what each is made of, and what of it was queued so far."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.return_pack import FOR_CUSTOMER, PackEntry, PackPaper, pack_of
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_slips import job_facts, printed_at_once
from pos.services.desk import Desk
from pos.services.gift_card_papers import slip_facts
from pos.services.gift_card_slips import slips_by_tender, slips_instead
from pos.services.pack_papers import TYPED, line_facts
from pos.services.return_papers import E_RETURN_RECEIPT, instead_facts, mailed_facts, return_facts, tender_facts

_OF_LINES = frozenset({PackPaper.CLAIM_PROTOCOL, PackPaper.DISPOSITION_TAG, PackPaper.VENDOR_RETURN})
_OF_CARDS = frozenset({PackPaper.STORE_CREDIT, PackPaper.GIFT_CARD_SLIP})


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as the queue knows it: `facts` say what it is made of."""

    entry: PackEntry
    key: str
    facts: str
    language: str


def with_jobs(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> Iterator[tuple[Draft, tuple[PaperJob, ...]]]:
    """Every paper with its jobs in the queue, the original first."""
    of_return = work.paper_jobs.of_return(done.id)
    receipts = [job for job in of_return if job.document == PackPaper.RETURN_RECEIPT]
    language = receipts[0].language if receipts else desk.rules.language
    signed = any(job.document == PackPaper.STORE_SLIP for job in of_return)
    for draft in drafts(work, desk, done, signed=signed, language=language):
        yield draft, tuple(_jobs(work, draft, of_return))


def _jobs(work: UnitOfWork, draft: Draft, of_return: tuple[PaperJob, ...]) -> Iterator[PaperJob]:
    paper = draft.entry.paper
    if paper in _OF_CARDS or paper is PackPaper.CARD_SLIP:
        yield from work.paper_jobs.of_facts(paper.value, draft.facts)
        return
    names = {paper.value, E_RETURN_RECEIPT} if paper is PackPaper.RETURN_RECEIPT else {paper.value}
    for job in of_return:
        if job.document in names and _tells(job.facts, draft.facts):
            yield job


def _tells(kept: str, wanted: str) -> bool:
    """Whether a job's facts are these; what was typed for the vendor stands beside them."""
    told = {name: fact for name, fact in json.loads(kept).items() if name not in TYPED}
    return bool(told == json.loads(wanted))


def drafts(work: UnitOfWork, desk: Desk, done: CustomerReturn, *, signed: bool, language: str) -> Iterator[Draft]:
    """Every paper this return leaves, as it would be queued now."""
    otherwise = [made for made, _ in work.refunds_instead.of_return(done.id)]
    slips = {False: slips_by_tender(work, desk, done), True: slips_instead(work, desk, done)}
    for entry in pack_of(done, signed=signed, otherwise=otherwise):
        spoken = language if entry.paper in FOR_CUSTOMER else desk.rules.language
        about = f":{entry.place}" if entry.place is not None else f":{entry.tender}" if entry.tender else ""
        key = f"{entry.paper.value}{about}{':instead' if entry.instead else ''}"
        card = slips[entry.instead].get(entry.tender)
        if entry.paper is PackPaper.CARD_SLIP:
            yield from _of_terminal(work, done, Draft(entry, key, "", spoken))
        elif entry.paper not in _OF_CARDS and entry.paper is not PackPaper.STORE_CREDIT_COPY:
            yield Draft(entry, key, _facts(done, entry), spoken)
        elif card is not None:
            facts = slip_facts(card[0].id, card[1]) if entry.paper in _OF_CARDS else _facts(done, entry)
            yield Draft(entry, key, facts, spoken)


def _facts(done: CustomerReturn, entry: PackEntry) -> str:
    if entry.instead:
        return instead_facts(done.id, entry.tender)
    if entry.paper in _OF_LINES and entry.place is not None:
        return line_facts(done.id, entry.place)
    if entry.paper is PackPaper.STORE_CREDIT_COPY:
        return tender_facts(done.id, entry.tender)
    if entry.paper is PackPaper.MAIL_CHECK_REQUEST:
        return mailed_facts(done.id, next(one.amount for one in done.tenders if one.tender == entry.tender))
    return return_facts(done.id)


def _of_terminal(work: UnitOfWork, done: CustomerReturn, draft: Draft) -> Iterator[Draft]:
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


def original_of(jobs: tuple[PaperJob, ...]) -> PaperJob:
    """The one that is or will be on paper: what was typed anew takes the place of what waited."""
    originals = [job for job in jobs if not job.copy_number]
    return next((job for job in reversed(originals) if job.state is not PaperState.DROPPED), originals[-1])

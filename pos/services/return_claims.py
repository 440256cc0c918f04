"""Claims for defective goods: taken in with a protocol, and settled, each as a fact of the journal.

No money moves by them: goods that are replaced or paid back come back as every return does. The journal keeps what was
said; of the customer it keeps the number alone, so that a name can be erased.
"""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path

from pos.domain.claim_law import DEFECT, DEFECT_MOST, MANNERS, REMEDY, ClaimTerm, claim_term, days_promised
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_decision import LineDecision, Verdict
from pos.domain.return_line import lines_of
from pos.domain.return_request import ReturnRequest
from pos.domain.staff import Permission
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.claim_papers import claim_facts, claim_number, claim_of, claim_paper, day_of
from pos.services.copies import save_paper
from pos.services.desk import Desk, Fact, record
from pos.services.papers import language_for, new_job
from pos.services.returns import Quote, judged
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.claim_protocol import Claim
from receipts.paper.return_receipt import CLAIM_PROTOCOL


@dataclass(frozen=True, slots=True)
class TakenClaim:
    """A claim that was taken in or settled, by its number, and its protocol, which waits to be printed. It is settled
    by the day `due`, None where nobody names one.
    """

    number: str
    job: str
    due: date | None = None


class ReturnClaims:
    """Claims taken in and settled at this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_in(self, request: ReturnRequest) -> tuple[TakenClaim, ...] | Refused:
        """Judge the request, take in every line of it that is a claim under the law, and queue a protocol for each.

        The facts of a line or of the request say the `remedy` the customer wants (the first of the law, left out) and
        what is wrong (`defect`).

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, RETURN_EMPTY, NO_CLAIM, CLAIM_REMEDY.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        desk = self._desk
        with desk.shop.books.writing() as work:
            quote = judged(work, desk, request)
            if isinstance(quote, Refused):
                return quote
            lines = [line for line in quote.decision.lines if line.verdict is Verdict.STATUTORY_CLAIM]
            if not lines:
                return Refused(Code.NO_CLAIM)
            refused = next((why for line in lines if (why := _no_remedy(quote, line)) is not None), None)
            if refused is not None:
                return refused
            language = language_for(work, desk, quote.case)
            taken = []
            for line in lines:
                told = _told(work, desk, quote, line, language)
                fact = Fact(EntryKind.CLAIM_TAKEN_IN, desk.now(), operator.id, uuid.uuid4().hex, told)
                head = record(work, desk, fact)
                job = new_job(
                    desk, CLAIM_PROTOCOL, facts=claim_facts(head.workstation, head.sequence), language=language
                )
                work.paper_jobs.add(job)
                taken.append(TakenClaim(claim_number(head.workstation, head.sequence), job.id, day_of(told["due"])))
            work.commit()
        desk.shop.anchor(head)
        return tuple(taken)

    def waiting(self) -> tuple[Claim, ...] | Refused:
        """The claims of the shop nobody has settled, the one that is due first before the others.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            settled = {entry.subject for entry in work.journal.of_kind(EntryKind.CLAIM_SETTLED)}
            entries = [one for one in work.journal.of_kind(EntryKind.CLAIM_TAKEN_IN) if one.subject not in settled]
            claims = [claim_of(work, entry) for entry in entries]
        return tuple(sorted(claims, key=lambda one: (one.due or date.max, one.at)))

    def settle(self, number: str, manner: str) -> TakenClaim | Refused:
        """Say how a claim ended, today, and queue the protocol with its confirmation.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_CLAIM where there is none of that number, CLAIM_SETTLED, CLAIM_REMEDY.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        desk = self._desk
        with desk.shop.books.writing() as work:
            entry = _find(work, number)
            if entry is None:
                return Refused(Code.NO_CLAIM)
            if work.journal.of_subject(str(entry.subject), EntryKind.CLAIM_SETTLED):
                return Refused(Code.CLAIM_SETTLED, {"claim": number})
            if manner not in MANNERS:
                return Refused(Code.CLAIM_REMEDY, {"remedy": manner[:40], "choices": ", ".join(MANNERS)})
            now = desk.now()
            told: dict[str, object] = {"claim": number, "manner": manner, "day": desk.local(now).date().isoformat()}
            head = record(work, desk, Fact(EntryKind.CLAIM_SETTLED, now, operator.id, entry.subject, told))
            facts = claim_facts(entry.workstation, entry.sequence, settled=(head.workstation, head.sequence))
            job = new_job(desk, CLAIM_PROTOCOL, facts=facts, language=json.loads(entry.payload)["language"])
            work.paper_jobs.add(job)
            work.commit()
        desk.shop.anchor(head)
        return TakenClaim(number, job.id, day_of(json.loads(entry.payload)["due"]))

    def save(self, job_id: str, folder: Path) -> Path | Refused:
        """A protocol that was made, as a PDF in `folder`; the same protocol gives the same file.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, PAPER_UNKNOWN. Raises KnownError FILE_UNREADABLE where the folder
        cannot be written.
        """

        def make(work: UnitOfWork, job: PaperJob) -> tuple[Document, str] | None:
            facts = json.loads(job.facts)
            if "claim" not in facts:
                return None
            workstation, sequence = facts["claim"]
            ended = "-settled" if facts["settled"] else ""
            return claim_paper(work, self._desk, job), f"{CLAIM_PROTOCOL}-{workstation}-{sequence}{ended}.pdf"

        return save_paper(self._desk, job_id, CLAIM_PROTOCOL, folder, make)


def _find(work: UnitOfWork, number: str) -> JournalEntry | None:
    workstation, _, sequence = number.partition("/")
    if not (workstation.isascii() and workstation.isdigit() and sequence.isascii() and sequence.isdigit()):
        return None
    entry = work.journal.entry(int(workstation[:6]), int(sequence[:12]))
    return entry if entry is not None and entry.kind is EntryKind.CLAIM_TAKEN_IN else None


def _said(quote: Quote, line: LineDecision, name: str) -> str:
    request = quote.case.request
    return request.lines[line.place].facts.get(name, "") or request.facts.get(name, "")


def _no_remedy(quote: Quote, line: LineDecision) -> Refused | None:
    wanted = _said(quote, line, REMEDY)
    if not wanted or wanted in quote.decision.claim:
        return None
    return Refused(Code.CLAIM_REMEDY, {"remedy": wanted[:40], "choices": ", ".join(quote.decision.claim)})


def _told(work: UnitOfWork, desk: Desk, quote: Quote, line: LineDecision, language: str) -> dict[str, object]:
    """What the journal keeps of a claim: text and whole numbers."""
    case, words = quote.case, Wording(language)
    asked, purchase = case.request.lines[line.place], case.purchase
    sold = None if purchase is None else purchase.line(line.line)
    known = {one.code: one.words for one in work.reasons.of(ReasonKind.RETURN)}
    said = (
        words.reason(Reason(asked.reason, known.get(asked.reason, ""))) if asked.reason else "",
        words.condition(asked.condition) if asked.condition else "",
        _said(quote, line, DEFECT)[:DEFECT_MOST],
    )
    law = next((one.rule for one in line.reasons if one.code is Code.STATUTORY_DEFECT), "")
    region = law.split(".")[1] if law.count(".") > 1 else case.region
    subject = lines_of(case)[line.place].subject
    term: ClaimTerm = claim_term(region, case.today, days_promised(quote.policy, subject))
    return {
        "rules_version": desk.rules.version,
        "language": language,
        "purchase": "" if purchase is None else purchase.id,
        "receipt": "" if purchase is None else purchase.receipt,
        "bought": "" if purchase is None else purchase.day.isoformat(),
        "line": line.line,
        "item": line.item,
        "name": line.item if sold is None else sold.name,
        "quantity": line.quantity.thousandths,
        "unit": line.quantity.unit.value,
        "serial": asked.serial,
        "content": list(dict.fromkeys(filter(None, said))),
        "remedy": _said(quote, line, REMEDY) or next(iter(quote.decision.claim), ""),
        "customer": "" if case.customer is None else case.customer.id,
        "law": law,
        "due": "" if term.due is None else term.due.isoformat(),
        "soon": int(term.soon),
        "rule": term.rule,
    }

"""What a customer is given who is told no: the refusal becomes a fact of the journal, and its note is made of that.

The journal keeps the sentences as they were said, so that the note says the same in ten years.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Decision, LineDecision, Reason, Verdict
from pos.domain.return_floors import answers_for_defects, answers_until
from pos.domain.return_request import ReturnRequest
from pos.domain.staff import Permission
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.return_words import refusal_verdict
from pos.services.copies import save_paper
from pos.services.desk import Desk, Fact, record
from pos.services.papers import language_for, new_job
from pos.services.refusal_papers import refusal_facts, refusal_number, refusal_paper
from pos.services.return_papers import last_days
from pos.services.returns import Quote, judged
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.refusal_note import REFUSAL_NOTE


@dataclass(frozen=True, slots=True)
class NotedRefusal:
    """A note that waits to be printed; `number` is what it is asked after by."""

    job: str
    number: str


class ReturnRefusals:
    """Notes on what is not taken back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def note(self, request: ReturnRequest) -> NotedRefusal | Refused:
        """Judge the request, keep what of it is refused and why, and queue the note for the customer.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, RETURN_EMPTY, RETURN_NOT_REFUSED.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            quote = judged(work, self._desk, request)
            if isinstance(quote, Refused):
                return quote
            if not refuses(quote.decision):
                return Refused(Code.RETURN_NOT_REFUSED)
            language = language_for(work, self._desk, quote.case)
            own = frozenset(one.id for one in quote.policy.rules)
            told = _told(work, self._desk, quote, Telling(Wording(language), own))
            fact = Fact(EntryKind.RETURN_REFUSED, self._desk.now(), operator.id, request.purchase or None, told)
            head = record(work, self._desk, fact)
            facts = refusal_facts(head.workstation, head.sequence)
            job = new_job(self._desk, REFUSAL_NOTE, facts=facts, language=language)
            work.paper_jobs.add(job)
            work.commit()
        self._desk.shop.anchor(head)
        return NotedRefusal(job.id, refusal_number(head.workstation, head.sequence))

    def save(self, job_id: str, folder: Path) -> Path | Refused:
        """A note that was made, as a PDF in `folder`; the same note gives the same file.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, PAPER_UNKNOWN. Raises KnownError FILE_UNREADABLE where the folder
        cannot be written.
        """

        def make(work: UnitOfWork, job: PaperJob) -> tuple[Document, str]:
            facts = json.loads(job.facts)
            name = f"{REFUSAL_NOTE}-{facts['workstation']}-{facts['sequence']}.pdf"
            return refusal_paper(work, self._desk, job), name

        return save_paper(self._desk, job_id, REFUSAL_NOTE, folder, make)


def refuses(decision: Decision) -> bool:
    """Whether something of it does not come back now."""
    return decision.verdict is not Verdict.ALLOWED


# --- What is kept -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """The words the customer reads, and the ids of the rules of the policy: no other name of a rule means anything to
    them.
    """

    words: Wording
    rules: frozenset[str]


def _told(work: UnitOfWork, desk: Desk, quote: Quote, telling: Telling) -> dict[str, object]:
    """What the journal keeps of a refusal: text and whole numbers."""
    case, decision = quote.case, quote.decision
    purchase = case.purchase
    last = {} if purchase is None else dict(last_days(work, desk, purchase))
    law = None if purchase is None else answers_until(purchase, case.region)
    refused = [line for line in decision.lines if line.verdict is not Verdict.ALLOWED]
    of_lines = {id(reason) for line in decision.lines for reason in line.reasons}
    whole = [reason for reason in decision.reasons if id(reason) not in of_lines and not reason.line]
    seen = {_key(reason) for line in refused for reason in line.reasons}
    return {
        "rules_version": desk.rules.version,
        "language": telling.words.language,
        "policy": decision.policy,
        "version": decision.version,
        "receipt": "" if purchase is None else purchase.receipt,
        "bought": "" if purchase is None else purchase.day.isoformat(),
        "decision": decision.verdict.value,
        "lines": [_line(line, case, last.get(line.line), telling) for line in refused],
        "reasons": _reasons((one for one in whole if _key(one) not in seen), telling),
        "law_holds": int(answers_for_defects(case.region, case.today)) if purchase is None else 0,
        "law_until": "" if law is None or law < case.today else law.isoformat(),
    }


def _line(line: LineDecision, case: ReturnCase, last: date | None, telling: Telling) -> dict[str, object]:
    sold = None if case.purchase is None else case.purchase.line(line.line)
    goods = case.goods.get(line.item)
    name = sold.name if sold is not None else line.item if goods is None else goods.name
    return {
        "line": line.line,
        "item": line.item,
        "name": name,
        "quantity": line.quantity.thousandths,
        "unit": line.quantity.unit.value,
        "decision": line.verdict.value,
        "answer": refusal_verdict(telling.words, line.verdict),
        "last": "" if last is None else last.isoformat(),
        "reasons": _reasons(line.reasons, telling),
    }


def _reasons(reasons: Iterable[Reason], telling: Telling) -> list[dict[str, object]]:
    """What stands in the way, each sentence once."""
    words = telling.words
    told: dict[tuple[str, str], dict[str, object]] = {}
    for reason in reasons:
        if not reason.stands_in_the_way:
            continue
        said = words.return_reason_for_customer(reason) or words.return_reason(reason)
        told.setdefault(
            (said, reason.rule),
            {
                "code": reason.code.value,
                "rule": reason.rule,
                "shown": reason.rule if reason.rule in telling.rules else "",
                "said": said,
                "remedy": "" if reason.remedy is None else words.remedy_for_customer(reason.remedy),
                "from": _possible(reason),
            },
        )
    return list(told.values())


def _possible(reason: Reason) -> str:
    """The day from which it would be a yes, unless the remedy says so already."""
    said = reason.remedy is not None and reason.remedy.code == "WAIT"
    return "" if reason.possible_from is None or said else reason.possible_from.isoformat()


def _key(reason: Reason) -> tuple[str, str]:
    return reason.code.value, reason.rule

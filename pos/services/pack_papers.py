"""The papers about single decisions of a return: the exception, the goods and where they go, the claim."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from pos.domain.agreed_rule import AgreedRule
from pos.domain.approval import AS_ASKED, Approval, Proof
from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.money import Money
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.refund_instead import RefundInstead
from pos.domain.refund_rules import EXCHANGE
from pos.domain.signature import Signer
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, read_payload
from pos.services.shop_logo import face_of
from pos.services.signatures import picture_by
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.claim_protocol import Claim, claim_protocol
from receipts.paper.disposition_tag import GoodsTag, disposition_tag
from receipts.paper.exception_form import AgreedException, AgreedPerson, exception_form
from receipts.paper.return_receipt import CLAIM_PROTOCOL, DISPOSITION_TAG, EXCEPTION_FORM, VENDOR_RETURN
from receipts.paper.vendor_return import VendorReturn, vendor_return

PACK_PAPERS = frozenset({EXCEPTION_FORM, DISPOSITION_TAG, VENDOR_RETURN, CLAIM_PROTOCOL})
# Where the journal's entry of a return tells what was agreed to beside the policy.
EXCEPTIONS = "exceptions"
_REASONS = (ReasonKind.GOODWILL, ReasonKind.RETURN)
# What is typed for a slip to the vendor.
TYPED = ("vendor", "ra")


def line_facts(return_id: str, place: int, *, vendor: str = "", ra: str = "") -> str:
    """What a job keeps of the line it is about; `vendor` and `ra` are what was typed for the slip to the vendor."""
    typed = {name: text for name, text in (("vendor", vendor), ("ra", ra)) if text}
    return json.dumps({"return": return_id, "place": place} | typed, ensure_ascii=False)


def pack_paper(work: UnitOfWork, desk: Desk, done: CustomerReturn, job: PaperJob) -> Document:
    """The paper of a job about one decision of this return."""
    words, face = Wording(job.language), face_of(desk, desk.rules)
    facts = json.loads(job.facts)
    if job.document == EXCEPTION_FORM:
        made = work.refunds_instead.get(done.id, facts["instead"]) if "instead" in facts else None
        about = _exception(work, done, words) if made is None else _given_instead(work, done, made, words)
        return exception_form(about, face, words, copy_number=job.copy_number)
    line = next(one for one in done.lines if one.place == facts["place"])
    reason = _reason(work, line.reason, words)
    if job.document == DISPOSITION_TAG:
        return disposition_tag(GoodsTag(done, line, reason), face, words, copy_number=job.copy_number)
    if job.document == VENDOR_RETURN:
        back = VendorReturn(done, line, reason, facts.get("vendor", ""), facts.get("ra", ""))
        return vendor_return(back, face, words, copy_number=job.copy_number)
    return claim_protocol(_claim(work, done, line, reason, words), face, words, copy_number=job.copy_number)


def _exception(work: UnitOfWork, done: CustomerReturn, words: Wording) -> AgreedException:
    given = work.approvals.granted(done.approval)
    assert given is not None, "what was approved was granted"
    return _agreed(work, done, given, _rules(work, done, given), words)


def _given_instead(work: UnitOfWork, done: CustomerReturn, made: RefundInstead, words: Wording) -> AgreedException:
    """That a card's money went out another way: on which card it should be, and how it went."""
    given = work.approvals.granted(made.approval)
    assert given is not None, "what was approved was granted"
    tender = next(one for one in done.tenders if one.tender == made.tender)
    out = words.amount(Money(made.amount, done.currency))
    rule = AgreedRule(
        given.request.requirement.code.value,
        "",
        value=f"{words.refund_to(made.kind, made.card)} {out}",
        limit=words.refund_to(tender.kind, tender.card),
        role=given.request.requirement.role,
    )
    about = _agreed(work, done, given, (rule,), words)
    # What somebody drew is about the return and what was agreed to with it.
    return replace(about, option=words.refund_to(made.kind), signature=None)


def _agreed(
    work: UnitOfWork, done: CustomerReturn, given: Approval, rules: tuple[AgreedRule, ...], words: Wording
) -> AgreedException:
    asked = given.request
    needed = asked.requirement
    return AgreedException(
        done=done,
        rules=rules,
        asked=AgreedPerson(asked.asked_by, asked.asked_by_name, _clock(done, asked.asked_at)),
        agreed=AgreedPerson(given.approver, _name(work, given.approver), _clock(done, given.granted_at)),
        proof=Proof(given.proof),
        option=_option(given, words),
        reason=_reason(work, given.reason, words, ReasonKind.APPROVAL),
        without=needed.before,
        within=given.option.amount,
        limit=needed.limit,
        signature=picture_by(work, done.id, Signer.APPROVER),
    )


def _rules(work: UnitOfWork, done: CustomerReturn, given: Approval) -> tuple[AgreedRule, ...]:
    """As the journal tells it; of a return of before it was told, what the request was about."""
    at = work.returns.entry_of(done.id)
    entry = None if at is None else work.journal.entry(*at)
    told = [] if entry is None else read_payload(entry).get(EXCEPTIONS, [])
    if isinstance(told, list) and told:
        return tuple(AgreedRule.read(one) for one in told)
    return (AgreedRule(given.request.requirement.code.value, "", item=given.request.requirement.about),)


def _option(given: Approval, words: Wording) -> str:
    if given.option.id == AS_ASKED:
        return words.say("As asked")
    if given.option.id == EXCHANGE:
        return words.say("Other goods instead of money")
    return words.refund_to(given.option.id)


def _claim(work: UnitOfWork, done: CustomerReturn, line: ReturnLine, reason: str, words: Wording) -> Claim:
    """The claim of goods that came back at once: taken in and settled on the same day."""
    customer = work.customers.get(done.customer) if done.customer else None
    manner = "replace" if line.swapped else "refund"
    state = words.condition(line.condition) if line.condition else ""
    return Claim(
        number=f"{done.number}-{line.place + 1}",
        at=_clock(done, done.at),
        workstation=done.number.workstation,
        operator_name=done.operator_name,
        receipt=done.purchase_receipt,
        bought=done.purchase_day,
        item=line.item,
        name=line.name,
        quantity=line.quantity,
        serial=line.serial,
        content=tuple(dict.fromkeys(filter(None, (reason, state)))),
        remedy=manner,
        customer="" if customer is None else customer.name,
        contact=() if customer is None else tuple(filter(None, (customer.phone, customer.email))),
        settled=_clock(done, done.at).date(),
        manner=manner,
        code=done.code,
        signature=picture_by(work, done.id, Signer.CUSTOMER),
    )


def _clock(done: CustomerReturn, at: datetime) -> datetime:
    return at + timedelta(minutes=done.utc_offset_minutes)


def _name(work: UnitOfWork, number: str) -> str:
    found = work.staff.find(number)
    return "" if found is None else found.operator.name


def _reason(work: UnitOfWork, code: str, words: Wording, *kinds: ReasonKind) -> str:
    if not code:
        return ""
    known = {one.code: one.words for kind in kinds or _REASONS for one in work.reasons.of(kind)}
    return words.reason(Reason(code, known.get(code, "")))

"""The papers of returns, made from the facts in the books."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pos.domain.customer_return import CustomerReturn
from pos.domain.gift_card import GiftMove
from pos.domain.holidays import days_off
from pos.domain.policy_rule import Policy
from pos.domain.purchase import Purchase
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.returning import last_return_day
from pos.domain.signature import Signer
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_slips import credit_of
from pos.services.pack_papers import PACK_PAPERS, pack_paper
from pos.services.policy_versions import policy_on
from pos.services.purchases import plain_purchase, purchase_of
from pos.services.shop_logo import face_of
from pos.services.signatures import picture_by
from pos.wording import Wording
from receipts.document import Document, Logo
from receipts.paper.gift_card_slip import shops_copy
from receipts.paper.imported_sale import imported_sale
from receipts.paper.mail_check_request import MailedCheck, mail_check_request
from receipts.paper.refusal_note import REFUSAL_NOTE
from receipts.paper.return_receipt import (
    EXCHANGE_RECEIPT,
    MAIL_CHECK_REQUEST,
    OF_THE_RETURN,
    REFUND_SLIP,
    RETURN_RECEIPT,
    STORE_CREDIT_COPY,
    STORE_SLIP,
    ReturnPaper,
    return_receipt,
)
from receipts.paper.till_slip import TillSlip, till_slip

# The receipt of a return as a file.
E_RETURN_RECEIPT = "e_return_receipt"
RETURN_PAPERS = OF_THE_RETURN | {EXCHANGE_RECEIPT, REFUSAL_NOTE}

_REASONS = (ReasonKind.GOODWILL, ReasonKind.RETURN)


def return_facts(return_id: str) -> str:
    """What a job in the queue keeps of the return it prints."""
    return json.dumps({"return": return_id})


def mailed_facts(return_id: str, amount: int) -> str:
    """What a job keeps of a check that goes out by mail, in minor units."""
    return json.dumps({"return": return_id, "amount": amount})


def tender_facts(return_id: str, tender: int) -> str:
    """What a job keeps of one tender of a return."""
    return json.dumps({"return": return_id, "tender": tender})


def instead_facts(return_id: str, tender: int) -> str:
    """What a job keeps of how a tender went out after its card had refused it."""
    return json.dumps({"return": return_id, "instead": tender})


def imported_sale_of(work: UnitOfWork, desk: Desk, purchase_id: str) -> Document | None:
    """An imported sale with what came back of it since, in the shop's language; None for any other."""
    if work.taken_over.get(purchase_id) is None:
        return None
    sale = purchase_of(work, desk, purchase_id)
    return None if sale is None else imported_sale(sale, desk.local(sale.at), Wording(desk.rules.language))


def return_paper(work: UnitOfWork, desk: Desk, job: PaperJob) -> Document:
    """The paper of the return or exchange a job stands for, under the rules of today: it has no prices of its own."""
    done = work.returns.get(json.loads(job.facts)["return"])
    assert done is not None, "the fact is written before its paper is queued"
    if job.document == REFUND_SLIP:
        return _refund_slip(work, desk, done, job)
    if job.document == MAIL_CHECK_REQUEST:
        return _mailed(work, desk, done, job)
    if job.document == STORE_CREDIT_COPY:
        return _credit_copy(work, desk, done, job)
    if job.document in PACK_PAPERS:
        return pack_paper(work, desk, done, job)
    for_shop = job.document == STORE_SLIP
    return _receipt(work, desk, done, job.language, job.copy_number, for_shop=for_shop)


def return_receipt_of(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> Document:
    """The receipt of a return as it was first printed."""
    jobs = work.paper_jobs.of_facts(RETURN_RECEIPT, return_facts(done.id))
    return _receipt(work, desk, done, jobs[0].language if jobs else desk.rules.language)


def _receipt(
    work: UnitOfWork,
    desk: Desk,
    done: CustomerReturn,
    language: str,
    copy_number: int = 0,
    *,
    for_shop: bool = False,
) -> Document:
    words = Wording(language)
    approver = work.staff.find(done.approver) if done.approver else None
    paper = ReturnPaper(
        done,
        done.approver if approver is None else approver.operator.name,
        {one.code: one.words for kind in _REASONS for one in work.reasons.of(kind)},
        work.transactions.get(done.exchange) if done.exchange else None,
        _approved(work, done, words),
        *(_signs(work, done) if for_shop else ("", None)),
        desk.rules.mailed_check_days,
        contact_of(work, done) if for_shop else (),
        _blocked(work, done),
    )
    entry = work.returns.entry_of(done.id)
    assert entry is not None, "what is stored stands under an entry"
    head = JournalHead(*entry, work.journal.mac_at(*entry))
    face = face_of(desk, desk.rules)
    return return_receipt(paper, face, words, head=head, copy_number=copy_number, for_shop=for_shop)


def _mailed(work: UnitOfWork, desk: Desk, done: CustomerReturn, job: PaperJob) -> Document:
    words = Wording(job.language)
    known = {one.code: one.words for kind in _REASONS for one in work.reasons.of(kind)}
    codes = dict.fromkeys(filter(None, (done.reason, *(line.reason for line in done.lines))))
    customer = work.customers.get(done.customer) if done.customer else None
    facts = json.loads(job.facts)
    made = work.refunds_instead.get(done.id, facts["instead"]) if "instead" in facts else None
    agreed = done.approver if made is None else made.approver
    approver = work.staff.find(agreed) if agreed else None
    asked = MailedCheck(
        done,
        facts["amount"] if made is None else made.amount,
        "" if customer is None else customer.name,
        contact_of(work, done),
        tuple(f"{words.reason(Reason(code, known.get(code, '')))} ({code})" for code in codes),
        agreed if approver is None else approver.operator.name,
        desk.rules.mailed_check_days,
        picture_by(work, done.id, Signer.CUSTOMER) if made is None else None,
    )
    return mail_check_request(asked, face_of(desk, desk.rules), words, copy_number=job.copy_number)


def _refund_slip(work: UnitOfWork, desk: Desk, done: CustomerReturn, job: PaperJob) -> Document:
    """What the customer signs for money that was to go onto a card."""
    words, tender = Wording(job.language), json.loads(job.facts)["instead"]
    made, at = next(one for one in work.refunds_instead.of_return(done.id) if one[0].tender == tender)
    entry = work.journal.entry(*at)
    assert entry is not None, "what is stored stands under an entry"
    by = work.staff.find(entry.operator or "")
    slip = TillSlip(
        kind="refund_instead",
        number=f"{entry.workstation}/{entry.sequence}",
        workstation=entry.workstation,
        operator_name=(entry.operator or "") if by is None else by.operator.name,
        at=entry.at + timedelta(minutes=entry.utc_offset_minutes),
        currency=done.currency,
        amount=made.amount,
        reason="",
        note=words.say(
            "Return {number}: {tender}, not onto the card", number=done.number, tender=words.refund_to(made.kind, "")
        ),
    )
    paper = till_slip(slip, face_of(desk, desk.rules), words, copy_number=job.copy_number)
    return replace(paper, name=REFUND_SLIP)


def _credit_copy(work: UnitOfWork, desk: Desk, done: CustomerReturn, job: PaperJob) -> Document:
    facts = json.loads(job.facts)
    instead = "instead" in facts
    slip = credit_of(work, desk, done, facts["instead" if instead else "tender"], instead=instead)
    signed = None if instead else picture_by(work, done.id, Signer.CUSTOMER)
    return shops_copy(
        slip, face_of(desk, desk.rules), Wording(job.language), copy_number=job.copy_number, signed=signed
    )


def _approved(work: UnitOfWork, done: CustomerReturn, words: Wording) -> tuple[str, ...]:
    """What somebody agreed to, and the reason they gave."""
    given = work.approvals.granted(done.approval) if done.approval else None
    if given is None:
        return ()
    known = {one.code: one.words for one in work.reasons.of(ReasonKind.APPROVAL)}
    reason = words.reason(Reason(given.reason, known.get(given.reason, ""))) if given.reason else ""
    return tuple(filter(None, (words.approved(given.request.requirement.code.value), reason)))


def _signs(work: UnitOfWork, done: CustomerReturn) -> tuple[str, Logo | None]:
    """What the customer is called today, and their signature where it was taken on screen."""
    found = work.customers.get(done.customer) if done.customer else None
    return "" if found is None else found.name, picture_by(work, done.id, Signer.CUSTOMER)


def contact_of(work: UnitOfWork, done: CustomerReturn) -> tuple[str, ...]:
    """Phone and e-mail of the customer, as far as they are known today."""
    found = work.customers.get(done.customer) if done.customer else None
    return () if found is None else tuple(filter(None, (found.phone, found.email)))


def _blocked(work: UnitOfWork, done: CustomerReturn) -> tuple[str, ...]:
    """The gift cards that came back themselves, each with its end."""
    at = work.returns.entry_of(done.id)
    entries = () if at is None else work.gift_cards.of_entry(*at)
    gone = [entry.card for _, entry in entries if entry.move is GiftMove.DISABLED]
    return tuple(card.shown for card in map(work.gift_cards.get, gone) if card is not None)


def return_days(work: UnitOfWork, desk: Desk, sale: Transaction) -> Iterator[tuple[int, date]]:
    """The last day each line may come back on by the policy of the sale's day, where the shop has one."""
    day = (sale.at + timedelta(minutes=sale.utc_offset_minutes)).date()
    policy = policy_on(work, desk, day)
    purchase = plain_purchase(work, sale.id) if policy.version else None
    if purchase is not None:
        yield from _last_days(desk, purchase, policy)


def last_days(work: UnitOfWork, desk: Desk, purchase: Purchase) -> Iterator[tuple[int, date]]:
    """The same of any purchase."""
    policy = policy_on(work, desk, purchase.day)
    if policy.version:
        yield from _last_days(desk, purchase, policy)


def _last_days(desk: Desk, purchase: Purchase, policy: Policy) -> Iterator[tuple[int, date]]:
    """The engine's own answer for goods nobody opened, shown with their receipt."""
    day = purchase.day
    purchase = replace(purchase, region=purchase.region or desk.rules.region)
    holidays = days_off(desk.rules.region, desk.rules.holidays, day, day + _WINDOW_MOST)
    for line in purchase.lines:
        last = last_return_day(purchase, line, policy, holidays=holidays)
        if last is not None:
            yield line.line, last


# Beyond the longest window holidays are asked for.
_WINDOW_MOST = timedelta(days=400)

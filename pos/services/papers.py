"""The document of every job in the queue, made from stored facts: the same paper today and in ten years."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pos.domain.day_report import DayReport, ReportKind
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.post_void import TenderCorrection
from pos.domain.reasons import ReasonKind
from pos.domain.shop import ShopRules
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.till_days import StoredReport
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import claim_papers as late_claim_papers
from pos.services import refusal_papers as late_refusal_papers
from pos.services import return_papers as late_return_papers
from pos.services.card_slips import CARD_SLIP, card_slip_of_job, cards_of_sale
from pos.services.desk import Desk
from pos.services.gift_card_slips import DOCUMENTS, slip_of_job
from pos.services.promotion_text import promotion_names
from pos.services.sale_points import points_of_sale
from pos.services.shop_logo import face_of
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.card_slip import card_slip
from receipts.paper.deposit_slip import DepositSlip, deposit_slip
from receipts.paper.gift_card_slip import gift_card_slip
from receipts.paper.gift_receipt import gift_receipt
from receipts.paper.post_void import PostVoidSlip, post_void_slip
from receipts.paper.refusal_note import REFUSAL_NOTE
from receipts.paper.return_receipt import CLAIM_PROTOCOL, OF_THE_RETURN
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace
from receipts.paper.suspended_slip import SuspendedSlip, suspended_slip
from receipts.paper.tax_document import tax_document
from receipts.paper.till_slip import TillSlip, till_slip
from receipts.paper.x_report import x_report
from receipts.paper.z_report import z_report

if TYPE_CHECKING:
    from pos.domain.return_case import ReturnCase

SALE_RECEIPT = "sale_receipt"
E_RECEIPT = "e_receipt"
GIFT_RECEIPT = "gift_receipt"
SUSPENDED_SLIP = "suspended_slip"
TAX_DOCUMENT = "tax_document"
GIFT_CARD_PAPERS = frozenset(DOCUMENTS.values())
TILL_SLIP = "till_slip"
X_REPORT = "x_report"
Z_REPORT = "z_report"
DEPOSIT_SLIP = "deposit_slip"
POST_VOID = "post_void"


def new_job(
    desk: Desk,
    document: str,
    *,
    transaction_id: str | None = None,
    copy_number: int = 0,
    state: PaperState = PaperState.QUEUED,
    facts: str = "",
    language: str = "",
) -> PaperJob:
    """A paper of this workstation in the customer's language, for `work.paper_jobs.add` beside its fact.

    `language` is what this customer is known to read; empty is the shop's.
    """
    return PaperJob(
        id=uuid.uuid4().hex,
        workstation=desk.number,
        transaction_id=transaction_id,
        document=document,
        language=language or desk.rules.language,
        copy_number=copy_number,
        state=state,
        reason="",
        attempts=0,
        queued_at=desk.now(),
        facts=facts,
    )


def language_of(work: UnitOfWork, desk: Desk, transaction_id: str) -> str:
    """The language of a sale's papers: that of its original receipt."""
    jobs = work.paper_jobs.of_transaction(transaction_id, SALE_RECEIPT)
    return jobs[0].language if jobs else desk.rules.language


def language_for(work: UnitOfWork, desk: Desk, case: ReturnCase) -> str:
    """The language of a return's papers: the customer's own where it is known, else that of the sale's."""
    known = None if case.customer is None else work.customers.get(case.customer.id)
    if known is not None and known.language:
        return known.language
    bought = "" if case.purchase is None else case.purchase.id
    return language_of(work, desk, bought) if bought else desk.rules.language


def suspended_slip_job(desk: Desk, slip: SuspendedSlip, *, copy_number: int = 0) -> PaperJob:
    """The slip of a sale that is put aside, for `work.paper_jobs.add`; print it with `paperwork.print_waiting`."""
    return new_job(desk, SUSPENDED_SLIP, copy_number=copy_number, facts=_facts_of(slip))


def document_of(work: UnitOfWork, desk: Desk, job: PaperJob) -> Document:
    """The paper a job stands for."""
    words = Wording(job.language)
    if job.document == CLAIM_PROTOCOL and "claim" in json.loads(job.facts):
        return late_claim_papers.claim_paper(work, desk, job)
    if job.document in OF_THE_RETURN or job.document == late_return_papers.E_RETURN_RECEIPT:
        return late_return_papers.return_paper(work, desk, job)
    if job.document == REFUSAL_NOTE:
        return late_refusal_papers.refusal_paper(work, desk, job)
    if job.document in GIFT_CARD_PAPERS:
        slip = slip_of_job(work, desk, job)
        return gift_card_slip(slip, face_of(desk, desk.rules), words, copy_number=job.copy_number)
    if job.document == CARD_SLIP:
        paid = card_slip_of_job(work, desk, job)
        return card_slip(paid, face_of(desk, desk.rules), words, copy_number=job.copy_number)
    if job.document in _REPORTS:
        stored = _stored_report(work, job)
        return day_report_of(work, desk, stored, job.copy_number)
    if job.document == DEPOSIT_SLIP:
        return deposit_slip_of(work, desk, json.loads(job.facts)["till"], job.copy_number)
    if job.transaction_id is None:
        return _OF_FACTS[job.document](job, face_of(desk, desk.rules), words)
    sale = work.transactions.get(job.transaction_id)
    assert sale is not None, "the queue refers to stored sales by foreign key"
    return _OF_SALE[job.document](work, desk, sale, words, job.copy_number)


def till_slip_job(desk: Desk, slip: TillSlip, *, copy_number: int = 0) -> PaperJob:
    """The slip of cash moved by hand, for `work.paper_jobs.add`."""
    facts = json.dumps(asdict(slip) | {"at": slip.at.isoformat()}, ensure_ascii=False)
    return new_job(desk, TILL_SLIP, copy_number=copy_number, facts=facts)


def day_report_job(desk: Desk, report: DayReport, *, copy_number: int = 0) -> PaperJob:
    """The paper of a report that is in the books, for `work.paper_jobs.add`."""
    facts = json.dumps({"workstation": report.workstation, "number": report.number})
    return new_job(desk, _REPORT_NAMES[report.kind], copy_number=copy_number, facts=facts)


def deposit_slip_job(desk: Desk, till: str) -> PaperJob:
    """The list of what a closed till sends to the bank, for `work.paper_jobs.add`."""
    return new_job(desk, DEPOSIT_SLIP, facts=json.dumps({"till": till}))


def deposit_slip_of(work: UnitOfWork, desk: Desk, till_id: str, copy_number: int = 0) -> Document:
    """What a closed till sent to the bank, under the rules of its Z report."""
    close, till = work.till_days.closed(till_id), work.tills.get(till_id)
    assert close is not None, "a till is closed before its deposit is listed"
    assert till is not None, "what was closed was opened"
    stored = work.till_days.z_of(till_id)
    rules = desk.rules if stored is None else work.rules.version(stored.report.rules_version)
    by = work.staff.find(close.closed_by)
    slip = DepositSlip(
        0 if stored is None else stored.report.number,
        f"{rules.store}-{till.workstation:02d}",
        till.business_day,
        close.closed_by if by is None else by.operator.name,
        till.currency,
        close.deposit,
        work.check_deposits.of_till(till_id),
    )
    return deposit_slip(slip, face_of(desk, rules), Wording(rules.language), copy_number=copy_number)


def day_report_of(work: UnitOfWork, desk: Desk, stored: StoredReport, copy_number: int = 0) -> Document:
    """A report from what was kept of it, under the rules it was made under, in the shop's language."""
    report = stored.report
    rules = work.rules.version(report.rules_version)
    mac = work.journal.mac_at(report.workstation, stored.sequence)
    head = JournalHead(report.workstation, stored.sequence, mac)
    paper = z_report if report.kind is ReportKind.Z else x_report
    named = {rule.code: rule.words or rule.code for rule in rules.tender_rules}
    tenders, refunds = (
        tuple(replace(tender, type=named.get(tender.type, tender.type)) for tender in sums)
        for sums in (report.tenders, report.refunds)
    )
    report = replace(report, tenders=tenders, refunds=refunds)
    return paper(report, face_of(desk, rules), Wording(rules.language), head=head, copy_number=copy_number)


def receipt_of(work: UnitOfWork, desk: Desk, sale: Transaction, words: Wording, copy_number: int = 0) -> Document:
    """The receipt, under the rules the sale was made under."""
    head = work.journal.entry_of(sale.id, EntryKind.SALE_COMPLETED)
    rules = work.rules.version(sale.rules_version)
    points = None if sale.customer is None else points_of_sale(work, sale.id)
    voided, corrections = work.after_sale.void_of(sale.id), work.after_sale.corrections_of(sale.id)
    return sale_receipt(
        sale,
        face_of(desk, rules),
        words,
        head=head,
        points=points,
        copy_number=copy_number,
        voided="" if voided is None else str(voided.number),
        corrections=[_corrected(one, desk, rules, words) for one in corrections],
        cards=cards_of_sale(work, sale),
        promotions=promotion_names(work, sale, words.language),
        back_until=dict(late_return_papers.return_days(work, desk, sale)),
    )


def _corrected(correction: TenderCorrection, desk: Desk, rules: ShopRules, words: Wording) -> str:
    """What a receipt says of a tender that was put right."""
    names = dict(_own_tenders(rules) + _own_tenders(desk.rules))

    def called(kind: TenderKind, code: str) -> str:
        return words.tendered(Tender(kind, 0, type=code, shown=names.get(code, "")))

    return words.say(
        "Corrected {day}: {was} → {now} {amount}",
        day=words.short_day(desk.local(correction.at).date()),
        was=called(correction.was_kind, correction.was_type),
        now=called(correction.kind, correction.type),
        amount=words.amount(Money(correction.amount, rules.currency)),
    )


def _own_tenders(rules: ShopRules) -> tuple[tuple[str, str], ...]:
    """The shop's own tenders: what each is called, by its code."""
    return tuple((rule.code, rule.words) for rule in rules.tender_rules if rule.kind is TenderKind.OTHER)


def post_void_of(work: UnitOfWork, desk: Desk, sale: Transaction, words: Wording, copy_number: int = 0) -> Document:
    """The slip of a sale that was taken back."""
    done = work.after_sale.void_of(sale.id)
    assert done is not None, "the fact is written before its paper is queued"
    rules = work.rules.version(sale.rules_version)
    by, approver = work.staff.find(done.by), work.staff.find(done.approver)
    known = next((one for one in work.reasons.of(ReasonKind.POST_VOID) if one.code == done.reason), None)
    slip = PostVoidSlip(
        done,
        desk.local(done.at),
        done.by if by is None else by.operator.name,
        done.approver if approver is None else approver.operator.name,
        "" if known is None else known.words,
        _own_tenders(desk.rules),
    )
    corrections = work.after_sale.corrections_of(sale.id)
    head = work.journal.entry_of(sale.id, EntryKind.SALE_POST_VOIDED)
    face = face_of(desk, rules)
    return post_void_slip(sale, slip, corrections, face, words, head=head, copy_number=copy_number)


def gift_receipt_of(work: UnitOfWork, desk: Desk, sale: Transaction, words: Wording, copy_number: int = 0) -> Document:
    """The gift receipt of a sale that has one."""
    token = work.gift_receipts.token_of(sale.id)
    assert token is not None, "the code is given before the paper is queued"
    rules = work.rules.version(sale.rules_version)
    return gift_receipt(sale, face_of(desk, rules), words, token=token, copy_number=copy_number)


def _suspended(job: PaperJob, shop: ShopFace, words: Wording) -> Document:
    facts = json.loads(job.facts)
    lines = tuple((str(name), str(quantity)) for name, quantity in facts["lines"])
    slip = SuspendedSlip(**facts | {"at": datetime.fromisoformat(facts["at"]), "lines": lines})
    return suspended_slip(slip, shop, words, copy_number=job.copy_number)


def _till_slip(job: PaperJob, shop: ShopFace, words: Wording) -> Document:
    facts = json.loads(job.facts)
    slip = TillSlip(**facts | {"at": datetime.fromisoformat(facts["at"])})
    return till_slip(slip, shop, words, copy_number=job.copy_number)


def _stored_report(work: UnitOfWork, job: PaperJob) -> StoredReport:
    facts = json.loads(job.facts)
    stored = work.till_days.report(facts["workstation"], _REPORTS[job.document], facts["number"])
    assert stored is not None, "a report is kept before its paper is queued"
    return stored


def _facts_of(slip: SuspendedSlip) -> str:
    return json.dumps(asdict(slip) | {"at": slip.at.isoformat()}, ensure_ascii=False)


def tax_document_of(work: UnitOfWork, desk: Desk, sale: Transaction, words: Wording, copy_number: int = 0) -> Document:
    """The tax document of a sale that was made out to somebody, as it holds now."""
    last = work.tax_documents.last(sale.id)
    assert last is not None, "the buyer is kept before the paper is queued"
    issue, buyer = last
    face = face_of(desk, work.rules.version(sale.rules_version))
    return tax_document(sale, face, words, buyer=buyer, issue=issue, copy_number=copy_number)


_OfSale = Callable[[UnitOfWork, Desk, Transaction, Wording, int], Document]
_OF_SALE: dict[str, _OfSale] = {
    SALE_RECEIPT: receipt_of,
    E_RECEIPT: receipt_of,
    GIFT_RECEIPT: gift_receipt_of,
    TAX_DOCUMENT: tax_document_of,
    POST_VOID: post_void_of,
}
_OF_FACTS: dict[str, Callable[[PaperJob, ShopFace, Wording], Document]] = {
    SUSPENDED_SLIP: _suspended,
    TILL_SLIP: _till_slip,
}
_REPORTS = {X_REPORT: ReportKind.X, Z_REPORT: ReportKind.Z}
_REPORT_NAMES = {kind: name for name, kind in _REPORTS.items()}

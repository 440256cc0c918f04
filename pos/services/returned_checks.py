"""Checks the bank sent back: marked with their fee, open until they are settled, and known when another one comes."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.post_void import tender_now
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import FEE_MAX, ReturnedCheck, ReturnedRecord, returned_postings, settled_postings
from pos.domain.staff import Operator, Permission
from pos.domain.tender import TenderKind
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.tills import MovementKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.papers import till_slip_job
from pos.wording import Wording
from receipts.paper.till_slip import TillSlip


@dataclass(frozen=True, slots=True)
class SettledCheck:
    """One that was paid in cash: `paper` is the slip that waits, `paperwork.after_move` opens the drawer for it."""

    returned: ReturnedCheck
    paper: str


def bad_check_outstanding(work: UnitOfWork, *, account_hash: str = "", customer: str | None = None) -> Refused | None:
    """Why no check is taken, and no money given back, where one of this account or customer is open still.

    Refused: BAD_CHECK_OUTSTANDING.
    """
    known = work.customers.get(customer) if customer else None
    flagged = known is not None and known.open_bad_check
    asked = bool(account_hash or customer)
    if flagged or (asked and work.checks.open(account_hash=account_hash, customer=customer or "")):
        return Refused(Code.BAD_CHECK_OUTSTANDING)
    return None


class ReturnedChecks:
    """What came back from the bank. Every change asks for RETURNED_CHECKS."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self) -> tuple[ReturnedRecord, ...] | Refused:
        """Those that are not settled, oldest first. Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.RETURNED_CHECKS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return work.checks.open()

    def is_check_sale(self, transaction_id: str) -> bool:
        """Whether this sale took a check that who is signed on may deal with."""
        if not transaction_id or isinstance(self._desk.permit(Permission.RETURNED_CHECKS), Refused):
            return False
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            return sale is not None and any(_check_amount(work, sale, line.tender) for line in sale.tenders)

    def find(self, transaction_id: str, tender: int) -> ReturnedRecord | Refused | None:
        """What is known of a check's return; None where it never came back.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.RETURNED_CHECKS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return work.checks.returned(transaction_id, tender)

    def mark(self, transaction_id: str, tender: int, fee: int | None = None) -> ReturnedCheck | Refused:
        """The bank sent this check back: its writer owes it and the fee, by default the shop's, in minor units.

        Until it is settled neither its account nor the customer of the sale pays by check.
        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED, AMOUNT_INVALID, CHECK_UNKNOWN, CHECK_RETURNED.
        """
        desk = self._desk
        operator = desk.permit(Permission.RETURNED_CHECKS)
        if isinstance(operator, Refused):
            return operator
        fee = desk.rules.checks.fee if fee is None else fee
        if not 0 <= fee <= FEE_MAX:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(fee, desk.rules.currency)})
        with desk.shop.books.writing() as work:
            sale = work.transactions.get(transaction_id)
            amount = None if sale is None else _check_amount(work, sale, tender)
            if sale is None or amount is None:
                receipt = transaction_id if sale is None else str(sale.receipt)
                return Refused(Code.CHECK_UNKNOWN, {"receipt": receipt, "tender": tender})
            before = work.checks.returned(transaction_id, tender)
            if before is not None:
                return Refused(Code.CHECK_RETURNED, {"day": desk.local(before.at).date()})
            flagged, gone = _flag(work, sale.customer), work.check_deposits.is_deposited(sale.id, tender)
            returned = ReturnedCheck(sale.id, tender, amount, fee, sale.customer or "", flagged, gone)
            fact = Fact(
                EntryKind.CHECK_RETURNED,
                desk.now(),
                operator.id,
                sale.id,
                returned_payload(returned),
                ledger=returned_postings(returned),
            )
            head = record(work, desk, fact)
            work.checks.mark_returned(returned, head)
            work.commit()
        desk.shop.anchor(head)
        return returned

    def settle(self, transaction_id: str, tender: int) -> SettledCheck | Refused:
        """All that is owed for it was paid in cash into the open till; its slip waits.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED, TILL_CLOSED, CHECK_SETTLED.
        """
        desk = self._desk
        operator = desk.permit(Permission.RETURNED_CHECKS)
        if isinstance(operator, Refused):
            return operator
        with desk.shop.books.writing() as work:
            till = work.tills.open_till(desk.number)
            if till is None:
                return Refused(Code.TILL_CLOSED)
            known = work.checks.returned(transaction_id, tender)
            if known is None or known.settled_at is not None:
                return Refused(Code.CHECK_SETTLED)
            returned = known.check
            fact = Fact(
                EntryKind.RETURNED_CHECK_SETTLED,
                desk.now(),
                operator.id,
                returned.sale,
                settled_payload(returned),
                ledger=settled_postings(returned.owed),
                cash=(till.id, MovementKind.CHECK_SETTLED, returned.owed),
            )
            head = record(work, desk, fact)
            work.checks.settle(returned, head)
            _unflag(work, returned)
            job = till_slip_job(desk, _slip(desk, known, head, operator))
            work.paper_jobs.add(job)
            work.commit()
        desk.shop.anchor(head)
        return SettledCheck(returned, job.id)


def returned_payload(returned: ReturnedCheck) -> dict[str, object]:
    """What the journal says of a check that came back; verify holds both against each other."""
    return {
        "tender": returned.tender,
        "amount": returned.amount,
        "fee": returned.fee,
        "customer": returned.customer,
        "flagged": int(returned.flagged),
    }


def settled_payload(returned: ReturnedCheck) -> dict[str, object]:
    """What the journal says of one that was settled."""
    return {"tender": returned.tender, "amount": returned.owed}


def _check_amount(work: UnitOfWork, sale: Transaction, tender: int) -> int | None:
    """How much the check was for; None where that tender is none, was put right since, or the sale was taken back."""
    found = next((line for line in sale.tenders if line.tender == tender), None)
    if found is None or found.kind is not TenderKind.CHECK or work.after_sale.void_of(sale.id):
        return None
    now = tender_now(sale, tender, work.after_sale.corrections_of(sale.id))
    return found.amount if now is not None and now[0] is TenderKind.CHECK else None


def _slip(desk: Desk, known: ReturnedRecord, head: JournalHead, operator: Operator) -> TillSlip:
    """What whoever settled it takes home, in the language of the shop."""
    words = Wording(desk.rules.language)
    return TillSlip(
        kind=MovementKind.CHECK_SETTLED.value,
        number=f"{head.workstation}/{head.sequence}",
        workstation=head.workstation,
        operator_name=operator.name,
        at=desk.local(desk.now()),
        currency=desk.rules.currency,
        amount=known.check.owed,
        reason="",
        note=words.say("Check {number}, receipt {receipt}", number=known.number, receipt=known.receipt),
    )


def _flag(work: UnitOfWork, customer_id: str | None) -> bool:
    """Mark the customer, so that everybody sees it at the next sale; whether it is checks they are marked for."""
    customer = work.customers.get(customer_id) if customer_id else None
    if customer is None or customer.erased:
        return False
    if customer.open_bad_check:
        return any(record.check.flagged for record in work.checks.open(customer=customer.id))
    work.customers.change(replace(customer, open_bad_check=True))
    return True


def _unflag(work: UnitOfWork, returned: ReturnedCheck) -> None:
    """Take the mark away with the last check it was for; one that a person set stays."""
    customer = work.customers.get(returned.customer) if returned.flagged else None
    if customer is None or customer.erased or work.checks.open(customer=customer.id):
        return
    if customer.open_bad_check:
        work.customers.change(replace(customer, open_bad_check=False))

"""A tender that was rung up as another one is put right: by a fact with a reason, in the till that took it.

Only what needs no terminal, no card and no customer's account moves so: cash, checks and the shop's own tenders.
"""

from __future__ import annotations

import hashlib

from pos.domain.approval import AS_ASKED, Approval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.card_number import looks_like_card_number
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind, canonical
from pos.domain.money import Money
from pos.domain.post_void import (
    CORRECTABLE,
    TenderCorrection,
    correction_cash,
    correction_postings,
    correction_told,
    kept_of,
    tender_now,
)
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import tender_rule, tender_rules
from pos.domain.till import MovementKind
from pos.domain.transaction import Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.desk import Desk, Fact, record
from pos.services.post_voids import in_open_till
from pos.services.reasons import reason_refused, reasons
from pos.services.tendering import REFERENCE_MAX


@dataclass(frozen=True, slots=True)
class CorrectionWish:
    """What somebody wants put right: the sale's tender counted from 1, the code of what it really was, and why."""

    sale: str
    tender: int
    code: str
    reason: str
    reference: str = ""


class TenderCorrections:
    """The tenders of completed sales in this workstation's open till."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def choices(self, transaction_id: str, tender: int) -> tuple[TenderRule, ...]:
        """What the tender may have been instead; none where it cannot be corrected."""
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None or isinstance(in_open_till(work, self._desk, sale), Refused):
                return ()
            now = tender_now(sale, tender, work.after_sale.corrections_of(sale.id))
        if now is None or now[0] not in CORRECTABLE or kept_of(sale, tender) <= 0:
            return ()
        rules = (rule for rule in tender_rules(self._desk.rules) if rule.active and rule.kind in CORRECTABLE)
        return tuple(rule for rule in rules if (rule.kind, _type(rule)) != now)

    def correct(self, wish: CorrectionWish, *, approval: str = "") -> TenderCorrection | Refused:
        """Write that a tender was another one: its money moves between the accounts, cash in the drawer with it.

        NeedsApproval with CORRECTION_LIMIT beyond what the operator puts right alone. Refused: NOT_SIGNED_ON,
        NOT_PERMITTED, RECEIPT_UNKNOWN, POST_VOIDED, POST_VOID_DAY, TILL_CLOSED, POST_VOID_TILL, TENDER_FIXED,
        TENDER_SAME, TENDER_UNKNOWN, TENDER_OFF, TENDER_LIMIT, REFERENCE_MISSING, CARD_NUMBER_TYPED, CHECK_RETURNED,
        TILL_SHORT, REASON_MISSING, REASON_UNKNOWN, and as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.CORRECT_TENDER)
        if isinstance(operator, Refused):
            return operator
        refused = self._reason_refused(wish.reason)
        if refused is not None:
            return refused
        with self._desk.shop.books.reading() as work:
            wanted = self._wanted(work, wish, operator)
        if isinstance(wanted, Refused):
            return wanted
        granted = self._signed(wanted, operator, approval)
        if isinstance(granted, Refused):
            return granted
        try:
            with self._desk.shop.books.writing() as work:
                correction = self._wanted(work, wish, operator, granted)
                if isinstance(correction, Refused):
                    return correction
                if granted is not None:
                    self._approvals.use(work, granted)
                cash = correction_cash(correction)
                fact = Fact(
                    EntryKind.TENDER_CORRECTED,
                    correction.at,
                    operator.id,
                    correction.sale,
                    correction_told(correction),
                    correction_postings(correction),
                    (correction.till, MovementKind.TENDER_CORRECTED, cash) if cash else None,
                )
                head = record(work, self._desk, fact)
                work.after_sale.correct(correction, head)
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return correction

    def _wanted(
        self, work: UnitOfWork, wish: CorrectionWish, operator: Operator, granted: Approval | None = None
    ) -> TenderCorrection | Refused:
        """The correction as it would be written now."""
        found = work.transactions.get(wish.sale)
        sale = (
            Refused(Code.RECEIPT_UNKNOWN, {"receipt": wish.sale})
            if found is None
            else in_open_till(work, self._desk, found)
        )
        if isinstance(sale, Refused):
            return sale
        before = work.after_sale.corrections_of(sale.id)
        now = tender_now(sale, wish.tender, before)
        amount = kept_of(sale, wish.tender)
        if now is None or now[0] not in CORRECTABLE or amount <= 0:
            return Refused(Code.TENDER_FIXED, {"receipt": str(sale.receipt), "tender": wish.tender})
        rule = self._rule(wish, now, amount)
        if isinstance(rule, Refused):
            return rule
        refused = self._check_refused(work, sale, wish.tender)
        if refused is not None:
            return refused
        correction = TenderCorrection(
            sale=sale.id,
            tender=wish.tender,
            number=1 + sum(1 for one in before if one.tender == wish.tender),
            was_kind=now[0],
            was_type=now[1],
            kind=rule.kind,
            type=_type(rule),
            amount=amount,
            reference=wish.reference.strip(),
            reason=wish.reason,
            approval="" if granted is None else granted.request.id,
            by=operator.id,
            at=self._desk.now(),
            till=sale.till,
        )
        goes = -correction_cash(correction)
        if self._desk.till_runs_short and goes > max(0, work.tills.cash_in(sale.till)):
            return Refused(Code.TILL_SHORT, {"amount": Money(goes, sale.currency)})
        return correction

    def _rule(self, wish: CorrectionWish, now: tuple[TenderKind, str], amount: int) -> TenderRule | Refused:
        """How the shop takes what the tender really was, where it takes this much so."""
        rule, currency = tender_rule(self._desk.rules, wish.code), self._desk.rules.currency
        if rule is None or rule.kind not in CORRECTABLE:
            return Refused(Code.TENDER_UNKNOWN, {"tender": wish.code[:40]})
        called = rule.words or rule.code
        if (rule.kind, _type(rule)) == now:
            return Refused(Code.TENDER_SAME, {"tender": called})
        if not rule.active:
            return Refused(Code.TENDER_OFF, {"tender": called})
        if rule.most and amount > rule.most:
            return Refused(Code.TENDER_LIMIT, {"tender": called, "most": Money(rule.most, currency)})
        reference = wish.reference.strip()
        if looks_like_card_number(reference):
            return Refused(Code.CARD_NUMBER_TYPED)
        missing = rule.asks_reference and not reference
        if missing or len(reference) > REFERENCE_MAX or not reference.isprintable():
            return Refused(Code.REFERENCE_MISSING, {"tender": called, "most": REFERENCE_MAX})
        return rule

    def _check_refused(self, work: UnitOfWork, sale: Transaction, tender: int) -> Refused | None:
        back = work.checks.returned(sale.id, tender)
        return None if back is None else Refused(Code.CHECK_RETURNED, {"day": self._desk.local(back.at).date()})

    def _reason_refused(self, reason: str) -> Refused | None:
        if not reason:
            choices = ", ".join(one.code for one in reasons(self._desk, ReasonKind.TENDER))
            return Refused(Code.REASON_MISSING, {"choices": choices})
        return reason_refused(self._desk, ReasonKind.TENDER, reason)

    def _signed(self, wanted: TenderCorrection, operator: Operator, approval: str) -> Approval | Refused | None:
        """The yes this needs and has; None where it needs none."""
        if operator.reaches(Limit.CORRECT_TENDER, wanted.amount):
            return None
        covers = _covers(wanted)
        if approval:
            return self._approvals.find_about(approval, covers)
        asked = Asked(
            Action.CORRECT_TENDER, wanted.reason, amount=wanted.amount, tender=wanted.type or wanted.kind.value
        )
        limit, currency = operator.limit(Limit.CORRECT_TENDER) or 0, self._desk.rules.currency
        requirement = Requirement(
            code=Code.CORRECTION_LIMIT,
            limit_of=Limit.CORRECT_TENDER,
            value=wanted.amount,
            limit=limit,
            before=wanted.amount,
            after=0,
            options=(Option(AS_ASKED, asked, wanted.amount),),
        )
        facts: dict[str, object] = {"wanted": Money(wanted.amount, currency), "limit": Money(limit, currency)}
        return self._approvals.ask_about(wanted.sale, covers, asked, requirement, facts)


def _type(rule: TenderRule) -> str:
    return rule.code if rule.kind is TenderKind.OTHER else ""


def _covers(wanted: TenderCorrection) -> str:
    """Exactly this tender of this sale, from what it is to what it was."""
    body = {"tender": [wanted.sale, wanted.tender, wanted.number, correction_told(wanted) | {"approval": ""}]}
    return hashlib.sha256(canonical(body)).hexdigest()

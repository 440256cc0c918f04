"""Goods come back and money goes back: judged, agreed to where it must be, judged anew, and written once.

`quote` writes nothing. `complete` decides again inside its unit of work, so that two lanes never give the same unit
back twice. Money on cards of a terminal is queued there and goes out afterwards; cash, gift cards, store credit and
accounts move with the fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pos.domain.approval import AS_ASKED, Approval, ApprovalRequest, NeedsApproval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.journal import canonical
from pos.domain.money import Money
from pos.domain.policy_rule import Policy
from pos.domain.purchase import Purchase
from pos.domain.refund_rules import EXCHANGE
from pos.domain.refusal import Code, Refused
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import ApprovalNeeded, Decision, LineDecision, Verdict
from pos.domain.return_offers import Offer, offers
from pos.domain.return_remedies import ANY_ID
from pos.domain.return_request import FIRST_CONDITION, FIRST_REASON, IdShown, LineAsked, ReturnRequest, ShownBy
from pos.domain.return_signals import Signal
from pos.domain.returning import better, decide, last_return_day
from pos.domain.staff import Limit, Operator, Permission, Role
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.desk import Desk
from pos.services.id_documents import id_shown, is_number
from pos.services.policy_versions import policy_on
from pos.services.purchases import purchase_of
from pos.services.return_cases import return_case
from pos.services.return_signals import signals_of
from pos.services.return_writing import Prepared, Writing, write


@dataclass(frozen=True, slots=True)
class Quote:
    """What the answer would be now: nothing was written. `case` and `policy` are what it was judged by."""

    case: ReturnCase
    decision: Decision
    policy: Policy


@dataclass(frozen=True, slots=True)
class Outlook:
    """A purchase before anything is ticked, by line of the receipt: `lines` what would become of all that is left,
    unopened and for no reason but a change of mind; `last_days` the last day on which it comes back.
    """

    lines: Mapping[int, LineDecision]
    last_days: Mapping[int, date]


@dataclass(frozen=True, slots=True)
class CompletedReturn:
    """A return in the books, how it was decided, and the papers that wait. `decision.now` is what was paid out.

    `waits` is the request for the lines that were not allowed yet and that somebody may agree to.
    """

    done: CustomerReturn
    decision: Decision
    papers: tuple[str, ...]
    waits: ApprovalRequest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNeedsApproval(NeedsApproval):
    """Nothing was written but the request: `decision` is what it would take, `case` what it was judged by."""

    decision: Decision
    case: ReturnCase


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRefused(Refused):
    """The policy says no, and nothing that is asked of somebody changes it now. `decision` says why and what would."""

    decision: Decision


class Returns:
    """Returns and refunds at this workstation."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def quote(self, request: ReturnRequest) -> Quote | Refused:
        """What the policy says to this now. Writes nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, RETURN_EMPTY where it names nothing,
        AMOUNT_INVALID where it asks for no money.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return judged(work, self._desk, request)

    def outlook(self, purchase: str, shown_by: ShownBy) -> Outlook | Refused:
        """What the policy says of all that is left of a purchase, before anything is ticked. Refused: as `quote`."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            known = purchase_of(work, self._desk, purchase)
            if known is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": purchase[:40]})
            lines = tuple(
                LineAsked(line.line, line.left, condition=FIRST_CONDITION, reason=FIRST_REASON)
                for line in known.lines
                if line.left.thousandths
            )
            if not lines:
                return Outlook({}, {})
            quote = judged(work, self._desk, ReturnRequest(purchase, shown_by, lines), known=known)
            if isinstance(quote, Refused):
                return quote
            policy, days = quote.policy, quote.case.holidays
        last = {line.line: last_return_day(known, line, policy, holidays=days) for line in known.lines}
        return Outlook(
            {line.line: line for line in quote.decision.lines},
            {number: day for number, day in last.items() if day is not None},
        )

    def document(self, kind: str, number: str) -> IdShown | None:
        """What is kept of a document somebody shows, never the number itself; None where that is no whole number."""
        return id_shown(self._desk.shop.keys, kind, number) if is_number(number) else None

    def offers(self, quote: Quote) -> tuple[Offer, ...]:
        """What can be offered where the answer is no plain yes to all of it, each with what it comes to. Writes
        nothing.
        """
        return offers(quote.decision, quote.case, quote.policy)

    def complete(self, request: ReturnRequest, *, approval: str = "") -> CompletedReturn | Refused:
        """Take back what is allowed and pay out; `approval` is the request that was granted, for exactly this.

        ReturnNeedsApproval where somebody must agree, ReturnRefused where the policy says no; both carry the decision.
        Refused: as `quote`, TILL_CLOSED, as `Approvals.find`, and EXCHANGE_AGREED where the yes is for other goods.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        quote = self.quote(request)
        if isinstance(quote, Refused):
            return quote
        granted = self._approvals.find_about(approval, covers(quote)) if approval else None
        if isinstance(granted, Refused):
            return granted
        if granted is None and not allows(quote.decision):
            return self._refused(quote)
        if granted is not None and granted.option.id == EXCHANGE:
            return Refused(Code.EXCHANGE_AGREED)
        try:
            with self._desk.shop.books.writing() as work:
                written = self._written(work, request, operator, granted)
                if isinstance(written, Refused):
                    return written
                head, done = written
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return replace(done, waits=None if granted is not None else self._waits(request, done.decision))

    def _refused(self, quote: Quote) -> Refused:
        """Why nothing of it is allowed now: the request for a yes where one would help, else the policy's no."""
        needs = self.ask(quote)
        if needs is not None:
            return needs
        return policy_refuses(quote.decision)

    def ask(self, quote: Quote) -> Refused | None:
        """The request that waits for somebody to agree to what is not allowed yet; None where nobody's yes would help.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        decision = quote.decision
        if not decision.approvals_needed or decision.if_approved is None:
            return None
        request, requirement = quote.case.request, requirement_of(decision, operator)
        money_alone = request.amount is not None and not request.lines
        if money_alone:
            requirement = replace(requirement, limit_of=Limit.GOODWILL, limit=operator.limit(Limit.GOODWILL) or 0)
        asked = Asked(Action.GOODWILL if money_alone else Action.RETURN, request.reason, amount=requirement.value)
        needs = self._approvals.ask_about(
            subject_of(request), covers(quote), asked, requirement, _facts(requirement, quote.case.currency)
        )
        if not isinstance(needs, NeedsApproval):
            return needs
        return ReturnNeedsApproval(needs.code, needs.facts, request=needs.request, decision=decision, case=quote.case)

    def signals(self, needs: ReturnNeedsApproval) -> tuple[Signal, ...]:
        """What whoever is asked may know of this return, with how it usually is here. Reads the books only now."""
        with self._desk.shop.books.reading() as work:
            return signals_of(work, self._desk, needs.case)

    def _waits(self, request: ReturnRequest, decision: Decision) -> ApprovalRequest | None:
        """The request for the lines that stay behind for now: exactly what is asked for next time."""
        gone = {line.place for line in decision.lines if line.verdict is Verdict.ALLOWED}
        rest = tuple(line for place, line in enumerate(request.lines) if place not in gone)
        quote = self.quote(replace(request, lines=rest)) if rest and gone else None
        needs = self.ask(quote) if isinstance(quote, Quote) else None
        return needs.request if isinstance(needs, ReturnNeedsApproval) else None

    def _written(
        self, work: UnitOfWork, request: ReturnRequest, operator: Operator, granted: Approval | None
    ) -> tuple[JournalHead, CompletedReturn] | Refused:
        quote = judged(work, self._desk, request)
        if isinstance(quote, Refused):
            return quote
        before = quote.decision
        if granted is not None:
            if covers(quote) != granted.request.fingerprint:
                return Refused(Code.APPROVAL_DOES_NOT_COVER)
            quote = agreed(quote, granted)
        if not allows(quote.decision):
            return policy_refuses(quote.decision)
        prepared = Writing(work, self._desk, quote.case, quote.decision, operator, granted, before).prepared()
        if isinstance(prepared, Refused):
            return prepared
        if granted is not None:
            self._approvals.use(work, granted)
        return completed(work, self._desk, prepared, quote.decision)


def completed(
    work: UnitOfWork, desk: Desk, prepared: Prepared, decision: Decision
) -> tuple[JournalHead, CompletedReturn]:
    """Write what was prepared, inside the unit of work it was prepared in."""
    head, papers = write(work, desk, prepared)
    return head, CompletedReturn(prepared.done, decision, papers)


def judged(
    work: UnitOfWork,
    desk: Desk,
    request: ReturnRequest,
    spending: Mapping[str, int] | None = None,
    known: Purchase | None = None,
) -> Quote | Refused:
    """The request judged by the books of this moment; `spending` and `known` as in `return_case`.

    Refused: RECEIPT_UNKNOWN, RETURN_EMPTY, AMOUNT_INVALID.
    """
    if not request.lines and request.amount is None:
        return Refused(Code.RETURN_EMPTY)
    if not request.lines and request.amount is not None and request.amount <= 0:
        return Refused(Code.AMOUNT_INVALID, {"amount": Money(request.amount, desk.rules.currency)})
    if request.id_shown == ANY_ID:
        # A remedy says what a document would change; only one that was looked at is one.
        request = replace(request, id_shown=None)
    case = return_case(work, desk, request, spending, known)
    if request.purchase and case.purchase is None:
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": request.purchase[:40]})
    policy = policy_for(work, desk, case)
    return Quote(case, decide(case, policy), policy)


def policy_for(work: UnitOfWork, desk: Desk, case: ReturnCase) -> Policy:
    """The policy of the day of the sale, or that of today where the shop says the better of both counts; of today where
    the sale is not known.
    """
    today = policy_on(work, desk, case.today)
    if case.purchase is None:
        return today
    then = policy_on(work, desk, case.purchase.day)
    if not today.better_of_both or then.version == today.version:
        return then
    asked = replace(case, agreed=None)
    first = decide(asked, then)
    return then if better(first, decide(asked, today)) is first else today


def agreed(quote: Quote, granted: Approval) -> Quote:
    """The same with what somebody agreed to: the codes that stood in the way, and the option they chose."""
    codes = frozenset(one.code.value for one in quote.decision.approvals_needed)
    yes = Agreed(codes, "" if granted.option.id == AS_ASKED else granted.option.id, granted.request.id)
    case = replace(quote.case, agreed=yes)
    return replace(quote, case=case, decision=decide(case, quote.policy))


def policy_refuses(decision: Decision) -> ReturnRefused:
    """The policy's no under the first reason there is, that one line holds up the others only where it is the only one:
    NO_RETURN_RIGHT where it gives none.
    """
    reasons = sorted(decision.reasons, key=lambda one: (not one.stands_in_the_way, one.code is Code.WHOLE_ONLY))
    first = reasons[0] if reasons else None
    code = Code.NO_RETURN_RIGHT if first is None else first.code
    return ReturnRefused(code, {} if first is None else dict(first.facts), decision=decision)


def allows(decision: Decision) -> bool:
    """Whether something comes back now."""
    return any(line.verdict is Verdict.ALLOWED for line in decision.lines) or (
        not decision.lines and decision.verdict is Verdict.ALLOWED
    )


def subject_of(request: ReturnRequest) -> str:
    """What an approval is about: one of the purchase, or of this request where no purchase is known."""
    return request.purchase or hashlib.sha256(repr(request).encode()).hexdigest()[:32]


def covers(quote: Quote) -> str:
    """A name for exactly this request with exactly these amounts: what a yes is for."""
    decision = quote.decision
    then = decision.if_approved
    body = {
        "request": repr(quote.case.request),
        "policy": [decision.policy, decision.version],
        "needs": sorted(
            [one.code.value, one.line, str(one.value), str(one.limit)] for one in decision.approvals_needed
        ),
        "money": [] if then is None else [then.merchandise, then.tax, then.fee, then.fee_tax, then.refund],
        "tenders": [] if then is None else [[one.kind, one.amount, one.of] for one in then.tenders],
    }
    return hashlib.sha256(canonical(body)).hexdigest()


def requirement_of(decision: Decision, operator: Operator) -> Requirement:
    """What somebody has to agree to, as the approval sheet shows it: the refund at stake and the ways to say yes."""
    first: ApprovalNeeded = decision.approvals_needed[0]
    then = decision.if_approved
    refund = 0 if then is None else then.refund
    offered = first.options or ((AS_ASKED, refund),)
    options = tuple(
        Option(name, Asked(Action.RETURN, "", amount=amount, tender="" if name == AS_ASKED else name), amount)
        for name, amount in offered
    )
    return Requirement(
        code=first.code,
        limit_of=Limit.RETURN,
        value=refund,
        limit=operator.limit(Limit.RETURN) or 0,
        before=0,
        after=refund,
        options=options,
        role=_whose(decision.approvals_needed),
        recommended=first.recommended if any(first.recommended == name for name, _ in offered) else "",
    )


def _whose(needed: Sequence[ApprovalNeeded]) -> str:
    """The role one yes to all of it takes: where rules name several, the one that may always."""
    roles = {one.role for one in needed} - {""}
    return Role.OWNER.value if len(roles) > 1 else next(iter(roles), "")


def _facts(requirement: Requirement, currency: str) -> dict[str, object]:
    return {"wanted": Money(requirement.value, currency), "limit": Money(requirement.limit, currency)}

"""Money a terminal would not put back on a card: asked of it once more, or given another way; never both.

A refund has failed once its last try is over and moved nothing. While nobody knows, nothing else is done about it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pos.domain.approval import AS_ASKED, Approval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.card_attempt import Attempt, AttemptReason, AttemptView, Purpose
from pos.domain.customer_return import CustomerReturn, ReturnTender
from pos.domain.frozen import dataclass
from pos.domain.gift_card import shown_number
from pos.domain.gift_card_law import last_day
from pos.domain.journal import EntryKind, canonical
from pos.domain.money import Money
from pos.domain.refund_instead import RefundInstead, Way, instead_postings, instead_told, ways_instead
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.tender import TenderKind
from pos.domain.till import MovementKind
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.card_records import new_attempt, write_attempt
from pos.services.desk import Desk, Fact, record
from pos.services.owed_refunds import not_on_card
from pos.services.return_cases import return_case
from pos.services.return_pack import queue_instead
from pos.services.returns import policy_for
from pos.services.store_credit import issue_store_credit
from pos.services.stored_value import NO_LOADS, Loads


@dataclass(frozen=True, slots=True)
class FailedRefund:
    """A tender of a return whose money is not on its card. `tried` is the last try; `unknown`: nobody knows of it yet.

    `ways` are how it may go out instead, the best first; none while it is unknown.
    """

    done: CustomerReturn
    tender: ReturnTender
    tried: AttemptView
    ways: tuple[Way, ...] = ()

    @property
    def unknown(self) -> bool:
        return self.tried.open


@dataclass(frozen=True, slots=True)
class GivenInstead:
    """In the books: what went out, and the papers that wait."""

    instead: RefundInstead
    papers: tuple[str, ...]


class FailedRefunds:
    """Card refunds of returns that did not go through. Every function asks for RETURN."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def of_return(self, return_id: str) -> tuple[FailedRefund, ...]:
        """What of a return is not on its card: failed, or unknown. Nothing for who may not return."""
        if isinstance(self._desk.permit(Permission.RETURN), Refused):
            return ()
        with self._desk.shop.books.reading() as work:
            done = work.returns.get(return_id)
            if done is None:
                return ()
            return tuple(
                FailedRefund(done, tender, tried, () if tried.open else _ways(work, self._desk, done, tender))
                for tender, tried in not_on_card(work, done)
            )

    def again(self, return_id: str, tender: int) -> Attempt | Refused:
        """Queue a failed refund once more; `CardTendering.recover` sends it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CARD_ATTEMPT_UNKNOWN where nothing failed, CARD_OUTCOME_UNKNOWN.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            found = _failed(work, return_id, tender)
            if isinstance(found, Refused):
                return found
            tried = found[2].attempt
            like = replace(
                tried,
                purpose=Purpose.REFUND,
                of=tried.of or tried.id,
                amount=found[1].amount,
                reason=AttemptReason.NOT_REVERSED,
                queued=True,
            )
            attempt = new_attempt(self._desk, like)
            write_attempt(work, self._desk, attempt)
            work.commit()
        return attempt

    def give(self, return_id: str, tender: int, kind: str, *, approval: str = "") -> GivenInstead | Refused:
        """Give what the card did not take another way: one that the policy names; `approval` is the request that was
        granted, for exactly this.

        NeedsApproval with CARD_UNAVAILABLE where somebody must agree. Refused: NOT_SIGNED_ON, NOT_PERMITTED,
        CARD_ATTEMPT_UNKNOWN where nothing failed, CARD_OUTCOME_UNKNOWN, TENDER_NOT_ALLOWED, TILL_CLOSED, TILL_SHORT,
        and as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        try:
            with self._desk.shop.books.writing() as work:
                answer = self._given(work, operator, (return_id, tender, kind), approval)
                if not isinstance(answer, _Asks):
                    if not isinstance(answer, Refused):
                        work.commit()
                        self._desk.shop.anchor(answer[0])
                    return answer if isinstance(answer, Refused) else answer[1]
        except ApprovalSpent as spent:
            return Refused(spent.code)
        return self._ask(answer, operator)

    def _given(
        self, work: UnitOfWork, operator: Operator, wanted: tuple[str, int, str], approval: str
    ) -> tuple[JournalHead, GivenInstead] | _Asks | Refused:
        return_id, number, kind = wanted
        found = _failed(work, return_id, number)
        if isinstance(found, Refused):
            return found
        done, tender, tried = found
        way = next((one for one in _ways(work, self._desk, done, tender) if one.kind == kind), None)
        if way is None:
            return Refused(Code.TENDER_NOT_ALLOWED, {"tender": kind})
        asks = _Asks(done, tender, way, _covers(done, tender, tried, way))
        granted = self._approvals.find_about(approval, asks.covers) if approval and way.asks else None
        if isinstance(granted, Refused):
            return granted
        if granted is None and way.asks:
            return asks
        prepared = _prepared(work, self._desk, asks, tried, granted)
        if isinstance(prepared, Refused):
            return prepared
        if granted is not None:
            self._approvals.use(work, granted)
        return _written(work, self._desk, operator, done, prepared)

    def _ask(self, asks: _Asks, operator: Operator) -> Refused:
        way, currency = asks.way, asks.done.currency
        asked = Asked(Action.RETURN, "", amount=way.amount, tender=way.kind)
        requirement = Requirement(
            code=Code.CARD_UNAVAILABLE,
            limit_of=Limit.RETURN,
            value=way.amount,
            limit=operator.limit(Limit.RETURN) or 0,
            before=0,
            after=way.amount,
            options=(Option(AS_ASKED, asked, way.amount),),
            role=way.role,
        )
        facts: dict[str, object] = {
            "card": asks.tender.card,
            "wanted": Money(way.amount, currency),
            "limit": Money(requirement.limit, currency),
        }
        return self._approvals.ask_about(asks.done.id, asks.covers, asked, requirement, facts)


@dataclass(frozen=True, slots=True)
class _Asks:
    """What is to be given which way; `covers` is a name for exactly this."""

    done: CustomerReturn
    tender: ReturnTender
    way: Way
    covers: str


def _failed(
    work: UnitOfWork, return_id: str, number: int
) -> tuple[CustomerReturn, ReturnTender, AttemptView] | Refused:
    """A refund that has failed for good. Refused: CARD_ATTEMPT_UNKNOWN, CARD_OUTCOME_UNKNOWN."""
    done = work.returns.get(return_id)
    found = () if done is None else not_on_card(work, done)
    mine = next((one for one in found if one[0].tender == number), None)
    if done is None or mine is None:
        return Refused(Code.CARD_ATTEMPT_UNKNOWN)
    tender, tried = mine
    if tried.open:
        facts = {"attempt": tried.attempt.id, "terminal": tried.attempt.terminal}
        return Refused(Code.CARD_OUTCOME_UNKNOWN, {**facts, "amount": Money(tender.amount, done.currency)})
    return done, tender, tried


def _ways(work: UnitOfWork, desk: Desk, done: CustomerReturn, tender: ReturnTender) -> tuple[Way, ...]:
    """As the policy of the sale's day says of these goods."""
    lines = tuple(LineAsked(line.line, line.quantity, line.condition, line.reason) for line in done.lines)
    case = return_case(work, desk, ReturnRequest(done.purchase, lines=lines))
    return ways_instead(case, policy_for(work, desk, case), tender.amount, desk.rules.cash_rounding)


def _covers(done: CustomerReturn, tender: ReturnTender, tried: AttemptView, way: Way) -> str:
    body = {"instead": [done.id, tender.tender, tender.amount, tried.attempt.id, way.kind, way.amount]}
    return hashlib.sha256(canonical(body)).hexdigest()


def _prepared(
    work: UnitOfWork, desk: Desk, asks: _Asks, tried: AttemptView, granted: Approval | None
) -> tuple[RefundInstead, Loads] | Refused:
    till = work.tills.open_till(desk.number)
    if till is None:
        return Refused(Code.TILL_CLOSED)
    made = RefundInstead(
        return_id=asks.done.id,
        tender=asks.tender.tender,
        kind=asks.way.kind,
        failed=asks.tender.amount,
        amount=asks.way.amount,
        attempt=tried.attempt.id,
        till=till.id,
        approval="" if granted is None else granted.request.id,
        approver="" if granted is None else granted.approver,
    )
    if desk.till_runs_short and -made.cash > max(0, work.tills.cash_in(till.id)):
        return Refused(Code.TILL_SHORT, {"amount": Money(-made.cash, asks.done.currency)})
    if made.kind != TenderKind.STORE_CREDIT.value:
        return made, NO_LOADS
    today = desk.local(desk.now()).date()
    ends = last_day(desk.rules.region, today, desk.rules.gift_card_months)
    loads = issue_store_credit(work, desk, made.amount, expires=ends)
    card = loads.cards[0]
    return replace(made, account=card.id, card=shown_number(card.last_four)), loads


def _written(
    work: UnitOfWork, desk: Desk, operator: Operator, done: CustomerReturn, prepared: tuple[RefundInstead, Loads]
) -> tuple[JournalHead, GivenInstead]:
    made, loads = prepared
    fact = Fact(
        EntryKind.REFUND_GIVEN_INSTEAD,
        desk.now(),
        operator.id,
        done.id,
        {"instead": instead_told(made)} | loads.told,
        instead_postings(made),
        (made.till, MovementKind.RETURN, made.cash) if made.cash else None,
    )
    head = record(work, desk, fact)
    work.refunds_instead.add(made, head)
    loads.write(work, head)
    return head, GivenInstead(made, queue_instead(work, desk, done, made.tender))

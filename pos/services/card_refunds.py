"""Money back onto a card: of a payment the shop knows, never more than it took; without one only with a manager."""

from __future__ import annotations

from pos.domain.card_attempt import ELSEWHERE, Attempt, AttemptReason, AttemptView, Purpose
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.payment import CardKind, NotProcessed, TotalKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Answer, proven
from pos.services.card_asking import CardAsking
from pos.services.card_records import new_attempt, write_attempt
from pos.services.desk import Desk, Fact, record


@dataclass(frozen=True, slots=True)
class TotalsCompared:
    """What the terminal counted against what the books say of the open till, in minor units: charged less given back.

    `difference` is the terminal's less the books'; payments nobody knows the end of explain one.
    """

    terminal: Money
    books: Money
    unknown: int

    @property
    def difference(self) -> int:
        return self.terminal.minor - self.books.minor


class CardRefunds:
    """Refunds of this workstation's terminal. `begin` and `begin_unreferenced` write the attempt; then as a charge:
    `CardTendering.ask` and `settle`.
    """

    def __init__(self, desk: Desk, asking: CardAsking) -> None:
        self._desk, self._asking = desk, asking

    def left(self, attempt_id: str) -> int:
        """How much of a charge may still go back, in minor units: less what went back, or may have."""
        with self._desk.shop.books.reading() as work:
            charge = work.card_attempts.get(attempt_id)
            return 0 if charge is None else _left(work, charge)

    def begin(self, attempt_id: str, amount: int, sale: str) -> Attempt | Refused:
        """Write down that `amount` of this charge is to go back to its card, in minor units; `sale` is the return.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_TERMINAL, CARD_ATTEMPT_UNKNOWN, CARD_OVER_CHARGED,
        CARD_OUTCOME_UNKNOWN.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        if self._asking.terminal is None:
            return Refused(Code.NO_TERMINAL)
        with self._desk.shop.books.writing() as work:
            charge = work.card_attempts.get(attempt_id)
            if charge is None or not charge.approved or charge.attempt.purpose is not Purpose.PAY:
                return Refused(Code.CARD_ATTEMPT_UNKNOWN)
            left = _left(work, charge)
            if not 0 < amount <= left:
                return Refused(Code.CARD_OVER_CHARGED, {"most": Money(left, charge.attempt.currency)})
            card = charge.card
            return self._written(
                work,
                self._refund(
                    charge.attempt.kind, amount, sale, of=attempt_id, original=(card.poi_transaction, card.poi_time)
                ),
            )

    def begin_unreferenced(self, kind: CardKind, amount: int, sale: str, answer: Answer) -> Attempt | Refused:
        """Write down that `amount` goes onto whatever card is presented; somebody who may decide so proves it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_TERMINAL, AMOUNT_INVALID, SAME_PERSON, PIN_WRONG, LOCKED_OUT,
        BADGE_UNKNOWN, CARD_OUTCOME_UNKNOWN.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        if self._asking.terminal is None:
            return Refused(Code.NO_TERMINAL)
        if amount <= 0:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, self._desk.rules.currency)})
        found = proven(self._desk, answer)
        if isinstance(found, Refused):
            return found
        if found.operator.id == operator.id:
            return Refused(Code.SAME_PERSON)
        if not found.operator.may(Permission.DECIDE_CARD):
            return Refused(Code.NOT_PERMITTED, {"approver": found.operator.name})
        with self._desk.shop.books.writing() as work:
            return self._written(work, self._refund(kind, amount, sale), approver=found.operator.id)

    def compare_totals(self, *, end_period: bool = False) -> TotalsCompared | Refused:
        """The terminal's totals beside those of the open till. Blocks; with `end_period` the terminal begins anew.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_TERMINAL, TILL_CLOSED, TERMINAL_SILENT.
        """
        operator = self._desk.permit(Permission.X_REPORT)
        if isinstance(operator, Refused):
            return operator
        terminal = self._asking.terminal
        if terminal is None:
            return Refused(Code.NO_TERMINAL)
        with self._desk.shop.books.reading() as work:
            till = work.tills.open_till(self._desk.number)
            if till is None:
                return Refused(Code.TILL_CLOSED)
            asked = work.card_attempts.since(terminal.terminal, till.opened_at)
        totals = terminal.totals(end_period=end_period)
        if isinstance(totals, NotProcessed):
            return Refused(Code.TERMINAL_SILENT)
        currency = self._desk.rules.currency
        signs = {TotalKind.CHARGED: 1, TotalKind.REFUND_REVERSED: 1}
        counted = sum(signs.get(total.kind, -1) * total.amount for total in totals.totals)
        if end_period:
            self._note_end(terminal.terminal, counted, operator.id)
        books = sum(_at_terminal(view) for view in asked)
        return TotalsCompared(Money(counted, currency), Money(books, currency), sum(view.open for view in asked))

    def _note_end(self, terminal: str, counted: int, by: str) -> None:
        """From now on what was charged before is the bank's: it is returned, no longer taken back."""
        with self._desk.shop.books.writing() as work:
            payload: dict[str, object] = {"terminal": terminal, "counted": counted}
            head = record(work, self._desk, Fact(EntryKind.CARD_PERIOD_ENDED, self._desk.now(), by, terminal, payload))
            work.commit()
        self._desk.shop.anchor(head)

    def _refund(
        self, kind: CardKind, amount: int, sale: str, *, of: str = "", original: tuple[str, str] = ("", "")
    ) -> Attempt:
        like = Attempt(
            id="",
            purpose=Purpose.REFUND,
            kind=kind,
            sale=sale,
            workstation=self._desk.number,
            terminal=self._asking.port().terminal,
            reference="",
            amount=amount,
            currency=self._desk.rules.currency,
            at=self._desk.now(),
            by=None,
            partial_allowed=False,
            of=of,
            original_transaction=original[0],
            original_time=original[1],
            reason=AttemptReason.RETURN,
        )
        return new_attempt(self._desk, like)

    def _written(self, work: UnitOfWork, attempt: Attempt, *, approver: str = "") -> Attempt | Refused:
        waiting = next(iter(work.card_attempts.open(terminal=attempt.terminal)), None)
        if waiting is not None:
            amount = Money(waiting.attempt.charged, waiting.attempt.currency)
            facts = {"attempt": waiting.attempt.id, "amount": amount, "terminal": waiting.attempt.terminal}
            return Refused(Code.CARD_OUTCOME_UNKNOWN, dict(facts))
        write_attempt(work, self._desk, attempt, approver=approver)
        work.commit()
        return attempt


def _at_terminal(view: AttemptView) -> int:
    """What moved through the terminal, in minor units: money out is negative."""
    if view.attempt.purpose is Purpose.PAY:
        return view.moved
    return 0 if view.outcome is not None and view.outcome.why == ELSEWHERE else -view.moved


def _left(work: UnitOfWork, charge: AttemptView) -> int:
    back = work.card_attempts.of_attempt(charge.attempt.id)
    return charge.moved - sum(view.attempt.charged if view.open else view.moved for view in back)

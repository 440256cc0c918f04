"""Cards, through the terminal: the attempt is committed before its first byte leaves, and only an answer decides.

Three steps, so that nobody waits inside a unit of work: `begin` writes the attempt; `ask` (or `find_out`) blocks as
long as the customer takes, in whatever thread the caller likes; `settle` writes what came of it, and with it the
tender, in one unit of work. What nobody knows stays open: nothing else is charged on that terminal until it is known.
"""

from __future__ import annotations

from dataclasses import replace

from pos.devices.payment.ports import PaymentTerminal
from pos.domain.card_attempt import (
    KEYED,
    Attempt,
    AttemptOutcome,
    AttemptReason,
    AttemptState,
    AttemptView,
    Purpose,
)
from pos.domain.frozen import dataclass
from pos.domain.payment import (
    CardKind,
    NotProcessed,
    Outcome,
)
from pos.domain.refusal import Code, Refused
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_type import tender_room, tender_rule
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import card_slips as late_card_slips
from pos.services import papers as late_papers
from pos.services.approvals import Answer, Approvals, ApprovalSpent
from pos.services.card_asking import CardAsking, Wait, no_wait
from pos.services.card_records import (
    charged_money,
    decided_outcome,
    going_back,
    new_attempt,
    number_after,
    outcome_of,
    unknown_outcome,
    who_decides,
    write_attempt,
    write_outcome,
)
from pos.services.card_refunds import CardRefunds
from pos.services.cash_back import cash_back_refused
from pos.services.desk import Desk
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.owed_charges import OwedCharges
from pos.services.tendering import CardWish, Tendering, Write


class _OvertakenError(Exception):
    """Somebody else wrote what became of it, between looking and writing."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of an attempt that was open: how it stands now, and what `settle` said."""

    view: AttemptView
    answer: SaleView | Refused


class CardTendering(CardAsking):
    """Card payments of this workstation. `terminal` is None where it has none; `refunds` gives money back, `owed`
    are the charges that should have gone back.
    """

    def __init__(
        self,
        desk: Desk,
        basket: OpenBasket,
        tendering: Tendering,
        approvals: Approvals,
        terminal: PaymentTerminal | None,
    ) -> None:
        self._desk, self._open, self._tendering, self._approvals = desk, basket, tendering, approvals
        super().__init__(terminal)
        desk.terminal = "" if terminal is None else terminal.terminal
        self.refunds = CardRefunds(desk, self)
        self.owed = OwedCharges(desk)
        for kind in (TenderKind.CREDIT, TenderKind.DEBIT):
            tendering.teach(kind, self._giving_back)

    def begin(
        self, kind: CardKind, amount: int | None = None, cash_back: int = 0, *, approval: str = "", keyed: bool = False
    ) -> Attempt | Refused:
        """Write down that a card is to be charged `amount` towards the open sale (None: what is due) and `cash_back` on
        top, in minor units; `keyed`, its number is typed at the terminal. Nothing is sent yet: `ask` does, then
        `settle`.

        NeedsApproval with TENDER_ALONE, CASH_BACK_ALONE, CARD_KEYED_ALONE; `approval` is the request that was granted.
        Refused: NO_TERMINAL, CARD_OUTCOME_UNKNOWN while nobody knows of an earlier one, CARD_KEYED_OFF,
        CASH_BACK_DEBIT_ONLY, CASH_BACK_LIMIT, TILL_SHORT and as `Tendering.take`.
        """
        if self.terminal is None:
            return Refused(Code.NO_TERMINAL)
        if keyed and not self.can_key(kind, cash_back):
            return Refused(Code.CARD_KEYED_OFF)
        open_one = self._open_on_terminal()
        if open_one is not None:
            return unknown_outcome(open_one)
        rule = tender_rule(self._desk.rules, kind.value)
        assert rule is not None, "every kind of the program's own has a rule"
        if amount is None:
            amount = max(0, tender_room(self._open.priced, rule))
        refused = self._tendering.refused(rule, amount) or cash_back_refused(
            self._desk, self._open.priced, kind, cash_back
        )
        if refused is not None:
            return refused
        agreed = self._tendering.agreed(rule, CardWish(amount, cash_back, keyed=keyed), approval)
        if isinstance(agreed, Refused):
            return agreed
        attempt = new_attempt(self._desk, self._charge(kind, amount, cash_back, KEYED if keyed else ""))
        try:
            with self._desk.shop.books.writing() as work:
                # Looked at again under the lock: another lane may share the terminal.
                waiting = next(iter(work.card_attempts.open(terminal=attempt.terminal)), None)
                if waiting is not None:
                    return unknown_outcome(waiting)
                if agreed is not None:
                    self._approvals.use(work, agreed)
                write_attempt(work, self._desk, attempt)
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        return attempt

    def settle(self, attempt_id: str, outcome: Outcome) -> SaleView | Refused:
        """Write what became of an attempt, and the tender with it where a card paid. The same answer twice is harmless.

        A SaleView: money moved as it was to; a partial approval leaves the rest due. Refused, with the outcome in the
        books and no tender taken: CARD_DECLINED, CARD_NOT_PROCESSED, CARD_OUTCOME_UNKNOWN, CARD_CHARGED_LATE where the
        sale no longer needs it and it goes back, CARD_NOT_GIVEN_BACK; nothing written: CARD_ATTEMPT_UNKNOWN.
        """
        view = self._mine(attempt_id)
        if isinstance(view, Refused):
            return view
        made = outcome_of(view, outcome, self._desk.now())
        if view.attempt.queued and isinstance(outcome, NotProcessed):
            # What has to go back is asked again, until it is done or refused.
            return Refused(Code.CARD_NOT_PROCESSED, {"amount": charged_money(view), "why": made.why})
        if not view.open and not (made.state is AttemptState.APPROVED and not view.approved):
            return self._told(view)
        if view.outcome is not None and replace(made, number=0, at=view.outcome.at) == replace(view.outcome, number=0):
            return self._told(view)
        return self._settled(view, made)

    def waiting(self) -> tuple[AttemptView, ...]:
        """The attempts of this workstation nobody can say of yet whether money moved, the earliest first.

        Also what is queued to go back and was not sent yet.
        """
        with self._desk.shop.books.reading() as work:
            return work.card_attempts.open(workstation=self._desk.number)

    def undecided(self) -> tuple[AttemptView, ...]:
        """What was sent to terminals in the whole shop and nobody knows the outcome of, the earliest first."""
        with self._desk.shop.books.reading() as work:
            # What is queued and was never tried is only on its way.
            return tuple(view for view in work.card_attempts.open() if not view.attempt.queued or view.outcome)

    def asks(self, attempt: Attempt) -> bool:
        # A terminal knows an attempt by the till that sent it: to another one it says that there never was one.
        return attempt.workstation == self._desk.number and super().asks(attempt)

    def recover(self, wait: Wait = no_wait, *, times: int = 1) -> tuple[Carried, ...]:
        """Find out about every open attempt, and carry out what is queued. After `Sale.recover`, before anybody pays.

        Blocks as long as the terminal takes. Needs nobody signed on: what was begun was permitted.
        """
        carried: dict[str, Carried] = {}
        tried: set[str] = set()
        while True:
            open_ones = [view for view in self.waiting() if view.attempt.id not in tried and self.asks(view.attempt)]
            if not open_ones:
                return tuple(carried.values())
            for view in open_ones:
                tried.add(view.attempt.id)
                outcome = self.find_out(view.attempt, wait, times=times)
                if view.attempt.queued and isinstance(outcome, NotProcessed):
                    outcome = self.ask(view.attempt)
                answer = self.settle(view.attempt.id, outcome)
                now = self.get(view.attempt.id)
                assert now is not None, "it was there"
                carried[view.attempt.id] = Carried(now, answer)

    def resolve(self, attempt_id: str, answer: Answer, *, moved: bool) -> SaleView | Refused:
        """Decide what became of an attempt no terminal answers for: all of it `moved`, or nothing. At any workstation:
        the one that began it may be gone. What moved for a sale that is not open here goes back.

        Whoever decides proves it with their own PIN or badge, and says why. Then as `settle`. Refused:
        CARD_ATTEMPT_UNKNOWN, CARD_ATTEMPT_SETTLED, REASON_MISSING, CARD_NUMBER_TYPED, PIN_WRONG, LOCKED_OUT,
        BADGE_UNKNOWN, NOT_PERMITTED.
        """
        view = self._known(attempt_id)
        if isinstance(view, Refused):
            return view
        if not view.open:
            return Refused(Code.CARD_ATTEMPT_SETTLED)
        decided = who_decides(self._desk, answer)
        if isinstance(decided, Refused):
            return decided
        by, reason = decided
        made = decided_outcome(view, moved=moved, by=by, reason=reason, at=self._desk.now())
        return self._settled(view, made)

    def pays(self, attempt_id: str) -> bool:
        """Whether what it charged is a tender: of the sale that is open here, or of one in the books."""
        if any(tender.attempt == attempt_id for tender in self._open.basket.tenders):
            return True
        with self._desk.shop.books.reading() as work:
            return work.card_attempts.pays(attempt_id)

    def get(self, attempt_id: str) -> AttemptView | None:
        """An attempt with how it stands; its card facts are `view.card`."""
        with self._desk.shop.books.reading() as work:
            return work.card_attempts.get(attempt_id)

    def _charge(self, kind: CardKind, amount: int, cash_back: int, protocol: str) -> Attempt:
        return Attempt(
            id="",
            purpose=Purpose.PAY,
            kind=kind,
            sale=self._open.basket.id,
            workstation=self._desk.number,
            terminal=self.port().terminal,
            reference="",
            amount=amount,
            currency=self._desk.rules.currency,
            at=self._desk.now(),
            by=None,
            protocol=protocol,
            cash_back=cash_back,
        )

    def _open_on_terminal(self) -> AttemptView | None:
        with self._desk.shop.books.reading() as work:
            return next(iter(work.card_attempts.open(terminal=self.port().terminal)), None)

    def _mine(self, attempt_id: str) -> AttemptView | Refused:
        """The attempt of this workstation: a terminal answers for it to nobody else."""
        view = self._known(attempt_id)
        elsewhere = isinstance(view, AttemptView) and view.attempt.workstation != self._desk.number
        return Refused(Code.CARD_ATTEMPT_UNKNOWN) if elsewhere else view

    def _known(self, attempt_id: str) -> AttemptView | Refused:
        """An attempt of the shop, with the sale it was for at hand where that is open here."""
        view = self.get(attempt_id)
        if view is None:
            return Refused(Code.CARD_ATTEMPT_UNKNOWN)
        if self._open.basket.id != view.attempt.sale and self._open.basket.blank:
            with self._desk.shop.books.reading() as work:
                saved = work.baskets.get(self._desk.number)
            if saved is not None and saved.id == view.attempt.sale:
                self._open.take(saved)
        return view

    def _settled(self, view: AttemptView, made: AttemptOutcome) -> SaleView | Refused:
        """Write the outcome with all that follows from it, in one unit of work; once, whoever else may be at it."""
        try:
            return self._settled_now(view, made)
        except _OvertakenError:
            fresh = self.get(view.attempt.id)
            assert fresh is not None, "it was there"
            if fresh.open or (made.state is AttemptState.APPROVED and not fresh.approved and not made.decided_by):
                return self._settled(fresh, replace(made, number=number_after(fresh)))
            return Refused(Code.CARD_ATTEMPT_SETTLED) if made.decided_by else self._told(fresh)

    def _settled_now(self, view: AttemptView, made: AttemptOutcome) -> SaleView | Refused:
        """As `_settled`. Raises _OvertakenError, and writes nothing."""
        desk, attempt = self._desk, view.attempt
        now = AttemptView(attempt, made, view.carried_over)
        tender = self._tender(now) if now.approved and attempt.purpose is Purpose.PAY else None
        if tender is not None:
            self._open.put(self._open.basket.with_tender(tender), lambda work: self._written(work, view, made))
            return self._open.view
        with desk.shop.books.writing() as work:
            head = self._written(work, view, made)
            if now.approved and attempt.purpose is Purpose.PAY:
                back = going_back(desk, now, AttemptReason.LATE, terminal=attempt.terminal)
                head = write_attempt(work, desk, replace(back, terminal=self._way_back(attempt)))
            elif made.state is AttemptState.DECLINED and attempt.purpose is Purpose.REVERSE:
                charge = work.card_attempts.get(attempt.of)
                assert charge is not None, "a reversal is of a charge"
                again = going_back(desk, charge, AttemptReason.NOT_REVERSED, terminal=attempt.terminal)
                head = write_attempt(work, desk, replace(again, sale=attempt.sale))
            work.commit()
        desk.shop.anchor(head)
        return self._told(now)

    def _written(self, work: UnitOfWork, view: AttemptView, made: AttemptOutcome) -> JournalHead:
        """The outcome and, beside it, the papers nobody has to ask for. Raises _OvertakenError."""
        now = work.card_attempts.get(view.attempt.id)
        if now is None or now.outcome != view.outcome:
            raise _OvertakenError
        for place in late_card_slips.printed_at_once(view, made):
            work.paper_jobs.add(
                late_papers.new_job(self._desk, late_card_slips.CARD_SLIP, facts=late_card_slips.job_facts(made, place))
            )
        return write_outcome(work, self._desk, view, made)

    def _way_back(self, charge: Attempt) -> str:
        """The terminal a late charge goes back through: its own, or the one here where that belongs elsewhere."""
        here = charge.workstation == self._desk.number or self.terminal is None
        return charge.terminal if here else self.port().terminal

    def _tender(self, now: AttemptView) -> Tender | None:
        """The tender of an approved charge, where the sale it was for is open here and still needs it all."""
        priced, attempt, outcome = self._open.priced, now.attempt, now.outcome
        assert outcome is not None, "it was approved"
        if priced.basket.id != attempt.sale or priced.complete or not 0 < outcome.amount <= priced.due:
            return None
        if self._gone_back(attempt.id):
            return None
        return Tender(
            TenderKind(attempt.kind.value),
            outcome.amount,
            cash_back=outcome.cash_back,
            shown=outcome.card.masked,
            attempt=attempt.id,
            id=attempt.id,
        )

    def _gone_back(self, attempt_id: str) -> bool:
        with self._desk.shop.books.reading() as work:
            return any(view.attempt.queued for view in work.card_attempts.of_attempt(attempt_id))

    def _giving_back(self, tender: Tender) -> Write | Refused:
        """How a card tender of an open sale is given back: what reverses it is queued in the same unit of work."""
        view = self.get(tender.attempt)
        if view is None or not view.approved:
            return Refused(Code.TENDER_GONE)
        back = going_back(self._desk, view, AttemptReason.GIVEN_BACK, terminal=view.attempt.terminal)

        def write(work: UnitOfWork) -> None:
            write_attempt(work, self._desk, back)

        return write

    def _told(self, view: AttemptView) -> SaleView | Refused:
        """How an attempt stands, as an answer."""
        attempt = view.attempt
        amount = charged_money(view)
        if view.open:
            return unknown_outcome(view)
        why = "" if view.outcome is None else view.outcome.why
        if view.approved:
            on_sale = any(tender.attempt == attempt.id for tender in self._open.basket.tenders)
            late = attempt.purpose is Purpose.PAY and not on_sale and self._gone_back(attempt.id)
            return Refused(Code.CARD_CHARGED_LATE, {"amount": amount}) if late else self._open.view
        if attempt.purpose is not Purpose.PAY:
            return Refused(Code.CARD_NOT_GIVEN_BACK, {"amount": amount, "why": why})
        code = Code.CARD_DECLINED if view.state is AttemptState.DECLINED else Code.CARD_NOT_PROCESSED
        return Refused(code, {"amount": amount, "why": why})

"""What is done to a gift card outside a sale: paid out in cash below the legal bound, blocked, unblocked."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCard, GiftCardState, GiftEntry, GiftMove, pay_refused
from pos.domain.gift_card_law import cash_out_below
from pos.domain.gift_card_ledger import gift_card_postings, gift_cards_told
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import JournalHead
from pos.persistence.tills import MovementKind, TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import gift_card_papers as late_gift_card_papers
from pos.services import gift_card_slips as late_gift_card_slips
from pos.services.deposits import cash_out_refused
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_numbers import as_the_law_has_it, find_card
from pos.services.gift_card_pins import pin_refused
from pos.services.gift_cards import GiftCardView, today, view_of
from pos.services.reasons import reason_refused, reasons


@dataclass(frozen=True, slots=True)
class CashedOut:
    """What went out in cash, and the slip that waits to be printed."""

    card: GiftCardView
    paid: Money
    paper: str


class GiftCardCare:
    """Nothing here touches the open sale."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cash_out_below(self) -> Money:
        """Below what the rest of a card goes out in cash here today; nothing where it does not."""
        rules = self._desk.rules
        below = rules.cash_out_threshold or cash_out_below(rules.region, rules.currency, today(self._desk))
        return Money(below, rules.currency)

    def cash_out(self, number: str, pin: str = "") -> CashedOut | Refused:
        """Pay out all that is on a card; print with `paperwork.after_move`, which opens the drawer.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TILL_CLOSED, GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD, GIFT_CARD_DISABLED,
        GIFT_CARD_EXPIRED, GIFT_CARD_EMPTY, GIFT_CARD_PIN, PIN_WRONG, GIFT_CARD_LOCKED, CASH_OUT_THRESHOLD,
        PAY_OUT_LIMIT, TILL_SHORT.
        """
        operator = self._desk.permit(Permission.GIFT_CARD_CASH_OUT)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            ready = self._ready(work, number)
        refused = ready if isinstance(ready, Refused) else pin_refused(self._desk, ready[1], pin, ready[1].balance)
        if refused is not None:
            return refused
        with self._desk.shop.books.writing() as work:
            # Looked at again under the lock: another till may have spent it meanwhile.
            ready = self._ready(work, number)
            if isinstance(ready, Refused):
                return ready
            till, card = ready
            paid = self._desk.rules.cash_rounding.rounded(card.balance)
            refused = cash_out_refused(work, self._desk, operator, paid)
            if refused is not None:
                return refused
            paper, head = self._pay(work, operator, till, card, paid)
            work.commit()
        self._desk.shop.anchor(head)
        view = self._view(card.id)
        return CashedOut(view, Money(paid, self._desk.rules.currency), paper)

    def _ready(self, work: UnitOfWork, number: str) -> tuple[TillSession, GiftCard] | Refused:
        """The open till and the card, where the law or the shop lets it be paid out."""
        till = work.tills.open_till(self._desk.number)
        if till is None:
            return Refused(Code.TILL_CLOSED)
        card = find_card(work, self._desk, number)
        refused = pay_refused(card, today(self._desk)) or self._too_much(card)
        if card is None or refused is not None:
            return refused or Refused(Code.GIFT_CARD_UNKNOWN)
        return till, card

    def disable(self, number: str, reason: str) -> GiftCardView | Refused:
        """Block a card, with a reason of the shop's list; what is on it stays there.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, REASON_MISSING, REASON_UNKNOWN, GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD,
        GIFT_CARD_DISABLED.
        """
        operator = self._desk.permit(Permission.GIFT_CARD_BLOCK)
        if isinstance(operator, Refused):
            return operator

        def refused(card: GiftCard) -> Refused | None:
            return Refused(Code.GIFT_CARD_DISABLED, {"card": card.shown}) if card.disabled else None

        return self._switch(operator, number, reason, GiftMove.DISABLED, refused)

    def enable(self, number: str, reason: str) -> GiftCardView | Refused:
        """Let a blocked card pay again. Refused as `disable`, GIFT_CARD_SOLD where it is not blocked."""
        operator = self._desk.permit(Permission.MANAGE_GIFT_CARDS)
        if isinstance(operator, Refused):
            return operator

        def refused(card: GiftCard) -> Refused | None:
            return None if card.disabled else Refused(Code.GIFT_CARD_SOLD, {"card": card.shown})

        return self._switch(operator, number, reason, GiftMove.ENABLED, refused)

    def _too_much(self, card: GiftCard | None) -> Refused | None:
        below = self.cash_out_below()
        if card is None or card.balance < below.minor:
            return None
        facts: dict[str, object] = {"card": card.shown, "balance": Money(card.balance, below.currency)}
        return Refused(Code.CASH_OUT_THRESHOLD, facts | ({"below": below} if below.minor else {}))

    def _pay(
        self, work: UnitOfWork, operator: Operator, till: TillSession, card: GiftCard, paid: int
    ) -> tuple[str, JournalHead]:
        left = work.gift_cards.move(card.id, -card.balance)
        assert left == 0, "it was looked at inside this unit of work"
        entry = GiftEntry(card.id, GiftMove.CASHED_OUT, -card.balance, 0)
        kind = EntryKind.GIFT_CARD_CASHED_OUT
        fact = Fact(
            kind,
            self._desk.now(),
            operator.id,
            card.id,
            gift_cards_told((), (entry,)),
            gift_card_postings(kind, ((card.kind, entry),), -paid),
            (till.id, MovementKind.CASH_OUT, -paid),
        )
        head = record(work, self._desk, fact)
        work.gift_cards.write((entry,), head)
        job = late_gift_card_papers.slip_job(
            self._desk, card.id, late_gift_card_slips.slip_of_entry(self._desk, card, entry, operator, fact.at)
        )
        work.paper_jobs.add(job)
        return job.id, head

    def _switch(
        self,
        operator: Operator,
        number: str,
        reason: str,
        move: GiftMove,
        refused: Callable[[GiftCard], Refused | None],
    ) -> GiftCardView | Refused:
        choices = ", ".join(one.code for one in reasons(self._desk, ReasonKind.GIFT_CARD))
        wrong = reason_refused(self._desk, ReasonKind.GIFT_CARD, reason)
        if wrong is not None or not reason:
            return wrong or Refused(Code.REASON_MISSING, {"choices": choices})
        with self._desk.shop.books.writing() as work:
            card = find_card(work, self._desk, number)
            if card is None:
                return Refused(Code.GIFT_CARD_UNKNOWN)
            if card.state(today(self._desk)) is GiftCardState.UNSOLD:
                return Refused(Code.GIFT_CARD_UNSOLD, {"card": card.shown})
            no = refused(card)
            if no is not None:
                return no
            head = self._note(work, operator, card, move, reason)
            work.commit()
        self._desk.shop.anchor(head)
        return self._view(card.id)

    def _view(self, card_id: str) -> GiftCardView:
        with self._desk.shop.books.reading() as work:
            card = work.gift_cards.get(card_id)
        assert card is not None, "no card is ever removed"
        return view_of(self._desk, as_the_law_has_it(self._desk, card))

    def _note(self, work: UnitOfWork, operator: Operator, card: GiftCard, move: GiftMove, reason: str) -> JournalHead:
        """Block a card or let it pay again, in the books."""
        kind = EntryKind.GIFT_CARD_DISABLED if move is GiftMove.DISABLED else EntryKind.GIFT_CARD_ENABLED
        entry = GiftEntry(card.id, move, 0, card.balance)
        payload = gift_cards_told((), (entry,)) | {"reason": reason}
        head = record(work, self._desk, Fact(kind, self._desk.now(), operator.id, card.id, payload))
        work.gift_cards.write((entry,), head)
        return head

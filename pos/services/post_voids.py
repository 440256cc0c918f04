"""A sale taken back whole after it was paid: the same day, in its own till, agreed to by somebody else. Once.

All that the sale did is undone in one unit of work by a fact of its own; the sale itself stays as it was written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from pos.domain.approval import AS_ASKED, Approval, ApprovalRequest, NeedsApproval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.card_attempt import AttemptReason, AttemptView
from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCardKind, GiftEntry, GiftMove
from pos.domain.gift_card_ledger import gift_card_postings, gift_cards_told
from pos.domain.journal import EntryKind, canonical
from pos.domain.money import Money
from pos.domain.points import PointsMove
from pos.domain.post_void import (
    CARDS,
    PostVoid,
    PostVoidNumber,
    TenderCorrection,
    goods_back,
    points_back,
    post_void_cash,
    post_void_postings,
    post_void_told,
)
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.tender import CARDS_OF_THE_SHOP
from pos.domain.till import MovementKind
from pos.domain.transaction import JournalHead, TenderLine, Transaction
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.card_records import going_back, write_attempt
from pos.services.desk import Desk, Fact, record
from pos.services.papers import POST_VOID, language_of, new_job
from pos.services.reasons import reason_refused, reasons


@dataclass(frozen=True, slots=True)
class PostVoided:
    """A sale that was taken back: `done` as it is in the books, `sale` as it was, the tenders as they go back.

    `paper` is the slip that waits; `cards` are the tenders whose money goes back by a terminal that was not asked yet.
    """

    done: PostVoid
    sale: Transaction
    corrections: tuple[TenderCorrection, ...]
    paper: str
    cash: Money
    cards: tuple[TenderLine, ...] = ()


class PostVoids:
    """The completed sales of this workstation's open till."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def post_void(self, transaction_id: str, reason: str, *, approval: str = "") -> PostVoided | Refused:
        """Take a sale back. `approval` is the request that was granted, for exactly this sale as it stands.

        NeedsApproval with POST_VOID_LIMIT: always, unless nobody else could agree and who asks could for another.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, REASON_MISSING, REASON_UNKNOWN, and as `refused`, and as
        `Approvals.find`.
        """
        operator = self._desk.permit(Permission.POST_VOID)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            sale = self._standing(work, transaction_id)
            if isinstance(sale, Refused):
                return sale
            refused = self._reason_refused(reason) or self._tied(work, sale)
            corrections = work.after_sale.corrections_of(sale.id)
        if refused is not None:
            return refused
        granted = self._signed(sale, corrections, reason, operator, approval)
        if isinstance(granted, Refused):
            return granted
        try:
            with self._desk.shop.books.writing() as work:
                # Looked at again under the lock: another lane may have spent a card or the points meanwhile.
                again = self._standing(work, sale.id)
                refused = again if isinstance(again, Refused) else self._tied(work, again)
                if refused is not None:
                    return refused
                written = self._write(work, sale, operator, reason, granted)
                if isinstance(written, Refused):
                    return written
                head, done = written
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return done

    def refused(self, transaction_id: str) -> Refused | None:
        """Why this sale cannot be taken back; None where it can, once somebody agrees.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, RETURN_STANDS, POST_VOIDED, POST_VOID_DAY, TILL_CLOSED,
        POST_VOID_TILL, POST_VOID_RETURNED, CHECK_RETURNED, GIFT_CARD_USED, POINTS_SPENT, POST_VOID_CARD,
        CARD_OUTCOME_UNKNOWN, TILL_SHORT.
        """
        operator = self._desk.permit(Permission.POST_VOID)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            sale = self._standing(work, transaction_id)
            return sale if isinstance(sale, Refused) else self._tied(work, sale)

    def _reason_refused(self, reason: str) -> Refused | None:
        if not reason:
            choices = ", ".join(one.code for one in reasons(self._desk, ReasonKind.POST_VOID))
            return Refused(Code.REASON_MISSING, {"choices": choices})
        return reason_refused(self._desk, ReasonKind.POST_VOID, reason)

    def _standing(self, work: UnitOfWork, transaction_id: str) -> Transaction | Refused:
        """The sale, where it stands and its till is the one that is open here; a return is none."""
        sale = work.transactions.get(transaction_id)
        if sale is not None:
            return in_open_till(work, self._desk, sale)
        done = work.returns.get(transaction_id)
        if done is not None:
            return Refused(Code.RETURN_STANDS, {"receipt": str(done.number)})
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})

    def _tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        """What of the sale can no longer be undone."""
        ties = (
            self._returns_tied,
            self._checks_tied,
            self._cards_tied,
            self._points_tied,
            self._terminal_tied,
            self._cash_tied,
        )
        return next((refused for tied in ties if (refused := tied(work, sale)) is not None), None)

    def _returns_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        """What came back of it, or came back for it: its money and goods went their own way already."""
        tied = work.returns.tied_to(sale.id)
        facts: dict[str, object] = {"receipt": str(sale.receipt), "number": str(tied[0].number)} if tied else {}
        return Refused(Code.POST_VOID_RETURNED, facts) if tied else None

    def _checks_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        for tender in sale.tenders:
            back = work.checks.returned(sale.id, tender.tender) if tender.check is not None else None
            if back is not None:
                return Refused(Code.CHECK_RETURNED, {"day": self._desk.local(back.at).date()})
        return None

    def _cards_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        """Gift cards the sale sold or loaded, from which something was taken since."""
        loaded: dict[str, int] = {}
        for _, entry in _loads(work, sale):
            loaded[entry.card] = loaded.get(entry.card, 0) + entry.amount
        for card_id, amount in loaded.items():
            card = work.gift_cards.get(card_id)
            assert card is not None, "a card that was loaded is known"
            if card.balance < amount or work.gift_cards.used_since(card_id, sale.at):
                return Refused(Code.GIFT_CARD_USED, {"card": card.shown})
        return None

    def _points_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        moves = _points(work, sale)
        customer = work.customers.get(moves[0].customer) if moves else None
        goes = sum(move.points for move in moves)
        if customer is None or customer.points >= goes:
            return None
        return Refused(Code.POINTS_SPENT, {"points": goes, "balance": customer.points})

    def _terminal_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        for tender in sale.tenders:
            if tender.kind in CARDS:
                back = self._card_write(work, sale, tender)
                if isinstance(back, Refused):
                    return back
        return None

    def _cash_tied(self, work: UnitOfWork, sale: Transaction) -> Refused | None:
        goes = -post_void_cash(sale, work.after_sale.corrections_of(sale.id))
        short = self._desk.till_runs_short and goes > max(0, work.tills.cash_in(sale.till))
        return Refused(Code.TILL_SHORT, {"amount": Money(goes, sale.currency)}) if short else None

    def _card_write(self, work: UnitOfWork, sale: Transaction, tender: TenderLine) -> Callable[[], None] | Refused:
        """What queues the way back of a card's money; at most one a charge, and none while anything is not known."""
        charge = work.card_attempts.get(tender.attempt) if tender.attempt else None
        back_already = charge is not None and any(
            one.attempt.queued for one in work.card_attempts.of_attempt(charge.attempt.id)
        )
        if charge is None or not charge.approved or back_already or _settled(work, charge):
            return Refused(Code.POST_VOID_CARD, {"receipt": str(sale.receipt)})
        terminal = charge.attempt.terminal
        unknown = next((one for one in work.card_attempts.open(terminal=terminal) if one.attempt.sale != sale.id), None)
        if unknown is not None:
            amount = Money(unknown.attempt.charged, unknown.attempt.currency)
            return Refused(
                Code.CARD_OUTCOME_UNKNOWN, {"attempt": unknown.attempt.id, "amount": amount, "terminal": terminal}
            )
        back = going_back(self._desk, charge, AttemptReason.POST_VOID, terminal=terminal)

        def write() -> None:
            write_attempt(work, self._desk, back)

        return write

    def _signed(
        self,
        sale: Transaction,
        corrections: tuple[TenderCorrection, ...],
        reason: str,
        operator: Operator,
        approval: str,
    ) -> Approval | Refused | None:
        """The yes this needs and has; None where nobody else could give one and who asks could for another."""
        covers = _covers(sale, corrections, reason)
        if approval:
            return self._approvals.find_about(approval, covers)
        asked = Asked(Action.POST_VOID, reason, amount=sale.total)
        requirement = Requirement(
            code=Code.POST_VOID_LIMIT,
            limit_of=Limit.POST_VOID,
            value=abs(sale.total),
            limit=0,
            before=sale.total,
            after=0,
            options=(Option(AS_ASKED, asked, -sale.total),),
            about=str(sale.receipt),
        )
        facts: dict[str, object] = {"receipt": str(sale.receipt), "wanted": Money(sale.total, sale.currency)}
        needs = self._approvals.ask_about(sale.id, covers, asked, requirement, facts)
        if isinstance(needs, NeedsApproval) and self._alone(needs.request, operator, abs(sale.total)):
            return None
        return needs

    def _alone(self, request: ApprovalRequest, operator: Operator, amount: int) -> bool:
        may = operator.may(Permission.APPROVE) and operator.reaches(Limit.POST_VOID, amount)
        return may and not self._approvals.approvers(request)

    def _write(
        self, work: UnitOfWork, sale: Transaction, operator: Operator, reason: str, granted: Approval | None
    ) -> tuple[JournalHead, PostVoided] | Refused:
        if granted is not None:
            self._approvals.use(work, granted)
        corrections = work.after_sale.corrections_of(sale.id)
        done = PostVoid(
            number=PostVoidNumber(
                sale.receipt.store, self._desk.number, work.after_sale.next_number(self._desk.number)
            ),
            sale=sale.id,
            at=self._desk.now(),
            by=operator.id,
            approver="" if granted is None else granted.approver,
            approval="" if granted is None else granted.request.id,
            reason=reason,
            till=sale.till,
        )
        moves, points = goods_back(sale), points_back(_points(work, sale))
        entries = [self._off(work, entry) for _, entry in _loads(work, sale)]
        told = post_void_told(done, moves, points, str(sale.receipt)) | gift_cards_told((), entries)
        cash = post_void_cash(sale, corrections)
        fact = Fact(
            EntryKind.SALE_POST_VOIDED,
            done.at,
            operator.id,
            sale.id,
            told,
            post_void_postings(sale, corrections),
            (sale.till, MovementKind.POST_VOID, cash),
        )
        head = record(work, self._desk, fact)
        work.after_sale.void(done, head)
        work.stock.move(moves, head)
        work.customers.move_points(points, head)
        work.gift_cards.write(entries, head)
        refused = self._tenders_back(work, sale, operator)
        if refused is not None:
            return refused
        job = new_job(self._desk, POST_VOID, transaction_id=sale.id, language=language_of(work, self._desk, sale.id))
        work.paper_jobs.add(job)
        cards = tuple(tender for tender in sale.tenders if tender.kind in CARDS)
        voided = PostVoided(done, sale, corrections, job.id, Money(-cash, sale.currency), cards)
        return work.journal.head(self._desk.number), voided

    def _off(self, work: UnitOfWork, load: GiftEntry) -> GiftEntry:
        """What the sale put on a card comes off it."""
        left = work.gift_cards.move(load.card, -load.amount)
        assert left is not None, "it was looked at under the same lock"
        return GiftEntry(load.card, GiftMove.REVERSED, -load.amount, left)

    def _tenders_back(self, work: UnitOfWork, sale: Transaction, operator: Operator) -> Refused | None:
        """What cards gave goes back: to the shop's own now, to others by a terminal that is asked afterwards."""
        for tender in sale.tenders:
            if tender.kind in CARDS_OF_THE_SHOP:
                left = work.gift_cards.move(tender.account, tender.amount)
                assert left is not None, "a card that gave something can have it back"
                entry = GiftEntry(tender.account, GiftMove.RELEASED, tender.amount, left, tender=tender.id)
                kind, told = EntryKind.GIFT_CARD_GIVEN_BACK, gift_cards_told((), (entry,))
                legs = gift_card_postings(kind, ((GiftCardKind(tender.kind.value), entry),))
                fact = Fact(kind, self._desk.now(), operator.id, sale.id, told, legs)
                work.gift_cards.write((entry,), record(work, self._desk, fact))
            elif tender.kind in CARDS:
                back = self._card_write(work, sale, tender)
                if isinstance(back, Refused):
                    return back
                back()
        return None


def in_open_till(work: UnitOfWork, desk: Desk, sale: Transaction) -> Transaction | Refused:
    """The sale, where it stands, is of today and its till is the one that is open here.

    Refused: POST_VOIDED, POST_VOID_DAY, TILL_CLOSED, POST_VOID_TILL.
    """
    receipt = str(sale.receipt)
    voided = work.after_sale.void_of(sale.id)
    if voided is not None:
        return Refused(Code.POST_VOIDED, {"receipt": receipt, "number": str(voided.number)})
    till: TillSession | None = work.tills.open_till(desk.number)
    day = desk.local(desk.now()).date() if till is None else till.business_day
    if sale.business_day != day:
        return Refused(Code.POST_VOID_DAY, {"receipt": receipt, "day": sale.business_day})
    if till is None:
        return Refused(Code.TILL_CLOSED)
    return sale if till.id == sale.till else Refused(Code.POST_VOID_TILL, {"receipt": receipt})


def _settled(work: UnitOfWork, charge: AttemptView) -> bool:
    """Whether the terminal's period ended since: the bank has the charge, and a terminal reverses it no more."""
    ended = work.journal.last_at(charge.attempt.terminal, EntryKind.CARD_PERIOD_ENDED)
    return ended is not None and charge.outcome is not None and ended >= charge.outcome.at


def _loads(work: UnitOfWork, sale: Transaction) -> tuple[tuple[GiftCardKind, GiftEntry], ...]:
    """What the sale put on cards."""
    entry = work.journal.entry_of(sale.id, EntryKind.SALE_COMPLETED)
    return () if entry is None else work.gift_cards.of_entry(entry.workstation, entry.sequence)


def _points(work: UnitOfWork, sale: Transaction) -> list[PointsMove]:
    """What the sale did to points."""
    entry = work.journal.entry_of(sale.id, EntryKind.SALE_COMPLETED)
    return [] if entry is None else work.customers.points_of_entry(entry.workstation, entry.sequence)


def _covers(sale: Transaction, corrections: tuple[TenderCorrection, ...], reason: str) -> str:
    """Exactly this sale, as its tenders stand now, for exactly this reason."""
    body = {"post_void": [sale.id, sale.total, sale.paid, len(corrections), reason]}
    return hashlib.sha256(canonical(body)).hexdigest()

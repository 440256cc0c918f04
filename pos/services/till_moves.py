"""Cash moved by hand and the drawer opened without a sale: each with a reason of the shop's list, and a slip."""

from __future__ import annotations

import hashlib

from pos.domain.approval import AS_ASKED, Approval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind, canonical
from pos.domain.ledger import moved_postings
from pos.domain.money import Money
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import note_readable
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.till import BY_HAND, CASH_MAX, MovementKind
from pos.domain.transaction import JournalHead
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.card_numbers import card_number_refused
from pos.services.desk import Desk, Fact, record
from pos.services.papers import till_slip_job
from pos.services.reasons import reason_refused, reasons
from receipts.paper.till_slip import TillSlip

NO_SALE = "no_sale"


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved: `movement` names the journal's entry ("1/17"), `amount` is positive. `paper` is the slip that waits;
    `paperwork.after_move` opens the drawer and prints it.
    """

    movement: str
    till: str
    kind: str
    amount: Money
    reason: str
    paper: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What somebody wants moved: `amount` positive, in minor units."""

    kind: MovementKind
    amount: int
    reason: str
    note: str

    @property
    def signed(self) -> int:
        """Into the till positive, out of it negative."""
        return BY_HAND[self.kind] * self.amount


class TillMoves:
    """The open till of this workstation."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def loan(self, amount: int, reason: str, *, note: str = "") -> Moved | Refused:
        """More cash into the till from the office, in minor units.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, AMOUNT_INVALID, REASON_MISSING, REASON_UNKNOWN, NOTE_INVALID,
        TILL_CLOSED.
        """
        return self._move(_Wish(MovementKind.LOAN, amount, reason, note.strip()))

    def pickup(self, amount: int, reason: str, *, note: str = "") -> Moved | Refused:
        """Cash out of the till, to the safe or the bank. Refused as `loan`, TILL_SHORT."""
        return self._move(_Wish(MovementKind.PICKUP, amount, reason, note.strip()))

    def paid_in(self, amount: int, reason: str, *, note: str = "") -> Moved | Refused:
        """Cash that came in and is no sale. Refused as `loan`."""
        return self._move(_Wish(MovementKind.PAID_IN, amount, reason, note.strip()))

    def paid_out(self, amount: int, reason: str, *, note: str = "", approval: str = "") -> Moved | Refused:
        """Cash paid for something out of the till; `approval` is the request that was granted.

        NeedsApproval with PAID_OUT_LIMIT beyond the operator's limit. Refused as `pickup` and `Approvals.find`.
        """
        return self._move(_Wish(MovementKind.PAID_OUT, amount, reason, note.strip()), approval)

    def no_sale(self, reason: str) -> Moved | Refused:
        """Open the drawer without a sale.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, REASON_MISSING, REASON_UNKNOWN, TILL_CLOSED.
        """
        operator = self._permitted(Permission.NO_SALE, ReasonKind.NO_SALE, reason)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            till = work.tills.open_till(self._desk.number)
            if till is None:
                return Refused(Code.TILL_CLOSED)
            fact = Fact(EntryKind.NO_SALE, self._desk.now(), operator.id, till.id, {"reason": reason})
            head = record(work, self._desk, fact)
            moved = self._slip(work, head, till, operator, (NO_SALE, 0, reason, ""))
            work.commit()
        self._desk.shop.anchor(head)
        return moved

    def _move(self, wish: _Wish, approval: str = "") -> Moved | Refused:
        operator = self._permitted(Permission(wish.kind.value), ReasonKind(wish.kind.value), wish.reason)
        if isinstance(operator, Refused):
            return operator
        refused = card_number_refused(self._desk, wish.note)
        if refused is not None:
            return refused
        if not note_readable(wish.note):
            return Refused(Code.NOTE_INVALID)
        if not 0 < wish.amount <= CASH_MAX:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(wish.amount, self._desk.rules.currency)})
        granted = self._signed(wish, operator, approval)
        if isinstance(granted, Refused):
            return granted
        try:
            with self._desk.shop.books.writing() as work:
                done = self._write(work, wish, operator, granted)
                if not isinstance(done, Refused):
                    work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        if isinstance(done, Refused):
            return done
        head, moved = done
        self._desk.shop.anchor(head)
        return moved

    def _write(
        self, work: UnitOfWork, wish: _Wish, operator: Operator, granted: Approval | None
    ) -> tuple[JournalHead, Moved] | Refused:
        till = work.tills.open_till(self._desk.number)
        if till is None:
            return Refused(Code.TILL_CLOSED)
        there = work.tills.cash_in(till.id)
        if self._desk.till_runs_short and wish.signed < 0 and there + wish.signed < 0:
            return Refused(Code.TILL_SHORT, {"amount": Money(wish.amount, till.currency)})
        if granted is not None:
            self._approvals.use(work, granted)
        payload: dict[str, object] = {"reason": wish.reason}
        if wish.note:
            payload["note"] = wish.note
        if granted is not None:
            payload["approval"] = granted.request.id
        fact = Fact(
            ENTRIES[wish.kind],
            self._desk.now(),
            operator.id,
            till.id,
            payload,
            moved_postings(wish.kind, wish.signed, wish.reason),
            (till.id, wish.kind, wish.signed),
        )
        head = record(work, self._desk, fact)
        return head, self._slip(work, head, till, operator, (wish.kind.value, wish.amount, wish.reason, wish.note))

    def _slip(
        self,
        work: UnitOfWork,
        head: JournalHead,
        till: TillSession,
        operator: Operator,
        what: tuple[str, int, str, str],
    ) -> Moved:
        """The slip into the queue, and what the front end is told."""
        kind, amount, reason, note = what
        known = next((one for one in work.reasons.of(ReasonKind(kind)) if one.code == reason), None)
        slip = TillSlip(
            kind=kind,
            number=f"{head.workstation}/{head.sequence}",
            workstation=head.workstation,
            operator_name=operator.name,
            at=self._desk.local(self._desk.now()),
            currency=till.currency,
            amount=amount,
            reason=reason,
            reason_words="" if known is None else known.words,
            note=note,
        )
        job = till_slip_job(self._desk, slip)
        work.paper_jobs.add(job)
        return Moved(slip.number, till.id, kind, Money(amount, till.currency), reason, job.id)

    def _permitted(self, permission: Permission, kind: ReasonKind, reason: str) -> Operator | Refused:
        operator = self._desk.permit(permission)
        if isinstance(operator, Refused):
            return operator
        if not reason:
            choices = ", ".join(one.code for one in reasons(self._desk, kind))
            return Refused(Code.REASON_MISSING, {"choices": choices})
        refused = reason_refused(self._desk, kind, reason)
        return operator if refused is None else refused

    def _signed(self, wish: _Wish, operator: Operator, approval: str) -> Approval | Refused | None:
        """The yes this needs and has; None where it needs none."""
        if wish.kind is not MovementKind.PAID_OUT or operator.reaches(Limit.PAID_OUT, wish.amount):
            return None
        with self._desk.shop.books.reading() as work:
            till = work.tills.open_till(self._desk.number)
        if till is None:
            return Refused(Code.TILL_CLOSED)
        body = {"paid_out": [till.id, wish.amount, wish.reason, wish.note]}
        covers = hashlib.sha256(canonical(body)).hexdigest()
        if approval:
            return self._approvals.find_about(approval, covers)
        asked = Asked(Action.PAID_OUT, wish.reason, amount=wish.amount)
        limit = operator.limit(Limit.PAID_OUT) or 0
        requirement = Requirement(
            code=Code.PAID_OUT_LIMIT,
            limit_of=Limit.PAID_OUT,
            value=wish.amount,
            limit=limit,
            before=wish.amount,
            after=0,
            options=(Option(AS_ASKED, asked, wish.amount),),
            about=wish.note,
        )
        facts: dict[str, object] = {
            "wanted": Money(wish.amount, till.currency),
            "limit": Money(limit, till.currency),
        }
        return self._approvals.ask_about(till.id, covers, asked, requirement, facts)


# Which entry of the journal says that cash moved so.
ENTRIES: dict[MovementKind, EntryKind] = {
    MovementKind.LOAN: EntryKind.CASH_LOANED,
    MovementKind.PICKUP: EntryKind.CASH_PICKED_UP,
    MovementKind.PAID_IN: EntryKind.CASH_PAID_IN,
    MovementKind.PAID_OUT: EntryKind.CASH_PAID_OUT,
}

"""Charges no sale needs and no terminal would give back: the customer is owed them until somebody has seen to it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.card_attempt import ELSEWHERE, Attempt, AttemptReason, AttemptView
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Answer
from pos.services.card_records import decided_outcome, going_back, who_decides, write_attempt, write_outcome
from pos.services.desk import Desk


class OwedCharges:
    """The owed charges of this workstation: a terminal knows only what the till it belongs to had it charge."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[AttemptView, ...]:
        """The charges themselves, the earliest first."""
        with self._desk.shop.books.reading() as work:
            return work.card_attempts.owed(workstation=self._desk.number)

    def ask_again(self, charge_id: str) -> Attempt | Refused:
        """Queue a refund of one once more; `CardTendering.recover` sends it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CARD_ATTEMPT_UNKNOWN where nothing is owed.
        """
        operator = self._desk.permit(Permission.DECIDE_CARD)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            charge = self._owed(work, charge_id)
            if charge is None:
                return Refused(Code.CARD_ATTEMPT_UNKNOWN)
            back = going_back(self._desk, charge, AttemptReason.NOT_REVERSED, terminal=charge.attempt.terminal)
            write_attempt(work, self._desk, back)
            work.commit()
        return back

    def given_back_elsewhere(self, charge_id: str, answer: Answer) -> AttemptView | Refused:
        """Settle one the card company gave back itself, past the terminal. Answers with the attempt of ours that did
        not, as it stands now.

        Never for cash handed out: the card company may still give the same money back. Whoever decides proves it with
        their own PIN or badge, and says why. Refused: CARD_ATTEMPT_UNKNOWN where nothing is owed, REASON_MISSING,
        CARD_NUMBER_TYPED, PIN_WRONG, LOCKED_OUT, BADGE_UNKNOWN, NOT_PERMITTED.
        """
        decided = who_decides(self._desk, answer)
        if isinstance(decided, Refused):
            return decided
        by, reason = decided
        with self._desk.shop.books.writing() as work:
            # Looked for under the lock: another lane may have had the terminal asked once more.
            if self._owed(work, charge_id) is None:
                return Refused(Code.CARD_ATTEMPT_UNKNOWN)
            back = next(view for view in reversed(work.card_attempts.of_attempt(charge_id)) if view.attempt.queued)
            moved = decided_outcome(back, moved=True, by=by, reason=reason, at=self._desk.now())
            made = replace(moved, why=ELSEWHERE)
            head = write_outcome(work, self._desk, back, made)
            work.commit()
        self._desk.shop.anchor(head)
        return AttemptView(back.attempt, made, back.carried_over)

    def _owed(self, work: UnitOfWork, charge_id: str) -> AttemptView | None:
        owed = work.card_attempts.owed(workstation=self._desk.number)
        return next((view for view in owed if view.attempt.id == charge_id), None)

"""The facts of card payments under their journal entries: what was asked, what was learned, what was decided."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from pos.domain.card_attempt import (
    CARRIED_OVER,
    Attempt,
    AttemptOutcome,
    AttemptReason,
    AttemptState,
    AttemptView,
    Purpose,
    attempt_postings,
    carried_postings,
    outcome_postings,
    state_of,
    why_of,
)
from pos.domain.card_facts import NO_CARD, ReceiptRow, TerminalReceipt
from pos.domain.card_number import looks_like_card_number, redacted
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.payment import Approved, Declined, NotProcessed, Outcome, Unknown, reference_of
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.card_attempts import attempt_row, outcome_row
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Answer, proven
from pos.services.desk import Desk, Fact, record

_DETAIL_MAX = 200
# What somebody writes who decides, in characters.
REASON_MAX = 60


def write_attempt(work: UnitOfWork, desk: Desk, attempt: Attempt, *, approver: str = "") -> JournalHead:
    """The attempt, in the books before anything of it is sent; `approver` is who agreed, where somebody had to."""
    fact = Fact(
        EntryKind.CARD_REQUESTED,
        attempt.at,
        attempt.by,
        attempt.sale,
        {"attempt": attempt_row(attempt), **({"approver": approver} if approver else {})},
        attempt_postings(attempt),
    )
    head = record(work, desk, fact)
    work.card_attempts.add(attempt, head)
    return head


def write_outcome(work: UnitOfWork, desk: Desk, view: AttemptView, outcome: AttemptOutcome) -> JournalHead:
    """What became of it; `view` is how it stood before."""
    decided = bool(outcome.decided_by)
    kind = EntryKind.CARD_DECIDED if decided else EntryKind.CARD_ANSWERED
    postings = outcome_postings(view, outcome.state)
    if outcome.why == CARRIED_OVER:
        kind, postings = EntryKind.CARD_CARRIED_OVER, carried_postings(view.attempt)
    operator = outcome.decided_by or (None if desk.operator is None else desk.operator.id)
    payload: dict[str, object] = {"outcome": told_outcome(outcome_row(outcome))}
    head = record(work, desk, Fact(kind, outcome.at, operator, view.attempt.sale, payload, postings))
    work.card_attempts.note(outcome, head)
    return head


def carry_over_cards(work: UnitOfWork, desk: Desk) -> None:
    """The till of this workstation is being closed: what nobody knows of its cards stands in suspense from now on."""
    for view in work.card_attempts.open(workstation=desk.number):
        if not view.carried_over and not view.attempt.queued:
            carried = AttemptOutcome(
                view.attempt.id, number_after(view), AttemptState.UNKNOWN, desk.now(), why=CARRIED_OVER
            )
            write_outcome(work, desk, view, carried)


def told_outcome(row: dict[str, object]) -> dict[str, object]:
    """An outcome as the journal tells it: of what a card and a terminal's papers say, the SHA-256 alone."""
    long = {name: hashlib.sha256(str(row[name]).encode()).hexdigest() for name in ("card", "receipts") if row[name]}
    return row | long


def outcome_of(view: AttemptView, outcome: Outcome, at: datetime) -> AttemptOutcome:
    """What a terminal said, as a fact. A paper on which a card number would stand is starred before it is kept."""
    made = AttemptOutcome(
        attempt=view.attempt.id,
        number=number_after(view),
        state=state_of(outcome),
        at=at,
        why=why_of(outcome),
    )
    if isinstance(outcome, Approved):
        made = replace(made, amount=outcome.amount, cash_back=outcome.cash_back)
    if isinstance(outcome, Approved | Declined):
        made = replace(made, card=outcome.card, receipts=_without_numbers(outcome.receipts))
    if isinstance(outcome, Declined | NotProcessed | Unknown):
        made = replace(made, detail=redacted(outcome.detail)[:_DETAIL_MAX])
    if isinstance(outcome, Unknown) and outcome.answer is not None:
        made = replace(made, quarantine=_quarantined(outcome.answer))
    return made


def decided_outcome(view: AttemptView, *, moved: bool, by: str, reason: str, at: datetime) -> AttemptOutcome:
    """What somebody decided where no terminal answers: all of it moved, or nothing."""
    return AttemptOutcome(
        attempt=view.attempt.id,
        number=number_after(view),
        state=AttemptState.APPROVED if moved else AttemptState.NOT_PROCESSED,
        at=at,
        amount=view.attempt.amount if moved else 0,
        cash_back=view.attempt.cash_back if moved else 0,
        decided_by=by,
        reason=reason,
        card=NO_CARD,
    )


def who_decides(desk: Desk, answer: Answer) -> tuple[str, str] | Refused:
    """The staff number of whoever decides about money at a terminal, proven, and what they wrote.

    Refused: REASON_MISSING, CARD_NUMBER_TYPED, PIN_WRONG, LOCKED_OUT, BADGE_UNKNOWN, NOT_PERMITTED.
    """
    reason = answer.reason.strip()
    if not reason or len(reason) > REASON_MAX or not reason.isprintable():
        return Refused(Code.REASON_MISSING)
    if looks_like_card_number(reason):
        return Refused(Code.CARD_NUMBER_TYPED)
    found = proven(desk, answer)
    if isinstance(found, Refused):
        return found
    if not found.operator.may(Permission.DECIDE_CARD):
        return Refused(Code.NOT_PERMITTED, {"approver": found.operator.name})
    return found.operator.id, reason


def charged_money(view: AttemptView) -> Money:
    """What was asked of the card."""
    return Money(view.attempt.charged, view.attempt.currency)


def unknown_outcome(view: AttemptView) -> Refused:
    """CARD_OUTCOME_UNKNOWN: what is open, and where."""
    facts: dict[str, object] = {
        "attempt": view.attempt.id,
        "amount": charged_money(view),
        "terminal": view.attempt.terminal,
        "purpose": view.attempt.purpose.value,
        "workstation": view.attempt.workstation,
    }
    return Refused(Code.CARD_OUTCOME_UNKNOWN, facts)


def number_after(view: AttemptView) -> int:
    """The number of the next outcome of an attempt that stands so."""
    return 1 if view.outcome is None else view.outcome.number + 1


def going_back(desk: Desk, view: AttemptView, reason: AttemptReason, *, terminal: str) -> Attempt:
    """The attempt that gives back all a charge took: a reversal where the terminal gave it a name, else a refund."""
    charge, card = view.attempt, view.card
    refund = not card.poi_transaction or reason is AttemptReason.NOT_REVERSED
    return new_attempt(
        desk,
        replace(
            charge,
            purpose=Purpose.REFUND if refund else Purpose.REVERSE,
            terminal=charge.terminal or terminal,
            amount=view.moved,
            cash_back=0,
            protocol="",
            partial_allowed=False,
            of=charge.id,
            original_transaction=card.poi_transaction,
            original_time=card.poi_time,
            reason=reason,
            queued=True,
        ),
    )


def new_attempt(desk: Desk, like: Attempt) -> Attempt:
    """An attempt of this moment with an identity and a reference of its own, and otherwise like this one."""
    identity = uuid.uuid4().hex
    by = None if desk.operator is None else desk.operator.id
    return replace(like, id=identity, reference=reference_of(identity), at=desk.now(), by=by, workstation=desk.number)


def _without_numbers(receipts: Iterable[TerminalReceipt]) -> tuple[TerminalReceipt, ...]:
    return tuple(
        replace(
            receipt,
            rows=tuple(ReceiptRow(redacted(row.left), redacted(row.right), row.bold) for row in receipt.rows),
        )
        for receipt in receipts
    )


def _quarantined(answer: Approved | Declined) -> str:
    """An answer about something else, as it came, but for its papers."""
    facts = {name: value for name, value in asdict(replace(answer, receipts=())).items() if value}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)

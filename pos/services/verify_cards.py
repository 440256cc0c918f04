"""What verify asks of card payments: what each entry posts, and that every fact is the one the journal tells."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.card_attempt import (
    CARRIED_OVER,
    AttemptOutcome,
    AttemptView,
    attempt_postings,
    carried_postings,
    cash_back_postings,
    outcome_postings,
)
from pos.domain.card_number import looks_like_card_number
from pos.domain.finding import Finding, Violation
from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.ledger import LedgerEntry
from pos.domain.money import minor_text
from pos.persistence.shop_folder import Keys
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_numbers import shop_knows
from pos.services.card_records import told_outcome
from pos.services.desk import read_payload

_OUTCOMES = (EntryKind.CARD_ANSWERED, EntryKind.CARD_DECIDED, EntryKind.CARD_CARRIED_OVER)
CARD_ENTRIES = (EntryKind.CARD_REQUESTED, *_OUTCOMES, EntryKind.CASH_BACK_PAID)


def card_postings(work: UnitOfWork, entry: JournalEntry) -> tuple[LedgerEntry, ...] | None:
    """What an entry of `CARD_ENTRIES` posts; None where the fact it tells of is gone."""
    payload = read_payload(entry)
    if entry.kind is EntryKind.CASH_BACK_PAID:
        sale = work.transactions.get(entry.subject or "")
        tenders = () if sale is None else [one for one in sale.tenders if one.tender == payload["tender"]]
        return cash_back_postings(tenders[0].cash_back) if tenders else None
    told = payload["attempt" if entry.kind is EntryKind.CARD_REQUESTED else "outcome"]
    assert isinstance(told, dict), "the journal is under its MAC"
    view = work.card_attempts.get(told["id" if entry.kind is EntryKind.CARD_REQUESTED else "attempt"])
    if view is None:
        return None
    if entry.kind is EntryKind.CARD_REQUESTED:
        return attempt_postings(view.attempt)
    outcomes = work.card_attempts.outcomes(view.attempt.id)
    outcome = next((one for one in outcomes if one.number == told["number"]), None)
    if outcome is None:
        return None
    if outcome.why == CARRIED_OVER:
        return carried_postings(view.attempt)
    return outcome_postings(_before(view, outcomes, outcome), outcome.state)


def _before(view: AttemptView, outcomes: tuple[AttemptOutcome, ...], outcome: AttemptOutcome) -> AttemptView:
    """How the attempt stood before this outcome."""
    earlier = [one for one in outcomes if one.number < outcome.number]
    carried = any(one.why == CARRIED_OVER for one in earlier)
    return AttemptView(view.attempt, earlier[-1] if earlier else None, carried)


def card_numbers(work: UnitOfWork, keys: Keys) -> Iterator[Violation]:
    """No text that people typed or a terminal sent holds a card number (I-32); a number the shop knows is none."""
    for where, text in work.audit.texts():
        if looks_like_card_number(text, known=shop_knows(work, keys)):
            yield Violation("I-32", where, Finding.CARD_NUMBER)


def unknown_outcomes(work: UnitOfWork) -> tuple[str, ...]:
    """The card payments nobody can say of yet whether money moved: terminal, reference and amount."""
    return tuple(_named(view) for view in work.card_attempts.open())


def owed_to_cards(work: UnitOfWork) -> tuple[str, ...]:
    """The charges no sale needs and no terminal would give back."""
    return tuple(_named(view) for view in work.card_attempts.owed())


def _named(view: AttemptView) -> str:
    attempt = view.attempt
    amount = minor_text(attempt.charged, attempt.currency)
    return f"{attempt.terminal} {attempt.reference} {amount} {attempt.currency}"


def card_violations(work: UnitOfWork) -> Iterator[Violation]:
    """Every attempt and every outcome is the one the journal tells, and none is gone (I-20)."""
    told: dict[tuple[int, int], object] = {}
    for entry in work.journal.of_kind(EntryKind.CARD_REQUESTED):
        told[entry.workstation, entry.sequence] = read_payload(entry)["attempt"]
    for kind in _OUTCOMES:
        for entry in work.journal.of_kind(kind):
            told[entry.workstation, entry.sequence] = read_payload(entry)["outcome"]
    for workstation, sequence, row in work.card_attempts.attempt_rows():
        if told.pop((workstation, sequence), None) != row:
            yield Violation("I-20", f"{workstation}/{sequence}", Finding.CARD_ENTRY)
    for workstation, sequence, row in work.card_attempts.outcome_rows():
        if told.pop((workstation, sequence), None) != told_outcome(row):
            yield Violation("I-20", f"{workstation}/{sequence}", Finding.CARD_ENTRY)
    for workstation, sequence in told:
        yield Violation("I-20", f"{workstation}/{sequence}", Finding.CARD_ENTRY)

"""Attempts at card terminals and what became of them, each written once; the last outcome says how one stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select
from sqlalchemy.engine import Connection

from pos.domain.card_attempt import (
    CARRIED_OVER,
    Attempt,
    AttemptOutcome,
    AttemptReason,
    AttemptState,
    AttemptView,
    Purpose,
)
from pos.domain.card_facts import NO_CARD, CardFacts, ReceiptRow, ReceiptSide, TerminalReceipt
from pos.domain.payment import CardKind
from pos.domain.transaction import JournalHead
from pos.persistence import tables_returns
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import journal_entry
from pos.persistence.tables_cards import card_open, payment_attempt, payment_outcome
from pos.persistence.tables_tenders import tender_detail

_CHUNK = 500


class CardAttempts:
    """What was asked of terminals. Nothing of it is ever changed; `open` is the short list of what nobody knows yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attempt: Attempt, head: JournalHead) -> None:
        """An attempt that is about to be sent. Raises IntegrityError where the same charge is reversed already."""
        row = attempt_row(attempt) | {"workstation": head.workstation, "sequence": head.sequence}
        self._connection.execute(insert(payment_attempt).values(**row))
        self._connection.execute(insert(card_open).values(attempt=attempt.id))

    def note(self, outcome: AttemptOutcome, head: JournalHead) -> None:
        """What became of it, under its journal entry."""
        row = outcome_row(outcome) | {"workstation": head.workstation, "sequence": head.sequence}
        self._connection.execute(insert(payment_outcome).values(**row))
        if outcome.state is not AttemptState.UNKNOWN:
            self._connection.execute(delete(card_open).where(card_open.c.attempt == outcome.attempt))

    def get(self, attempt_id: str) -> AttemptView | None:
        """An attempt with how it stands."""
        row = self._connection.execute(_ATTEMPTS.where(payment_attempt.c.id == attempt_id)).first()
        return None if row is None else self._view(row)

    def many(self, attempt_ids: Sequence[str]) -> dict[str, AttemptView]:
        """Each of these that there is."""
        found: dict[str, AttemptView] = {}
        for start in range(0, len(attempt_ids), _CHUNK):
            some = list(attempt_ids[start : start + _CHUNK])
            rows = self._connection.execute(_ATTEMPTS.where(payment_attempt.c.id.in_(some))).all()
            found.update((row.id, self._view(row)) for row in rows)
        return found

    def by_reference(self, reference: str) -> AttemptView | None:
        """The attempt a terminal knows by this name."""
        row = self._connection.execute(_ATTEMPTS.where(payment_attempt.c.reference == reference)).first()
        return None if row is None else self._view(row)

    def open(self, *, terminal: str = "", workstation: int = 0) -> tuple[AttemptView, ...]:
        """Those nobody can say of yet whether money moved, the earliest first; of one terminal or workstation only."""
        wanted = _ATTEMPTS.join(card_open, card_open.c.attempt == payment_attempt.c.id)
        if terminal:
            wanted = wanted.where(payment_attempt.c.terminal == terminal)
        if workstation:
            wanted = wanted.where(payment_attempt.c.workstation == workstation)
        return self._views(wanted)

    def owed(self, *, workstation: int = 0) -> tuple[AttemptView, ...]:
        """Charges that should have gone back, and nothing on its way gives them: every try is over, none succeeded."""
        back = payment_attempt.alias()
        over = select(payment_outcome.c.attempt).where(payment_outcome.c.attempt == back.c.id)
        # What goes back for a return is the return's own matter: part of a charge only, and perhaps one of several.
        returned = tables_returns.customer_return.c.id
        of_return = select(returned).where(returned == back.c.sale)
        tried = select(back.c.id).where(
            back.c.of_attempt == payment_attempt.c.id, back.c.queued == 1, ~of_return.exists()
        )
        on_its_way = tried.where(
            over.where(payment_outcome.c.state == AttemptState.APPROVED.value).exists()
            | select(card_open.c.attempt).where(card_open.c.attempt == back.c.id).exists()
        )
        wanted = _ATTEMPTS.where(tried.exists(), ~on_its_way.exists())
        if workstation:
            wanted = wanted.where(payment_attempt.c.workstation == workstation)
        return self._views(wanted)

    def of_sale(self, sale: str) -> tuple[AttemptView, ...]:
        """Everything asked of terminals for one sale, in order."""
        return self._views(_ATTEMPTS.where(payment_attempt.c.sale == sale))

    def of_attempt(self, attempt_id: str) -> tuple[AttemptView, ...]:
        """What gives back, or gave back, what this attempt charged."""
        return self._views(_ATTEMPTS.where(payment_attempt.c.of_attempt == attempt_id))

    def since(self, terminal: str, moment: datetime) -> tuple[AttemptView, ...]:
        """Everything asked of one terminal from a moment on."""
        wanted = _ATTEMPTS.where(payment_attempt.c.terminal == terminal, journal_entry.c.at >= to_text(moment))
        return self._views(wanted)

    def pays(self, attempt_id: str) -> bool:
        """Whether it is a tender of a sale in the books."""
        wanted = select(tender_detail.c.tender).where(tender_detail.c.attempt == attempt_id)
        return self._connection.execute(wanted).first() is not None

    def outcomes(self, attempt_id: str) -> tuple[AttemptOutcome, ...]:
        """Everything that was learned of it, in order."""
        rows = self._connection.execute(_OUTCOMES.where(payment_outcome.c.attempt == attempt_id).order_by(_NUMBER))
        return tuple(_outcome(row) for row in rows)

    def attempt_rows(self) -> Iterator[tuple[int, int, dict[str, object]]]:
        """Every attempt under its entry, as it is stored."""
        for row in self._connection.execute(select(payment_attempt)):
            kept = row._asdict()
            yield kept.pop("workstation"), kept.pop("sequence"), kept

    def outcome_rows(self) -> Iterator[tuple[int, int, dict[str, object]]]:
        """Every outcome likewise."""
        for row in self._connection.execute(select(payment_outcome)):
            kept = row._asdict()
            yield kept.pop("workstation"), kept.pop("sequence"), kept

    def _views(self, wanted: Select[Any]) -> tuple[AttemptView, ...]:
        rows = self._connection.execute(wanted.order_by(journal_entry.c.at, payment_attempt.c.sequence)).all()
        return tuple(self._view(row) for row in rows)

    def _view(self, row: Row[Any]) -> AttemptView:
        outcomes = self.outcomes(row.id)
        carried = any(outcome.why == CARRIED_OVER for outcome in outcomes)
        return AttemptView(_attempt(row), outcomes[-1] if outcomes else None, carried)


_ATTEMPTS = select(payment_attempt, journal_entry.c.at, journal_entry.c.operator).join(
    journal_entry,
    (journal_entry.c.workstation == payment_attempt.c.workstation)
    & (journal_entry.c.sequence == payment_attempt.c.sequence),
)
_OUTCOMES = select(payment_outcome, journal_entry.c.at).join(
    journal_entry,
    (journal_entry.c.workstation == payment_outcome.c.workstation)
    & (journal_entry.c.sequence == payment_outcome.c.sequence),
)
_NUMBER = payment_outcome.c.number


def attempt_row(attempt: Attempt) -> dict[str, object]:
    """An attempt as the books keep it, and as the journal tells it."""
    return {
        "id": attempt.id,
        "purpose": attempt.purpose.value,
        "kind": attempt.kind.value,
        "sale": attempt.sale,
        "terminal": attempt.terminal,
        "protocol": attempt.protocol,
        "reference": attempt.reference,
        "amount": attempt.amount,
        "cash_back": attempt.cash_back,
        "currency": attempt.currency,
        "partial_allowed": int(attempt.partial_allowed),
        "of_attempt": attempt.of,
        "original_transaction": attempt.original_transaction,
        "original_time": attempt.original_time,
        "reason": attempt.reason.value,
        "queued": int(attempt.queued),
    }


def outcome_row(outcome: AttemptOutcome) -> dict[str, object]:
    """An outcome likewise; what is not there is empty text."""
    return {
        "attempt": outcome.attempt,
        "number": outcome.number,
        "state": outcome.state.value,
        "amount": outcome.amount,
        "cash_back": outcome.cash_back,
        "why": outcome.why,
        "detail": outcome.detail,
        "decided_by": outcome.decided_by,
        "reason": outcome.reason,
        "quarantine": outcome.quarantine,
        "card": "" if outcome.card == NO_CARD else _text(_said(asdict(outcome.card))),
        "receipts": _text([_said(asdict(receipt)) for receipt in outcome.receipts]) if outcome.receipts else "",
    }


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        purpose=Purpose(row.purpose),
        kind=CardKind(row.kind),
        sale=row.sale,
        workstation=row.workstation,
        terminal=row.terminal,
        reference=row.reference,
        amount=row.amount,
        currency=row.currency,
        at=from_text(row.at),
        by=row.operator,
        protocol=row.protocol,
        cash_back=row.cash_back,
        partial_allowed=bool(row.partial_allowed),
        of=row.of_attempt,
        original_transaction=row.original_transaction,
        original_time=row.original_time,
        reason=AttemptReason(row.reason),
        queued=bool(row.queued),
    )


def _outcome(row: Row[Any]) -> AttemptOutcome:
    return AttemptOutcome(
        attempt=row.attempt,
        number=row.number,
        state=AttemptState(row.state),
        at=from_text(row.at),
        amount=row.amount,
        cash_back=row.cash_back,
        why=row.why,
        detail=row.detail,
        decided_by=row.decided_by,
        reason=row.reason,
        quarantine=row.quarantine,
        card=_card(row.card),
        receipts=tuple(_receipt(each) for each in json.loads(row.receipts or "[]")),
    )


def _card(text: str) -> CardFacts:
    if not text:
        return NO_CARD
    facts = json.loads(text)
    return CardFacts(**facts | {"extra": tuple((name, value) for name, value in facts.get("extra", ()))})


def _receipt(facts: dict[str, Any]) -> TerminalReceipt:
    rows = tuple(ReceiptRow(**{"left": "", **row}) for row in facts.get("rows", ()))
    return TerminalReceipt(ReceiptSide(facts["side"]), rows, bool(facts.get("signature", False)))

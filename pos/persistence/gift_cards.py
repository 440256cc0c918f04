"""Gift cards and store credit: found by the keyed hash of their number, paid from by one guarded statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCard, GiftCardFacts, GiftCardKind, GiftEntry, GiftMove, Origin
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import journal_entry
from pos.persistence.tables_gift_cards import gift_card, gift_card_balance, gift_card_entry

_CHUNK = 500
# A card that never ends, in a column whose last day only grows.
_FOR_EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class GiftRecord:
    """An entry with when it was, and what it was about: a sale's identity, or the card's own."""

    entry: GiftEntry
    at: datetime
    subject: str | None


class GiftCards:
    """The cards of the shop. Nothing of a card is ever changed but its balance, its last day and whether it is off."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, cards: Sequence[GiftCardFacts], head: JournalHead) -> None:
        """Cards the shop knows from now on; there is nothing on them until it is put there."""
        if cards:
            rows = [card_row(card) | {"workstation": head.workstation, "sequence": head.sequence} for card in cards]
            self._connection.execute(insert(gift_card), rows)

    def get(self, card_id: str) -> GiftCard | None:
        return self._one(_CARDS.where(gift_card.c.id == card_id))

    def find(self, number_hash: str) -> GiftCard | None:
        """The card with this number."""
        return self._one(_CARDS.where(gift_card.c.number_hash == number_hash))

    def known(self, hashes: Sequence[str]) -> set[str]:
        """Which of these numbers there are already."""
        found: set[str] = set()
        for start in range(0, len(hashes), _CHUNK):
            some = hashes[start : start + _CHUNK]
            found.update(
                self._connection.execute(
                    select(gift_card.c.number_hash).where(gift_card.c.number_hash.in_(some))
                ).scalars()
            )
        return found

    def kinds(self, card_ids: Sequence[str]) -> dict[str, GiftCardKind]:
        """What each of these is."""
        rows = self._connection.execute(
            select(gift_card.c.id, gift_card.c.kind).where(gift_card.c.id.in_(list(card_ids)))
        )
        return {row.id: GiftCardKind(row.kind) for row in rows}

    def all(self) -> tuple[GiftCard, ...]:
        """Every card, in the order the shop came to know it."""
        rows = self._connection.execute(_CARDS.order_by(gift_card.c.workstation, gift_card.c.sequence, gift_card.c.id))
        return tuple(_read(row) for row in rows)

    def open(self, card_ids: Sequence[str]) -> None:
        """From now on there may be something on them; a card that is open stays as it is."""
        if card_ids:
            rows = [{"card": card_id, "balance": 0, "expires": "", "disabled": 0} for card_id in card_ids]
            self._connection.execute(insert_or(gift_card_balance).on_conflict_do_nothing(), rows)

    def move(self, card_id: str, amount: int) -> int | None:
        """Put minor units on a card, or take them off; what is on it then, None where there was not enough.

        One statement looks and takes: whoever races, what is there is given once.
        """
        changed = self._connection.execute(
            update(gift_card_balance)
            .where(gift_card_balance.c.card == card_id, gift_card_balance.c.balance + amount >= 0)
            .values(balance=gift_card_balance.c.balance + amount)
        )
        if changed.rowcount != 1:
            return None
        return int(
            self._connection.execute(
                select(gift_card_balance.c.balance).where(gift_card_balance.c.card == card_id)
            ).scalar_one()
        )

    def write(self, entries: Sequence[GiftEntry], head: JournalHead) -> None:
        """Write what `move` did under its journal entry, with the last day and the state it gave the cards."""
        if not entries:
            return
        where = {"workstation": head.workstation, "sequence": head.sequence}
        rows = [entry_row(entry) | where | {"position": position} for position, entry in enumerate(entries, start=1)]
        self._connection.execute(insert(gift_card_entry), rows)
        balances = gift_card_balance.c
        for entry in entries:
            changed: dict[str, object] = {}
            if _loads(entry):
                changed["expires"] = func.max(balances.expires, entry.expires or _FOR_EVER)
            if not entry.move.moves_money:
                changed["disabled"] = int(entry.move is GiftMove.DISABLED)
            if changed:
                self._connection.execute(update(gift_card_balance).where(balances.card == entry.card).values(**changed))

    def of_entry(self, workstation: int, sequence: int) -> tuple[tuple[GiftCardKind, GiftEntry], ...]:
        """What one journal entry did to cards, in its order, with what each card is."""
        rows = self._connection.execute(
            select(gift_card_entry, gift_card.c.kind)
            .join(gift_card, gift_card.c.id == gift_card_entry.c.card)
            .where(gift_card_entry.c.workstation == workstation, gift_card_entry.c.sequence == sequence)
            .order_by(gift_card_entry.c.position)
        )
        return tuple((GiftCardKind(row.kind), _entry(row)) for row in rows)

    def of_tender(self, tender: str) -> GiftEntry | None:
        """What was taken off a card for this tender."""
        row = self._connection.execute(
            select(gift_card_entry).where(
                gift_card_entry.c.tender == tender, gift_card_entry.c.move == GiftMove.REDEEMED.value
            )
        ).first()
        return None if row is None else _entry(row)

    def history(self, card_id: str, limit: int) -> tuple[GiftRecord, ...]:
        """The last entries of a card, the latest first."""
        rows = self._connection.execute(
            select(gift_card_entry, journal_entry.c.at, journal_entry.c.subject)
            .join(
                journal_entry,
                (journal_entry.c.workstation == gift_card_entry.c.workstation)
                & (journal_entry.c.sequence == gift_card_entry.c.sequence),
            )
            .where(gift_card_entry.c.card == card_id)
            .order_by(journal_entry.c.at.desc(), gift_card_entry.c.sequence.desc(), gift_card_entry.c.position.desc())
            .limit(limit)
        )
        return tuple(GiftRecord(_entry(row), from_text(row.at), row.subject) for row in rows)

    def used_since_sold(self, card_id: str) -> bool:
        """Whether anything was ever taken off it and not given back."""
        amount = func.coalesce(func.sum(gift_card_entry.c.amount), 0)
        used = (GiftMove.REDEEMED.value, GiftMove.RELEASED.value, GiftMove.CASHED_OUT.value)
        taken = self._connection.execute(
            select(amount).where(gift_card_entry.c.card == card_id, gift_card_entry.c.move.in_(used))
        ).scalar_one()
        return int(taken) != 0

    def used_since(self, card_id: str, moment: datetime) -> bool:
        """Whether anything was taken off it from a moment on and not given back."""
        used = (GiftMove.REDEEMED.value, GiftMove.RELEASED.value, GiftMove.CASHED_OUT.value)
        taken = self._connection.execute(
            select(func.coalesce(func.sum(gift_card_entry.c.amount), 0))
            .join(
                journal_entry,
                (journal_entry.c.workstation == gift_card_entry.c.workstation)
                & (journal_entry.c.sequence == gift_card_entry.c.sequence),
            )
            .where(
                gift_card_entry.c.card == card_id,
                gift_card_entry.c.move.in_(used),
                journal_entry.c.at >= to_text(moment),
            )
        ).scalar_one()
        return int(taken) != 0

    def _one(self, wanted: Select[Any]) -> GiftCard | None:
        row = self._connection.execute(wanted).first()
        return None if row is None else _read(row)


_CARDS = select(
    gift_card, gift_card_balance.c.balance, gift_card_balance.c.expires, gift_card_balance.c.disabled
).outerjoin(gift_card_balance, gift_card_balance.c.card == gift_card.c.id)


def card_row(card: GiftCardFacts) -> dict[str, object]:
    """A card as the books keep it, and as the journal tells it."""
    return {
        "id": card.id,
        "kind": card.kind.value,
        "number_hash": card.number_hash,
        "last_four": card.last_four,
        "pin_hash": card.pin_hash,
        "origin": card.origin.value,
    }


def entry_row(entry: GiftEntry) -> dict[str, object]:
    """An entry likewise."""
    return {
        "card": entry.card,
        "move": entry.move.value,
        "amount": entry.amount,
        "remaining": entry.left,
        "expires": entry.expires,
        "tender": entry.tender,
    }


def _loads(entry: GiftEntry) -> bool:
    return entry.move in (GiftMove.SOLD, GiftMove.RELOADED, GiftMove.ISSUED, GiftMove.IMPORTED)


def _entry(row: Row[Any]) -> GiftEntry:
    return GiftEntry(row.card, GiftMove(row.move), row.amount, row.remaining, row.expires, row.tender)


def _read(row: Row[Any]) -> GiftCard:
    facts = GiftCardFacts(
        row.id, GiftCardKind(row.kind), row.number_hash, row.last_four, row.pin_hash, Origin(row.origin)
    )
    if row.balance is None:
        return GiftCard(facts)
    ends = date.fromisoformat(row.expires) if row.expires and row.expires != _FOR_EVER else None
    return GiftCard(facts, row.balance, ends, sold=True, disabled=bool(row.disabled))

"""The bank behind the terminal and the terminal's own books, in one file: what stands there happened.

One line an entry, on the disk before anybody hears of it. The answer stands in the same line as the money, so that a
terminal that loses its power between the two still knows both.
"""

from __future__ import annotations

import os
import threading
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from pos.termsim.cards import Card
from pos.termsim.wire import Json, NotJson, json_text, part, read_json


class BadJournal(ValueError):
    """The journal's file holds a line that nobody can read, and it is not its last."""


class Posting(StrEnum):
    """What an entry says."""

    APPROVED = "approved"
    DECLINED = "declined"
    REFUNDED = "refunded"
    REVERSED = "reversed"
    RECONCILED = "reconciled"

    @property
    def sign(self) -> int:
        """Of the money: 1 taken from the customer, -1 given back."""
        return {"approved": 1, "refunded": -1, "reversed": -1}.get(self.value, 0)


@dataclass(frozen=True, slots=True)
class Key:
    """Who asked, whom, and which request it was."""

    sale_id: str
    poi_id: str
    service_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `amount` includes `cash_back`; `of` is the identity of the entry that is refunded or reversed."""

    posting: Posting
    key: Key
    category: str
    digest: str
    at: str
    answer: Json = field(repr=False)
    id: str = ""
    card: str = ""
    brand: str = ""
    amount: Decimal = Decimal(0)
    cash_back: Decimal = Decimal(0)
    currency: str = ""
    of: str = ""
    reason: str = ""
    period: int = 1


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the bank says to a charge: how much of it, or why not (`error` is nexo's word, `reason` the bank's)."""

    amount: Decimal = Decimal(0)
    cash_back: Decimal = Decimal(0)
    error: str = ""
    reason: str = ""


class Bank:
    """Every entry ever made, and what follows from them. Safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        """Read the journal in `file`, or start it. Raises BadJournal, OSError."""
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        file.touch(mode=0o600)
        whole = _whole_lines(file)
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                self._entries.append(_entry(line))
            except (NotJson, KeyError, TypeError, ValueError, ArithmeticError) as error:
                raise BadJournal(f"{file}:{number}") from error
        self._file = file.open("ab", buffering=0)

    def close(self) -> None:
        self._file.close()

    @property
    def lock(self) -> threading.RLock:
        """Held from a ruling until its entry stands, so that no money is promised twice."""
        return self._lock

    @property
    def entries(self) -> tuple[Entry, ...]:
        with self._lock:
            return tuple(self._entries)

    @property
    def period(self) -> int:
        """Which reconciliation period runs; counts from 1."""
        return 1 + sum(entry.posting is Posting.RECONCILED for entry in self.entries)

    def write(self, entry: Entry) -> Entry:
        """Put the entry on the disk, then in the books. Raises OSError."""
        with self._lock:
            self._file.write((json_text(asdict(entry)) + "\n").encode())
            os.fsync(self._file.fileno())
            self._entries.append(entry)
        return entry

    def answered(self, key: Key, category: str = "") -> Entry | None:
        """What became of a request; without a `service_id` the last one of that till."""
        for entry in reversed(self.entries):
            if entry.posting is Posting.RECONCILED:
                continue
            same = (entry.key.sale_id, entry.key.poi_id) == (key.sale_id, key.poi_id)
            if same and key.service_id in {"", entry.key.service_id} and category in {"", entry.category}:
                return entry
        return None

    def reconciled(self, key: Key) -> Entry | None:
        """The reconciliation that this very request made."""
        done = (each for each in self.entries if each.posting is Posting.RECONCILED and each.key == key)
        return next(done, None)

    def charge(self, identity: str) -> Entry | None:
        """The approved charge with this identity."""
        return next((each for each in self.entries if each.posting is Posting.APPROVED and each.id == identity), None)

    def remaining(self, charge: Entry) -> Decimal:
        """What of a charge was neither refunded nor reversed."""
        return charge.amount - sum(
            each.amount for each in self.entries if each.of == charge.id and each.posting.sign < 0
        )

    def available(self, card: Card) -> Decimal | None:
        """What the card still holds; None without limit."""
        if card.balance is None:
            return None
        return card.balance - sum(each.posting.sign * each.amount for each in self.entries if each.card == card.name)

    def rule(self, card: Card, amount: Decimal, cash_back: Decimal, *, least: Decimal | None) -> Ruling:
        """What the bank allows of `amount`; `least`: the smallest part the till would take, None for all or nothing."""
        if not card.is_open:
            return Ruling(error="Refusal", reason="CARD_CLOSED")
        if cash_back and not card.cash_back:
            return Ruling(error="PaymentRestriction", reason="CASH_BACK_NOT_ALLOWED")
        if card.limit is not None and amount > card.limit:
            return Ruling(error="Refusal", reason="WITHDRAWAL_AMOUNT_EXCEEDED")
        available = self.available(card)
        if available is None or amount <= available:
            return Ruling(amount, cash_back)
        # Never half of the cash: the goods are paid first, and only a whole wish for cash is granted.
        goods = min(available, amount - cash_back)
        if least is None or goods <= 0 or goods < least:
            return Ruling(error="Refusal", reason="NOT_ENOUGH_BALANCE")
        return Ruling(goods)

    def totals(self, period: int) -> list[tuple[str, str, Posting, int, Decimal]]:
        """Of one period: brand, currency, what, how many, how much."""
        sums: dict[tuple[str, str, Posting], tuple[int, Decimal]] = {}
        for each in self.entries:
            if each.period == period and each.posting.sign:
                name = (each.brand, each.currency, each.posting)
                count, amount = sums.get(name, (0, Decimal(0)))
                sums[name] = (count + 1, amount + each.amount)
        return [(*name, count, amount) for name, (count, amount) in sorted(sums.items())]


def _whole_lines(file: Path) -> bytes:
    """The file's content; a last line that was cut off by a power failure was never answered, and goes."""
    raw = file.read_bytes()
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw:
        with file.open("rb+") as torn:
            torn.truncate(len(whole))
            os.fsync(torn.fileno())
    return whole


def _entry(line: bytes) -> Entry:
    fields = read_json(line)
    texts = ("category", "digest", "at", "id", "card", "brand", "currency", "of", "reason")
    return Entry(
        posting=Posting(str(fields["posting"])),
        key=Key(**{name: str(value) for name, value in part(fields, "key").items()}),
        answer=part(fields, "answer"),
        amount=Decimal(str(fields["amount"])),
        cash_back=Decimal(str(fields["cash_back"])),
        period=int(str(fields["period"])),
        **{name: str(fields[name]) for name in texts},
    )

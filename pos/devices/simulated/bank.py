"""The bank behind a simulated terminal: what it moved and what it refused, one line each, on disk where it lasts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.payment import DeclinedWhy


class BankEntryKind(StrEnum):
    """What the bank did, or was asked to do."""

    CHARGE = "charge"
    REFUND = "refund"
    REVERSAL = "reversal"


class Answering(StrEnum):
    """How the terminal answers about an entry, now and whenever it is asked."""

    TRULY = "truly"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_ATTEMPT = "wrong_attempt"


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One request the bank decided about, by attempt; `amount` in minor units, what moved: 0 where it declined.

    Of a charge it includes `cash_back`; `keyed`, the card's number was typed. `original` is the transaction a refund or
    a reversal names.
    """

    kind: BankEntryKind
    attempt: str
    reference: str
    transaction: str
    time: str
    amount: int
    currency: str
    card: str
    cash_back: int = 0
    keyed: bool = False
    original: str = ""
    declined: DeclinedWhy | None = None
    answering: Answering = Answering.TRULY


class SimulatedBank:
    """Keeps its journal in memory, and with `path` also in a file a restarted terminal reads again."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._entries: list[BankEntry] = list(_read(path)) if path is not None else []
        self._settled = 0

    @property
    def journal(self) -> tuple[BankEntry, ...]:
        """Every request the bank decided about, in order."""
        return tuple(self._entries)

    @property
    def balance(self) -> int:
        """What it moved from cards to the shop: charges less refunds less reversals, in minor units."""
        signs = {BankEntryKind.CHARGE: 1}
        return sum(signs.get(entry.kind, -1) * entry.amount for entry in self._entries)

    def by_reference(self, reference: str) -> BankEntry | None:
        return next((entry for entry in self._entries if entry.reference == reference), None)

    def charge(self, transaction: str) -> BankEntry | None:
        """The approved charge of this transaction."""
        found = (entry for entry in self._entries if entry.transaction == transaction and entry.amount)
        return next((entry for entry in found if entry.kind is BankEntryKind.CHARGE), None)

    def given_back(self, transaction: str) -> int:
        """What was refunded and reversed of a charge."""
        return sum(entry.amount for entry in self._entries if entry.original == transaction)

    def is_settled(self, entry: BankEntry) -> bool:
        return entry in self._entries[: self._settled]

    @property
    def unsettled(self) -> tuple[BankEntry, ...]:
        return tuple(self._entries[self._settled :])

    def settle(self) -> None:
        """Everything so far is settled: it can be refunded, no longer reversed. Not kept over a restart."""
        self._settled = len(self._entries)

    def write(self, entry: BankEntry) -> None:
        """The entry is on disk when this returns."""
        self._entries.append(entry)
        if self._path is None:
            return
        self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry)) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _read(path: Path) -> Iterator[BankEntry]:
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        given = json.loads(line)
        declined = given["declined"] and DeclinedWhy(given["declined"])
        enums = {"kind": BankEntryKind(given["kind"]), "answering": Answering(given["answering"])}
        yield BankEntry(**{**given, **enums, "declined": declined})

"""The checks that lie in a till, and their way to the bank: listed and posted when the till is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos.domain.frozen import dataclass
from pos.domain.ledger import CHECKS_IN_TILL, LedgerEntry

# Checks that went to the bank: its money until it sends one back.
CHECKS_DEPOSITED = "checks_deposited"


@dataclass(frozen=True, slots=True)
class HeldCheck:
    """Tender `tender` (from 1) of the sale `sale`, `amount` in minor units; `receipt` in print.

    Where it was rung up as another tender and put right, `routing` and `shown` are empty, `number` is what was noted.
    """

    sale: str
    tender: int
    amount: int
    receipt: str
    number: str = ""
    routing: str = ""
    shown: str = ""


def checks_amount(checks: Iterable[HeldCheck]) -> int:
    """What they come to, in minor units."""
    return sum(check.amount for check in checks)


def deposit_postings(amount: int) -> tuple[LedgerEntry, ...]:
    """Checks of so much leave the till for the bank."""
    if not amount:
        return ()
    return LedgerEntry(CHECKS_DEPOSITED, amount), LedgerEntry(CHECKS_IN_TILL, -amount)


def deposit_told(checks: Sequence[HeldCheck]) -> list[object]:
    """What the journal says of them; verify holds both against each other."""
    return [[check.sale, check.tender, check.amount] for check in checks]

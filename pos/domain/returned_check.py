"""A check the bank sent back unpaid: what its writer owes the shop, and what that posts until it is settled."""

from __future__ import annotations

from datetime import datetime

from pos.domain.check_deposit import CHECKS_DEPOSITED
from pos.domain.frozen import dataclass
from pos.domain.ledger import CASH_IN_TILL, CHECKS_IN_TILL, LedgerEntry

# What the writers of returned checks owe, fees included.
RETURNED_CHECKS = "returned_checks"
CHECK_FEES = "returned_check_fees"
# More than any state of the United States lets a shop charge.
FEE_MAX = 100_000


@dataclass(frozen=True, slots=True)
class ReturnedCheck:
    """Tender `tender` (from 1) of the sale `sale` came back. Amounts in minor units; `customer` empty: nobody known.

    `flagged`: the customer was marked for it, and the mark goes when it is settled. `deposited`: it went to the bank
    with the close of its till before.
    """

    sale: str
    tender: int
    amount: int
    fee: int
    customer: str = ""
    flagged: bool = False
    deposited: bool = False

    @property
    def owed(self) -> int:
        return self.amount + self.fee


@dataclass(frozen=True, slots=True)
class ReturnedRecord:
    """What the books hold of one: `receipt` in print, the check as it may be shown, and when it was settled."""

    check: ReturnedCheck
    receipt: str
    shown: str
    number: str
    at: datetime
    settled_at: datetime | None = None


def returned_postings(returned: ReturnedCheck) -> tuple[LedgerEntry, ...]:
    """The check is no money any more: its writer owes it, and the fee besides."""
    entries = (
        LedgerEntry(RETURNED_CHECKS, returned.owed),
        LedgerEntry(CHECKS_DEPOSITED if returned.deposited else CHECKS_IN_TILL, -returned.amount),
        LedgerEntry(CHECK_FEES, -returned.fee),
    )
    return tuple(entry for entry in entries if entry.amount)


def settled_postings(owed: int) -> tuple[LedgerEntry, ...]:
    """What was owed came in cash."""
    return LedgerEntry(CASH_IN_TILL, owed), LedgerEntry(RETURNED_CHECKS, -owed)

"""Double entry: what each business fact posts. Debits are positive, credits negative; every posting sums to zero."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

from pos.domain.frozen import dataclass
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tax import LineTax, TaxExemption
from pos.domain.tender import Tender, TenderKind
from pos.domain.till import MovementKind
from pos.domain.transaction import SaleLine, TenderLine

CASH_IN_TILL = "cash_in_till"
# Between the two halves of an exchange: nothing stays here.
EXCHANGE_CLEARING = "exchange_clearing"
CASH_OFFICE = "cash_office"
CHECKS_IN_TILL = "checks_in_till"
# What the card company still owes the shop.
CARD_RECEIVABLE = "card_receivable"
# What may have been charged, or is charged and goes back: whose money it is, is still to be seen.
CARD_SUSPENSE = "card_suspense"
HOUSE_ACCOUNTS = "house_accounts"
# What gift cards and store credit gave towards sales that are still open: no longer theirs, not yet the shop's.
TENDERS_HELD = "tenders_held"
OTHER_TENDER = "other"
SALES = "sales"
TAX_PAYABLE = "tax_payable"
ROUNDING = "rounding"
UNTAXED = "untaxed"
EXEMPT = "exempt"
# What was taken for containers and not given back yet: it is the customers' until they bring them.
DEPOSITS = "deposits"
# What the shop owes the holders of gift cards and store credit.
GIFT_CARD_LIABILITY = "gift_card_liability"
STORE_CREDIT_LIABILITY = "store_credit_liability"
# What was counted more (credit) or less (debit) than the till should have held.
OVER_SHORT = "over_short"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One leg of a posting: minor units, debit positive."""

    account: str
    amount: int


class SaleFacts(Protocol):
    """What a sale's posting is made from."""

    @property
    def lines(self) -> tuple[SaleLine, ...]: ...
    @property
    def tenders(self) -> tuple[TenderLine, ...]: ...
    @property
    def change(self) -> int: ...
    @property
    def rounding(self) -> int: ...
    @property
    def exemption(self) -> TaxExemption | None: ...


def sale_postings(sale: SaleFacts) -> tuple[LedgerEntry, ...]:
    """What was taken against sales by tax, deposits, tax payable and rounding. Legs of nothing are left out.

    Change is cash, whatever it is given on.
    """
    accounts: defaultdict[str, int] = defaultdict(int)
    for tender in sale.tenders:
        accounts[tender_account(tender)] += tender.amount
    accounts[CASH_IN_TILL] -= sale.change
    for line in sale.lines:
        accounts[_line_account(line, exempt=sale.exemption is not None)] -= line.net
        for tax in line.taxes:
            accounts[f"{TAX_PAYABLE}:{tax.code}"] -= tax.amount
    accounts[ROUNDING] -= sale.rounding
    return tuple(LedgerEntry(account, amount) for account, amount in accounts.items() if amount)


def _line_account(line: SaleLine, *, exempt: bool) -> str:
    """What a line is: a sale, a deposit that is lent, or money that stays the customer's own."""
    if line.stored is not None:
        return account_of(line.stored)
    if line.container:
        return DEPOSITS
    return f"{SALES}:{EXEMPT if exempt else sales_group(line.taxes)}"


def account_of(stored: StoredValue) -> str:
    """Where money put on a card or paid on an account goes."""
    return house_account(stored.account) if stored.act is StoredAct.ACCOUNT else GIFT_CARD_LIABILITY


def house_account(customer: str) -> str:
    """What one customer owes; all of these are the shop's house accounts."""
    return f"{HOUSE_ACCOUNTS}:{customer}"


def tender_account(tender: Tender) -> str:
    """Where what a tender gave stands once the sale is in the books; a type of the shop's own has its own account."""
    if tender.kind is TenderKind.OTHER:
        return f"{OTHER_TENDER}:{tender.type}"
    if tender.kind is TenderKind.HOUSE_ACCOUNT:
        return house_account(tender.account)
    return _TENDER_ACCOUNTS[tender.kind]


_TENDER_ACCOUNTS = {
    TenderKind.CASH: CASH_IN_TILL,
    TenderKind.CHECK: CHECKS_IN_TILL,
    TenderKind.CREDIT: CARD_RECEIVABLE,
    TenderKind.DEBIT: CARD_RECEIVABLE,
    TenderKind.GIFT_CARD: TENDERS_HELD,
    TenderKind.STORE_CREDIT: TENDERS_HELD,
    TenderKind.EXCHANGE: EXCHANGE_CLEARING,
}


def sales_group(taxes: tuple[LineTax, ...]) -> str:
    """Under which name net sales are kept: the taxes of the line, joined."""
    return "+".join(tax.code for tax in taxes) or UNTAXED


def float_postings(amount: int) -> tuple[LedgerEntry, ...]:
    """The opening float moves from the office into the till."""
    if not amount:
        return ()
    return (LedgerEntry(CASH_IN_TILL, amount), LedgerEntry(CASH_OFFICE, -amount))


def moved_postings(kind: MovementKind, amount: int, reason: str) -> tuple[LedgerEntry, ...]:
    """Cash moved by hand, `amount` into the till or, negative, out of it: against the office, or what it was for."""
    against = CASH_OFFICE if kind in {MovementKind.LOAN, MovementKind.PICKUP} else f"{kind.value}:{reason}"
    return (LedgerEntry(CASH_IN_TILL, amount), LedgerEntry(against, -amount))


def close_postings(expected: int, counted: int) -> tuple[LedgerEntry, ...]:
    """All that should be in the till leaves it; the office has what was counted, the difference is over or short."""
    legs = ((CASH_IN_TILL, -expected), (CASH_OFFICE, counted), (OVER_SHORT, expected - counted))
    return tuple(LedgerEntry(account, amount) for account, amount in legs if amount)

"""What a completed return does to the books: its postings, the goods that move, the body its journal entry tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.disposition import lies_where
from pos.domain.journal import moment_text
from pos.domain.ledger import (
    CARD_RECEIVABLE,
    CASH_IN_TILL,
    DEPOSITS,
    EXCHANGE_CLEARING,
    EXEMPT,
    GIFT_CARD_LIABILITY,
    OTHER_TENDER,
    ROUNDING,
    STORE_CREDIT_LIABILITY,
    TAX_PAYABLE,
    LedgerEntry,
    account_of,
    house_account,
    sales_group,
)
from pos.domain.purchase import PurchaseLine
from pos.domain.return_decision import Deduction
from pos.domain.stock import Disposition, MoveKind, StockMove
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind

# Returns stand on their own account beside the sales they take back, and so do fees (returns.md 8.11).
RETURNS = "returns"
FEES = "return_fees"
DEDUCTIONS = "return_deductions"
GOODWILL = "goodwill"
MAILED_CHECKS = "mailed_checks"
MAILED_CHECK = "mailed_check"
EXCHANGE = TenderKind.EXCHANGE.value


def returned_account(line: PurchaseLine | None, taxes: tuple[LineTax, ...] = (), *, exempt: bool = False) -> str:
    """Where the net of goods that come back is posted: beside the account the sale put it on."""
    if line is not None and line.stored is not None:
        return account_of(line.stored)
    if line is not None and line.container:
        return DEPOSITS
    return f"{RETURNS}:{EXEMPT if exempt else sales_group(taxes)}"


def return_postings(done: CustomerReturn) -> tuple[LedgerEntry, ...]:
    """Goods and their tax come back, fees and deductions stay, and the tenders give the rest. Legs of nothing are left
    out.
    """
    accounts: defaultdict[str, int] = defaultdict(int)
    for line in done.lines:
        accounts[line.account] += line.merchandise
        for tax in line.taxes:
            accounts[f"{TAX_PAYABLE}:{tax.code}"] += tax.amount
        _keep(accounts, line.deductions)
        accounts[FEES] -= line.fee
        accounts[f"{TAX_PAYABLE}:{fee_tax_code(line)}"] -= line.fee_tax
    if not done.lines:
        accounts[GOODWILL] += done.merchandise + done.tax
    _keep(accounts, done.deductions)
    accounts[ROUNDING] += done.rounding
    for tender in done.tenders:
        accounts[refund_account(tender.kind, tender.type, tender.account)] -= tender.amount
    return tuple(LedgerEntry(account, amount) for account, amount in accounts.items() if amount)


def _keep(accounts: defaultdict[str, int], deductions: Iterable[Deduction]) -> None:
    for one in deductions:
        accounts[f"{DEDUCTIONS}:{one.code}"] -= one.amount


def fee_tax_code(line: ReturnLine) -> str:
    """Under which tax a taxed fee stands: the first of the goods it was kept for."""
    return line.taxes[0].code if line.taxes else "fee"


def refund_account(kind: str, type_code: str = "", account: str = "") -> str:
    """Where money that goes out comes from."""
    if kind == TenderKind.OTHER:
        return f"{OTHER_TENDER}:{type_code}"
    if kind == TenderKind.HOUSE_ACCOUNT:
        return house_account(account)
    return _ACCOUNTS[kind]


_ACCOUNTS: dict[str, str] = {
    TenderKind.CASH.value: CASH_IN_TILL,
    TenderKind.CREDIT.value: CARD_RECEIVABLE,
    TenderKind.DEBIT.value: CARD_RECEIVABLE,
    TenderKind.GIFT_CARD.value: GIFT_CARD_LIABILITY,
    TenderKind.STORE_CREDIT.value: STORE_CREDIT_LIABILITY,
    MAILED_CHECK: MAILED_CHECKS,
    EXCHANGE: EXCHANGE_CLEARING,
}


def return_cash(done: CustomerReturn) -> int:
    """What the drawer gives out (negative), in minor units."""
    return -sum(tender.amount for tender in done.tenders if tender.kind == TenderKind.CASH)


def goods_returned(done: CustomerReturn) -> list[StockMove]:
    """Where the goods go, and what goes out even in their place: a movement each.

    Deposits and cards are no goods: their accounts are not those of returns.
    """
    moves: list[tuple[str, int, Disposition]] = []
    for line in done.lines:
        if line.account.startswith(RETURNS):
            moves.append((line.item, line.quantity.thousandths, lies_where(line.disposition)))
        if line.swapped:
            moves.append((line.instead, -line.quantity.thousandths, Disposition.SELLABLE))
    return [
        StockMove(position, item, MoveKind.RETURN, quantity, disposition)
        for position, (item, quantity, disposition) in enumerate(moves, start=1)
    ]


def return_told(done: CustomerReturn) -> dict[str, object]:
    """The whole return as its journal entry tells it; names of people are not part of it. verify makes it anew."""
    return {
        "return": {
            "head": [done.id, str(done.number), done.token, done.business_day.isoformat(), moment_text(done.at)],
            "who": [done.operator, done.till, done.customer, done.currency, done.utc_offset_minutes],
            "purchase": [
                done.purchase,
                done.purchase_receipt,
                "" if done.purchase_day is None else done.purchase_day.isoformat(),
                done.shown_by,
            ],
            "id": [done.id_kind, done.id_key, done.id_shown],
            "policy": [done.policy, done.policy_version],
            "reason": done.reason,
            "money": [done.merchandise, done.tax, done.fee, done.fee_tax, done.rounding, done.refund],
            "lines": [_line(line) for line in done.lines],
            "deductions": _kept(done.deductions),
            "tenders": [
                [
                    one.tender,
                    one.kind,
                    one.amount,
                    one.of,
                    one.type,
                    one.card,
                    one.account,
                    one.attempt,
                    one.token,
                    one.method,
                    one.id,
                ]
                for one in done.tenders
            ],
            "approval": [done.approval, done.approver],
            "exchange": done.exchange,
        }
    }


def _line(line: ReturnLine) -> list[object]:
    return [
        [line.place, line.line, line.item, line.name, line.quantity.thousandths, line.quantity.unit.value],
        [line.condition, line.reason, line.disposition, line.serial, line.account],
        [line.instead, line.instead_name, line.instead_serial],
        [line.unit_price, line.discount, line.merchandise, line.tax, line.fee, line.fee_tax],
        [[tax.code, tax.rate_millionths, tax.base, tax.amount] for tax in line.taxes],
        _kept(line.deductions),
        list(line.rules),
    ]


def _kept(deductions: Iterable[Deduction]) -> list[list[object]]:
    return [[one.code, one.amount] for one in deductions]

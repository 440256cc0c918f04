"""What `kassa verify` may find wrong with a set of books. Sentences stand in `pos.wording`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """One way for books not to hold."""

    DAMAGE = "DAMAGE"
    UNGUARDED = "UNGUARDED"
    VALUE_UNREADABLE = "VALUE_UNREADABLE"
    MONEY_LOST = "MONEY_LOST"
    POSTINGS_UNBALANCED = "POSTINGS_UNBALANCED"
    POSTINGS_CHANGED = "POSTINGS_CHANGED"
    CHANGE_UNCOVERED = "CHANGE_UNCOVERED"
    LINE_TAX = "LINE_TAX"
    LINE_DISCOUNT = "LINE_DISCOUNT"
    TAX_RECOMPUTED = "TAX_RECOMPUTED"
    TAX_DOCUMENT = "TAX_DOCUMENT"
    NUMBER_GAP = "NUMBER_GAP"
    WRONG_DAY = "WRONG_DAY"
    CASH_MOVEMENT = "CASH_MOVEMENT"
    SALE_ENTRY = "SALE_ENTRY"
    TILL_ENTRY = "TILL_ENTRY"
    TILL_ROWS = "TILL_ROWS"
    TILL_CASH = "TILL_CASH"
    TILL_BOOKED = "TILL_BOOKED"
    TILL_SPAN = "TILL_SPAN"
    REPORT_GAP = "REPORT_GAP"
    REPORT_FIGURES = "REPORT_FIGURES"
    PAPER = "PAPER"
    GIFT_RECEIPT = "GIFT_RECEIPT"
    PIN_HASH = "PIN_HASH"
    JOURNAL_GAP = "JOURNAL_GAP"
    ENTRY_CHANGED = "ENTRY_CHANGED"
    ANCHOR = "ANCHOR"
    RULES_CHANGED = "RULES_CHANGED"
    LOGO_CHANGED = "LOGO_CHANGED"
    ROLES_CHANGED = "ROLES_CHANGED"
    STAFF_CHANGED = "STAFF_CHANGED"
    STOCK_SALE = "STOCK_SALE"
    STOCK_ENTRY = "STOCK_ENTRY"
    STOCK_SUM = "STOCK_SUM"
    POINTS_ENTRY = "POINTS_ENTRY"
    POINTS_SUM = "POINTS_SUM"
    PRICE_HELD = "PRICE_HELD"
    PRICE_ENTRY = "PRICE_ENTRY"
    FILE_OPEN_TO_OTHERS = "FILE_OPEN_TO_OTHERS"
    APPROVAL_ENTRY = "APPROVAL_ENTRY"
    APPROVAL_RULE = "APPROVAL_RULE"
    SUGGESTION = "SUGGESTION"
    PROMOTION_ENTRY = "PROMOTION_ENTRY"
    COUPON_ENTRY = "COUPON_ENTRY"
    GIFT_CARD_ENTRY = "GIFT_CARD_ENTRY"
    GIFT_CARD_BALANCE = "GIFT_CARD_BALANCE"
    GIFT_CARD_LIABILITY = "GIFT_CARD_LIABILITY"
    GIFT_CARD_RULE = "GIFT_CARD_RULE"
    SEARCH = "SEARCH"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise: which invariant, where (an entry "workstation/sequence", a transaction, a file), what."""

    invariant: str
    where: str
    finding: Finding
    detail: str = ""

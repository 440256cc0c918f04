"""What permissions and limits are called, and how a limit is written and read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from pos.domain.money import AmountUnreadable, Money, minor_decimal
from pos.domain.rights import Bound, Limit, Permission
from pos.wording import N_

PERMISSIONS = {
    Permission.SELL: N_("Sell"),
    Permission.OPEN_TILL: N_("Open the till"),
    Permission.LOAN: N_("Loan to the till"),
    Permission.PICKUP: N_("Pickup"),
    Permission.PAID_IN: N_("Paid in"),
    Permission.PAID_OUT: N_("Paid out"),
    Permission.NO_SALE: N_("Open drawer"),
    Permission.COUNT_TILL: N_("Count the drawer"),
    Permission.CLOSE_TILL: N_("Close the till"),
    Permission.X_REPORT: N_("X report"),
    Permission.Z_REPORT: N_("Z report"),
    Permission.SEE_EXPECTED: N_("See expected cash"),
    Permission.VOID_SALE: N_("Void a sale"),
    Permission.POST_VOID: N_("Post-void"),
    Permission.RETURN: N_("Take goods back"),
    Permission.MANAGE_RETURN_POLICY: N_("Return policy"),
    Permission.CORRECT_TENDER: N_("Correct a tender"),
    Permission.PRINT_AGAIN: N_("Print again"),
    Permission.SEE_RECEIPTS: N_("See today’s receipts"),
    Permission.SEE_CUSTOMERS: N_("Find customers"),
    Permission.DISCOUNT_LINE: N_("Discount on a line"),
    Permission.DISCOUNT_RECEIPT: N_("Discount on a sale"),
    Permission.PRICE_OVERRIDE: N_("Another price"),
    Permission.RETURNED_CHECKS: N_("Returned checks"),
    Permission.APPROVE: N_("Approve for others"),
    Permission.TAX_EXEMPT: N_("Sell without tax"),
    Permission.DECIDE_CARD: N_("Decide open card payments"),
    Permission.GIFT_CARD_CASH_OUT: N_("Pay out a gift card"),
    Permission.GIFT_CARD_BLOCK: N_("Block a gift card"),
    Permission.MANAGE_GIFT_CARDS: N_("Gift cards"),
    Permission.SEE_PAST_DAYS: N_("See past days"),
    Permission.SEE_REPORTS: N_("See reports"),
    Permission.MANAGE_CUSTOMERS: N_("Customers"),
    Permission.MANAGE_ITEMS: N_("Items and stock"),
    Permission.MANAGE_PROMOTIONS: N_("Promotions"),
    Permission.MANAGE_SHOP: N_("Settings"),
    Permission.MANAGE_STAFF: N_("People"),
    Permission.MANAGE_ROLES: N_("Roles"),
}
LIMITS = {
    Limit.LINE_DISCOUNT: N_("Line discount up to %"),
    Limit.RECEIPT_DISCOUNT: N_("Sale discount up to %"),
    Limit.PRICE_BELOW: N_("Price below by %"),
    Limit.PRICE_ABOVE: N_("Price above by %"),
    Limit.VOID_SALE: N_("Void up to"),
    Limit.PAY_OUT: N_("Pay out up to"),
    Limit.TENDER: N_("Tender beyond by"),
    Limit.PAID_OUT: N_("Paid out up to"),
    Limit.CASH_BACK: N_("Cash back up to"),
    Limit.KEYED_CARD: N_("Typed card numbers up to"),
    Limit.OVER_SHORT: N_("Signs a difference up to"),
    Limit.POST_VOID: N_("Post-void up to"),
    Limit.CORRECT_TENDER: N_("Correct a tender up to"),
    Limit.RETURN: N_("Agrees to a refund up to"),
    Limit.GOODWILL: N_("Agrees to money without goods up to"),
    Limit.TAX_EXEMPT: N_("Tax not charged up to"),
}


def write_bound(limit: Limit, bound: Bound, currency: str) -> str:
    """A bound as it is typed; nothing at all is no limit."""
    if bound is None:
        return ""
    amount = minor_decimal(bound, currency) if limit.is_amount else Decimal(bound).scaleb(-4).normalize()
    return f"{amount:f}"


def read_bound(limit: Limit, text: str, currency: str) -> Bound:
    """What was typed as a bound. Raises AmountUnreadable where it is none."""
    plain = text.strip().replace(",", ".")
    if not plain and limit.may_be_none:
        return None
    if limit.is_amount:
        return Money.read(plain, currency).minor
    try:
        share = Decimal(plain).scaleb(4)
    except InvalidOperation as error:
        raise AmountUnreadable(text) from error
    if not share.is_finite() or share != share.to_integral_value():
        raise AmountUnreadable(text)
    return int(share)

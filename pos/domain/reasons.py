"""Why something was done that wants a reason: short codes for the journal, words for people."""

from __future__ import annotations

import re

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

REASONS_MAX = 12
REASON_WORDS_MAX = 40
_CODE = re.compile(r"[a-z0-9_]{1,40}")


class ReasonKind(StrEnum):
    """What asks for a reason."""

    VOID_LINE = "void_line"
    VOID_SALE = "void_sale"
    WEIGHT = "weight"
    PRICE_OVERRIDE = "price_override"
    DISCOUNT = "discount"
    APPROVAL = "approval"
    GIFT_CARD = "gift_card"
    LOAN = "loan"
    PICKUP = "pickup"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    NO_SALE = "no_sale"
    POST_VOID = "post_void"
    TENDER = "tender"
    RETURN = "return"
    GOODWILL = "goodwill"


@dataclass(frozen=True, slots=True)
class Reason:
    """`words` are the shop's own; empty where the program says the code in the language of whoever reads."""

    code: str
    words: str = ""


def reason_readable(reason: Reason) -> bool:
    """A code of small letters, digits and underscores, and words that fit a button."""
    return bool(_CODE.fullmatch(reason.code)) and len(reason.words) <= REASON_WORDS_MAX and reason.words.isprintable()


# Why goods come back, with the code of X12 element 1293 that suppliers and other systems know (returns.md 6.8); empty
# where X12 has none.
X12_OF_REASON = {
    "changed_mind": "",
    "not_as_expected": "NA",
    "poor_fit": "PF",
    "defective": "DR",
    "damaged": "DP",
    "wrong_goods": "WG",
    "price_error": "PE",
    "gift": "",
    "duplicate": "CO",
    "statutory_withdrawal": "",
    "statutory_claim": "",
    "goodwill": "",
    # Not on the list a shop begins with; one that sells such goods adds them.
    "colour": "CV",
    "style": "ST",
    "wear": "EW",
    "workmanship": "PW",
    "wrong_label": "LP",
    "short_date": "SD",
    "defective_in_shop": "DM",
}
# What a shop's list of reasons to return begins with.
RETURN_REASONS = tuple(X12_OF_REASON)[:12]

# What every shop begins with.
DEFAULT_REASONS: dict[ReasonKind, tuple[Reason, ...]] = {
    ReasonKind.VOID_LINE: (
        Reason("scanned_by_mistake"),
        Reason("changed_mind"),
        Reason("wrong_price"),
        Reason("damaged"),
        Reason("not_enough_money"),
    ),
    ReasonKind.VOID_SALE: (
        Reason("customer_left"),
        Reason("changed_mind"),
        Reason("not_enough_money"),
        Reason("cashier_error"),
        Reason("test"),
    ),
    ReasonKind.WEIGHT: (Reason("scale_broken"), Reason("weighed_elsewhere"), Reason("too_large"), Reason("label")),
    ReasonKind.PRICE_OVERRIDE: (
        Reason("price_match"),
        Reason("shelf_label"),
        Reason("damaged_box"),
        Reason("agreed_price"),
    ),
    ReasonKind.DISCOUNT: (
        Reason("damaged_box"),
        Reason("price_match"),
        Reason("goodwill"),
        Reason("short_date"),
    ),
    ReasonKind.GIFT_CARD: (
        Reason("lost"),
        Reason("stolen"),
        Reason("fraud"),
        Reason("damaged"),
        Reason("replaced"),
        Reason("sold_by_mistake"),
        Reason("found_again"),
    ),
    ReasonKind.APPROVAL: (
        Reason("goodwill"),
        Reason("loyal_customer"),
        Reason("price_match"),
        Reason("damaged_box"),
        Reason("cashier_error"),
    ),
    ReasonKind.LOAN: (Reason("change"), Reason("float"), Reason("busy_day")),
    ReasonKind.PICKUP: (Reason("bank"), Reason("safe"), Reason("too_much_cash"), Reason("change")),
    ReasonKind.PAID_IN: (
        Reason("change"),
        Reason("found_cash"),
        Reason("old_bill"),
        Reason("supplier_refund"),
        Reason("other"),
    ),
    ReasonKind.PAID_OUT: (
        Reason("supplies"),
        Reason("postage"),
        Reason("delivery"),
        Reason("cleaning"),
        Reason("repair"),
        Reason("other"),
    ),
    ReasonKind.NO_SALE: (
        Reason("change"),
        Reason("wrong_change"),
        Reason("count"),
        Reason("coin_rolls"),
        Reason("mistake"),
    ),
    ReasonKind.POST_VOID: (
        Reason("cashier_error"),
        Reason("changed_mind"),
        Reason("rung_twice"),
        Reason("wrong_item"),
        Reason("test"),
    ),
    ReasonKind.RETURN: tuple(map(Reason, RETURN_REASONS)),
    # Why money goes back though no goods do.
    ReasonKind.GOODWILL: (
        Reason("price_match"),
        Reason("price_error"),
        Reason("shelf_label"),
        Reason("damaged_box"),
        Reason("goodwill"),
    ),
    ReasonKind.TENDER: (Reason("wrong_key"), Reason("changed_tender"), Reason("cashier_error")),
}

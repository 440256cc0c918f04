"""Every code a step can be refused with, and what people are told: `kassa play --codes`."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TextIO

from pos.domain.basket import LINES_MAX
from pos.domain.by_hand import Share
from pos.domain.money import Money, Quantity, Unit
from pos.domain.new_shop import ShopField
from pos.domain.refusal import Code, Refused
from pos.domain.return_decision import Effect, Reason
from pos.return_words import RETURN_WORDS
from pos.wording import N_, Wording

# What a customer is told where there is something to tell; the other codes are between the cashier and the till.
_CUSTOMER = {
    Code.ITEM_UNKNOWN: N_("We do not have this item in our list. We will look up its price for you."),
    Code.CODE_UNREADABLE: N_("The code of this item cannot be read. We will look it up for you."),
    Code.MONEY_MISSING: N_("The sale is not paid in full yet."),
    Code.TENDER_OFF: N_("We cannot take this here. Please pay another way."),
    Code.TENDER_UNKNOWN: N_("We cannot take this here. Please pay another way."),
    Code.CHECK_NOT_TAKEN: N_("We take no checks here. Please pay another way."),
    Code.CHECK_POST_DATED: N_("We cannot take a check of a day to come. Please write today’s date."),
    Code.CHECK_STALE: N_("This check is too old for a bank to pay. Please write a new one."),
    Code.CHECK_THIRD_PARTY: N_("We can only take a check of your own. Please pay another way."),
    Code.BAD_CHECK_OUTSTANDING: N_("We cannot take a check from you at the moment. Please pay another way."),
    Code.CARD_DECLINED: N_("The card was declined. Please try another card, or pay another way."),
    Code.CARD_NOT_PROCESSED: N_("Nothing was charged. Please present the card once more."),
    Code.CARD_OUTCOME_UNKNOWN: N_("We are finding out whether the card was charged. It is never charged twice."),
    Code.CARD_CHARGED_LATE: N_("The card was charged too late. The money goes back to it."),
    Code.CASH_LIMIT: N_("The law does not let us take that much in cash. Please pay the rest another way."),
    Code.CASH_NOT_HANDED_OVER: N_("That cannot be what you gave me. Let me count it once more."),
    Code.RECEIPT_UNKNOWN: N_("We cannot find this receipt. Please check that it is from this shop."),
    Code.TILL_CLOSED: N_("This till is closed. Please go to the next one."),
}
# What an approval turns into a yes.
_OVERRIDABLE = frozenset(
    {
        Code.DISCOUNT_LIMIT,
        Code.PRICE_LIMIT,
        Code.VOID_LIMIT,
        Code.TENDER_ALONE,
        Code.PAY_OUT_LIMIT,
        Code.TAX_EXEMPT_LIMIT,
        Code.CHECK_LIMIT,
        Code.COUNT_DIFFERENCE,
        Code.PAID_OUT_LIMIT,
        Code.POST_VOID_LIMIT,
        Code.CORRECTION_LIMIT,
        Code.CASH_BACK_ALONE,
        Code.CARD_KEYED_ALONE,
        # Where the policy does not say "override: none".
        Code.WINDOW_EXPIRED,
        Code.LATE_STORE_CREDIT,
        Code.RECEIPT_REQUIRED,
        Code.NO_RECEIPT,
        Code.NO_RECEIPT_LIMIT,
        Code.NO_RECEIPT_COUNT,
        Code.ID_REQUIRED,
        Code.FINAL_SALE,
        Code.NON_RETURNABLE_CATEGORY,
        Code.NO_RETURN_RIGHT,
        Code.OPENED_NOT_RETURNABLE,
        Code.CONDITION_NOT_ACCEPTED,
        Code.CONDITION_UNKNOWN,
        Code.MISSING_PARTS,
        Code.MISSING_UPC,
        Code.EXCHANGE_ONLY,
        Code.EXCHANGE_LIMIT,
        Code.EXCHANGE_WORTH,
        Code.OTHER_SELLER,
        Code.PROMO_SET_INCOMPLETE,
        Code.TENDER_NOT_ALLOWED,
        Code.STORE_CREDIT_ONLY,
        Code.GIFT_RECEIPT,
        Code.CHECK_HOLD,
        Code.MAILED_CHECK,
        Code.RETURN_AMOUNT_LIMIT,
        Code.RETURN_COUNT_LIMIT,
        Code.RETURN_VALUE_LIMIT,
        Code.ANSWER_NOT_ACCEPTED,
        Code.RETURN_APPROVAL,
        Code.RETURN_SAME_CASHIER,
        Code.RETURN_OWN,
        Code.RETURN_SOON,
        Code.GOODWILL_LIMIT,
        Code.GOODWILL_LATE,
    }
)
# Values to read the sentences with; the amounts and times of a real refusal stand in their place.
_SAMPLES: dict[str, object] = {
    "code": "9520000001018",
    "why": "refused",
    "terminal": "V400m-346403161",
    "setting": "Terminal id",
    "kind": "receipt",
    "measure": Quantity(350, Unit.KG),
    "quantity": Quantity(0, Unit.PIECE),
    "amount": Money(0, "USD"),
    "due": Money(500, "USD"),
    "line": 3,
    "tender": "check",
    "limit": LINES_MAX,
    "left": 4,
    "until": datetime(2026, 1, 2, 9, 30),  # noqa: DTZ001 - a time of day to read
    "receipt": "0142-03-0118",
    "item": "Phone",
    "promotion": "Knitwear week",
    "count": 1,
    "most": Money(10**9, "USD"),
    "age": 18,
    "from": date(2027, 3, 1),
    "serial": "356938035643809",
    "given": 2,
    "reason": "weather",
    "choices": "damaged, changed_mind",
    "workstation": 2,
    "key": "4011",
    "field": ShopField.NAME,
    "choice": "Atlantis",
    "tax": "standard",
    "percent": "210",
    "price": "-1.00",
    "name": "Wholesaler",
    "names": "Wholesaler, Bakery",
    "currency": "USD",
    "taxes": "standard, food",
    "unit": "kg",
    "value": "Corner shop",
    "role": "supervisor",
    "people": 2,
    "least": 1,
    "lines": 6,
    "detail": "escpos-9",
    "host": "192.168.1.50",
    "port": 9100,
    "folder": "/media/stick",
    "number": "101",
    "action": "Lock",
    "file": "logo.png",
    "megabytes": 8,
    "megapixels": 20,
    "customer": "Ann",
    "phone": "12",
    "email": "ann",
    "card": "KB-1",
    "points": 100,
    "balance": 20,
    "goods": "Cola 2 L",
    "there": Money(1_000, "USD"),
    "day": date(2026, 12, 31),
    "last": date(2027, 1, 1),
    "typed": "3",
    "piece": Money(500, "USD"),
}
_GIFT_CARD: dict[str, object] = {
    "card": "•••• 0024",
    "field": "balance",
    "balance": Money(500, "USD"),
    "amount": Money(2_000, "USD"),
    "day": date(2026, 12, 31),
    "least": Money(500, "USD"),
    "most": Money(50_000, "USD"),
    "holds": Money(200_000, "USD"),
}
_CHECK: dict[str, object] = {
    "fault": "not_a_check",
    "day": date(2026, 12, 31),
    "days": 180,
    "wanted": Money(50_000, "USD"),
    "least": 4,
    "most": 17,
    "amount": Money(50_000, "USD"),
    "limit": Money(30_000, "USD"),
}
_RETURN: dict[str, object] = {
    "item": "Kettle",
    "last": date(2026, 4, 1),
    "since": date(2025, 12, 31),
    "at": datetime(2026, 1, 2, 9, 30),  # noqa: DTZ001 - a time of day to read
    "proofs": ("receipt", "card_lookup"),
    "amount": Money(12_000, "USD"),
    "limit": Money(10_000, "USD"),
    "price": Money(2_799, "USD"),
    "there": Money(8_000, "USD"),
    "quantity": Quantity.pieces(3),
    "left": Quantity.pieces(1),
    "sold": Quantity.pieces(2),
    "condition": "opened",
    "parts": ("charger",),
    "count": 3,
    "tender": "cash",
    "card": "•••• 4242",
    "question": "rebate_receipt",
    "answer": "no",
}
# The same name of a fact, and another kind of value.
_SAMPLES_OF: dict[Code, dict[str, object]] = {
    Code.CASH_NOT_HANDED_OVER: {"amount": Money(95_200_000, "USD"), "change": Money(95_193_592, "USD")},
    **dict.fromkeys(RETURN_WORDS, _RETURN),
    **dict.fromkeys((Code.NO_RECEIPT_COUNT, Code.RETURN_COUNT_LIMIT, Code.EXCHANGE_LIMIT), _RETURN | {"limit": 2}),
    Code.ITEM_MISMATCH: _RETURN | {"sold": "Toaster"},
    Code.SUGGESTION_INVALID: {"field": "ends"},
    Code.COUPON_EXPIRED: {"until": date(2027, 2, 28)},
    Code.DISCOUNT_LIMIT: {"limit": Share(100_000), "wanted": Share(350_000)},
    Code.VOID_LIMIT: {"limit": Money(50_000, "USD"), "wanted": Money(90_000, "USD")},
    Code.DAY_BEFORE_LAST: {"day": date(2026, 12, 30), "last": date(2026, 12, 31)},
    Code.DENOMINATION_UNKNOWN: {"typed": "3.00", "currency": "USD"},
    Code.COUNT_INVALID: {"typed": "five", "piece": Money(2_000, "USD"), "most": 100_000},
    Code.COUNT_DIFFERENCE: {"limit": Money(500, "USD"), "wanted": Money(950, "USD")},
    Code.PAID_OUT_LIMIT: {"limit": Money(2_000, "USD"), "wanted": Money(5_000, "USD")},
    Code.CLAIM_REMEDY: {"remedy": "a kiss", "choices": "repair, replace"},
    Code.CLAIM_SETTLED: {"claim": "1/17"},
    Code.POLICY_MOVED_ON: {"version": 3},
    Code.POLICY_NAMES: {"rule": "R1", "name": "manger", "choices": "cashier, manager"},
    Code.APPROVAL_OPTION: {"option": "all", "choices": "as_asked, own_limit"},
    Code.POST_VOIDED: {"number": "0142-03-V0001"},
    Code.POST_VOID_LIMIT: {"wanted": Money(5_000, "USD")},
    Code.CORRECTION_LIMIT: {"limit": Money(0, "USD"), "wanted": Money(5_000, "USD")},
    Code.TENDER_FIXED: {"tender": 2},
    Code.SETTING_TEXT: {"most": 40},
    Code.SETTING_RANGE: {"value": 0, "most": 60},
    Code.SETTING_LINES: {"most": 200},
    Code.PERSON_NUMBER: {"most": 8},
    Code.PERSON_NAME: {"most": 40},
    Code.COPY_LIMIT: {"limit": 1},
    Code.BADGE_UNFIT: {"least": 8},
    Code.SALE_OF_ANOTHER: {"name": "Maya Reyes"},
    Code.OWN_PURCHASE: {"name": "Maya Reyes"},
    Code.CUSTOMER_NAME: {"most": 80},
    Code.CUSTOMER_TEXT: {"most": 40},
    Code.CUSTOMER_NUMBER: {"number": "C 1"},
    Code.CUSTOMER_KNOWN: {"number": "C1"},
    Code.CUSTOMER_FORGOTTEN: {"number": "C1"},
    Code.CUSTOMER_ACCOUNT_OPEN: {"number": "C1", "amount": Money(45_000, "USD")},
    Code.CUSTOMER_CHECK_OPEN: {"number": "C1"},
    Code.CARD_TAKEN: {"number": "C1"},
    Code.PAY_OUT_LIMIT: {"most": Money(2_000, "USD"), "amount": Money(2_500, "USD")},
    Code.TAX_EXEMPT_LIMIT: {"limit": Money(0, "USD"), "wanted": Money(2_500, "USD")},
    **dict.fromkeys((code for code in Code if code.value.startswith("GIFT_CARD_")), _GIFT_CARD),
    Code.CASH_OUT_THRESHOLD: _GIFT_CARD | {"below": Money(1_500, "USD")},
    Code.STORED_VALUE_FIXED: _GIFT_CARD,
    Code.TERMINAL_SETTING: {"setting": "terminal_host"},
    **dict.fromkeys((code for code in Code if code.value.startswith("CHECK_")), _CHECK),
    Code.COUNT_INVALID: {"most": 100_000},
    Code.COUNT_DIFFERENCE: {"limit": Money(500, "USD"), "wanted": Money(900, "USD")},
    Code.PAID_OUT_LIMIT: {"limit": Money(500, "USD"), "wanted": Money(900, "USD")},
    Code.TENDER_SMALL: {"least": Money(1_000, "USD")},
    Code.CARD_KEYED_ALONE: {"limit": Money(0, "USD"), "amount": Money(6_408, "USD")},
    Code.TENDER_ALONE: {"limit": Money(30_000, "USD"), "amount": Money(50_000, "USD")},
    Code.REFERENCE_MISSING: {"most": 60},
    Code.HOUSE_ACCOUNT_LIMIT: {"room": Money(1_000, "USD"), "limit": Money(50_000, "USD")},
    Code.HOUSE_ACCOUNT_OWED: {"owed": Money(3_000, "USD")},
}


def print_codes(*, as_json: bool, stdout: TextIO, words: Wording | None = None) -> int:
    """Print every code with what a cashier reads, what a customer is told, and whether somebody may decide otherwise.

    Overridden is what goes beyond somebody's limit: another person approves it. The rest is what a till cannot do.
    """
    words = words or Wording()
    rows = [
        (code, words.refusal(Refused(code, _SAMPLES | _SAMPLES_OF.get(code, {}))), _customer(code, words))
        for code in Code
    ]
    if as_json:
        codes = [
            {"code": code.value, "text": cashier, "customer_text": customer, "overridable": code in _OVERRIDABLE}
            for code, cashier, customer in rows
        ]
        print(json.dumps({"codes": codes}), file=stdout)
        return 0
    for code, cashier, customer in rows:
        print(code.value, file=stdout)
        told = [words.say("Cashier: {text}", text=cashier)]
        if customer is not None:
            told.append(words.say("Customer: {text}", text=customer))
        told.append(
            words.say("Somebody whose role reaches as far may approve this.")
            if code in _OVERRIDABLE
            else words.say("Nobody may override this.")
        )
        print(*(f"    {row}" for row in told), sep="\n", file=stdout)
    return 0


def _customer(code: Code, words: Wording) -> str | None:
    message = _CUSTOMER.get(code)
    if message is None:
        return words.return_reason_for_customer(_as_reason(code)) or None if code in RETURN_WORDS else None
    return words.say(message)


def _as_reason(code: Code) -> Reason:
    return Reason(code, Effect.REFUSES, "", facts=_SAMPLES | _SAMPLES_OF[code])

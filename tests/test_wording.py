"""Every code has its sentence in every language, and figures are written as people there write them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.by_hand import Share
from pos.domain.finding import Finding
from pos.domain.money import MINOR_MAX, Money, Quantity, Unit, exponent_of, minor_decimal
from pos.domain.new_shop import ShopField
from pos.domain.refusal import Code, Refused
from pos.domain.return_decision import Effect, Reason, Remedy
from pos.domain.return_request import Condition, ShownBy
from pos.domain.staff import Role
from pos.domain.tender import TenderKind
from pos.domain.trouble import KnownError, Trouble
from pos.return_customer_words import REMEDIES
from pos.return_words import CONDITIONS, PROOFS, RETURN_CODES, RETURN_WORDS
from pos.wording import LANGUAGES, Wording

# What the services give with each code.
REFUSAL_FACTS: dict[Code, dict[str, object]] = {
    Code.ITEM_UNKNOWN: {"code": "952{0}%s"},
    Code.CODE_UNREADABLE: {"code": "<b>{code}</b>"},
    Code.QUANTITY_INVALID: {"quantity": Quantity(1_284, Unit.KG)},
    Code.AMOUNT_INVALID: {"amount": Money(-100, "USD")},
    Code.LINE_UNKNOWN: {"line": 7},
    Code.NO_DEPOSIT: {"item": "Cola 2 L"},
    Code.DEPOSIT_FOLLOWS: {"item": "Bottle", "goods": "Cola 2 L"},
    Code.DEPOSIT_UNKNOWN: {"item": "BOTTLE3"},
    Code.CARD_DECLINED: {"why": "refused"},
    Code.CARD_NOT_PROCESSED: {"amount": Money(2_000, "USD"), "why": "busy"},
    Code.CARD_NOT_READ: {"why": "cancelled"},
    Code.CARD_OUTCOME_UNKNOWN: {"amount": Money(2_000, "USD"), "terminal": "SIM-1"},
    Code.CARD_CHARGED_LATE: {"amount": Money(2_000, "USD")},
    Code.CARD_NOT_GIVEN_BACK: {"amount": Money(2_000, "USD")},
    Code.CARD_OVER_CHARGED: {"most": Money(2_000, "USD")},
    Code.CARD_APPROVAL_TYPED: {"field": "last_four"},
    Code.CASH_BACK_LIMIT: {"most": Money(2_000, "USD")},
    Code.CARD_KEYED_ALONE: {"amount": Money(6_408, "USD"), "limit": Money(0, "USD")},
    Code.CASH_BACK_ALONE: {"amount": Money(10_000, "USD"), "limit": Money(2_000, "USD")},
    Code.PAY_OUT_LIMIT: {"most": Money(2_000, "USD"), "amount": Money(2_500, "USD")},
    Code.TAX_EXEMPT_LIMIT: {"wanted": Money(2_500, "USD"), "limit": Money(0, "USD")},
    Code.TILL_SHORT: {"amount": Money(2_500, "USD"), "there": Money(1_000, "USD")},
    Code.DAY_BEFORE_LAST: {"day": date(2026, 11, 18), "last": date(2026, 11, 21)},
    Code.DENOMINATION_UNKNOWN: {"typed": "3.00", "currency": "USD"},
    Code.COUNT_INVALID: {"typed": "five", "piece": Money(2_000, "USD"), "most": 100_000},
    Code.COUNT_DIFFERENCE: {"wanted": Money(2_000, "USD"), "limit": Money(500, "USD")},
    Code.PAID_OUT_LIMIT: {"wanted": Money(2_000, "USD"), "limit": Money(500, "USD")},
    Code.POST_VOIDED: {"receipt": "0142-03-0118", "number": "0142-03-V0001"},
    Code.POST_VOID_DAY: {"receipt": "0142-03-0118", "day": date(2026, 11, 20)},
    Code.POST_VOID_TILL: {"receipt": "0142-03-0118"},
    Code.POST_VOID_CARD: {"receipt": "0142-03-0118"},
    Code.POST_VOID_RETURNED: {"receipt": "0142-03-0118", "number": "0142-03-R0007"},
    Code.RETURN_NOT_REFUSED: {},
    Code.NO_CLAIM: {},
    Code.CLAIM_REMEDY: {"remedy": "repair", "choices": "price_cut, refund"},
    Code.CLAIM_SETTLED: {"claim": "3/1234"},
    Code.RETURN_STANDS: {"receipt": "0142-03-R0007"},
    Code.POST_VOID_LIMIT: {"receipt": "0142-03-0118", "wanted": Money(5_000, "USD")},
    Code.POINTS_SPENT: {"points": 12, "balance": 3},
    Code.TENDER_FIXED: {"receipt": "0142-03-0118", "tender": 2},
    Code.TENDER_SAME: {"tender": "Swish"},
    Code.CORRECTION_LIMIT: {"wanted": Money(5_000, "USD"), "limit": Money(0, "USD")},
    Code.CHECK_UNREADABLE: {"fault": "unreadable"},
    Code.CHECK_ACCOUNT: {"least": 4, "most": 17},
    Code.CHECK_NUMBER: {"most": 10},
    Code.CHECK_POST_DATED: {"day": date(2026, 12, 1)},
    Code.CHECK_STALE: {"day": date(2026, 3, 1), "days": 180},
    Code.CHECK_ID: {"most": 30},
    Code.CHECK_LIMIT: {"amount": Money(50_000, "USD"), "limit": Money(30_000, "USD")},
    Code.CHECK_TWICE: {"number": "1042"},
    Code.CHECK_UNKNOWN: {"receipt": "0142-03-0118", "tender": 2},
    Code.CHECK_RETURNED: {"day": date(2026, 11, 21)},
    Code.LINE_LIMIT: {"limit": 2_000},
    Code.MONEY_MISSING: {"due": Money(13_865, "USD")},
    Code.PIN_WRONG: {"left": 4},
    Code.GIFT_CARD_ROW: {"field": "balance"},
    Code.GIFT_CARD_PIN: {"card": "•••• 0024"},
    Code.GIFT_CARD_LOCKED: {"card": "•••• 0024", "until": datetime(2026, 11, 21, 13, 32, tzinfo=UTC)},
    Code.GIFT_CARD_UNSOLD: {"card": "•••• 0024"},
    Code.GIFT_CARD_SOLD: {"card": "•••• 0024"},
    Code.GIFT_CARD_DISABLED: {"card": "•••• 0024"},
    Code.GIFT_CARD_EXPIRED: {"card": "•••• 0024", "day": date(2026, 12, 31)},
    Code.GIFT_CARD_EMPTY: {"card": "•••• 0024"},
    Code.GIFT_CARD_BALANCE: {"card": "•••• 0024", "balance": Money(500, "USD"), "amount": Money(2_000, "USD")},
    Code.GIFT_CARD_USED: {"card": "•••• 0024"},
    Code.GIFT_CARD_LIMIT: {"least": Money(500, "USD"), "most": Money(50_000, "USD"), "holds": Money(200_000, "USD")},
    Code.GIFT_CARD_KIND: {"card": "•••• 0024"},
    Code.GIFT_CARD_IN_SALE: {"card": "•••• 0024"},
    Code.GIFT_CARD_NOT_WITH_GIFT_CARD: {"most": Money(500, "USD")},
    Code.CASH_OUT_THRESHOLD: {"card": "•••• 0024", "balance": Money(2_000, "USD"), "below": Money(1_500, "USD")},
    Code.STORED_VALUE_FIXED: {"card": "•••• 0024"},
    Code.HOUSE_ACCOUNT_LIMIT: {"customer": "Ann", "room": Money(1_000, "USD"), "limit": Money(50_000, "USD")},
    Code.HOUSE_ACCOUNT_OWED: {"customer": "Ann", "owed": Money(3_000, "USD")},
    Code.LOCKED_OUT: {"until": datetime(2026, 11, 21, 13, 32, tzinfo=UTC)},
    Code.RECEIPT_UNKNOWN: {"receipt": "0142-03-0118"},
    Code.NOT_AN_ITEM: {"kind": "receipt"},
    Code.MEASURE_UNFIT: {"item": "Rolls", "measure": Quantity(350, Unit.KG)},
    Code.COUPON_UNKNOWN: {"code": "9812345678902"},
    Code.SUGGESTION_INVALID: {"field": "ends"},
    Code.COUPON_EXPIRED: {"code": "SUMMER", "promotion": "Summer sale", "until": date(2026, 9, 1)},
    Code.COUPON_NOT_YET: {"code": "SUMMER", "promotion": "Summer sale", "from": date(2026, 9, 1)},
    Code.COUPON_USED: {"code": "SUMMER", "promotion": "Summer sale"},
    Code.PROMOTION_UNKNOWN: {"promotion": "KNIT"},
    Code.PROMOTION_EXISTS: {"promotion": "KNIT"},
    Code.PRICE_REQUIRED: {"item": "Phone"},
    Code.PRICE_LIMIT: {"most": Money(10**9, "USD")},
    Code.PRICE_FIXED: {"item": "Phone"},
    Code.NOT_DISCOUNTABLE: {"item": "Phone"},
    Code.DISCOUNT_INVALID: {"most": Money(3_000, "USD")},
    Code.DISCOUNT_LIMIT: {"wanted": Share(350_000), "limit": Share(200_000), "item": "Phone"},
    Code.VOID_LIMIT: {"wanted": Money(90_000, "USD"), "limit": Money(50_000, "USD"), "item": ""},
    Code.TENDER_UNKNOWN: {"tender": "swish"},
    Code.TENDER_OFF: {"tender": "check"},
    Code.TENDER_SMALL: {"tender": "check", "least": Money(500, "USD")},
    Code.TENDER_LIMIT: {"tender": "check", "most": Money(50_000, "USD")},
    Code.TENDER_NOT_FOR: {"tender": "Lunch card", "most": Money(500, "USD")},
    Code.TENDER_OVER_DUE: {"tender": "credit", "due": Money(500, "USD")},
    Code.TENDER_ALONE: {"tender": "check", "amount": Money(50_000, "USD"), "limit": Money(30_000, "USD")},
    Code.TENDER_RULE_INVALID: {"code": "Swish"},
    Code.REFERENCE_MISSING: {"tender": "Swish", "most": 60},
    Code.CASH_LIMIT: {"most": Money(27_000_000, "CZK")},
    Code.CASH_NOT_HANDED_OVER: {"amount": Money(95_200_000, "USD"), "change": Money(95_196_943, "USD")},
    Code.REASON_MISSING: {"choices": "damaged_box, goodwill"},
    Code.APPROVAL_OPTION: {"option": "all", "choices": "as_asked, own_limit"},
    Code.WEIGHT_REQUIRED: {"item": "Apples"},
    Code.WEIGHT_INVALID: {"quantity": Quantity(-20, Unit.KG)},
    Code.REASON_UNKNOWN: {"reason": "weather", "choices": "damaged, test"},
    Code.AGE_NOT_SEEN: {"item": "Whisky", "age": 18},
    Code.AGE_TOO_YOUNG: {"item": "Whisky", "age": 18, "from": date(2027, 3, 1)},
    Code.SERIAL_REQUIRED: {"item": "Phone", "count": 2},
    Code.SERIAL_INVALID: {"serial": "a b"},
    Code.SERIAL_TWICE: {"serial": "356938035643809"},
    Code.SERIAL_COUNT: {"quantity": Quantity(2_000), "given": 1},
    Code.SUSPENDED_UNKNOWN: {"code": "S12"},
    Code.SUSPENDED_TAKEN: {"code": "S12", "workstation": 2},
    Code.KEYS_INVALID: {"key": "4011"},
    Code.CODE_RULE_INVALID: {"line": "20-22 6 {0}"},
    Code.KEY_UNREADABLE: {"key": "Hyper"},
    Code.KEY_RESERVED: {"key": "F12"},
    Code.KEY_TAKEN: {"key": "F6", "action": "Undo"},
    Code.FIELD_MISSING: {"field": ShopField.NAME},
    Code.FIELD_TOO_LONG: {"field": ShopField.NAME, "limit": 40},
    Code.FIELD_UNREADABLE: {"field": ShopField.NAME},
    Code.CHOICE_UNKNOWN: {"field": ShopField.TIMEZONE, "choice": "Atlantis"},
    Code.TAX_INVALID: {"line": 1, "tax": "standard", "percent": "210"},
    Code.TAX_DATE_INVALID: {"line": "2027-02-30 {0}"},
    Code.CERTIFICATE_INVALID: {"most": 40},
    Code.VAT_NUMBER_INVALID: {"number": "CZ1{0}"},
    Code.TAX_TWICE: {"line": 2, "tax": "standard"},
    Code.STAFF_LIMIT: {"limit": 40},
    Code.RECEIPT_WAITS: {"receipt": "0142-03-0118"},
    Code.COPY_LIMIT: {"receipt": "0142-03-0118", "limit": 1},
    Code.RECEIPT_OTHER_DAY: {"receipt": "0142-03-0118"},
    Code.SETTING_TEXT: {"value": "", "least": 1, "most": 40},
    Code.SETTING_RANGE: {"value": 0, "least": 1, "most": 60},
    Code.SETTING_CHOICE: {"value": "tlh", "choices": "en, cs, sv"},
    Code.SETTING_LINES: {"lines": 6, "most": 200},
    Code.PRINTER_UNKNOWN: {"detail": "escpos-9"},
    Code.PRINTER_UNREACHABLE: {"host": "192.168.1.50", "port": 9_100},
    Code.TERMINAL_SETTING: {"setting": "Terminal address"},
    Code.FOLDER_UNUSABLE: {"folder": "/media/stick"},
    Code.PERSON_NUMBER: {"number": "1x", "most": 8},
    Code.PERSON_NAME: {"most": 40},
    Code.PERSON_KNOWN: {"number": "101"},
    Code.PERSON_UNKNOWN: {"number": "999"},
    Code.ITEM_ID_INVALID: {"limit": 40},
    Code.ITEM_NAME_INVALID: {"limit": 120},
    Code.ITEM_WORD_TOO_LONG: {"limit": 60},
    Code.ITEM_EXISTS: {"item": "1001"},
    Code.ITEM_RETIRED: {"item": "Kettle"},
    Code.PRICE_NEGATIVE: {"price": "-1.00"},
    Code.PRICE_TOO_LARGE: {"price": "1000000000.00"},
    Code.PRICE_TOO_FINE: {"price": "1.999", "currency": "USD"},
    Code.PRICE_UNREADABLE: {"price": "1{0}"},
    Code.CHECK_DIGIT_WRONG: {"code": "9520000001019"},
    Code.CODE_TAKEN: {"code": "9520000001018", "item": "Kettle"},
    Code.CODE_NOT_OF_ITEM: {"code": "9520000001018"},
    Code.TAX_UNKNOWN: {"tax": "luxury", "taxes": "standard, food"},
    Code.AGE_INVALID: {"limit": 99},
    Code.UNIT_FIXED: {"unit": "kg"},
    Code.PROFILE_NAME_INVALID: {"limit": 60},
    Code.BADGE_UNFIT: {"least": 8},
    Code.SALE_OF_ANOTHER: {"name": "Maya Reyes"},
    Code.CUSTOMER_UNKNOWN: {"customer": "Ann {0}"},
    Code.CUSTOMER_NUMBER: {"number": "C 1"},
    Code.CUSTOMER_NAME: {"most": 80},
    Code.CUSTOMER_PHONE: {"phone": "12"},
    Code.CUSTOMER_EMAIL: {"email": "ann"},
    Code.CUSTOMER_TEXT: {"most": 40},
    Code.CUSTOMER_KNOWN: {"number": "C1"},
    Code.CUSTOMER_FORGOTTEN: {"number": "C1"},
    Code.CUSTOMER_ACCOUNT_OPEN: {"number": "C1", "amount": Money(45_000, "USD")},
    Code.CUSTOMER_CHECK_OPEN: {"number": "C1"},
    Code.CARD_UNFIT: {"card": "KB-1"},
    Code.CARD_TAKEN: {"number": "C1"},
    Code.POINTS_INVALID: {"points": "-1"},
    Code.POINTS_BALANCE: {"points": 100, "balance": 20},
    Code.OWN_PURCHASE: {"name": "Maya Reyes"},
    Code.SHUT_OUT: {"name": "Maya Reyes"},
    Code.ROLE_ABOVE: {"name": "Dana Kim"},
    Code.ROLE_INVALID: {"most": 30},
    Code.ROLE_UNKNOWN: {"role": "supervisor"},
    Code.ROLE_IN_USE: {"people": 2},
    Code.ROLES_MANY: {"limit": 20},
    Code.PICTURE_UNFIT: {"file": "mug {0}.png", "megabytes": 4},
    Code.PROFILE_UNKNOWN: {"name": "Bakery", "names": "Wholesaler"},
}
TROUBLE_FACTS: dict[Trouble, dict[str, object]] = {
    Trouble.BOOKS_BEHIND: {"file": "shop.sqlite3", "workstation": 3, "books": 7, "anchor": 9},
    Trouble.WRONG_MODE: {"folder": "demo", "mode": "live"},
    Trouble.WORKSTATION_TAKEN: {"workstation": 3, "folder": "demo"},
    Trouble.MIGRATION_FAILED: {"file": "shop.sqlite3", "backup": "before"},
    Trouble.FILE_UNREADABLE: {"file": "shop.sqlite3", "detail": "no rights"},
    Trouble.SETTINGS_UNREADABLE: {"file": "kassa.toml", "detail": "printer = 5"},
    Trouble.SHOP_EXISTS: {"folder": "demo"},
    Trouble.SHOP_MISSING: {"folder": "demo"},
    Trouble.SHOP_IS_BACKUP: {"folder": "backups/end"},
    Trouble.RESTORE_RUNNING: {"folder": "demo"},
    Trouble.BOOKS_UNSOUND: {"folder": "backups/end"},
    Trouble.BACKUP_UNREADABLE: {"folder": "demo"},
}
# What the decision of a return gives with each of its codes.
RETURN_FACTS: dict[str, object] = {
    "item": "Kettle {0}",
    "last": date(2026, 4, 1),
    "since": date(2025, 12, 31),
    "at": datetime(2026, 1, 2, 9, 30, tzinfo=UTC),
    "day": date(2026, 4, 2),
    "version": 4,
    "proofs": ("receipt", "card_lookup"),
    "amount": Money(12_000, "USD"),
    "limit": Money(10_000, "USD"),
    "price": Money(2_799, "USD"),
    "there": Money(8_000, "USD"),
    "quantity": Quantity.pieces(3),
    "left": Quantity.pieces(1),
    "sold": Quantity.pieces(2),
    "condition": "opened",
    "rule": "R1",
    "name": "manger",
    "choices": "cashier, manager",
    "parts": ("charger",),
    "count": 3,
    "tender": "cash",
    "card": "•••• 4242",
    "serial": "356938035643809",
    "receipt": "0142-03-0118",
    "promotion": "Knitwear week",
    "points": 30,
    "line": 3,
    "question": "rebate_receipt",
    "answer": "no",
    "most": 80,
}
EVERYWHERE = pytest.mark.parametrize("language", LANGUAGES)


def whole(sentence: str) -> str:
    """A sentence that begins with a capital, an amount or a name, ends as sentences do, and has nothing left open."""
    assert sentence.strip() == sentence
    assert sentence.endswith((".", "!", "?"))
    assert "  " not in sentence
    return sentence


@EVERYWHERE
@pytest.mark.parametrize("code", Code)
def test_every_refusal_is_a_sentence(language: str, code: Code) -> None:
    facts = REFUSAL_FACTS.get(code, RETURN_FACTS if code in RETURN_WORDS else {})
    sentence = whole(Wording(language).refusal(Refused(code, facts)))
    assert code not in sentence


@EVERYWHERE
@pytest.mark.parametrize("code", sorted(RETURN_CODES))
def test_every_reason_of_a_return_is_a_sentence_to_the_cashier_and_to_the_customer(language: str, code: Code) -> None:
    words, reason = Wording(language), Reason(code, Effect.REFUSES, "R1", facts=RETURN_FACTS)
    assert code not in whole(words.return_reason(reason))
    told = words.return_reason_for_customer(reason)
    assert not told or whole(told)
    own = replace(reason, words=(("cashier", "Ours."), ("customer.cs", "Naše.")))
    assert words.return_reason(own) == "Ours."
    assert (words.return_reason_for_customer(own) == "Naše.") is (language == "cs")


@EVERYWHERE
def test_a_tender_that_pays_for_nothing_of_a_sale_says_why(language: str) -> None:
    facts = {**REFUSAL_FACTS[Code.TENDER_NOT_FOR], "departments": "food, home"}
    whys = ("", "paid", "only", "left_out")
    said = [Wording(language).refusal(Refused(Code.TENDER_NOT_FOR, {**facts, "why": why})) for why in whys]
    assert len(set(map(whole, said))) == len(whys)
    assert "food, home" in said[2]


@EVERYWHERE
def test_every_remedy_state_and_proof_has_its_words(language: str) -> None:
    words = Wording(language)
    assert all(whole(words.remedy(Remedy(code, RETURN_FACTS))) for code in REMEDIES)
    states = [words.condition(state) for state in Condition]
    assert len(set(states)) == len(states)
    assert words.condition("sealed") == "sealed"
    assert set(CONDITIONS) == set(Condition)
    assert set(PROOFS) == set(ShownBy)


@EVERYWHERE
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_is_a_sentence_that_says_where(language: str, trouble: Trouble) -> None:
    facts = TROUBLE_FACTS.get(trouble, {"file": "shop.sqlite3"})
    sentence = whole(Wording(language).trouble(KnownError(trouble, **facts)))
    assert trouble not in sentence
    if trouble not in {Trouble.BOOKS_LOCKED, Trouble.DISK_FULL, Trouble.DISK_FAULT}:
        assert any(str(value) in sentence for value in facts.values())


@EVERYWHERE
def test_every_finding_role_and_tender_has_its_words(language: str) -> None:
    words = Wording(language)
    for said in (
        [words.finding(finding) for finding in Finding],
        [words.role(role) for role in Role],
        [words.tender(kind) for kind in TenderKind],
        [words.unit(unit) for unit in Unit],
    ):
        assert all(said)
        assert len(set(said)) == len(said), "two things, one word"


def test_what_a_person_typed_is_said_as_it_was_typed() -> None:
    for code in (Code.ITEM_UNKNOWN, Code.CODE_UNREADABLE):
        assert str(REFUSAL_FACTS[code]["code"]) in Wording("en").refusal(Refused(code, REFUSAL_FACTS[code]))


def test_an_unknown_language_is_english() -> None:
    assert Wording("tlh").language == "en"


@pytest.mark.parametrize(
    ("language", "money", "said"),
    [
        ("en", Money(13_865, "USD"), "$138.65"),
        ("en", Money(-13_865, "USD"), "-$138.65"),
        ("en", Money(1_500, "JPY"), "¥1,500"),
        ("en", Money(1_250, "KWD"), "KWD 1.250"),
        ("en", Money(-184_870, "CZK"), "-CZK 1,848.70"),
        ("cs", Money(12_345_678, "CZK"), "123 456,78 Kč"),
        ("cs", Money(1_250, "KWD"), "1,250 KWD"),
        ("sv", Money(123_456, "SEK"), "1 234,56 kr"),
    ],
)
def test_money_with_its_sign(language: str, money: Money, said: str) -> None:
    assert Wording(language).money(money).replace("\xa0", " ") == said


@given(
    st.sampled_from(LANGUAGES),
    st.integers(-MINOR_MAX, MINOR_MAX),
    st.sampled_from(["USD", "CZK", "SEK", "EUR", "JPY", "KWD", "RSD", "CLF", "XTS"]),
)
def test_every_amount_is_written_as_babel_writes_it(language: str, minor: int, currency: str) -> None:
    locale, amount = {"en": "en_US", "cs": "cs_CZ", "sv": "sv_SE"}[language], minor_decimal(minor, currency)
    words, digits = Wording(language), exponent_of(currency)
    said = words.money(Money(minor, currency))
    # But for the blank between letters and figures, which Babel leaves out and English alone would need.
    assert (said.replace("\xa0", "") if language == "en" else said) == format_currency(amount, currency, locale=locale)
    plain = format_decimal(amount, format="#,##0." + "0" * digits if digits else "#,##0", locale=locale)
    assert words.amount(Money(minor, currency)) == plain


@pytest.mark.parametrize(
    ("language", "money", "said"),
    [
        ("en", Money(2_000, "USD"), "$20"),
        ("en", Money(2_050, "USD"), "$20.50"),
        ("en", Money(1_000, "JPY"), "¥1,000"),
        ("cs", Money(10_000, "CZK"), "100 Kč"),
        ("sv", Money(50_000, "SEK"), "500 kr"),
    ],
)
def test_money_as_on_a_note(language: str, money: Money, said: str) -> None:
    assert Wording(language).short_money(money).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en", "11/21/2026", date(2026, 11, 21)),
        ("en", "2/3", date(2026, 2, 3)),
        ("en", "12/24", date(2025, 12, 24)),
        ("cs", "3. 2. 2026", date(2026, 2, 3)),
        ("cs", "24.12.", date(2025, 12, 24)),
        ("cs", "3.2.26", date(2026, 2, 3)),
        ("sv", "2026-02-03", date(2026, 2, 3)),
        ("sv", "02-03", date(2026, 2, 3)),
        ("cs", "2026-02-03", date(2026, 2, 3)),
        ("en", "13/13/2026", None),
        ("cs", "31.2.2026", None),
        ("en", "yesterday", None),
        ("en", "12", None),
        ("en", "", None),
        ("en", "2026-02", None),
        ("cs", "29.2.", None),
    ],
)
def test_a_day_is_read_as_people_there_write_it(language: str, typed: str, day: date | None) -> None:
    assert Wording(language).read_day(typed, date(2026, 11, 21)) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_that_is_written_is_read_again(day: date, language: str) -> None:
    words = Wording(language)
    assert words.read_day(words.numeric_day(day), date(2026, 11, 21)) == day


@given(st.integers(-MINOR_MAX, MINOR_MAX), st.sampled_from(["JPY", "USD", "KWD", "CZK"]), st.sampled_from(LANGUAGES))
def test_no_amount_loses_a_unit_on_its_way_to_the_screen(minor: int, currency: str, language: str) -> None:
    words = Wording(language)
    said = words.amount(Money(minor, currency))
    plain = said.replace("\xa0", "").replace("−", "-")
    plain = plain.replace(",", "") if language == "en" else plain.replace(",", ".")
    assert Fraction(plain) == Fraction(minor, 10 ** exponent_of(currency))
    digits = plain.partition(".")[2]
    assert len(digits) == exponent_of(currency), "all digits of the currency stand there"
    for sign in said:
        assert sign.isdigit() or sign in "\xa0,.-−"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["3", "1.284 lb", "1.250 kg", "1,000,000"]),
        ("cs", ["3", "1,284 lb", "1,250 kg", "1 000 000"]),
        ("sv", ["3", "1,284 lb", "1,250 kg", "1 000 000"]),
    ],
)
def test_quantities(language: str, said: list[str]) -> None:
    quantities = (Quantity(3_000), Quantity(1_284, Unit.LB), Quantity(1_250, Unit.KG), Quantity(10**9))
    assert [Wording(language).quantity(quantity).replace("\xa0", " ") for quantity in quantities] == said


@pytest.mark.parametrize(
    ("language", "rates", "day", "short", "sign"),
    [
        ("en", ["8.875%", "21%", "0%"], "Saturday, November 21", "Nov 21, 2026", "."),
        ("cs", ["8,875 %", "21 %", "0 %"], "sobota 21. listopadu", "21. 11. 2026", ","),
        ("sv", ["8,875 %", "21 %", "0 %"], "lördag 21 november", "21 nov. 2026", ","),
    ],
)
def test_rates_and_days(language: str, rates: list[str], day: str, short: str, sign: str) -> None:
    words = Wording(language)
    assert [words.percent(rate).replace("\xa0", " ") for rate in (88_750, 210_000, 0)] == rates
    assert words.day(date(2026, 11, 21)) == day
    assert words.short_day(date(2026, 11, 21)).replace("\xa0", " ") == short
    assert words.time(datetime(2026, 11, 21, 8, 5, tzinfo=UTC)) == "08:05"
    assert words.decimal_sign == sign


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("cs", 3), ("sv", 1)])
def test_numbers_take_the_form_the_language_has_for_them(language: str, forms: int) -> None:
    tries = [Wording(language).refusal(Refused(Code.PIN_WRONG, {"left": left})) for left in (1, 2, 5)]
    assert [str(left) in said for left, said in zip((1, 2, 5), tries, strict=True)] == [True] * 3
    assert len({said.replace(str(left), "n", 1) for left, said in zip((1, 2, 5), tries, strict=True)}) == forms


def test_a_rule_of_the_shop_keeps_its_name_and_what_no_policy_says_is_said_in_words() -> None:
    said = [Wording("cs").rule(rule) for rule in ("R1", "no_receipt", "goodwill", "law.CZ.defect", "law")]
    assert said == ["R1", "Bez účtenky", "Peníze bez zboží", "Zákon (CZ)", "law"]


@cache
def _answers() -> dict[int, str]:
    """What the system says of each error, in English: it keeps the language that another test once asked it for."""
    said = "import errno, json, os; print(json.dumps([[one, os.strerror(one)] for one in errno.errorcode]))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", said], env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(
    "number",
    [
        errno.EACCES, errno.EPERM, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG,
        errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EBUSY, errno.EMFILE,
    ],
)  # fmt: skip
@pytest.mark.parametrize("trouble", [Trouble.FILE_UNREADABLE, Trouble.SETTINGS_UNREADABLE])
def test_what_the_system_answers_is_said_in_the_language_of_the_sentence(trouble: Trouble, number: int) -> None:
    detail = _answers()[number]
    error = KnownError(trouble, file="kassa.toml", detail=detail)
    assert detail in Wording("en").trouble(error)
    for language in ("cs", "sv"):
        assert detail not in Wording(language).trouble(error)

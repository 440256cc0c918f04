"""A code is told from another by its text; rubbish is said to be rubbish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.customer_return import is_return_code
from pos.domain.measure_codes import COUNTRY_RULES, CodeRule, MeasureOf
from pos.domain.scanned_code import (
    SCAN_LENGTH_MAX,
    BadgeCode,
    CouponCode,
    CustomerCode,
    GiftCardCode,
    GiftReceiptCode,
    Gs1Code,
    Gs1Form,
    ItemCode,
    MeasureCode,
    ReceiptCode,
    ReturnCode,
    ScannedCode,
    SlipCode,
    Unreadable,
    classify,
    receipt_code,
)
from pos.domain.staff import badge_of
from pos.domain.suspended import slip_token
from pos.domain.transaction import is_receipt_code

RULES = (CodeRule("20", "24", 5, 5, MeasureOf.PRICE, 2), *COUNTRY_RULES["US"])
TOKEN = "ABCDEFGHJKLMN234"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("9520000001018", ItemCode),
        ("]E09520000001018", ItemCode),
        ("4011", ItemCode),
        ("my own code", ItemCode),
        ("2104011012347", MeasureCode),
        ("]E02104011012347", MeasureCode),
        ("2104011012345", ItemCode),
        ("KR" + TOKEN, ReceiptCode),
        ("]C0KR" + TOKEN, ReceiptCode),
        ("0142-01-0007", ReceiptCode),
        ("KRABCD", ItemCode),
        ("KS" + TOKEN, SlipCode),
        ("KG" + TOKEN, GiftReceiptCode),
        ("KV" + TOKEN, ReturnCode),
        ("0142-01-R0007", ReturnCode),
        ("KB-7F3Q-2M8X", BadgeCode),
        ("KC-000123", CustomerCode),
        ("6006490000000000024", GiftCardCode),
        ("9812345678902", CouponCode),
        ("512345678900", CouponCode),
        ("(01)09520000001018(17)261231", Gs1Code),
        ("]C10109520000001018", Gs1Code),
        ("]d2010952000000101810AB\x1d17261231", Gs1Code),
        ("0109520000001018310300125", Gs1Code),
        ("\x1d0109520000001018", Gs1Code),
        ("https://id.gs1.org/01/09520000001018", Gs1Code),
        ("]Q1https://example.org/01/09520000001018/10/A?17=261231", Gs1Code),
        ("0109520000001017310300125", ItemCode),
        ("09520000001018", ItemCode),
        ("", Unreadable),
        (" \r\n", Unreadable),
        ("]E0", Unreadable),
        ("abc\x00def", Unreadable),
        ("\x1d", Unreadable),
        ("9" * 500, Unreadable),
        ("x" * (SCAN_LENGTH_MAX + 1), Unreadable),
        ("x" * 200, Unreadable),
    ],
)
def test_each_kind_is_told_by_its_text(text: str, kind: type[ScannedCode]) -> None:
    assert type(classify(text, RULES)) is kind


def test_a_token_and_a_number_both_name_a_receipt() -> None:
    assert classify("KR" + TOKEN, ()) == ReceiptCode(token=TOKEN)
    assert classify("0142-01-0007", ()) == ReceiptCode(number="0142-01-0007")


def test_a_receipt_of_any_kind_is_known_without_what_the_scanner_puts_in_front() -> None:
    assert receipt_code("]C0KV" + TOKEN) == "KV" + TOKEN
    assert receipt_code("0142-01-R0007\r") == "0142-01-R0007"
    assert [receipt_code(text) for text in ("KS" + TOKEN, "9520000001018", "KC-12345", "")] == [""] * 4


@pytest.mark.parametrize(
    "printed",
    ["KR" + TOKEN, "KG" + TOKEN, "KV" + TOKEN, "KS" + TOKEN, "KB-7F3Q-2M8X", "KC-00A123", "0142-01-R0007"],
)
def test_codes_of_the_shop_are_read_whatever_caps_lock_made_of_them(printed: str) -> None:
    for said in (printed.lower(), "]C0" + printed.lower(), printed.swapcase() + "\r"):
        assert classify(said, RULES) == classify(printed, RULES)
        assert receipt_code(said) == receipt_code(printed)
        assert badge_of(said) == badge_of(printed)
        assert slip_token(said) == slip_token(printed)
        assert (is_receipt_code(said), is_return_code(said)) == (is_receipt_code(printed), is_return_code(printed))


def test_of_an_items_code_case_counts() -> None:
    assert classify("krab", ()) == ItemCode(("krab",))
    assert classify("\u212ac-000123", ()) == ItemCode(("\u212ac-000123",)), "the sign of the kelvin is no K of ours"


def test_what_the_catalogue_may_know_goes_along() -> None:
    measure = classify("2104011012347", RULES)
    assert isinstance(measure, MeasureCode)
    assert measure.keys == ("2104011012347", "02104011012347")
    wrong_price_check = classify("204011029993", RULES)
    assert wrong_price_check == Unreadable("check_digit", ("204011029993", "00204011029993"))


def test_a_scanner_that_says_gs1_is_believed() -> None:
    assert classify("]C100123456789012345675", ()) == Gs1Code(
        "00123456789012345675", Gs1Form.ELEMENTS, ("]C100123456789012345675", "00123456789012345675")
    )


@given(st.text(max_size=400))
def test_whatever_is_scanned_is_some_kind(text: str) -> None:
    kind = classify(text, RULES)
    if isinstance(kind, ItemCode):
        assert kind.keys
        assert all(key.isprintable() for key in kind.keys)

"""Every spelling of a code finds the same item, and what is no code is said to be none."""

from __future__ import annotations

import pytest
from biip import ParseError
from biip.upc import Upc
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from pos.domain.identifiers import (
    CODE_LENGTH_MAX,
    CodeInvalid,
    gtin_key,
    lookup_keys,
    plu_key,
    shop_code_key,
    upc_e_key,
)

BODIES = st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))


def with_check(body: str) -> str:
    return body + str(ean.calc_check_digit(body))


@given(BODIES.filter(lambda body: body.strip("0")))
def test_a_gtin_of_any_length_is_fourteen_digits(body: str) -> None:
    code = with_check(body)
    assert gtin_key(code) == code.zfill(14)
    assert gtin_key(code) in lookup_keys(code)


@given(BODIES.filter(lambda body: body.strip("0")), st.integers(min_value=1, max_value=9), st.data())
def test_one_wrong_digit_is_always_noticed(body: str, shift: int, data: st.DataObject) -> None:
    code = with_check(body)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(CodeInvalid):
        gtin_key(wrong)


def test_upc_a_and_ean_13_are_one_key() -> None:
    assert gtin_key("036000291452") == gtin_key("0036000291452") == gtin_key("00036000291452")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("01234565", "012345000065"),
        ("0123456", "012345000065"),
        ("123456", "012345000065"),
        ("04252614", "042100005264"),
    ],
)
def test_upc_e_stands_for_its_long_form(short: str, long: str) -> None:
    assert upc_e_key(short) == long.zfill(14)
    assert long.zfill(14) in lookup_keys(short)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "not_digits"),
        ("12345", "length"),
        ("952000000101a", "not_digits"),
        ("٩٥٢٠٠٠٠٠٠٠٠١٠", "not_digits"),
        ("0000000000000", "zeros"),
        ("9520000000012", "check_digit"),
        ("9520000000010 ", "not_digits"),
    ],
)
def test_why_a_code_is_no_gtin(code: str, reason: str) -> None:
    with pytest.raises(CodeInvalid) as refused:
        gtin_key(code)
    assert refused.value.reason == reason


@pytest.mark.parametrize("code", ["123", "123456", "40a1", "", "４０１１", "-401"])
def test_what_is_no_plu(code: str) -> None:
    with pytest.raises(CodeInvalid):
        plu_key(code)


def test_a_shop_code_is_what_it_says_between_blanks() -> None:
    assert plu_key("94011") == "94011"
    assert shop_code_key("  LOAF-7 ") == "LOAF-7"
    assert shop_code_key("loaf") != shop_code_key("LOAF")
    assert shop_code_key("x" * CODE_LENGTH_MAX)
    for wrong in ("", " ", "x" * (CODE_LENGTH_MAX + 1), "a\x00b", "a\x1b[2J", "a\tb"):
        with pytest.raises(CodeInvalid):
            shop_code_key(wrong)


@given(st.text(max_size=120))
def test_no_text_is_too_dirty_to_look_up(text: str) -> None:
    keys = lookup_keys(text)
    assert len(keys) == len(set(keys)) <= 3
    assert all(key.isprintable() and key for key in keys)
    if keys:
        assert keys[0] == text.strip(), "what the catalogue holds as it stands goes first"


def test_eight_digits_are_sooner_a_gtin_8_than_what_a_upc_e_is_short_for() -> None:
    both = "04252641"
    assert lookup_keys(both) == (both, gtin_key(both), upc_e_key(both))


@pytest.mark.parametrize("put_in_front", ["]E0", "]E4", "]C0", "]Q1"])
def test_what_a_scanner_puts_in_front_is_no_part_of_a_code(put_in_front: str) -> None:
    assert "09520000001018" in lookup_keys(f"{put_in_front}9520000001018")
    assert "MUG-1" in lookup_keys(f"{put_in_front}MUG-1")


@given(st.from_regex(r"[01]?[0-9]{6,7}", fullmatch=True).filter(lambda text: text.strip("0") != ""))
def test_upc_e_is_read_as_another_library_reads_it(text: str) -> None:
    try:
        expected = Upc.parse(text).as_upc_a().zfill(14)
    except (ParseError, ValueError):
        expected = ""
    # No item has the number of nothing but zeros, which that library reads all the same.
    if not expected.strip("0"):
        with pytest.raises(CodeInvalid):
            upc_e_key(text)
    else:
        assert upc_e_key(text) == expected

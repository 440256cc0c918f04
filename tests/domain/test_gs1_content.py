"""Element strings are read in all their spellings; what contradicts itself is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from pos.domain.gs1_content import Gs1Content, Gs1Invalid, ScaledNumber, read_gs1
from pos.domain.money import Quantity, Unit
from pos.domain.scanned_code import Gs1Code, classify

TODAY = date(2026, 3, 2)
GTIN = "09520000001018"
ALL = Gs1Content(
    spelled=f"(01){GTIN}(3103)001250(10)LOT-7(17)261231(21)SN42",
    gtin=GTIN,
    weight=Quantity(1250, Unit.KG),
    expires=date(2026, 12, 31),
    serial="SN42",
    batch="LOT-7",
)


def read(text: str) -> Gs1Content:
    code = classify(text, ())
    assert isinstance(code, Gs1Code), code
    return read_gs1(code.text, code.form, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"(01){GTIN}(3103)001250(10)LOT-7(17)261231(21)SN42",
        f"]C101{GTIN}310300125010LOT-7\x1d1726123121SN42",
        f"]d201{GTIN}310300125010LOT-7\x1d1726123121SN42\x1d",
        f"]Q301{GTIN}310300125010LOT-7\x1d1726123121SN42",
        f"\x1d01{GTIN}310300125010LOT-7\x1d1726123121SN42",
        f"01{GTIN}310300125010LOT-7\x1d1726123121SN42",
    ],
)
def test_every_spelling_says_the_same(text: str) -> None:
    assert read(text) == ALL


@pytest.mark.parametrize("gtin", [GTIN, "9520000001018"])
def test_a_digital_link_says_the_same(gtin: str) -> None:
    link = read(f"https://shop.example/some/path/01/{gtin}/10/LOT-7/21/SN42?17=261231&3103=001250&utm=x")
    assert (link.gtin, link.weight, link.expires) == (ALL.gtin, ALL.weight, ALL.expires)
    assert (link.serial, link.batch) == (ALL.serial, ALL.batch)


@given(st.integers(0, 999_999), st.integers(0, 3), st.sampled_from([("310", Unit.KG), ("320", Unit.LB)]))
def test_a_weight_keeps_its_point(digits: int, decimals: int, kind: tuple[str, Unit]) -> None:
    identifier, unit = kind
    content = read(f"01{GTIN}{identifier}{decimals}{digits:06d}")
    assert content.weight == Quantity(digits * 10 ** (3 - decimals), unit)


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_a_price_is_the_shops_or_says_whose(digits: int, decimals: int) -> None:
    assert read(f"(01){GTIN}(392{decimals}){digits}").price == ScaledNumber(digits, decimals)
    assert read(f"(01){GTIN}(393{decimals})752{digits}").price == ScaledNumber(digits, decimals, "SEK")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("260302", date(2026, 3, 2)),
        ("260200", date(2026, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("751231", date(2075, 12, 31)),
        ("761231", date(2076, 12, 31)),
        ("770101", date(1977, 1, 1)),
        ("991231", date(1999, 12, 31)),
    ],
)
def test_a_day_is_in_the_nearest_century(written: str, day: date) -> None:
    assert read(f"(01){GTIN}(17){written}").expires == day


@given(st.text("0123456789", min_size=13, max_size=13).filter(lambda body: body.strip("0")), st.integers(1, 9))
def test_a_gtin_inside_proves_itself(body: str, shift: int) -> None:
    check = ean.calc_check_digit(body)
    assert read(f"(01){body}{check}").gtin == f"{body}{check}"
    with pytest.raises(Gs1Invalid):
        read(f"(01){body}{(int(check) + shift) % 10}")


@pytest.mark.parametrize(
    "text",
    [
        "(01)123",
        f"(01){GTIN}(17)261331",
        f"(01){GTIN}(17)260230",
        f"(01){GTIN}(01)09520000002022",
        f"(01){GTIN}(3932)0001295",
        f"(01){GTIN}(10)čára",
        "]C1rubbish",
        f"]C101{GTIN}9",
        "\x1d\x1d0",
        "https://example.org/",
        "https://example.org/01/",
        "https://example.org/01/abc",
        "https://[/",
    ],
)
def test_what_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Gs1Invalid):
        read(text)


@given(st.text(max_size=60))
def test_rubbish_is_refused_or_read_but_never_breaks(text: str) -> None:
    for spelled in (f"]C1{text}", f"(01){text}", f"https://example.org/01/{text}", f"\x1d{text}"):
        code = classify(spelled, ())
        if isinstance(code, Gs1Code):
            try:
                content = read_gs1(code.text, code.form, TODAY)
            except Gs1Invalid:
                continue
            assert content.spelled

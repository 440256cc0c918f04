"""In-store codes are cut by their rules, and what the countries publish reads as a second reader reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from biip import ParseConfig
from biip.checksums import gs1_price_weight_check_digit
from biip.gtin import Gtin
from biip.rcn import Rcn, RcnRegion
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from pos.domain.identifiers import gtin_key
from pos.domain.measure_codes import (
    COUNTRY_RULES,
    CodeRule,
    MeasureInvalid,
    MeasureOf,
    country_rules,
    read_measure,
    value_check_digit,
)

DIGITS = st.text("0123456789", min_size=10, max_size=10)
# biip has no rules for these, or none from their own organisations.
READ_BY_BIIP = sorted(set(COUNTRY_RULES) - {"US", "CA", "CZ", "SK"})


def code(body: str) -> str:
    """The body with its check digit, as 14 digits."""
    return gtin_key(body + str(ean.calc_check_digit(body)))


@pytest.mark.parametrize("length", [4, 5])
@given(data=st.data())
def test_the_check_digit_of_a_value_is_the_published_one(length: int, data: st.DataObject) -> None:
    value = data.draw(st.text("0123456789", min_size=length, max_size=length))
    assert value_check_digit(value) == str(gs1_price_weight_check_digit(value))


@given(st.sampled_from(READ_BY_BIIP), st.integers(20, 29), DIGITS)
def test_a_code_means_what_a_second_reader_reads(country: str, prefix: int, digits: str) -> None:
    key = code(f"{prefix}{digits}")
    config = ParseConfig(rcn_region=RcnRegion(country.lower()), rcn_verify_variable_measure=False)
    theirs = Gtin.parse(key[1:], config=config)
    assert isinstance(theirs, Rcn)
    try:
        ours = read_measure(key, COUNTRY_RULES[country])
    except MeasureInvalid:
        wrong = next(rule for rule in COUNTRY_RULES[country] if rule.first <= str(prefix) <= rule.last)
        assert key[1:][wrong.named_by] != str(gs1_price_weight_check_digit(key[-1 - wrong.value : -1]))
        return
    figures = {MeasureOf.PRICE: theirs.price, MeasureOf.WEIGHT: theirs.weight, MeasureOf.COUNT: theirs.count}
    if ours is None:
        assert not any(figure is not None for figure in figures.values())
        return
    assert figures[ours.rule.of] == Decimal(ours.value).scaleb(-ours.rule.decimals)
    assert ours.code == key[1 : 1 + ours.rule.named_by]


def test_an_american_label_is_a_upc_a_in_every_spelling() -> None:
    body = "2" + "04011" + value_check_digit("1299") + "1299"
    label = body + str(ean.calc_check_digit(body))
    for spelled in (label, "0" + label, "00" + label):
        measure = read_measure(gtin_key(spelled), COUNTRY_RULES["US"])
        assert measure is not None
        assert (measure.code, measure.value, measure.rule.of) == ("204011", 1299, MeasureOf.PRICE)
    # An EAN-13 that begins with 2 is none.
    assert read_measure(code("204011012991"), COUNTRY_RULES["US"]) is None
    # A case of fourteen digits is no label of a scale, whatever the last thirteen look like.
    label = code("281234001500")
    assert read_measure(label, COUNTRY_RULES["CZ"]) is not None
    assert read_measure(code(f"1{label[1:-1]}"), COUNTRY_RULES["CZ"]) is None


@given(st.integers(0, 9999), st.integers(1, 9))
def test_a_wrong_check_digit_of_the_price_is_noticed(price: int, shift: int) -> None:
    value = f"{price:04d}"
    wrong = (int(value_check_digit(value)) + shift) % 10
    with pytest.raises(MeasureInvalid):
        read_measure(code(f"204011{wrong}{value}"), COUNTRY_RULES["US"])


def test_a_czech_label_carries_grams() -> None:
    measure = read_measure(code("281234001500"), COUNTRY_RULES["CZ"])
    assert measure is not None
    assert (measure.code, measure.value, measure.rule.of) == ("2812340", 1500, MeasureOf.WEIGHT)


def test_the_first_rule_that_fits_is_the_one() -> None:
    mine = CodeRule("21", "21", 5, 5, MeasureOf.WEIGHT, 3)
    measure = read_measure(code("210401100350"), (mine, *COUNTRY_RULES["SE"]))
    assert measure is not None
    assert (measure.code, measure.value, measure.rule) == ("2104011", 350, mine)


@pytest.mark.parametrize(
    "parts",
    [
        ("20", "24", 5, 6, MeasureOf.PRICE, 2),
        ("24", "20", 5, 5, MeasureOf.PRICE, 2),
        ("2", "24", 5, 5, MeasureOf.PRICE, 2),
        ("2x", "2x", 5, 5, MeasureOf.PRICE, 2),
        ("20", "24", 5, 5, MeasureOf.WEIGHT, 4),
        ("20", "24", 5, 5, MeasureOf.COUNT, 1),
        ("20", "24", 0, 10, MeasureOf.PRICE, 2),
    ],
)
def test_a_rule_no_code_can_follow_is_none(parts: tuple[str, str, int, int, MeasureOf, int]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        CodeRule(*parts)


@pytest.mark.parametrize(
    ("region", "currency", "country"),
    [("SE", "SEK", "SE"), ("US-NY", "USD", "US"), ("", "CZK", "CZ"), ("FI", "EUR", "FI"), ("CZ", "EUR", "CZ")],
)
def test_a_shop_has_the_table_of_its_country(region: str, currency: str, country: str) -> None:
    assert country_rules(region, currency) == COUNTRY_RULES[country]


def test_no_country_no_table() -> None:
    assert country_rules("", "EUR") == ()
    assert country_rules("FR", "EUR") == ()

"""Money never loses a unit: reading, dividing and spreading are exact or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import (
    MINOR_MAX,
    QUANTITY_MAX_THOUSANDTHS,
    AmountUnreadable,
    Money,
    Quantity,
    Unit,
    allocate,
    divide_half_up,
    exponent_of,
    extend,
    minor_decimal,
    minor_text,
)

CURRENCIES = st.sampled_from(["JPY", "USD", "CZK", "SEK", "KWD", "CLF"])
MINOR = st.integers(min_value=0, max_value=MINOR_MAX)
SIGNED = st.integers(min_value=-MINOR_MAX, max_value=MINOR_MAX)


@pytest.mark.parametrize(
    ("digits", "currencies"),
    [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, "USD CZK SEK EUR GBP HUF IDR LBP MGA MRU XYZ"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ],
)
def test_each_currency_has_its_own_minor_unit(digits: int, currencies: str) -> None:
    """ISO 4217, table A.1."""
    assert {currency: exponent_of(currency) for currency in currencies.split()} == dict.fromkeys(
        currencies.split(), digits
    )


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD"])
def test_more_than_any_shop_has_is_refused(currency: str) -> None:
    assert Money.read(minor_text(MINOR_MAX, currency), currency).minor == MINOR_MAX
    with pytest.raises(AmountUnreadable):
        Money.read(minor_text(MINOR_MAX + 1, currency), currency)


@given(MINOR, CURRENCIES)
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    assert Money.read(Money(minor, currency).text(), currency) == Money(minor, currency)


@given(SIGNED, CURRENCIES)
def test_text_and_decimal_say_the_same_amount(minor: int, currency: str) -> None:
    assert Fraction(minor_text(minor, currency)) == Fraction(minor_decimal(minor, currency))
    assert Fraction(minor, 10 ** exponent_of(currency)) == Fraction(minor_decimal(minor, currency))


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.3", "USD", 1230),
        (" 12.30 ", "USD", 1230),
        ("007", "USD", 700),
        ("1500", "JPY", 1500),
        ("0.25", "KWD", 250),
        ("0", "USD", 0),
    ],
)
def test_plain_amounts_are_read(text: str, currency: str, minor: int) -> None:
    assert Money.read(text, currency) == Money(minor, currency)


HOSTILE = [
    "", " ", ".", "1.", ".5", "-1", "+1", "1e3", "1_000", "1,50", "1 000", "0x10", "NaN", "Infinity", "١٢", "１２", "²",
    "1\x00", "1\n2", "--1", "1.2.3", "9" * 25, "1" + "0" * 17, "½", "12.30 Kč", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD"])
def test_anything_else_is_refused(text: str, currency: str) -> None:
    with pytest.raises(AmountUnreadable):
        Money.read(text, currency)


@pytest.mark.parametrize(("text", "currency"), [("1.0", "JPY"), ("1.001", "USD"), ("1.100", "USD"), ("1.0001", "KWD")])
def test_more_digits_than_the_currency_has_are_refused_not_rounded(text: str, currency: str) -> None:
    with pytest.raises(AmountUnreadable):
        Money.read(text, currency)


@given(st.text(max_size=30), CURRENCIES)
def test_no_text_does_worse_than_being_refused(text: str, currency: str) -> None:
    for read in (lambda: Money.read(text, currency), lambda: Quantity.read(text, Unit.KG)):
        try:
            read()
        except AmountUnreadable:
            continue


def test_two_currencies_never_add_up_and_a_float_is_no_amount() -> None:
    with pytest.raises(ValueError, match="USD"):
        Money(1, "USD") + Money(1, "CZK")
    with pytest.raises(ValueError, match="USD"):
        Money(1, "USD") - Money(1, "CZK")
    for wrong in (1.0, True, "1", None):
        with pytest.raises(TypeError):
            Money(wrong, "USD")  # type: ignore[arg-type]


@given(SIGNED, SIGNED)
def test_money_adds_as_integers_do(one: int, other: int) -> None:
    assert (Money(one, "USD") + Money(other, "USD")).minor == one + other
    assert Money(one, "USD") - Money(other, "USD") == Money(one, "USD") + -Money(other, "USD")


@given(SIGNED, st.integers(min_value=1))
def test_an_exact_half_goes_away_from_zero(halves: int, denominator: int) -> None:
    """Such a number is hardly ever drawn: it is made."""
    exact = Fraction(2 * halves + 1, 2)
    rounded = divide_half_up((2 * halves + 1) * denominator, 2 * denominator)
    assert rounded == (halves + 1 if halves >= 0 else halves)
    assert abs(rounded) > abs(exact)


@given(st.integers(), st.integers(min_value=1))
def test_half_goes_away_from_zero_on_both_sides(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = divide_half_up(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    assert divide_half_up(-numerator, denominator) == -rounded
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_dividing_by_nothing_or_less_is_a_mistake() -> None:
    for denominator in (0, -1):
        with pytest.raises(ValueError, match="positive"):
            divide_half_up(1, denominator)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=QUANTITY_MAX_THOUSANDTHS))
def test_quantity_times_price_is_within_half_a_unit(price: int, thousandths: int) -> None:
    extended = extend(price, Quantity(thousandths, Unit.KG))
    assert abs(extended - Fraction(price * thousandths, 1000)) <= Fraction(1, 2)


WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=30)


@given(SIGNED, WEIGHTS)
def test_parts_add_up_and_none_is_off_by_a_whole_unit(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights) or len(weights)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(total * (weight if any(weights) else 1), whole)
        assert abs(part - exact) < 1


@given(SIGNED, WEIGHTS)
def test_spreading_a_sale_and_its_return_cancels(total: int, weights: list[int]) -> None:
    assert allocate(-total, weights) == tuple(-part for part in allocate(total, weights))


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=20))
def test_on_a_tie_the_earlier_part_gets_the_unit(total: int, count: int) -> None:
    parts = allocate(total, [7] * count)
    assert list(parts) == sorted(parts, reverse=True)
    assert max(parts) - min(parts) <= 1


def test_what_cannot_be_spread() -> None:
    assert allocate(0, []) == ()
    assert allocate(5, [0, 0]) == (3, 2)
    with pytest.raises(ValueError, match="nothing to spread"):
        allocate(1, [])
    with pytest.raises(ValueError, match="negative"):
        allocate(1, [1, -1])


@given(st.integers(min_value=1, max_value=QUANTITY_MAX_THOUSANDTHS), st.sampled_from([*Unit]))
def test_quantities_are_read_back(thousandths: int, unit: Unit) -> None:
    quantity = Quantity(thousandths, unit)
    if quantity.sellable:
        assert Quantity.read(quantity.text(), unit) == quantity
    else:
        with pytest.raises(AmountUnreadable):
            Quantity.read(quantity.text(), unit)


@pytest.mark.parametrize("text", [*HOSTILE, "0", "0.000", "1.2345", "1000001", "0.0001"])
def test_quantities_that_cannot_be(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        Quantity.read(text, Unit.KG)


def test_part_of_a_piece_is_not_sold_and_trailing_zeros_change_nothing() -> None:
    with pytest.raises(AmountUnreadable):
        Quantity.read("1.5", Unit.PIECE)
    assert Quantity.read("2.0000", Unit.PIECE) == Quantity.pieces(2)
    assert Quantity.read("1.284", Unit.LB) == Quantity(1284, Unit.LB)
    assert Quantity.read("1000000", Unit.PIECE).sellable
    assert not Quantity(0).sellable
    assert not Quantity(-1000).sellable

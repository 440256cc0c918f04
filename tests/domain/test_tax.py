"""Net and tax always make the gross, on each line and on the receipt, whichever way prices are meant and tax rounds."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import AmountUnreadable
from pos.domain.tax import (
    MILLION,
    DatedRate,
    LineTax,
    PriceMode,
    Taxable,
    Taxed,
    TaxRate,
    TaxRounding,
    circle_of,
    read_percent,
    tax_lines,
)

RATES = (
    TaxRate("standard", 210_000),
    TaxRate("reduced", 120_000),
    TaxRate("city", 88_750),
    TaxRate("zero", 0),
    TaxRate("odd", 333_333),
    TaxRate("upon", 99_750, after=("standard", "bottle")),
    TaxRate("upon_that", 10_000, after=("upon",)),
    TaxRate("bottle", unit_amount=5),
    TaxRate("excise", 45_000, included=True),
    TaxRate("fuel", unit_amount=18, included=True),
)
LINES = st.lists(
    st.builds(
        Taxable,
        price=st.integers(min_value=-(10**6), max_value=10**9),
        rates=st.lists(st.sampled_from(RATES), max_size=4, unique=True).map(tuple),
        thousandths=st.integers(min_value=1, max_value=20_000),
    ),
    max_size=20,
)
MODES = st.sampled_from([*PriceMode])
ROUNDINGS = st.sampled_from([*TaxRounding])
# How far a line's taxes together may be off: each by its own rounding and at most one spread unit.
OFF = 2


def held(rate: TaxRate, mode: PriceMode) -> bool:
    return rate.included or mode is PriceMode.TAX_INCLUDED


def exact(line: Taxable, mode: PriceMode) -> dict[str, Fraction]:
    """Every tax of one line before any rounding, found by trying nets: taxes grow evenly with the net."""
    quantity = Fraction(line.thousandths, 1000)
    by_code = {rate.code: rate for rate in line.rates}

    def of(net: Fraction) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}

        def reckon(rate: TaxRate) -> Fraction:
            if rate.code not in found:
                upon = sum((reckon(by_code[code]) for code in rate.after if code in by_code), Fraction(0))
                unit = None if rate.unit_amount is None else rate.unit_amount * quantity
                found[rate.code] = Fraction(rate.rate_millionths, MILLION) * (net + upon) if unit is None else unit
            return found[rate.code]

        for rate in line.rates:
            reckon(rate)
        return found

    def gross(net: Fraction) -> Fraction:
        taxes = of(net)
        return net + sum((taxes[rate.code] for rate in line.rates if held(rate, mode)), Fraction(0))

    at_nothing, at_one = gross(Fraction(0)), gross(Fraction(1))
    return of((line.price - at_nothing) / (at_one - at_nothing))


def half_up(value: Fraction) -> int:
    """Rounded in another way than the program does it."""
    size = floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


@given(LINES, MODES, ROUNDINGS, st.booleans())
def test_net_and_tax_make_what_is_paid(
    lines: list[Taxable], mode: PriceMode, rounding: TaxRounding, exempt: bool
) -> None:
    charged = tax_lines(lines, mode=mode, rounding=rounding)
    for line, taxed in zip(lines, charged, strict=True):
        assert [tax.code for tax in taxed.taxes] == [rate.code for rate in line.rates]
        amounts = {tax.code: tax.amount for tax in taxed.taxes}
        inside = sum(amounts[rate.code] for rate in line.rates if held(rate, mode))
        assert taxed.net + inside == line.price
        for tax, rate in zip(taxed.taxes, line.rates, strict=True):
            assert tax.base == taxed.net + sum(amounts.get(code, 0) for code in rate.after)
    spared = tax_lines(lines, mode=mode, rounding=rounding, exempt=exempt)
    assert [taxed.net for taxed in spared] == [taxed.net for taxed in charged], "an exemption leaves the net"
    if exempt:
        assert not any(tax.amount for taxed in spared for tax in taxed.taxes)


@given(LINES, MODES)
def test_each_line_is_rounded_by_itself(lines: list[Taxable], mode: PriceMode) -> None:
    for line, taxed in zip(lines, tax_lines(lines, mode=mode, rounding=TaxRounding.LINE), strict=True):
        shares = exact(line, mode)
        for tax in taxed.taxes:
            assert tax.amount == half_up(shares[tax.code])


@given(LINES, MODES)
def test_the_receipt_is_rounded_once_and_its_lines_add_up_to_it(lines: list[Taxable], mode: PriceMode) -> None:
    charged: defaultdict[str, int] = defaultdict(int)
    owed: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line, taxed in zip(lines, tax_lines(lines, mode=mode, rounding=TaxRounding.RECEIPT), strict=True):
        shares = exact(line, mode)
        for tax in taxed.taxes:
            charged[tax.code] += tax.amount
            owed[tax.code] += shares[tax.code]
            assert abs(tax.amount - shares[tax.code]) < OFF
    assert charged == {code: half_up(amount) for code, amount in owed.items()}


@given(LINES, MODES, ROUNDINGS)
def test_the_same_lines_are_taxed_the_same(lines: list[Taxable], mode: PriceMode, rounding: TaxRounding) -> None:
    assert tax_lines(lines, mode=mode, rounding=rounding) == tax_lines(list(lines), mode=mode, rounding=rounding)


@given(LINES, MODES, st.randoms(use_true_random=False))
def test_what_each_tax_comes_to_is_independent_of_the_order_of_an_items_taxes(
    lines: list[Taxable], mode: PriceMode, chance: Random
) -> None:
    mixed = [line._replace(rates=tuple(chance.sample(line.rates, len(line.rates)))) for line in lines]
    for line, other in zip(
        tax_lines(lines, mode=mode, rounding=TaxRounding.LINE),
        tax_lines(mixed, mode=mode, rounding=TaxRounding.LINE),
        strict=True,
    ):
        assert line.net == other.net
        assert set(line.taxes) == set(other.taxes)


def test_a_tax_upon_another_is_reckoned_on_its_unrounded_amount() -> None:
    # 5 % of 0.10 is half a cent and charged as one; 50 % upon it is reckoned on 10.5 cents, not on 11.
    half = (TaxRate("first", 50_000), TaxRate("second", 500_000, after=("first",)))
    (taxed,) = tax_lines([Taxable(10, half)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    assert [tax.amount for tax in taxed.taxes] == [1, 5]
    rates = (TaxRate("first", 50_000), TaxRate("second", 100_000, after=("first",)))
    (taxed,) = tax_lines([Taxable(10_000, rates)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    assert taxed.taxes == (LineTax("first", 50_000, 10_000, 500), LineTax("second", 100_000, 10_500, 1_050))
    (taxed,) = tax_lines([Taxable(11_550, rates)], mode=PriceMode.TAX_INCLUDED, rounding=TaxRounding.LINE)
    assert (taxed.net, [tax.amount for tax in taxed.taxes]) == (10_000, [500, 1_050])


def test_an_amount_a_unit_follows_the_quantity_and_can_be_taxed_itself() -> None:
    rates = (TaxRate("bottle", unit_amount=5), TaxRate("vat", 200_000, after=("bottle",)))
    (taxed,) = tax_lines([Taxable(600, rates, 6_000)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    assert taxed == Taxed(600, (LineTax("bottle", 0, 600, 30, 5), LineTax("vat", 200_000, 630, 126)))
    (taxed,) = tax_lines([Taxable(756, rates, 6_000)], mode=PriceMode.TAX_INCLUDED, rounding=TaxRounding.LINE)
    assert (taxed.net, [tax.amount for tax in taxed.taxes]) == (600, [30, 126])


def test_one_tax_is_in_the_price_though_others_are_added() -> None:
    rates = (TaxRate("excise", 100_000, included=True), TaxRate("sales", 80_000))
    (taxed,) = tax_lines([Taxable(1_100, rates)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    assert taxed == Taxed(
        1_000, (LineTax("excise", 100_000, 1_000, 100, None, True), LineTax("sales", 80_000, 1_000, 80))
    )


def test_goods_taken_back_on_the_same_receipt_keep_their_own_tax() -> None:
    ten = (TaxRate("ten", 100_000),)
    taxed = tax_lines([Taxable(1_005, ten), Taxable(-305, ten)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.RECEIPT)
    assert [line.taxes[0].amount for line in taxed] == [101, -31]
    # 100.5, 100.9 and -30.5 make 170.9: the two units left go where most of one is owed.
    three = [Taxable(price, ten) for price in (1_005, 1_009, -305)]
    taxed = tax_lines(three, mode=PriceMode.TAX_ADDED, rounding=TaxRounding.RECEIPT)
    assert [line.taxes[0].amount for line in taxed] == [101, 101, -31]


@pytest.mark.parametrize(
    ("day", "rate"),
    [(None, 70_000), ("2026-06-30", 70_000), ("2026-07-01", 72_500), ("2027-12-31", 72_500), ("2028-01-01", 0)],
)
def test_a_rate_begins_on_its_day(day: str | None, rate: int) -> None:
    dated = TaxRate("state", 70_000, dated=(DatedRate("2026-07-01", 72_500), DatedRate("2028-01-01", 0)))
    assert dated.on(None if day is None else date.fromisoformat(day)) == TaxRate("state", rate)
    amount = TaxRate("bottle", unit_amount=5, dated=(DatedRate("2026-07-01", 7),))
    assert amount.on(date(2026, 7, 1)) == TaxRate("bottle", unit_amount=7)


def test_a_tax_reckoned_upon_itself_is_found() -> None:
    assert circle_of(RATES) is None
    assert circle_of([TaxRate("a", after=("a",))]) == "a"
    assert circle_of([TaxRate("x"), TaxRate("a", after=("b",)), TaxRate("b", after=("x", "a"))]) == "a"


def test_known_receipts() -> None:
    city = (TaxRate("city", 88_750),)
    (taxes,) = tax_lines([Taxable(10_000, city)], mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    assert taxes == Taxed(10_000, (LineTax("city", 88_750, 10_000, 888),))
    vat = (TaxRate("vat", 210_000),)
    (taxes,) = tax_lines([Taxable(12_100, vat)], mode=PriceMode.TAX_INCLUDED, rounding=TaxRounding.LINE)
    assert taxes == Taxed(10_000, (LineTax("vat", 210_000, 10_000, 2_100),))
    # Three lines of 0.05 at 10 %: rounded one by one 0.03, together 0.02.
    ten = Taxable(5, (TaxRate("ten", 100_000),))
    by_line = tax_lines([ten] * 3, mode=PriceMode.TAX_ADDED, rounding=TaxRounding.LINE)
    by_receipt = tax_lines([ten] * 3, mode=PriceMode.TAX_ADDED, rounding=TaxRounding.RECEIPT)
    assert [line.taxes[0].amount for line in by_line] == [1, 1, 1]
    assert [line.taxes[0].amount for line in by_receipt] == [1, 1, 0]


@pytest.mark.parametrize(
    ("text", "millionths"), [("8.875", 88_750), ("21", 210_000), ("0", 0), ("100", MILLION), (" 7.25 ", 72_500)]
)
def test_rates_are_read(text: str, millionths: int) -> None:
    assert read_percent(text) == millionths


@pytest.mark.parametrize("text", ["", "-1", "100.0001", "101", "8,875", "1.", "1.23456", "٢١", "1e1", "²", ".5", "8.²"])
def test_rates_that_cannot_be(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        read_percent(text)

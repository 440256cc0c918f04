"""Cells of another system's sales: exact amounts, quantities of either sign, dates in either order."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.sale_cells import (
    NANOS,
    CellFault,
    DateSpelling,
    in_minor,
    in_nanos,
    nanos_text,
    order_open,
    order_told,
    read_day,
    read_moment,
    read_nanos,
    read_thousandths,
    read_time,
)

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@given(AMOUNTS)
def test_an_amount_is_read_exactly(amount: Decimal) -> None:
    assert Decimal(read_nanos(f"{amount:f}")) == amount * NANOS


@given(st.integers(-(10**18), 10**18), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_what_is_shown_of_an_amount_is_all_of_it(nanos: int, currency: str) -> None:
    assert Decimal(nanos_text(nanos, currency)) * NANOS == nanos


@given(st.integers(-(10**12), 10**12), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_minor_units_come_back_as_they_were(minor: int, currency: str) -> None:
    assert in_minor(in_nanos(minor, currency), currency) == (minor, True)


@given(st.integers(-(10**15), 10**15))
def test_rounding_moves_no_amount_by_more_than_half_a_penny(nanos: int) -> None:
    minor, exact = in_minor(nanos, "GBP")
    assert abs(in_nanos(minor, "GBP") - nanos) * 2 <= in_nanos(1, "GBP")
    assert exact == (in_nanos(minor, "GBP") == nanos)
    # What was sold and what came back of it are rounded alike.
    assert in_minor(-nanos, "GBP")[0] == -minor


@pytest.mark.parametrize("text", ["", "1,234", "1 234.00", "£2.55", "1.2345678", "1e5", "--1", "٣", "9" * 16, "nan"])
def test_what_may_be_meant_in_two_ways_or_none_is_no_amount(text: str) -> None:
    with pytest.raises(CellFault):
        read_nanos(text)


def test_a_comma_after_nothing_parts_no_thousands() -> None:
    assert read_nanos("0,125") == NANOS // 8


@pytest.mark.parametrize(("text", "thousandths"), [("6", 6_000), ("-1", -1_000), ("0,75", 750), ("−2", -2_000)])
def test_quantities_have_either_sign(text: str, thousandths: int) -> None:
    assert read_thousandths(text) == thousandths


@pytest.mark.parametrize("text", ["0.0001", "1000001", "six"])
def test_no_quantity(text: str) -> None:
    with pytest.raises(CellFault):
        read_thousandths(text)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    first, last = f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"
    assert read_day(first, DateSpelling.DAY_FIRST) == read_day(last, DateSpelling.MONTH_FIRST) == day
    assert read_day(f"{day.day}. {day.month}. {day.year}", DateSpelling.MONTH_FIRST) == day
    assert read_day(day.isoformat(), None) == read_day(f"{day:%Y%m%d}", None) == day
    # Whatever tells an order tells the right one, and what tells none is open unless both orders agree.
    assert order_told(first) in {None, DateSpelling.DAY_FIRST}
    assert order_told(last) in {None, DateSpelling.MONTH_FIRST}
    assert (order_told(first) is None) == (day.day <= 12)
    assert order_open(first) == (day.day <= 12 and day.day != day.month)


@pytest.mark.parametrize("text", ["31/12/24", "2026-13-01", "32.1.2026", "yesterday", ""])
def test_no_day(text: str) -> None:
    with pytest.raises(CellFault):
        read_day(text, DateSpelling.DAY_FIRST)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (("2010-12-01 08:26:00", ""), moment("2010-12-01 08:26:00")),
        (("2010-12-01T08:26:07.123", ""), moment("2010-12-01 08:26:07")),
        (("1. 12. 2010 8:26", ""), moment("2010-12-01 08:26:00")),
        (("12/1/2010 8:26 PM", ""), moment("2010-12-01 20:26:00")),
        (("2010-12-01", "23.59"), moment("2010-12-01 23:59:00")),
        (("2010-12-01", ""), moment("2010-12-01 00:00:00")),
    ],
)
def test_moments_as_systems_write_them(said: tuple[str, str], at: datetime) -> None:
    assert read_moment(*said, DateSpelling.MONTH_FIRST) == at


@pytest.mark.parametrize("text", ["24:00", "8:61", "13:00 pm", "noon"])
def test_no_time(text: str) -> None:
    with pytest.raises(CellFault):
        read_time(text)

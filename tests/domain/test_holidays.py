"""Holidays as calendars print them, and the shop's own list before them."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.holidays import days_off, easter_sunday

NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)


def in_year(region: str, year: int = 2026) -> list[str]:
    days = days_off(region, None, date(year, 1, 1), date(year, 12, 31))
    return sorted(day.isoformat()[5:] for day in days)


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2000, "04-23"),
        (2008, "03-23"),
        (2011, "04-24"),
        (2024, "03-31"),
        (2025, "04-20"),
        (2026, "04-05"),
        (2038, "04-25"),
    ],
)
def test_easter(year: int, easter: str) -> None:
    assert easter_sunday(year).isoformat()[5:] == easter


def test_the_united_states_keep_a_holiday_of_the_weekend_on_the_nearest_working_day() -> None:
    # 4 July 2026 is a Saturday and kept on Friday.
    assert in_year("US-NY") == [
        "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25",
    ]  # fmt: skip
    # 1 January 2022 was a Saturday: the last day of 2021 was kept.
    assert "12-31" in in_year("US", 2021)
    assert "06-20" in in_year("US", 2022)
    assert "06-19" not in in_year("US", 2020)


def test_czechia() -> None:
    assert in_year("CZ") == [
        "01-01", "04-03", "04-06", "05-01", "05-08", "07-05", "07-06", "09-28", "10-28", "11-17", "12-24", "12-25",
        "12-26",
    ]  # fmt: skip


def test_sweden_with_the_eves_that_end_no_deadline() -> None:
    assert in_year("SE") == [
        "01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06", "06-19", "06-20", "10-31",
        "12-24", "12-25", "12-26", "12-31",
    ]  # fmt: skip


def test_germany() -> None:
    assert in_year("DE") == ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26"]


def test_the_shops_own_days_go_before_the_regions() -> None:
    assert days_off("US", ("2026-03-02",), NEW_YEAR, NEW_YEARS_EVE) == {date(2026, 3, 2)}
    assert days_off("US", (), NEW_YEAR, NEW_YEARS_EVE) == frozenset()
    assert days_off("XX", None, NEW_YEAR, NEW_YEARS_EVE) == frozenset()
    assert date(2027, 1, 1) in days_off("CZ", None, NEW_YEAR, date(2027, 2, 1))

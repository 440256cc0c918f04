"""Days that are no business days beside Saturday and Sunday: those of the region's law, or the shop's own list.

As of 2026. Sources: US federal holidays 5 U.S.C. § 6103 (one on a Saturday is kept on Friday, one on a Sunday on
Monday); CZ zákon č. 245/2000 Sb. § 1 and 2; SE lag (1989:253) om allmänna helgdagar, and the three eves that lag
(1930:173) § 2 puts beside them for deadlines; DE the days all its states keep. A region not named here has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

_MONDAY, _THURSDAY, _SATURDAY = 0, 3, 5
_DAY = timedelta(days=1)


def days_off(region: str, own: tuple[str, ...] | None, first: date, last: date) -> frozenset[date]:
    """The holidays from the first year to the last: `own` days (ISO 8601) where the shop lists them, else the region's.

    A region's part ("US-NY") keeps its country's days.
    """
    if own is not None:
        return frozenset(date.fromisoformat(day) for day in own)
    country = region.partition("-")[0]
    return frozenset(day for year in range(first.year, last.year + 1) for day in _of(country, year))


@lru_cache(maxsize=64)
def _of(country: str, year: int) -> frozenset[date]:
    known = {"US": _united_states, "CZ": _czechia, "SE": _sweden, "DE": _germany}.get(country)
    return frozenset() if known is None else frozenset(known(year))


def _united_states(year: int) -> Iterable[date]:
    yield from (
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _last_monday_of_may(year),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 10, _MONDAY, 2),
        _nth(year, 11, _THURSDAY, 4),
    )
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))
    for day in fixed:
        # A New Year's Day on a Saturday is kept on the last day of the year before.
        kept = day - _DAY if day.weekday() == _SATURDAY else day + _DAY if day.weekday() > _SATURDAY else day
        yield from (each for each in (day, kept) if each.year == year)


def _czechia(year: int) -> Iterable[date]:
    fixed = ((1, 1), (5, 1), (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17), (12, 24), (12, 25), (12, 26))
    yield from (date(year, month, day) for month, day in fixed)
    # Good Friday since 2016.
    yield from _around_easter(year, 1, *((-2,) if year >= 2016 else ()))


def _sweden(year: int) -> Iterable[date]:
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    yield from (date(year, month, day) for month, day in fixed)
    yield from _around_easter(year, -2, 0, 1, 39, 49)
    midsummer = _next_saturday(date(year, 6, 20))
    yield from (midsummer - _DAY, midsummer, _next_saturday(date(year, 10, 31)))


def _germany(year: int) -> Iterable[date]:
    yield from (date(year, month, day) for month, day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26)))
    yield from _around_easter(year, -2, 1, 39, 50)


def _around_easter(year: int, *days: int) -> Iterable[date]:
    easter = easter_sunday(year)
    return (easter + timedelta(days=each) for each in days)


def easter_sunday(year: int) -> date:
    """Of the western churches (the anonymous Gregorian computus, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, part = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - moved + 15) % 30
    quarter, left = divmod(rest, 4)
    week = (32 + 2 * part + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _next_saturday(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)

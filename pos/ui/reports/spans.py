"""Stretches of days a report is asked for: the usual ones by name, any other as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pos.wording import N_

TODAY, YESTERDAY, WEEK, MONTH, LAST_MONTH = "today", "yesterday", "week", "month", "last_month"
SPANS: dict[str, str] = {
    TODAY: N_("Today"),
    YESTERDAY: N_("Yesterday"),
    WEEK: N_("7 days"),
    MONTH: N_("This month"),
    LAST_MONTH: N_("Last month"),
}
# Between two days: a dash with or without room around it, dots, or room alone. A day's own dashes stand close.
_BETWEEN = re.compile(r"\s+[-–]\s+|\s*–\s*|\s*\.{2,}\s*|\s+")
Days = tuple[date, date]


def named(name: str, today: date) -> Days:
    """The days of a usual stretch, both included."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        TODAY: (today, today),
        YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
        WEEK: (today - timedelta(days=6), today),
        MONTH: (first, today),
        LAST_MONTH: (before.replace(day=1), before),
    }[name]


def typed(text: str, read: Callable[[str], date | None]) -> Days | None:
    """One day or two, in whichever order; None where they are none. `read` makes a day of its text."""
    alone = read(text.strip())
    if alone is not None:
        return alone, alone
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    for cut in range(1, len(parts)):
        ends = read(" ".join(parts[:cut])), read(" ".join(parts[cut:]))
        if ends[0] is not None and ends[1] is not None:
            return min(ends[0], ends[1]), max(ends[0], ends[1])
    return None


def turned(days: Days, by: int) -> Days:
    """The stretch as long before (−1) or after (1) this one: as many months where it is whole months, else days."""
    since, until = days
    if months := whole_months(days):
        first = _months_on(since, months * by)
        return first, _months_on(first, months) - timedelta(days=1)
    length = (until - since + timedelta(days=1)) * by
    return since + length, until + length


def whole_months(days: Days) -> int:
    """How many whole months of the calendar these days are; 0 where they are none."""
    since, after = days[0], days[1] + timedelta(days=1)
    if since.day != 1 or after.day != 1:
        return 0
    return (after.year - since.year) * 12 + after.month - since.month


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)

"""What single cells of another system's sales say: amounts of any fineness, quantities, moments in either order."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from pos.domain.money import QUANTITY_MAX_THOUSANDTHS, divide_half_up, exponent_of
from pos.domain.names import StrEnum

# Amounts of a file are counted in thousand-millionths of the currency: a price of six digits after the point times a
# quantity of three is still a whole number of them, so control totals are exact whatever the file holds.
NANOS_DIGITS = 9
NANOS: int = 10**NANOS_DIGITS
_PRICE_DIGITS = 6
_PRICE_MAX = 10**12
_NUMBER = re.compile(r"([-−]?)([0-9]{1,15})(?:([.,])([0-9]+))?\Z")
_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})\Z")
_PARTED = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4})\Z")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?:[.,][0-9]+)?\s*([AaPp][Mm])?\Z")


class DateSpelling(StrEnum):
    """Which comes first where both could be the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class CellFault(ValueError):
    """The cell does not say what its column is to hold."""


def read_nanos(text: str) -> int:
    """An amount with a point or a comma before the parts, below zero too. Raises CellFault.

    "1,234" may be a thousand or one and a part, so it is refused, as in lists of items; "0,125" can be one thing only.
    """
    found = _NUMBER.match(text)
    if found is None or (found[3] == "," and len(found[4]) == 3 and found[2] != "0"):
        raise CellFault(text)
    sign, whole, _, parts = found.groups(default="")
    parts = parts.rstrip("0")
    if len(parts) > _PRICE_DIGITS or int(whole) > _PRICE_MAX:
        raise CellFault(text)
    nanos = int(whole) * NANOS + int(parts.ljust(NANOS_DIGITS, "0") or 0)
    return -nanos if sign else nanos


def read_thousandths(text: str) -> int:
    """A quantity in thousandths, below zero for what came back. Raises CellFault."""
    nanos = read_nanos(text)
    thousandths, rest = divmod(nanos, NANOS // 1000)
    if rest or abs(thousandths) > QUANTITY_MAX_THOUSANDTHS:
        raise CellFault(text)
    return thousandths


def in_minor(nanos: int, currency: str) -> tuple[int, bool]:
    """The amount in minor units, rounded half up away from zero, and whether nothing was lost by that."""
    per_minor: int = 10 ** (NANOS_DIGITS - exponent_of(currency))
    minor = divide_half_up(abs(nanos), per_minor)
    exact = minor * per_minor == abs(nanos)
    return (-minor if nanos < 0 else minor), exact


def in_nanos(minor: int, currency: str) -> int:
    """An amount in minor units as files are counted."""
    per_minor: int = 10 ** (NANOS_DIGITS - exponent_of(currency))
    return minor * per_minor


def nanos_text(nanos: int, currency: str) -> str:
    """The amount with as many digits as the currency has, more where it is finer: exact, never rounded."""
    whole, rest = divmod(abs(nanos), NANOS)
    digits = f"{rest:0{NANOS_DIGITS}d}"
    shown = max(exponent_of(currency), len(digits.rstrip("0")))
    parts = f".{digits[:shown]}" if shown else ""
    return f"{'-' if nanos < 0 else ''}{whole}{parts}"


def date_and_time(text: str) -> tuple[str, str]:
    """The cell cut where the time begins; the second part is empty where there is none."""
    text = text.strip()
    if len(text) > 10 and text[10] == "T":
        return text[:10], text[11:]
    head, _, tail = text.partition(" ")
    while tail and not _TIME.match(tail) and " " in tail:  # "1. 2. 2026 8:30"
        more, _, tail = tail.partition(" ")
        head = f"{head} {more}"
    return (head, tail) if not tail or _TIME.match(tail) else (text, "")


def order_told(text: str) -> DateSpelling | None:
    """What the order must be by this date alone; None where it says nothing. Dots are always read day first."""
    found = _PARTED.match(text)
    if found is None or found[2] == ".":
        return None
    if int(found[1]) > 12:
        return DateSpelling.DAY_FIRST
    return DateSpelling.MONTH_FIRST if int(found[3]) > 12 else None


def order_open(text: str) -> bool:
    """Whether this date can be read in two orders that differ."""
    found = _PARTED.match(text)
    return (
        found is not None
        and found[2] != "."
        and int(found[1]) <= 12
        and int(found[3]) <= 12
        and int(found[1]) != int(found[3])
    )


def read_day(text: str, order: DateSpelling | None) -> date:
    """A day with a year of four digits. Raises CellFault."""
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if found := _PARTED.match(text):
            first, second = int(found[1]), int(found[3])
            month_first = found[2] != "." and order is DateSpelling.MONTH_FIRST
            day, month = (second, first) if month_first else (first, second)
            return date(int(found[4]), month, day)
    except ValueError as error:
        raise CellFault(text) from error
    raise CellFault(text)


def read_time(text: str) -> time:
    """A time of day to the second, in 24 hours or with am and pm. Raises CellFault."""
    found = _TIME.match(text.strip())
    if found is None:
        raise CellFault(text)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise CellFault(text)
        hour = hour % 12 + (12 if found[4].casefold() == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise CellFault(text) from error


def read_moment(day_text: str, time_text: str, order: DateSpelling | None) -> datetime:
    """The moment on the shop's clock as the file says it, midnight where it says no time. Raises CellFault."""
    day, inside = date_and_time(day_text)
    said = time_text or inside
    return datetime.combine(read_day(day, order), read_time(said) if said else time())

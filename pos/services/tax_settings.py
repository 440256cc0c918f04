"""A tax as settings: what it is, and what it will be from which day on. Typed "2027-01-01 12.5", one a line: the rate
in per cent, or the amount of a tax by the unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pos.domain.money import AmountUnreadable, Money, minor_text
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.tax import DatedRate, TaxRate, read_percent

DATES_MAX = 20
# In minor units a unit.
AMOUNT_MAX = 100_000
_SHOWN_MAX = 40

Get = Callable[[ShopRules], Any]
Put = Callable[[ShopRules, Any], ShopRules]


def rate_of(code: str) -> tuple[Get, Put]:
    """The rate in millionths, or the amount a unit in minor units, before any dated one; everything else stays."""

    def get(rules: ShopRules) -> int:
        found = _found(rules, code)
        return found.rate_millionths if found.unit_amount is None else found.unit_amount

    def put(rules: ShopRules, value: int) -> ShopRules:
        if _found(rules, code).unit_amount is None:
            return _with(rules, code, rate_millionths=value)
        return _with(rules, code, unit_amount=value)

    return get, put


def dated_of(code: str) -> tuple[Get, Put]:
    """The later rates or amounts, one a line with the day it begins."""

    def get(rules: ShopRules) -> tuple[str, ...]:
        found = _found(rules, code)
        if found.unit_amount is None:
            return tuple(f"{dated.starts} {_percent(dated.value)}" for dated in found.dated)
        return tuple(f"{dated.starts} {minor_text(dated.value, rules.currency)}" for dated in found.dated)

    def put(rules: ShopRules, value: tuple[str, ...]) -> ShopRules:
        currency = "" if _found(rules, code).unit_amount is None else rules.currency
        read = (_read(line, currency) for line in _lines(value))
        return _with(rules, code, dated=tuple(sorted(read, key=lambda dated: dated.starts)))

    return get, put


def refused_rates(value: object, *, currency: str = "") -> Refused | None:
    """Why these lines are no later rates, or amounts of a currency where one is named; None where they are, each for
    a day of its own.
    """

    def refused(line: str) -> Refused:
        most = {"most": Money(AMOUNT_MAX, currency)} if currency else {}
        return Refused(Code.TAX_DATE_INVALID, {"line": line[:_SHOWN_MAX], **most})

    if not isinstance(value, tuple) or len(_lines(value)) > DATES_MAX:
        return refused(str(value))
    days: set[str] = set()
    for line in _lines(value):
        try:
            starts = _read(line, currency).starts
        except (ValueError, AmountUnreadable):
            return refused(line)
        if starts in days:
            return refused(line)
        days.add(starts)
    return None


def _lines(value: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in value if line.strip()]


def _read(line: str, currency: str) -> DatedRate:
    """A rate, or an amount of this currency where one is named. Raises ValueError or AmountUnreadable."""
    day, _, value = line.partition(" ")
    starts = date.fromisoformat(day).isoformat()
    plain = value.replace(",", ".").strip()
    if not currency:
        return DatedRate(starts, read_percent(plain.replace("%", "").strip()))
    amount = Money.read(plain, currency)
    if amount.minor > AMOUNT_MAX:
        raise AmountUnreadable(plain)
    return DatedRate(starts, amount.minor)


def _percent(millionths: int) -> str:
    whole, part = divmod(millionths, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") if part else str(whole)


def _found(rules: ShopRules, code: str) -> TaxRate:
    """Raises LookupError where the shop has no such tax."""
    found = next((rate for rate in rules.tax_rates if rate.code == code), None)
    if found is None:
        raise LookupError(code)
    return found


def _with(rules: ShopRules, code: str, **changed: Any) -> ShopRules:
    rates = tuple(replace(rate, **changed) if rate.code == code else rate for rate in rules.tax_rates)
    return replace(rules, tax_rates=rates)

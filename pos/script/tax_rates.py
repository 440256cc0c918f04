"""`shop.tax_rates` of a lane script: a rate in per cent, or a map that says more of it."""

from __future__ import annotations

import re
from datetime import date

from pos.domain.money import AmountUnreadable
from pos.domain.tax import DatedRate, TaxRate, circle_of, read_percent
from pos.script.fields import Part, bad_choice, part
from pos.script.read import Fields, ScriptError, Text
from pos.wording import N_

_TAX_CODE = re.compile(r"[\w.-]{1,40}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_tax_rates(rates: Part, currency: str) -> tuple[TaxRate, ...]:
    """Every tax of the shop, in the order of the file. Raises ScriptError."""
    found = tuple(_tax_rate(rates, code, currency) for code in rates.fields.values)
    codes = [rate.code for rate in found]
    for rate in found:
        for code in rate.after:
            if code not in codes:
                raise bad_choice("after", code, codes, rates.line_of(rate.code))
    circle = circle_of(found)
    if circle is not None:
        message = N_("“{key}” is reckoned upon itself. Take it out of “after”.")
        raise ScriptError(rates.line_of(circle), message, key=circle)
    return found


def _tax_rate(rates: Part, code: str, currency: str) -> TaxRate:
    line = rates.line_of(code)
    if not _TAX_CODE.fullmatch(code):
        raise ScriptError(line, N_("“{key}” cannot be “{value}”."), key="tax_rates", value=code)
    node = rates.fields.values[code]
    if isinstance(node, Text):
        return TaxRate(code, _percent(code, node))
    if not isinstance(node, Fields):
        raise ScriptError(line, N_("“{key}” is to be one value."), key=code)
    full = part(node, f"shop.tax_rates.{code}")
    if full.get("amount") is None:
        full.keys(("rate", "after", "included", "from"))
        return TaxRate(
            code,
            _percent(code, Text(full.needed("rate"), full.line_of("rate"))),
            after=tuple(row.text for row in full.texts("after")),
            included=full.yes("included"),
            dated=_dated(full, code, None),
        )
    full.keys(("amount", "included", "from"))
    return TaxRate(
        code,
        unit_amount=full.money("amount", currency),
        included=full.yes("included"),
        dated=_dated(full, code, currency),
    )


def _dated(full: Part, code: str, currency: str | None) -> tuple[DatedRate, ...]:
    """Later values by the day they begin: per cent, or amounts where the tax is one."""
    later = full.part("from")
    if later is None:
        return ()
    dated = []
    for day in later.fields.values:
        if not _is_day(day):
            raise ScriptError(later.line_of(day), N_("“{key}” cannot be “{value}”."), key="from", value=day)
        text = Text(later.needed(day), later.line_of(day))
        dated.append(DatedRate(day, _percent(code, text) if currency is None else later.money(day, currency)))
    return tuple(sorted(dated, key=lambda each: each.starts))


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _percent(code: str, node: Text) -> int:
    try:
        return read_percent(node.text)
    except AmountUnreadable as error:
        message = N_("“{key}” cannot be “{value}”: that is no rate in per cent.")
        raise ScriptError(node.line, message, key=code, value=node.text) from error

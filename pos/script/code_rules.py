"""`shop.code_rules` of a lane script: how in-store codes are cut into item and value."""

from __future__ import annotations

import re

from pos.domain.measure_codes import CodeRule, MeasureOf
from pos.domain.money import Unit
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.wording import N_

_PREFIX = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")


def read_code_rules(shop: Part) -> tuple[CodeRule, ...]:
    """Raises ScriptError for a rule no code can follow."""
    return tuple(_rule(row) for row in shop.parts("code_rules"))


def _rule(row: Part) -> CodeRule:
    row.keys(("prefix", "item", "value", "of", "decimals", "checked", "unit", "weigh"))
    prefix = _PREFIX.fullmatch(row.needed("prefix").replace(" ", ""))
    if prefix is None:
        raise row.wrong("prefix")
    row.needed("of")
    of = MeasureOf(row.choice("of", list(MeasureOf)) or MeasureOf.PRICE)
    try:
        return CodeRule(
            first=prefix[1],
            last=prefix[2] or prefix[1],
            item=_whole(row, "item"),
            value=_whole(row, "value"),
            of=of,
            decimals=_decimals(row, of),
            checked=row.yes("checked"),
            unit=Unit(row.choice("unit", [Unit.KG, Unit.LB]) or Unit.KG),
            weigh=row.yes("weigh"),
        )
    except ValueError as error:
        message = N_("No code can follow this rule: its digits come to 12 or 13 with the check digit at the end.")
        raise ScriptError(row.line, message) from error


def _decimals(row: Part, of: MeasureOf) -> int:
    """Left out: 3 for a weight, 2 for a price, none for a count."""
    if row.get("decimals") is None:
        return {MeasureOf.WEIGHT: 3, MeasureOf.PRICE: 2, MeasureOf.COUNT: 0}[of]
    return _whole(row, "decimals")


def _whole(row: Part, key: str) -> int:
    text = row.needed(key)
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise row.wrong(key)
    return int(text)

"""In-store codes that carry a weight, a price or a count: which digits say what, country by country.

GS1 keeps the numbers that begin with 2 for use inside a shop or a country and leaves their inside to each of them
(GS1 General Specifications, 2.1.11 and 2.1.12). Real item codes begin with 2 too: whoever reads these asks the
catalogue first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pos.domain.frozen import dataclass
from pos.domain.money import Unit
from pos.domain.names import StrEnum

_LENGTHS = (12, 13)
_WEIGHT_UNITS = (Unit.KG, Unit.LB)
_WEIGHT_DECIMALS_MAX = 3
_PRICE_DECIMALS_MAX = 4


class MeasureOf(StrEnum):
    """What the value in a code is."""

    PRICE = "price"
    WEIGHT = "weight"
    COUNT = "count"


class RuleFault(StrEnum):
    """Why something is no rule."""

    CELLS = "cells"
    PREFIX = "prefix"
    LENGTH = "length"
    CHECK = "check"
    DECIMALS = "decimals"
    UNIT = "unit"


class CodeRuleInvalid(ValueError):
    """No code can follow this; `fault` says why."""

    def __init__(self, fault: RuleFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class CodeRule:
    """How the codes that begin with `first` to `last` are cut: prefix, item, value and at the end the check digit.

    `checked`: a check digit of the value stands before it. `unit` is that of a weight. `weigh`: a price becomes the
    weight it is the price of, where that comes out even; otherwise it is the price of one piece, whatever it weighs.
    The digits come to 12 (a UPC-A) or 13 (an EAN-13). Raises CodeRuleInvalid for a rule no code can follow.
    """

    first: str
    last: str
    item: int
    value: int
    of: MeasureOf
    decimals: int
    checked: bool = False
    unit: Unit = Unit.KG
    weigh: bool = False

    def __post_init__(self) -> None:
        digits = (self.first + self.last).isascii() and (self.first + self.last).isdigit()
        if not digits or len(self.first) != len(self.last) or self.first > self.last:
            raise CodeRuleInvalid(RuleFault.PREFIX)
        if self.item < 1 or self.value < 1 or self.length not in _LENGTHS:
            raise CodeRuleInvalid(RuleFault.LENGTH)
        if self.checked and self.value not in {4, 5}:
            raise CodeRuleInvalid(RuleFault.CHECK)
        most = {MeasureOf.PRICE: _PRICE_DECIMALS_MAX, MeasureOf.WEIGHT: _WEIGHT_DECIMALS_MAX, MeasureOf.COUNT: 0}
        if not 0 <= self.decimals <= most[self.of]:
            raise CodeRuleInvalid(RuleFault.DECIMALS)
        if self.unit not in _WEIGHT_UNITS:
            raise CodeRuleInvalid(RuleFault.UNIT)

    @property
    def length(self) -> int:
        """How many digits the whole code has."""
        return len(self.first) + self.item + self.checked + self.value + 1

    @property
    def named_by(self) -> int:
        """How many leading digits name the item: an item's measure code has as many."""
        return len(self.first) + self.item


@dataclass(frozen=True, slots=True)
class Measure:
    """What a code carries: `code` names the item, `value` is in units of 10 to the power of minus `rule.decimals`."""

    code: str
    value: int
    rule: CodeRule

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What an item's measure code may be to be meant by this: as many leading digits as the rule gives the item, or
        fewer; a UPC-A also with the zero that makes it an EAN-13.
        """
        shortest = len(self.rule.first) + 1
        plain = [self.code[:length] for length in range(shortest, len(self.code) + 1)]
        return (*plain, *[f"0{code}" for code in plain if self.rule.length < max(_LENGTHS)])


_KINDS = frozenset(kind.value for kind in MeasureOf)
_PREFIX = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")
_DIGITS = re.compile(r"[0-9]{1,2}")


def read_code_rule(line: str) -> CodeRule:
    """A rule as a shop writes it: prefix, digits of the item, digits of the value, what it is, its decimals, and then
    in any order "checked", "lb", "weigh": "20-22 6 4 price 2". Raises CodeRuleInvalid for what is none.
    """
    first, item, value, of, decimals, *more = [*line.split(), *[""] * 5][: max(5, len(line.split()))]
    prefix = _PREFIX.fullmatch(first)
    further = [word for word in more if word]
    if prefix is None or of not in _KINDS or not all(_DIGITS.fullmatch(digits) for digits in (item, value, decimals)):
        raise CodeRuleInvalid(RuleFault.CELLS)
    if len(set(further)) != len(further) or not set(further) <= {"checked", "lb", "weigh"}:
        raise CodeRuleInvalid(RuleFault.CELLS)
    unit = Unit.LB if "lb" in further else Unit.KG
    return CodeRule(
        prefix[1],
        prefix[2] or prefix[1],
        int(item),
        int(value),
        MeasureOf(of),
        int(decimals),
        checked="checked" in further,
        unit=unit,
        weigh="weigh" in further,
    )


def rule_fault(line: str) -> RuleFault | None:
    """Why a line is no rule, or None."""
    try:
        read_code_rule(line)
    except CodeRuleInvalid as none:
        return none.fault
    return None


def write_code_rule(rule: CodeRule) -> str:
    """The same as one line."""
    prefix = rule.first if rule.first == rule.last else f"{rule.first}-{rule.last}"
    further = [("checked", rule.checked), ("lb", rule.unit is Unit.LB), ("weigh", rule.weigh)]
    said = [prefix, str(rule.item), str(rule.value), rule.of.value, str(rule.decimals)]
    return " ".join([*said, *(word for word, there in further if there)])


class MeasureInvalid(ValueError):
    """The code follows a rule, and the check digit of its value says that it was read or printed wrong."""


def read_measure(key: str, rules: Sequence[CodeRule]) -> Measure | None:
    """What the GTIN of 14 digits carries by the first rule it follows, or None where it follows none.

    Raises MeasureInvalid.
    """
    for rule in rules:
        digits = key[-rule.length :]
        prefix = digits[: len(rule.first)]
        if key[: -rule.length].strip("0") or not rule.first <= prefix <= rule.last:
            continue
        value = digits[-1 - rule.value : -1]
        if rule.checked and digits[rule.named_by] != value_check_digit(value):
            raise MeasureInvalid(digits)
        return Measure(digits[: rule.named_by], int(value), rule)
    return None


# What a digit weighs (GS1 General Specifications, 7.9.2): 2-, 3, 5+ and 5-.
_TWO_MINUS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_THREE = (0, 3, 6, 9, 2, 5, 8, 1, 4, 7)
_FIVE_PLUS = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_FIVE_MINUS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_FOUR_DIGITS = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
_FIVE_DIGITS = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)


def value_check_digit(value: str) -> str:
    """The check digit of a price or weight of four or five digits (GS1 General Specifications, 7.9.3 and 7.9.4)."""
    digits = [int(digit) for digit in value]
    if len(digits) == len(_FOUR_DIGITS):
        total = sum(weight[digit] for digit, weight in zip(digits, _FOUR_DIGITS, strict=True))
        return str(total * 3 % 10)
    total = sum(weight[digit] for digit, weight in zip(digits, _FIVE_DIGITS, strict=True))
    return str(_FIVE_MINUS.index(-total % 10))


def _price(first: str, last: str, item: int, value: int, decimals: int, *, checked: bool = False) -> CodeRule:
    return CodeRule(first, last, item, value, MeasureOf.PRICE, decimals, checked=checked)


def _weight(first: str, last: str, item: int, value: int, decimals: int, *, checked: bool = False) -> CodeRule:
    return CodeRule(first, last, item, value, MeasureOf.WEIGHT, decimals, checked=checked)


_NORDIC_WEIGHT = (_weight("23", "23", 6, 4, 3), _weight("24", "24", 6, 4, 2), _weight("25", "25", 6, 4, 1))
_NORDIC = (_price("20", "20", 6, 4, 2), _price("21", "21", 6, 4, 1), _price("22", "22", 6, 4, 0), *_NORDIC_WEIGHT)
_CZECH = (_weight("28", "29", 5, 5, 3),)
# A UPC-A that begins with 2: five digits of the item, the check digit of the price, four digits of the price.
_AMERICAN = (_price("2", "2", 5, 4, 2, checked=True),)

# By country (ISO 3166), as its GS1 organisation publishes them; docs/codes.md says where.
COUNTRY_RULES: dict[str, tuple[CodeRule, ...]] = {
    "CA": _AMERICAN,
    "CZ": _CZECH,
    "DE": (
        _price("22", "23", 4, 5, 2, checked=True),
        CodeRule("25", "26", 4, 5, MeasureOf.COUNT, 0, checked=True),
        _weight("28", "29", 4, 5, 3, checked=True),
    ),
    "DK": (_price("21", "24", 4, 6, 2), _weight("26", "26", 4, 6, 3), _weight("27", "27", 5, 5, 3),
           _weight("28", "28", 4, 6, 3)),
    "EE": _NORDIC_WEIGHT,
    "FI": _NORDIC_WEIGHT,
    "GB": (_price("20", "20", 5, 4, 2, checked=True),),
    "LT": _NORDIC_WEIGHT,
    "LV": _NORDIC_WEIGHT,
    "NO": _NORDIC,
    "SE": _NORDIC,
    "SK": _CZECH,
    "US": _AMERICAN,
}  # fmt: skip

# Whose money it is, where a shop does not say where it stands. The euro is nobody's alone.
_COUNTRY_OF_CURRENCY = {
    "CAD": "CA", "CZK": "CZ", "DKK": "DK", "GBP": "GB", "NOK": "NO", "SEK": "SE", "USD": "US",
}  # fmt: skip


def country_rules(region: str, currency: str) -> tuple[CodeRule, ...]:
    """The table of the country a region (ISO 3166-1 or -2) lies in; without one, that of the currency's country."""
    country = region[:2] or _COUNTRY_OF_CURRENCY.get(currency, "")
    return COUNTRY_RULES.get(country, ())

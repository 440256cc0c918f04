"""JSON as nexo has it: amounts are decimal numbers, never binary fractions."""

from __future__ import annotations

import json
from decimal import Decimal

Json = dict[str, object]


class NotJson(ValueError):
    """What came is not a JSON object."""


def read_json(raw: bytes | str) -> Json:
    """The object in `raw`, its fractions as Decimal. Raises NotJson."""
    try:
        value = json.loads(raw, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
    if not isinstance(value, dict):
        raise NotJson("not an object")
    return value


def json_text(value: object) -> str:
    """`value` on one line; a Decimal becomes a number with all its digits."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{json_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def part(message: object, *names: str) -> Json:
    """The object that lies under these names, or an empty one."""
    for name in names:
        message = message.get(name) if isinstance(message, dict) else None
    return message if isinstance(message, dict) else {}


def text(message: Json, name: str) -> str:
    """A text field, or nothing where it is missing or something else."""
    value = message.get(name)
    return value if isinstance(value, str) else ""


def decimal(message: Json, name: str) -> Decimal | None:
    """A number field, also one written as text; None where it is missing or no number."""
    value = message.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _DIGITS_MAX else None


_DIGITS_MAX = 15
_WHOLE_CURRENCIES = {"CLP", "ISK", "JPY", "KRW", "PYG", "VND"}


def spelled(amount: Decimal, currency: str) -> str:
    """An amount with the digits of its currency: "12.30 USD", "1500 JPY"."""
    return f"{rounded(amount, currency)} {currency}"


def rounded(amount: Decimal, currency: str) -> Decimal:
    """An amount to the smallest coin of its currency's books."""
    return amount.quantize(Decimal(1) if currency in _WHOLE_CURRENCIES else Decimal("0.01"))


def _no_number(name: str) -> object:
    raise NotJson(name)

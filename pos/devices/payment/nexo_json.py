"""JSON as a terminal speaks it: amounts are exact decimals, and nothing that comes in is trusted to be as it should."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from pos.domain.card_number import redacted
from pos.domain.money import MINOR_MAX, exponent_of, minor_decimal

Tree = Mapping[str, Any]
TEXT_LENGTH_MAX = 200
_NO_TREE: Tree = {}


class Unreadable(ValueError):
    """What came is no message a terminal may send; the message says where it went wrong, never what stood there."""


def written(value: object) -> str:
    """JSON text; Decimals stand in it digit for digit."""
    match value:
        case Decimal():
            return format(value, "f")
        case Mapping():
            return "{" + ",".join(f"{json.dumps(name)}:{written(each)}" for name, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(written, value)) + "]"
        case _:
            return json.dumps(value)


def read(frame: bytes) -> Tree:
    """The object a frame holds. Raises Unreadable for anything else, names given twice included."""
    try:
        tree = json.loads(
            frame.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once_each
        )
    except Unreadable:
        raise
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"no JSON ({type(error).__name__})") from None
    if not isinstance(tree, dict):
        raise Unreadable("no JSON object")
    return tree


def branch(tree: Tree, *names: str) -> Tree:
    """The object at this path; an empty one where there is none."""
    for name in names:
        found = tree.get(name)
        tree = found if isinstance(found, dict) else _NO_TREE
    return tree


def listed(tree: Tree, name: str) -> list[Any]:
    """The list of this name; an empty one where there is none, one of one where a lone value stands."""
    found = tree.get(name)
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def text(tree: Tree, name: str) -> str:
    """The text of this name, plain: no control characters, no card number, not endless; empty where there is none."""
    found = tree.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return plain(str(found)) if isinstance(found, str) or abs(found) < MINOR_MAX else ""


def exact(tree: Tree, name: str) -> str:
    """The text of this name as it came, to be compared and never kept; empty where there is none."""
    found = tree.get(name)
    return found if isinstance(found, str) else ""


def plain(said: str) -> str:
    """Text as it may be shown, printed and kept."""
    # Cut before it is redacted: a cut can make a card's number out of a longer one.
    return redacted("".join(sign if sign.isprintable() else " " for sign in said[:TEXT_LENGTH_MAX]).strip())


def amount(tree: Tree, name: str, currency: str) -> int | None:
    """The amount of this name in minor units; None where there is none. Raises Unreadable for what is no amount."""
    found = tree.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise Unreadable(f"{name} is no number")
    value = Decimal(found) if isinstance(found, Decimal) or abs(found) < MINOR_MAX else Decimal("Infinity")
    # Looked at before it is worked out: a number may be short to write and endless to compute.
    if not value.is_finite() or value.adjusted() > 16 or value < 0:
        raise Unreadable(f"{name} is no amount")
    if value and value.adjusted() < -6:
        raise Unreadable(f"{name} is finer than {currency}")
    minor = value.scaleb(exponent_of(currency))
    if minor != minor.to_integral_value() or minor > MINOR_MAX:
        raise Unreadable(f"{name} is finer than {currency}")
    return int(minor)


def decimal(minor: int, currency: str) -> Decimal:
    """Minor units as the decimal a message carries."""
    return minor_decimal(minor, currency)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise Unreadable("a name given twice")
    return tree


def _no_number(constant: str) -> NoReturn:
    raise Unreadable(f"{constant} is no number")

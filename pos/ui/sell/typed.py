"""What a cashier types into the scan field: a code, or a quantity before it ("3 *", "3 x")."""

from __future__ import annotations

import re

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity

# A sign is read, so that the sale can say why it takes no such quantity; typed first on an empty field it is a key.
_NUMBER = r"([-−]?)([0-9]{1,10})(?:[.,]([0-9]{1,3}))?"
_TIMES = re.compile(rf"\s*{_NUMBER}\s*[*x×]\s*(.*)\Z", re.IGNORECASE | re.DOTALL)
_ALONE = re.compile(rf"\s*{_NUMBER}\s*\Z")


@dataclass(frozen=True, slots=True)
class Typed:
    """A code, perhaps not there yet, and how many of it, where that was said.

    The quantity is said in pieces, since nobody knows yet what comes; the sale reads it in the item's own unit.
    """

    quantity: Quantity | None
    code: str


def read_typed(text: str) -> Typed:
    """The quantity in front of `*`, `x` or `×`, and what follows."""
    match = _TIMES.match(text)
    if match is None:
        return Typed(None, text.strip())
    return Typed(_quantity(match), match[4].strip())


def is_name(text: str) -> bool:
    """Whether somebody typed a word rather than a code: two letters or more, and no digit."""
    return sum(map(str.isalpha, text)) >= 2 and not any(map(str.isdecimal, text))


def read_quantity(text: str) -> Quantity | None:
    """The quantity that a number alone means, or None where it is none."""
    match = _ALONE.match(text)
    return _quantity(match) if match else None


def _quantity(match: re.Match[str]) -> Quantity:
    thousandths = int(match[2]) * 1000 + int((match[3] or "").ljust(3, "0"))
    return Quantity(-thousandths if match[1] else thousandths)

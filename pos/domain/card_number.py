"""What looks like the number of a bank card: it is never kept, and redacted wherever it was typed or sent.

A number counts when it is 14 to 19 digits long, lies in the range and the lengths of a card network, and its last digit
fits (Luhn). One barcode in ten passes Luhn too, so the shop may say which numbers are its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from stdnum import luhn

Known = Callable[[str], bool]

_DIGITS_LEAST, _DIGITS_MOST = 14, 19
# The groups a number is written in, and what people and papers put between them.
_BETWEEN = r"[ \t\u00a0\u2009\u202f.\-\u2010-\u2013]{1,2}"
_GROUPS = rf"\d+(?:{_BETWEEN}\d+)*"
# A whole word of 32 hexadecimal digits is an identity this program gave, whatever digits chance put side by side in it.
_IDENTITY = r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])"
_GROUP_LEAST = 2
_LONG = frozenset({16, 17, 18, 19})
# First and last beginning of a network's numbers, and how long they are. Thirteen digits are no longer issued.
_RANGES: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("4", "4", frozenset({16, 18, 19})),  # Visa
    ("51", "55", frozenset({16})),  # Mastercard
    ("2221", "2720", frozenset({16})),  # Mastercard
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),  # American Express
    ("300", "305", frozenset({14}) | _LONG),  # Diners Club
    ("3095", "3095", frozenset({14}) | _LONG),  # Diners Club
    ("36", "36", frozenset({14}) | _LONG),  # Diners Club
    ("38", "39", frozenset({14}) | _LONG),  # Diners Club
    ("6011", "6011", _LONG),  # Discover
    ("644", "649", _LONG),  # Discover
    ("65", "65", _LONG),  # Discover, RuPay, Troy, Verve
    ("3528", "3589", _LONG),  # JCB
    ("62", "62", _LONG),  # UnionPay
    ("8100", "8198", _LONG),  # UnionPay, RuPay
    ("500", "509", frozenset({14, 15}) | _LONG),  # Maestro, RuPay, Verve
    ("56", "58", frozenset({14, 15}) | _LONG),  # Maestro
    ("6304", "6304", frozenset({14, 15}) | _LONG),  # Maestro
    ("6390", "6390", frozenset({14, 15}) | _LONG),  # Maestro
    ("67", "67", frozenset({14, 15}) | _LONG),  # Maestro
    ("606985", "608500", frozenset({16})),  # RuPay
    ("636", "639", _LONG),  # InterPayment, InstaPayment
    ("2200", "2204", _LONG),  # Mir
    ("9792", "9792", frozenset({16})),  # Troy
    ("1", "1", frozenset({15})),  # UATP
)


def none_known(digits: str) -> bool:  # noqa: ARG001 - the shop's own predicate takes them
    """The answer of a shop that knows none of them."""
    return False


def looks_like_card_number(text: str, *, known: Known = none_known) -> bool:
    """Whether a card number stands anywhere in the text, in one piece or in groups ("4111 1111 1111 1111").

    `known` is asked with the digits alone, once for every number found; True says that they are a GTIN, a serial
    or a gift card the shop has on its books or is asking for just now, and no card number.
    """
    return next(_found(text, known), None) is not None


def redacted(text: str, *, known: Known = none_known) -> str:
    """The text with all but the last four digits of every card number in it starred; else the text unchanged."""
    starred = list(text)
    for first, end, last_four in _found(text, known):
        at = [index for index in range(first, end) if text[index].isdecimal()]
        for index in at[:-4]:
            starred[index] = "*"
        for index, digit in zip(at[-4:], last_four, strict=True):
            starred[index] = digit
    return "".join(starred)


def _found(text: str, known: Known) -> Iterator[tuple[int, int, str]]:
    """Where card numbers stand: first place, place after the last, the last four digits."""
    text = re.sub(_IDENTITY, lambda identity: "x" * len(identity[0]), text)
    for run in re.finditer(_GROUPS, text):
        groups = [(run.start() + group.start(), run.start() + group.end()) for group in re.finditer(r"\d+", run[0])]
        first = 0
        while first < len(groups):
            taken = _number_from(text, groups, first, known)
            if taken is None:
                first += 1
                continue
            last, digits = taken
            yield groups[first][0], groups[last][1], digits[-4:]
            first = last + 1


def _number_from(text: str, groups: list[tuple[int, int]], first: int, known: Known) -> tuple[int, str] | None:
    """The number that begins with this group: its last group and its digits."""
    digits = ""
    for last in range(first, len(groups)):
        start, end = groups[last]
        if last > first and end - start < _GROUP_LEAST:
            return None
        digits += "".join(str(unicodedata.decimal(digit)) for digit in text[start:end][: _DIGITS_MOST + 1])
        if len(digits) > _DIGITS_MOST:
            return None
        if _is_card_number(digits) and not known(digits):
            return last, digits
    return None


def _is_card_number(digits: str) -> bool:
    if len(digits) < _DIGITS_LEAST or not luhn.is_valid(digits):
        return False
    return any(len(digits) in lengths and first <= digits[: len(first)] <= last for first, last, lengths in _RANGES)

"""What was typed into the search: words, a price or a span of prices, digits of a code."""

from __future__ import annotations

import re

from pos.domain.frozen import dataclass
from pos.domain.money import exponent_of
from pos.domain.search_text import words_of

TEXT_LENGTH_MAX = 100
WORDS_MAX = 8
CODE_LENGTH_MIN = 3
_NO_LIMIT = 2**53

_NUMBER = r"[0-9](?:[0-9.,'\u00a0\u202f]*[0-9])?"
_COMPARED = re.compile(rf"(?<!\S)(<=|>=|[<>≤≥])\s*({_NUMBER})(?!\S)")
_SPAN = re.compile(rf"(?<!\S)({_NUMBER})\s*[-–—]\s*({_NUMBER})(?!\S)")
_EXACT = re.compile(rf"(?<!\S)({_NUMBER})(?!\S)")


@dataclass(frozen=True, slots=True)
class Prices:
    """From the lowest to the highest price wanted, both included, in minor units."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`words` is everything typed as words; `other_words` those that are no part of `prices`.

    "cola 1.5" may mean a bottle or a price: both readings are there, and `prices_only` says that no word is beside.
    `code` is what may be part of a code, as typed; empty where it can be none.
    """

    words: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()
    prices: Prices | None = None
    code: str = ""

    @property
    def priced(self) -> bool:
        """Whether prices are meant for sure, so that the words alone are not enough."""
        return self.prices is not None and self.words == self.other_words

    @property
    def prices_only(self) -> bool:
        return self.prices is not None and not self.other_words


def read_query(text: str, *, decimal_sign: str, currency: str) -> SearchQuery:
    """Read what was typed, numbers as the language writes them: "19.90", "<20", "20-30" with "." or ","."""
    text = text[:TEXT_LENGTH_MAX].strip()
    prices, rest, compared = _prices(text, decimal_sign, exponent_of(currency))
    words = tuple(words_of(rest if compared else text))[:WORDS_MAX]
    other_words = tuple(words_of(rest))[:WORDS_MAX] if prices else words
    is_code = len(text) >= CODE_LENGTH_MIN and not any(sign.isspace() for sign in text) and not compared
    return SearchQuery(words, other_words, prices, text if is_code else "")


def _prices(text: str, decimal_sign: str, exponent: int) -> tuple[Prices | None, str, bool]:
    """The prices meant, the text without them, and whether it can be nothing but prices."""
    if found := _COMPARED.search(text):
        amount = _minor(found[2], decimal_sign, exponent)
        if amount is not None:
            return _beside(found[1], amount), text[: found.start()] + " " + text[found.end() :], True
    if found := _SPAN.search(text):
        low, high = (_minor(number, decimal_sign, exponent) for number in found.groups())
        if low is not None and high is not None and low <= high:
            return Prices(low, high), text[: found.start()] + " " + text[found.end() :], False
    for found in _EXACT.finditer(text):
        # A number without parts is rather a size or the beginning of a code.
        amount = None if found[1].isdecimal() else _minor(found[1], decimal_sign, exponent)
        if amount is not None:
            return Prices(amount, amount), text[: found.start()] + " " + text[found.end() :], False
    return None, text, False


def _beside(sign: str, amount: int) -> Prices:
    if sign == "<":
        return Prices(0, amount - 1)
    if sign == ">":
        return Prices(amount + 1, _NO_LIMIT)
    return Prices(0, amount) if sign in ("<=", "≤") else Prices(amount, _NO_LIMIT)


def _minor(number: str, decimal_sign: str, exponent: int) -> int | None:
    """A number in minor units. The other sign before three last digits groups; else it is a decimal sign as well."""
    number = re.sub("['\u00a0\u202f]", "", number)
    if decimal_sign in number:
        number = number.replace("," if decimal_sign == "." else ".", "")
    elif re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", number):
        number = re.sub("[.,]", "", number)
    whole, _, parts = number.replace(",", ".").partition(".")
    if not whole.isdecimal() or (parts and not parts.isdecimal()) or len(parts) > exponent or len(whole) > 12:
        return None
    return int(whole + parts.ljust(exponent, "0"))

"""How much room text takes on paper of fixed columns, and how it is broken without losing a sign.

A wide sign (Chinese, Japanese, most pictograms) takes two cells, a combining one none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Grouping and unit blanks of Babel's formats: they hold their neighbours together until the row is broken.
_HELD = "\u00a0"
_FIRST_COMBINING = "\u0300"
_HOLDING = str.maketrans({"\u202f": _HELD, "\u2007": _HELD, "\u2060": None, "\ufeff": None, "\u00ad": None})

# Composed letters of one cell, no control signs, no soft hyphen: most text of a western shop, let through at once.
_IS_CLEAN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff]*").fullmatch


def clean(text: str) -> str:
    """Text as it may go on paper: composed, no control or direction signs, every blank a plain or a holding one.

    Names come from files and keyboards: an escape sequence in one never reaches a printer (reliability I-28).
    """
    if _IS_CLEAN(text):
        return text
    composed = unicodedata.normalize("NFC", text).translate(_HOLDING).replace("…", "...")
    return "".join(_cleaned(sign) for sign in composed)


def _cleaned(sign: str) -> str:
    if sign == _HELD:
        return sign
    category = unicodedata.category(sign)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else sign


def width(text: str) -> int:
    """How many cells cleaned text takes."""
    if text.isascii() or max(text) < _FIRST_COMBINING:
        return len(text)
    return sum(_cells_of(sign) for sign in text)


def _cells_of(sign: str) -> int:
    if sign < _FIRST_COMBINING:
        return 1
    if unicodedata.category(sign) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each sign with its combining signs, and the cell it begins at; for devices whose letters are not of one width."""
    column, start = 0, 0
    for index, sign in enumerate(text):
        if index and _cells_of(sign):
            yield column, text[start:index]
            column += width(text[start:index])
            start = index
    if text:
        yield column, text[start:]


def on_the_grid(text: str) -> bool:
    """Whether every sign takes exactly one cell, so that a row may be drawn in one go."""
    return text.isascii() or max(text) < _FIRST_COMBINING or all(_cells_of(sign) == 1 for sign in text)


def wrap(text: str, room: int) -> list[str]:
    """Break cleaned text into rows of at most `room` cells, between words where it can; no sign is lost.

    A word wider than the row is broken inside. `room` is at least 2, or a wide sign would fit nowhere.
    """
    if room < 2:
        raise ValueError("a row has room for a wide sign")
    if width(text) <= room:
        return [text]
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if width(longer) <= room:
            row = longer
            continue
        if row:
            rows.append(row)
        *full, row = _broken(word, room)
        rows.extend(full)
    rows.append(row)
    return rows


def _broken(word: str, room: int) -> list[str]:
    """A word in pieces of at most `room` cells; the last may be empty only for an empty word."""
    pieces, piece = [], ""
    for _, cluster in clusters(word):
        if piece and width(piece) + width(cluster) > room:
            pieces.append(piece)
            piece = ""
        piece += cluster
    return [*pieces, piece]


def released(text: str) -> str:
    """The holding blanks as plain ones, once the row is broken."""
    return text if text.isascii() else text.replace(_HELD, " ")

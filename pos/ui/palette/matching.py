"""How well a few typed letters fit a name: beginnings of words in any order first, one typing mistake last."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# From HOLDS on what was typed stands there letter for letter.
_WHOLE, _BEGINS, HOLDS, _MISTAKE, _SCATTERED = 100, 80, 50, 30, 15
_MISTAKE_LENGTH_MIN = 4
# "på", "na", "to": words within a name, more often the beginning of what somebody is about to type.
_SMALL_WORD = 2
_SCATTERED_LENGTH_MIN = 3


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Without accents and capitals, as people type in a hurry: "Vrácení" is "vraceni"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def fit(query: str, words: tuple[str, ...]) -> int:
    """How well every word typed fits one of the folded `words`; 0 where one of them fits none.

    One word with a mistake in it keeps the whole below HOLDS.
    """
    best = [max((_fit_word(word, known) for known in words), default=0) for word in folded(query).split()]
    if not best:
        return 1
    if not all(best):
        return 0
    return sum(best) // len(best) if min(best) >= HOLDS else min(best)


def _fit_word(asked: str, known: str) -> int:
    if asked == known:
        return HOLDS if len(asked) == _SMALL_WORD else _WHOLE
    if known.startswith(asked):
        return _BEGINS
    if len(asked) > 1 and asked in known:
        return HOLDS
    if len(asked) >= _MISTAKE_LENGTH_MIN and _one_mistake(asked, known[: len(asked)]):
        return _MISTAKE
    if len(asked) >= _SCATTERED_LENGTH_MIN and asked[0] == known[:1] and _in_order(asked, known):
        return _SCATTERED
    return 0


def _one_mistake(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, or changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return (
        swapped
        or one[at + 1 :] == other[at + 1 :]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at : len(one) - 1]
    )


def _in_order(asked: str, known: str) -> bool:
    signs = iter(known)
    return all(sign in signs for sign in asked)

"""Names brought to the form in which they are searched: small letters without accents, cut into words.

The index and every question go through the same folding, so "SMÖR", "smor" and "Smör" are one word, in any language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

# Letters that Unicode does not take apart; a keyboard without them is typed as here. casefold() makes ß "ss".
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th", "ŋ": "n"}
)


class _Bare(dict[int, int | str | None]):
    """What becomes of each sign, looked up once: an accent goes, a letter above changes, the rest stays."""

    def __missing__(self, sign: int) -> int | str | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_BARE = _Bare(_LETTERS)
_WORD = re.compile(r"[^\W_]+")
_KEYBOARD = "abcdefghijklmnopqrstuvwxyz"
# In front of a token: the word a name begins with, and the department as a whole.
HEAD, DEPARTMENT = "^", "@"
# In front of a word of a name in another language, and of its first word once more: letters no folded word has.
_MARKS = {"en": "ē", "cs": "č", "sv": "å"}
# A shorter word has too many neighbours for a guess to mean anything.
CORRECTED_LENGTH_MIN = 4


def fold(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    # Folded before and after: a capital may come out of a compatibility form, an accent out of a capital.
    bare = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return bare.translate(_BARE)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order; punctuation and blanks only separate."""
    return _WORD.findall(fold(text))


def index_line(name: str, department: str, names: Sequence[tuple[str, str]] = ()) -> tuple[str, str]:
    """An item as the index holds it: its tokens, and its plain words.

    The tokens are what beginnings of words are looked for in: each word once, the name's first also marked, and the
    department; then the words of `names`, as (language, name), marked with their language. The plain words are those
    of the name and the department as they follow each other, then those of the other names.
    """
    words, of_department = words_of(name), _department_words(department)
    others = [(language, words_of(other)) for language, other in names]
    tokens = dict.fromkeys((*words, *of_department, *department_token(department)))
    for language, spoken in others:
        tokens.update(dict.fromkeys(_marked(language, spoken)))
    marked = [HEAD + words[0]] if words else []
    plain = (*words, *of_department, *(word for _, spoken in others for word in spoken))
    return " ".join((*marked, *tokens)), " ".join(plain)


def _marked(language: str, words: Sequence[str]) -> Iterator[str]:
    yield from (head_in(word, language) for word in words[:1])
    yield from (word_in(word, language) for word in words)


def word_in(word: str, language: str) -> str:
    """The token of a word of a name in this language, where it is not the shop's own."""
    return _MARKS[language] + word


def head_in(word: str, language: str) -> str:
    """The token of the word that a name in this language begins with."""
    return _MARKS[language].upper() + word


def department_token(department: str) -> tuple[str, ...]:
    """The one token all items of a department share; none for no department."""
    words = _department_words(department)
    return (DEPARTMENT + "_".join(words),) if words else ()


def spelled_words(text: str) -> Iterator[str]:
    """The words of a folded text that can be misspelt: a wrong digit is another number and no mistake in spelling."""
    return (word for word in text.split() if not word.isdecimal())


def code_ending(code: str) -> str:
    """A code read from its end, so that its last digits are a beginning."""
    return code[::-1]


def near_misses(word: str) -> list[str]:
    """Every word that one typing mistake turns into `word`: a letter wrong, missing, too many, or two changed round.

    Accents are gone by then, so 26 letters and those of the word itself are all that may have been meant.
    """
    letters = "".join(dict.fromkeys(_KEYBOARD + word))
    found: dict[str, None] = {}
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            found[before + after[1:]] = None
            found.update((before + letter + after[1:], None) for letter in letters)
        if len(after) > 1:
            found[before + after[1] + after[0] + after[2:]] = None
        found.update((before + letter + after, None) for letter in letters)
    found.pop(word, None)
    return list(found)


@lru_cache(maxsize=512)
def _department_words(department: str) -> tuple[str, ...]:
    """A shop has few departments and many items."""
    return tuple(words_of(department))

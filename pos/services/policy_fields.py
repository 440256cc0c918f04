"""How one field of a rule stands in the file of a return policy: read strictly and written so that it is read the same.

A kind of rule is a KindSpec: what each of its fields is called in the file, and the Codec that reads and writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, field, fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, minor_text
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Rule
from pos.domain.tax import MILLION, read_percent
from pos.strict_fields import Part as Map
from pos.strict_fields import bad_choice
from pos.strict_yaml import FileFault
from pos.wording import N_

DAYS_MOST = 36_500
_NUMBERS_MOST = 1_000_000
_TEXT_MOST = 200
UNLIMITED = "unlimited"
_WORD = re.compile(r"[^\s,\x00-\x1f][^\x00-\x1f]{0,79}")
E = TypeVar("E", bound=Enum)
R = TypeVar("R", bound=Rule)


class Entry(StrEnum):
    """What a person gives in a field: one text, a yes or no, one or several of a list that is known, words in any order
    or in theirs, rows of fields, fields of one row, questions with their answers.
    """

    NUMBER = "number"
    EVER = "ever"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    WORD = "word"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"
    LIST = "list"
    ROWS = "rows"
    PART = "part"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Takes:
    """What a field takes of a person: `choices` as the file spells them; `parts` are the fields of a row, which say the
    fields of `of`.
    """

    entry: Entry
    choices: tuple[str, ...] = ()
    parts: Mapping[str, Codec | Named] = field(default_factory=dict)
    of: type | None = None


@dataclass(frozen=True, slots=True)
class Codec:
    """`read` takes the map, the key (which is there) and the currency; `write` gives text, a list or a map of them;
    `takes` is what a form asks for.
    """

    read: Callable[[Map, str, str], Any]
    write: Callable[[Any, str], object]
    takes: Takes


@dataclass(frozen=True, slots=True)
class Named:
    """A field that the file calls otherwise than the rule does."""

    key: str
    codec: Codec


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind. `fields` are by attribute. Two rules of it with the same scope and the same values of `told_apart`
    contradict each other; None where every rule of the kind speaks for itself. `alone` are the rules of it of which one
    gives the answer: the most specific, the earlier on a tie.
    """

    kind: type[Rule]
    fields: Mapping[str, Codec | Named]
    told_apart: tuple[str, ...] | None = ()
    check: Callable[[Any, Map], None] | None = None
    alone: Callable[[Any], bool] = lambda _: False

    def key_of(self, attribute: str) -> str:
        given = self.fields[attribute]
        return given.key if isinstance(given, Named) else attribute

    def codec_of(self, attribute: str) -> Codec:
        given = self.fields[attribute]
        return given.codec if isinstance(given, Named) else given


def read_values(spec: Mapping[str, Codec | Named], of: type, part: Map, currency: str) -> dict[str, Any]:
    """The fields of a map by the attributes they set. Raises FileFault: unknown, missing, or not what it says."""
    keys = {name: given.key if isinstance(given, Named) else name for name, given in spec.items()}
    part.keys(tuple(keys.values()))
    values: dict[str, Any] = {}
    for name, given in spec.items():
        codec = given.codec if isinstance(given, Named) else given
        if part.get(keys[name]) is not None:
            values[name] = codec.read(part, keys[name], currency)
        elif name in needed(of):
            raise part.missing(keys[name])
    return values


def write_values(spec: Mapping[str, Codec | Named], value: Any, currency: str) -> dict[str, object]:
    """The fields of a value that are not what is left out."""
    written: dict[str, object] = {}
    defaults = {one.name: one.default for one in fields(type(value))}
    for name, given in spec.items():
        codec, key = (given.codec, given.key) if isinstance(given, Named) else (given, name)
        if getattr(value, name) != defaults.get(name, MISSING):
            written[key] = codec.write(getattr(value, name), currency)
    return written


def needed(of: type) -> frozenset[str]:
    """What has no value of its own, and so must be said."""
    return frozenset(
        one.name for one in fields(of) if one.default is MISSING and one.default_factory is MISSING and one.init
    )


# --- The values -------------------------------------------------------------------------------------------------------


def _number(most: int) -> Callable[[Map, str, str], int]:
    def read(part: Map, key: str, _currency: str) -> int:
        text = part.needed(key)
        if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
            message = N_("“{key}” is to be a whole number from 0 to {most}, not “{value}”.")
            raise FileFault(part.line_of(key), message, key=key, most=most, value=text)
        return int(text)

    return read


def _unlimited(part: Map, key: str, currency: str) -> int | None:
    return None if part.text(key) == UNLIMITED else _number(DAYS_MOST)(part, key, currency)


def _money(part: Map, key: str, currency: str) -> int:
    return part.money(key, currency)


def _percent(part: Map, key: str, _currency: str) -> int:
    try:
        return read_percent(part.needed(key))
    except AmountUnreadable as error:
        message = N_("“{key}” cannot be “{value}”: that is not from 0 to 100 per cent.")
        raise FileFault(part.line_of(key), message, key=key, value=part.needed(key)) from error


def percent_text(millionths: int) -> str:
    """Per cent as `read_percent` reads it."""
    whole, rest = divmod(millionths, MILLION // 100)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def _day(part: Map, key: str, _currency: str) -> date:
    text = part.needed(key)
    try:
        if len(text) != len("2026-01-01"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        message = N_("“{key}” is to be a day like 2026-01-31, not “{value}”.")
        raise FileFault(part.line_of(key), message, key=key, value=text) from error


def _word(part: Map, key: str, _currency: str) -> str:
    return _checked(part, key, part.needed(key))


def _words(part: Map, key: str, _currency: str) -> tuple[str, ...]:
    return tuple(_checked(part, key, one.text) for one in part.texts(key))


def _checked(part: Map, key: str, text: str) -> str:
    if not _WORD.fullmatch(text) or len(text) > _TEXT_MOST:
        raise part.wrong(key) if text == part_text(part, key) else _bad(part, key, text)
    return text


def part_text(part: Map, key: str) -> str:
    """What stands under the key where that is one value; "" for a list."""
    node = part.get(key)
    return getattr(node, "text", "")


def _bad(part: Map, key: str, text: str) -> FileFault:
    return FileFault(part.line_of(key), N_("“{key}” cannot be “{value}”."), key=key, value=text)


def one_of(choices: type[E], *, but: Sequence[E] = ()) -> Codec:
    """One word of a list that is known."""
    allowed = {str(one.value): one for one in choices if one not in but}

    def read(part: Map, key: str, _currency: str) -> E:
        return allowed[part.choice(key, tuple(allowed)) or ""]

    return Codec(read, lambda value, _: str(value.value), Takes(Entry.CHOICE, tuple(allowed)))


def some_of(choices: type[E]) -> Codec:
    """Several words of a list that is known."""
    allowed = {str(one.value): one for one in choices}

    def read(part: Map, key: str, _currency: str) -> frozenset[E]:
        for one in part.texts(key):
            if one.text not in allowed:
                raise bad_choice(key, one.text, tuple(allowed), one.line)
        return frozenset(allowed[one.text] for one in part.texts(key))

    takes = Takes(Entry.CHOICES, tuple(allowed))
    return Codec(read, lambda value, _: sorted(str(one.value) for one in value), takes)


def _text_of(value: Any, _currency: str) -> object:
    return str(value)


DAYS = Codec(_number(DAYS_MOST), _text_of, Takes(Entry.NUMBER))
NUMBER = Codec(_number(_NUMBERS_MOST), _text_of, Takes(Entry.NUMBER))
# Days, or "unlimited".
DAYS_OR_EVER = Codec(_unlimited, lambda value, _: UNLIMITED if value is None else str(value), Takes(Entry.EVER))
MONEY = Codec(_money, minor_text, Takes(Entry.MONEY))
PERCENT = Codec(_percent, lambda value, _: percent_text(value), Takes(Entry.PERCENT))
DAY = Codec(_day, lambda value, _: value.isoformat(), Takes(Entry.DAY))
YES = Codec(lambda part, key, _: part.yes(key), lambda value, _: "true" if value else "false", Takes(Entry.YES))
WORD = Codec(_word, _text_of, Takes(Entry.WORD))
# A set of words, and a list whose order counts.
WORDS = Codec(
    lambda part, key, currency: frozenset(_words(part, key, currency)),
    lambda value, _: sorted(value),
    Takes(Entry.WORDS),
)
LIST = Codec(_words, lambda value, _: list(value), Takes(Entry.LIST))

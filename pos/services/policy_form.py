"""A rule of a return policy as the fields of a form: what each asks for, what stands in it, and the rule with another
text in it. A rule is kept in the words of the file and read by the file's own reader: a form knows no rules of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import MISSING, fields
from datetime import date
from itertools import pairwise
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Scope
from pos.services.policy_fields import UNLIMITED, Codec, Entry, Named, Takes, needed
from pos.services.policy_file import KIND_BY_KEY, SAID_TO, SCOPE_FIELDS
from pos.wording import LANGUAGES, N_, Wording

Written = dict[str, Any]
NO_LIMIT = N_("no limit")
_LISTED = (Entry.WORDS, Entry.LIST, Entry.CHOICES)
# What is left out of these stands in the field as what holds then; an amount of nothing is an empty field.
_SHOWN_LEFT_OUT = (Entry.NUMBER, Entry.WORD, Entry.YES, Entry.CHOICE, Entry.CHOICES, Entry.WORDS, Entry.LIST)
_PART = re.compile(r'\s*("(?:[^"]|"")*"|[^,]*)\s*(?:,|$)')
_ID = Takes(Entry.WORD)
_OVERRIDE = Takes(Entry.CHOICE)
_NUMBERED = re.compile(r"(.*?)([0-9]*)$")


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """One field of a form: where it stands in the rule, what it takes, and the text that holds where it is left out."""

    path: tuple[str, ...]
    takes: Takes
    needed: bool = False
    left_out: str = ""

    @property
    def name(self) -> str:
        """Its place in one word."""
        return ".".join(self.path)


def kind_of(written: Mapping[str, object]) -> str:
    """The key of the kind the rule is of."""
    return next(key for key in written if key in KIND_BY_KEY)


def fields_of(written: Written, currency: str) -> tuple[FieldAsked, ...]:
    """What the rule's own kind asks for, with an empty row behind those that are filled."""
    key = kind_of(written)
    spec = KIND_BY_KEY[key]
    return tuple(_asked((key,), spec.fields, spec.kind, written, currency))


def scope_fields_of(written: Written, currency: str) -> tuple[FieldAsked, ...]:
    """Everything a rule can be about."""
    return tuple(_asked(("for",), SCOPE_FIELDS, Scope, written, currency))


def common_fields() -> tuple[FieldAsked, ...]:
    """What every rule has: its id, who may decide otherwise, the shop's own sentences for all or for one language."""
    said = [("words", to, *language) for to in SAID_TO for language in ((), *((each,) for each in LANGUAGES))]
    return (
        FieldAsked(("id",), _ID, needed=True),
        FieldAsked(("override",), _OVERRIDE),
        *(FieldAsked(path, _ID) for path in said),
    )


def all_fields_of(written: Written, currency: str) -> tuple[FieldAsked, ...]:
    """Every field of the rule's form."""
    return (*fields_of(written, currency), *scope_fields_of(written, currency), *common_fields())


def _asked(
    path: tuple[str, ...], spec: Mapping[str, Codec | Named], of: type, written: Written, currency: str
) -> Iterator[FieldAsked]:
    defaults = {one.name: one.default for one in fields(of)}
    for attribute, given in spec.items():
        codec, key = (given.codec, given.key) if isinstance(given, Named) else (given, attribute)
        here, takes = (*path, key), codec.takes
        if takes.of is not None and takes.entry is Entry.PART:
            yield from _asked(here, takes.parts, takes.of, written, currency)
        elif takes.of is not None:
            for number in range(len(_at(written, here) or ()) + 1):
                yield from _asked((*here, str(number)), takes.parts, takes.of, written, currency)
        else:
            left_out = _left_out(codec, defaults[attribute], currency)
            yield FieldAsked(here, takes, attribute in needed(of), left_out)


def _left_out(codec: Codec, default: Any, currency: str) -> str:
    if default is MISSING or default is None or codec.takes.entry not in _SHOWN_LEFT_OUT:
        return ""
    return _text(codec.write(default, currency))


# --- What stands in a field -------------------------------------------------------------------------------------------


def text_of(written: Written, asked: FieldAsked) -> str:
    """What stands in a field, in the words of the file; several with commas between."""
    value = _at(written, asked.path)
    if asked.path[0] == "words":
        return value if isinstance(value, str) else ""
    return asked.left_out if value is None else _text(value)


def with_text(written: Written, asked: FieldAsked, text: str) -> Written:
    """The rule with this in the field. What says what holds anyway is left out, and so is a row with nothing in it."""
    text = text.strip()
    if text == text_of(written, asked):
        return written
    changed: Written = deepcopy(written)
    if asked.path[0] == "words" and len(asked.path) > 2:
        _each_language(changed, asked.path[1])
    listed = asked.takes.entry in _LISTED
    if text == asked.left_out or (not text and not (listed and asked.left_out)):
        _take_out(changed, asked.path)
    else:
        _put(changed, asked.path, _value(asked.takes.entry, text))
    return changed


def words_in(text: str) -> list[str]:
    """The words of a field that takes several; one with a comma of its own stands between quotes."""
    found = (match[1].strip() for match in _PART.finditer(text))
    return [_unquoted(word) for word in found if word]


def words_text(words: Collection[str]) -> str:
    """As `words_in` reads them."""
    return ", ".join(_quoted(word) for word in words)


def _value(entry: Entry, text: str) -> object:
    if entry in _LISTED:
        return words_in(text)
    if entry is Entry.ANSWERS:
        parted = (word.rpartition(":") for word in words_in(text))
        return {(ask or answer).strip(): answer.strip() if ask else "" for ask, _, answer in parted}
    return text


def _text(value: object) -> str:
    if isinstance(value, dict):
        return words_text([f"{ask}: {answer}" for ask, answer in value.items()])
    return words_text([str(one) for one in value]) if isinstance(value, list) else str(value)


def _quoted(word: str) -> str:
    plain = "," not in word and not word.startswith('"') and word == word.strip()
    return word if plain else '"' + word.replace('"', '""') + '"'


def _unquoted(word: str) -> str:
    whole = len(word) > 1 and word.startswith('"') and word.endswith('"')
    return word[1:-1].replace('""', '"') if whole else word


def _at(written: object, path: tuple[str, ...]) -> Any:
    for step in path:
        if isinstance(written, list):
            written = written[int(step)] if int(step) < len(written) else None
        else:
            written = written.get(step) if isinstance(written, dict) else None
    return written


def _put(written: Written, path: tuple[str, ...], value: object) -> None:
    inside: Any = written
    for step, after in pairwise(path):
        if isinstance(inside, list):
            if int(step) == len(inside):
                inside.append({})
            inside = inside[int(step)]
        else:
            if not isinstance(inside.get(step), dict | list):
                inside[step] = [] if after.isdigit() else {}
            inside = inside[step]
    inside[path[-1]] = value


def _take_out(written: Written, path: tuple[str, ...]) -> None:
    """Take a value out, and whatever holds nothing then; the kind itself stays, with nothing said."""
    for length in range(len(path), 0, -1):
        inside, step = _at(written, path[: length - 1]), path[length - 1]
        if length < len(path) and (inside is None or _at(inside, (step,)) not in ({}, [])):
            return
        if isinstance(inside, dict) and step not in KIND_BY_KEY:
            inside.pop(step, None)
        elif isinstance(inside, list) and int(step) < len(inside):
            del inside[int(step)]


def _each_language(written: Written, to: str) -> None:
    """A sentence for every language, where one of them gets its own."""
    said = _at(written, ("words", to))
    if isinstance(said, str):
        written["words"][to] = dict.fromkeys(LANGUAGES, said)


# --- As people write it -----------------------------------------------------------------------------------------------


def shown_text(words: Wording, entry: Entry, text: str) -> str:
    """The text of a field as people write it: their decimal sign, their order of a day."""
    if entry in (Entry.MONEY, Entry.PERCENT):
        return text.replace(".", words.decimal_sign)
    if entry is Entry.EVER and text == UNLIMITED:
        return words.say(NO_LIMIT)
    if entry is Entry.DAY:
        return _day_shown(words, text)
    return text


def _day_shown(words: Wording, text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    shown = words.numeric_day(day)
    return shown if words.read_day(shown, day) == day else text


def typed_text(words: Wording, entry: Entry, text: str, today: date) -> str:
    """What somebody typed, in the words of the file; what cannot be read stays as it is, for its reader to refuse."""
    text = text.strip()
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if entry in (Entry.MONEY, Entry.PERCENT):
        return plain.replace(words.decimal_sign, ".").rstrip("%")
    if entry is Entry.EVER and text.casefold() == words.say(NO_LIMIT).casefold():
        return UNLIMITED
    if entry in (Entry.NUMBER, Entry.EVER):
        return plain
    day = words.read_day(text, today) if entry is Entry.DAY else None
    return text if day is None else day.isoformat()


# --- New rules --------------------------------------------------------------------------------------------------------


def new_rule(kind: str, taken: Collection[str]) -> Written:
    """A rule of this kind in which nothing is said yet, with an id of its own."""
    return {"id": proposed_id(f"{kind[0].upper()}1", taken), kind: {}}


def copied_rule(written: Written, taken: Collection[str]) -> Written:
    """The same once more under another id."""
    return deepcopy(written) | {"id": proposed_id(str(written.get("id", "R1")), taken)}


def proposed_id(like: str, taken: Collection[str]) -> str:
    """The next number behind the same letters that no rule has."""
    found = _NUMBERED.fullmatch(like)
    stem, digits = (found[1], found[2]) if found is not None else (like, "")
    number = int(digits or 1)
    while (proposed := f"{stem}{number}") in taken:
        number += 1
    return proposed

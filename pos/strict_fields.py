"""Take one part of a file people write apart: a key is known, not built yet, or an error with the nearest known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money
from pos.strict_yaml import Fields, FileFault, Node, Rows, Text
from pos.wording import N_

# A till's years; nothing a clock step adds runs out of the calendar.
_MOMENT = re.compile(r"(?:19[7-9]|2[0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_LATER = re.compile(r"\+(?=.)(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s)?")
_NO = frozenset({"false", "no"})
_YES = frozenset({"true", "yes"})


@dataclass(frozen=True, slots=True)
class Part:
    """A map of the file and where it stands; `step` is the number of a script's step it belongs to, if any."""

    name: str
    fields: Fields
    step: int | None = None

    @property
    def line(self) -> int:
        return self.fields.line

    def keys(self, known: Collection[str]) -> None:
        """Raises FileFault for a key that is not in the list."""
        for key in self.fields.values:
            if key not in known:
                raise unknown_key(key, known, self.fields.lines[key])

    def get(self, key: str) -> Node | None:
        """What stands under the key; None where nothing does."""
        node = self.fields.values.get(key)
        return None if isinstance(node, Text) and node.null else node

    def line_of(self, key: str) -> int:
        return self.fields.lines.get(key, self.line)

    def text(self, key: str) -> str | None:
        """One value as it is written, or None where the key is left out."""
        node = self.get(key)
        return None if node is None else one_value(node, key).text

    def needed(self, key: str) -> str:
        """One value that must be there and hold something."""
        value = self.text(key)
        if value is None or not value.strip():
            raise self.missing(key)
        return value

    def missing(self, key: str) -> FileFault:
        return FileFault(self.line_of(key), N_("“{key}” is missing."), key=f"{self.name}.{key}".lstrip("."))

    def choice(self, key: str, choices: Collection[str]) -> str | None:
        """One of some words, or None where the key is left out."""
        value = self.text(key)
        if value is None or value in choices:
            return value
        raise bad_choice(key, value, choices, self.line_of(key))

    def yes(self, key: str) -> bool:
        """`true` or `yes`; left out it is no."""
        value = self.text(key)
        if value is None or value.lower() in _NO:
            return False
        if value.lower() not in _YES:
            raise bad_choice(key, value, ("true", "false"), self.line_of(key))
        return True

    def texts(self, key: str) -> list[Text]:
        """A list of values, or one value standing for a list of it."""
        node = self.get(key)
        if node is None:
            return []
        rows = node.rows if isinstance(node, Rows) else [node]
        return [one_value(row, key) for row in rows]

    def rows(self, key: str) -> list[Node]:
        """A list, empty where the key is left out."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node, Rows):
            raise FileFault(node.line, N_("“{key}” is to be a list."), key=key)
        return node.rows

    def parts(self, key: str) -> Iterator[Part]:
        """A list of maps."""
        return (part(row, key, self.step) for row in self.rows(key))

    def part(self, key: str) -> Part | None:
        """A map, or None where the key is left out."""
        node = self.get(key)
        return None if node is None else part(node, key, self.step)

    def wrong(self, key: str) -> FileFault:
        """The value of this key cannot be what it says."""
        node = self.fields.values[key]
        value = node.text if isinstance(node, Text) else ""
        return FileFault(self.line_of(key), N_("“{key}” cannot be “{value}”."), key=key, value=value)

    def money(self, key: str, currency: str) -> int:
        """An amount in minor units; it must be there."""
        value = self.needed(key)
        try:
            return Money.read(value, currency).minor
        except AmountUnreadable as error:
            message = N_("“{key}” cannot be “{value}”: that is no amount of {currency}.")
            raise FileFault(self.line_of(key), message, key=key, value=value, currency=currency) from error


def part(node: Node, name: str, step: int | None = None) -> Part:
    """The node as a map; nothing at all counts as an empty one."""
    if isinstance(node, Text) and node.null:
        return Part(name, Fields(node.line), step)
    if not isinstance(node, Fields):
        raise FileFault(node.line, N_("“{key}” is to be a map of fields."), key=name)
    return Part(name, node, step)


def one_value(node: Node, key: str) -> Text:
    """The node as one value."""
    if not isinstance(node, Text):
        raise FileFault(node.line, N_("“{key}” is to be one value."), key=key)
    return node


def unknown_key(key: str, known: Collection[str], line: int) -> FileFault:
    """A key nobody knows, with the nearest one that is known."""
    near = nearest(key, known)
    if near is None:
        return FileFault(line, N_("“{key}” is not known here."), key=key)
    return FileFault(line, N_("“{key}” is not known here. Did you mean “{near}”?"), key=key, near=near)


def nearest(word: str, known: Collection[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, 1, 0.5)), None)


def bad_choice(key: str, value: str, choices: Collection[str], line: int) -> FileFault:
    message = N_("“{key}” cannot be “{value}”. It may be: {choices}.")
    return FileFault(line, message, key=key, value=value, choices=", ".join(choices))


def local_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """`YYYY-MM-DDThh:mm[:ss]` on the shop's clock as a moment in UTC; None where it is none."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def later(text: str) -> timedelta | None:
    """`+1d2h3m4s`, any part of it, as a length of time; None where it is none."""
    parts = _LATER.fullmatch(text)
    if parts is None:
        return None
    days, hours, minutes, seconds = (int(digits or 0) for digits in parts.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)

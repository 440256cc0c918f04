"""What the palette can find: one entry each, whatever it is, with what happens when it is chosen."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.ui.palette.matching import HOLDS, fit, folded

FOUND_MAX = 8


class Group(StrEnum):
    """What kinds of things there are, in the order they are shown and Tab narrows to them."""

    ACTIONS = "actions"
    ITEMS = "items"
    PEOPLE = "people"
    RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be chosen. `words` are folded and found by, `key` is the direct way to it."""

    group: Group
    title: str
    run: Callable[[], None]
    icon: str = "bolt"
    detail: str = ""
    key: str = ""
    words: tuple[str, ...] = ()


# Whoever looks for entries by what was typed.
Source = Callable[[str], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Other words for an action, in every language, and the icon it is shown with."""

    icon: str
    words: tuple[str, ...]


@cache
def synonyms() -> dict[str, Synonyms]:
    """By the action's object name; kept in `synonyms.toml` beside this file."""
    given = tomllib.loads(resources.files("pos.ui.palette").joinpath("synonyms.toml").read_text("utf-8"))
    return {
        name: Synonyms(str(said.get("icon", "bolt")), tuple(str(word) for word in said.get("words", ())))
        for name, said in given.items()
    }


def words_of(*texts: str) -> tuple[str, ...]:
    """The folded words of some texts."""
    return tuple(dict.fromkeys(word for text in texts for word in folded(text).replace("-", " ").split()))


def best_of(query: str, entries: Iterable[Entry], limit: int = FOUND_MAX) -> list[Entry]:
    """The entries that fit, best first; among equals the order they came in. Without a query the first of them.

    Typing mistakes are forgiven only where nothing holds what was typed: "dark" means the colours, not to park a sale.
    """
    if not query.strip():
        return list(entries)[:limit]
    scored = [(fit(query, entry.words), entry) for entry in entries]
    least = HOLDS if any(score >= HOLDS for score, _ in scored) else 1
    return [entry for score, entry in sorted(scored, key=lambda pair: -pair[0]) if score >= least][:limit]

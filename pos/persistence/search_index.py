"""Keep the search in step with the catalogue: every writer of items or codes calls this in its own unit of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from pos.domain.item import Item
from pos.domain.search_text import code_ending, index_line, spelled_words
from pos.persistence.item_terms import read_names
from pos.persistence.tables_search import INDEXES

_STEP = 5_000
# Id, name, department and other names of an item.
_Line = tuple[str, str, str, Sequence[tuple[str, str]]]
# An item that is as it was costs its index nothing: FTS5 would write a changed row twice.
_INDEX = """
    INSERT INTO item_search (item, department, tokens, plain) VALUES (?, ?, ?, ?)
    ON CONFLICT (item) DO UPDATE SET department = excluded.department, tokens = excluded.tokens, plain = excluded.plain
    WHERE (item_search.department, item_search.tokens, item_search.plain)
        <> (excluded.department, excluded.tokens, excluded.plain)
"""
# A word that no item has any more is left: it finds nothing, and looking for such words would cost every change.
_WORD = "INSERT INTO search_word (word) VALUES (?) ON CONFLICT (word) DO NOTHING"
_ENDING = "INSERT INTO code_ending (ending, item) VALUES (?, ?)"
_ITEMS = "SELECT i.id, i.name, i.department, t.names FROM item i LEFT JOIN item_terms t ON t.item = i.id ORDER BY i.id"
_LINES = """
    SELECT i.id, i.name, i.department, t.names, s.department, s.tokens, s.plain
    FROM item i LEFT JOIN item_search s ON s.item = i.id LEFT JOIN item_terms t ON t.item = i.id
"""


def index_items(connection: Connection, items: Iterable[Item]) -> None:
    """Bring the search up to date with these items, new ones and changed ones."""
    _index(_cursor(connection), [(item.id, item.name, item.department, item.names) for item in items])


def index_codes(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Make new codes, as (code, item), known by their last digits."""
    _cursor(connection).executemany(_ENDING, [(code_ending(code), item) for code, item in pairs])


def drop_codes(connection: Connection, codes: Iterable[str]) -> None:
    """Forget codes that name no item any more."""
    _cursor(connection).executemany(
        "DELETE FROM code_ending WHERE ending = ?", [(code_ending(code),) for code in codes]
    )


def rebuild(connection: Connection) -> int:
    """Make the whole search anew from the catalogue; answers with how many items it holds then."""
    cursor = _cursor(connection)
    # First each index reads its table anew: a damaged one would let nothing be taken out of it.
    for index in INDEXES:
        cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608 - our own names
    for table in ("item_search", "search_word", "code_ending"):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    rows = cursor.execute(_ITEMS).fetchall()
    for start in range(0, len(rows), _STEP):
        step = rows[start : start + _STEP]
        _index(cursor, [(*line, read_names(names)) for *line, names in step])
    codes = cursor.execute("SELECT code, item FROM item_code").fetchall()
    cursor.executemany(_ENDING, [(code_ending(code), item) for code, item in codes])
    return len(rows)


def differences(connection: Connection) -> Iterator[str]:
    """Where the search and the catalogue differ: an item's id, a code, or the index whose words are not its table's."""
    cursor = _cursor(connection)
    tokens: Counter[str] = Counter()
    words: set[str] = set()
    for item, name, department, names, *line in cursor.execute(_LINES):
        expected, plain = index_line(name, department, read_names(names))
        if line != [department, expected, plain]:
            yield f"item {item}"
        tokens.update(set((line[1] or "").split()))
        words.update(spelled_words(plain))
    known = [word for (word,) in cursor.execute("SELECT word FROM search_word")]
    if not words <= set(known):
        yield "search_word"
    if _held(cursor, "item_words") != tokens:
        yield "item_words"
    if _held(cursor, "word_pieces") != Counter(piece for word in known for piece in _pieces(word)):
        yield "word_pieces"
    yield from _codes(cursor)


def _index(cursor: Any, items: Iterable[_Line]) -> None:
    lines = []
    words: dict[str, None] = {}
    for item, name, department, names in items:
        tokens, plain = index_line(name, department, names)
        words.update(dict.fromkeys(spelled_words(plain)))
        lines.append((item, department, tokens, plain))
    cursor.executemany(_INDEX, lines)
    cursor.executemany(_WORD, [(word,) for word in words])


def _held(cursor: Any, index: str) -> Counter[str]:
    """How many rows of its table an index finds for each of its words."""
    cursor.execute("DROP TABLE IF EXISTS temp.held")
    cursor.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, {index}, row)")
    found = Counter(dict(cursor.execute("SELECT term, doc FROM temp.held").fetchall()))
    cursor.execute("DROP TABLE temp.held")
    return found


def _pieces(word: str) -> set[str]:
    return {word[at : at + 3] for at in range(len(word) - 2)}


def _codes(cursor: Any) -> Iterator[str]:
    owners: dict[str, str] = dict(cursor.execute("SELECT code, item FROM item_code").fetchall())
    endings = {code_ending(ending): item for ending, item in cursor.execute("SELECT ending, item FROM code_ending")}
    yield from sorted(f"code {code}" for code, _ in owners.items() ^ endings.items())


def _cursor(connection: Connection) -> Any:
    """The driver's own: SQLAlchemy would look at each of a hundred thousand rows."""
    return connection.connection.cursor()

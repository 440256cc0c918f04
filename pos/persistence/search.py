"""Questions to the search: each a few rows, in the order the index gives them, none ranked.

Everything here answers at once with a million items: beginnings of words from an index of beginnings, codes and prices
from ranges of an index, and the middle of words and mistakes from the list of distinct words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from pos.domain import search_query as late_search_query
from pos.domain.item import ShelfPrice
from pos.domain.search_text import HEAD, department_token, head_in, near_misses, word_in
from pos.persistence import search_index as late_search_index
from pos.persistence.item_prices import ItemPrices
from pos.persistence.moments import to_text

# How many words a middle or a mistake may stand for, and how many items with the words are held against a price.
_WORDS_MAX = 60
_PRICED_MAX = 5_000

_COLUMNS = """
    i.id, i.name, i.department, i.unit, i.unit_price, i.icon, i.picture, i.price_from, i.price_until,
    COALESCE((SELECT code FROM item_code WHERE item = i.id ORDER BY code LIMIT 1), ''),
    (SELECT names FROM item_terms WHERE item = i.id)
"""
_BY_WORDS = f"""
    SELECT {_COLUMNS} FROM item_words CROSS JOIN item_search s ON s.number = item_words.rowid
    CROSS JOIN item i ON i.id = s.item WHERE item_words MATCH ? AND i.active LIMIT ?
"""  # noqa: S608 - our own names
_BY_WORDS_AND_PRICE = f"""
    SELECT {_COLUMNS} FROM (SELECT rowid AS number FROM item_words WHERE item_words MATCH ? LIMIT {_PRICED_MAX}) w
    CROSS JOIN item_search s ON s.number = w.number CROSS JOIN item i ON i.id = s.item
    WHERE i.active AND i.unit_price BETWEEN ? AND ? LIMIT ?
"""  # noqa: S608 - our own names
_BY_PRICE = f"""
    SELECT {_COLUMNS} FROM item i WHERE i.active AND i.unit_price BETWEEN ? AND ? ORDER BY i.unit_price LIMIT ?
"""  # noqa: S608 - our own names
_BY_DEPARTMENT_AND_PRICE = f"""
    SELECT {_COLUMNS} FROM item i WHERE i.active AND i.department = ? AND i.unit_price BETWEEN ? AND ?
    ORDER BY i.unit_price LIMIT ?
"""  # noqa: S608 - our own names
_BY_DEPARTMENT = f"""
    SELECT {_COLUMNS} FROM item_search s CROSS JOIN item i ON i.id = s.item WHERE s.department = ? AND i.active
    ORDER BY s.plain LIMIT ?
"""  # noqa: S608 - our own names
_PAGE = f"""
    SELECT {_COLUMNS}, s.department, s.plain, s.number FROM item_search s CROSS JOIN item i ON i.id = s.item
    WHERE (s.department, s.plain, s.number) > (?, ?, ?) AND i.active = ?
    ORDER BY s.department, s.plain, s.number LIMIT ?
"""  # noqa: S608 - our own names
# Few items are no longer sold: they are picked out first and put in order then.
_PAGE_RETIRED = _PAGE.replace(
    "FROM item_search s CROSS JOIN item i ON i.id = s.item", "FROM item i CROSS JOIN item_search s ON s.item = i.id"
)
_PAGE_OF_DEPARTMENT = _PAGE.replace("WHERE (s.", "WHERE s.department = ? AND (s.")
# A table is read in the order the JOIN names: a value each, then the range of the index it begins.
_BY_CODE = f"""
    SELECT DISTINCT {_COLUMNS} FROM json_each(?) e
    CROSS JOIN (SELECT code AS spelling, item FROM item_code) c ON c.spelling >= e.value
        AND c.spelling < e.value || char(1114111)
    CROSS JOIN item i ON i.id = c.item AND i.active AND (? = '' OR i.department = ?) LIMIT ?
"""  # noqa: S608 - our own names
_BY_CODE_ENDING = _BY_CODE.replace(
    "SELECT code AS spelling, item FROM item_code", "SELECT ending AS spelling, item FROM code_ending"
)
_NEAR = f"""
    SELECT DISTINCT w.word FROM json_each(?) e
    CROSS JOIN search_word w ON w.word >= e.value AND w.word < e.value || char(1114111) LIMIT {_WORDS_MAX}
"""  # noqa: S608 - our own names
_WITH_PIECE = f"""
    SELECT w.word FROM word_pieces CROSS JOIN search_word w ON w.number = word_pieces.rowid
    WHERE word_pieces MATCH ? AND instr(w.word, ?) LIMIT {_WORDS_MAX}
"""  # noqa: S608 - our own names
# One step of the index from each department to the next one, however many items are between.
_DEPARTMENTS = """
    WITH RECURSIVE d(name) AS (
        SELECT MIN(department) FROM item UNION ALL
        SELECT (SELECT MIN(department) FROM item WHERE department > d.name) FROM d WHERE d.name IS NOT NULL
    ) SELECT name FROM d WHERE name <> ''
"""


class FoundRow(NamedTuple):
    """An item as a search answers with it; `code` is one of its codes, empty where it has none.

    Its price is that of now: what the row of the item holds, unless another one has begun since.
    """

    id: str
    name: str
    department: str
    unit: str
    unit_price: int
    icon: str
    picture: str
    price_from: str
    price_until: str
    code: str
    # As `read_names` reads them, None where it has the shop's own only.
    names: str | None = None


# A place in the list of items: its department, its name without accents, its number in the search.
Position = tuple[str, str, int]

# A word and what may stand in its place, which is looked for whole.
Alternatives = tuple[str, Sequence[str]]


class Search:
    """Finds items by words, codes, prices and departments. `department` is empty for all of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prices = ItemPrices(connection)

    def by_words(
        self,
        words: Sequence[Alternatives],
        limit: int,
        *,
        department: str = "",
        prices: late_search_query.Prices | None = None,
        leading: bool = False,
        language: str = "",
    ) -> list[FoundRow]:
        """Items with words that begin so, in any order; `leading`: with a name that begins with the first of them.

        With a `language` also those whose name in it has them.
        """
        terms = [_term(word, others, language) for word, others in words]
        if leading:
            first = words[0][0]
            terms[0] = _any(_begins(HEAD + first), *([_begins(head_in(first, language))] if language else ()))
        match = " AND ".join((*terms, *(f'"{token}"' for token in department_token(department))))
        if prices is None:
            return self._found(_BY_WORDS, (match, limit))
        return self._found(_BY_WORDS_AND_PRICE, (match, prices.low, prices.high, limit))

    def by_price(self, prices: late_search_query.Prices, limit: int, *, department: str = "") -> list[FoundRow]:
        """Items in this span of prices, the cheapest first."""
        if department:
            return self._found(_BY_DEPARTMENT_AND_PRICE, (department, prices.low, prices.high, limit))
        return self._found(_BY_PRICE, (prices.low, prices.high, limit))

    def by_code(self, beginnings: Iterable[str], limit: int, *, department: str = "") -> list[FoundRow]:
        """Items with a code that begins so."""
        return self._found(_BY_CODE, (json.dumps(list(beginnings)), department, department, limit))

    def by_code_ending(self, ending: str, limit: int, *, department: str = "") -> list[FoundRow]:
        """Items with a code that ends so; `ending` is read from its end."""
        return self._found(_BY_CODE_ENDING, (json.dumps([ending]), department, department, limit))

    def in_department(self, department: str, limit: int) -> list[FoundRow]:
        """The first items of a department by name."""
        return self._found(_BY_DEPARTMENT, (department, limit))

    def page(
        self, after: Position | None, limit: int, *, department: str = "", sold: bool = True
    ) -> tuple[list[FoundRow], Position | None]:
        """The items that follow `after`, by department and name, and the place of the last where more may follow."""
        at = after or (department, "", -1)
        asked = (*at, int(sold), limit)
        rows = (
            self._ask(_PAGE_OF_DEPARTMENT, (department, *asked))
            if department
            else self._ask(_PAGE if sold else _PAGE_RETIRED, asked)
        )
        more = tuple(rows[-1][-3:]) if len(rows) == limit else None
        return [FoundRow(*row[:-3]) for row in rows], more

    def priced(self, row: FoundRow, at: datetime) -> FoundRow:
        """The row with the price of that moment."""
        moment = to_text(at)
        if moment >= row.price_from and (not row.price_until or moment < row.price_until):
            return row
        held = self._prices.price_of(row.id, at, ShelfPrice(None, row.unit_price))
        return row._replace(unit_price=held.price)

    def departments(self) -> tuple[str, ...]:
        """Every department that has an item."""
        return tuple(name for (name,) in self._ask(_DEPARTMENTS, ()))

    def words_with(self, piece: str) -> tuple[str, ...]:
        """Some of the words that hold these letters, at least three, anywhere in them."""
        match = " AND ".join(f'"{piece[at : at + 3]}"' for at in range(len(piece) - 2))
        return tuple(word for (word,) in self._ask(_WITH_PIECE, (match, piece)))

    def words_near(self, word: str) -> tuple[str, ...]:
        """Some of the words that begin as this one would without one typing mistake."""
        return tuple(near for (near,) in self._ask(_NEAR, (json.dumps(near_misses(word)),)))

    def differences(self) -> tuple[str, ...]:
        """Where search and catalogue differ; nothing in a sound shop."""
        return tuple(late_search_index.differences(self._connection))

    def rebuild(self) -> int:
        """Make the search anew from the catalogue; answers with how many items it holds."""
        return late_search_index.rebuild(self._connection)

    def _found(self, sql: str, values: tuple[object, ...]) -> list[FoundRow]:
        return [FoundRow(*row) for row in self._ask(sql, values)]

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        rows: list[Any] = self._connection.connection.cursor().execute(sql, values).fetchall()
        return rows


def _begins(word: str) -> str:
    return f'"{word}"*'


def _term(word: str, others: Sequence[str], language: str) -> str:
    spoken = [word_in(each, language) for each in (word, *others)] if language else []
    whole = [f'"{other}"' for other in (*others, *spoken[1:])]
    return _any(_begins(word), *(_begins(each) for each in spoken[:1]), *whole)


def _any(*terms: str) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"

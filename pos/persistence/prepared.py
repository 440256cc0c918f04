"""Statements of the cashier's path: built with SQLAlchemy, spelled once, then handed straight to the driver.

SQLAlchemy looks anew at a statement, its values and its answer at every call, which costs many times what SQLite takes
for one row. The tables hold whole numbers and text only, so no value needs translating on its way in or out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.engine import Connection, Dialect

from pos.domain.frozen import dataclass

Statement = Insert | Update | Delete | Select[*tuple[Any, ...]]
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A statement in the words of one kind of database, and how that one wants values and gives rows."""

    sql: str
    arranged: Callable[[Values], Any]
    named: Callable[[Iterable[object]], Any]


class Prepared:
    """A statement whose values are given by name. It runs inside the unit of work that its connection is in."""

    __slots__ = ("_spellings", "_statement")

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._spellings: dict[str, _Spelling] = {}

    def run(self, connection: Connection, values: Values) -> None:
        """Write, change or remove what the values say."""
        spelling = self._in(connection.dialect)
        connection.connection.cursor().execute(spelling.sql, spelling.arranged(values))

    def run_many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """The same for each of the rows; there may be none."""
        spelling = self._in(connection.dialect)
        connection.connection.cursor().executemany(spelling.sql, [spelling.arranged(row) for row in rows])

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row of the answer with its columns by name, or None. The rest is not read."""
        spelling = self._in(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(spelling.sql, spelling.arranged(values))
        row = cursor.fetchone()
        # Left open, an answer that goes on would keep this moment of the books from ending.
        cursor.close()
        return None if row is None else spelling.named(row)

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """Every row of the answer with its columns by name."""
        spelling = self._in(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(spelling.sql, spelling.arranged(values))
        found = [spelling.named(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def _in(self, dialect: Dialect) -> _Spelling:
        spelling = self._spellings.get(dialect.name)
        if spelling is None:
            compiled = self._statement.compile(dialect=dialect)
            spelling = _Spelling(str(compiled), _arranged(compiled.positiontup), _named(self._statement))
            self._spellings[dialect.name] = spelling
        return spelling


def _arranged(names: list[str] | None) -> Callable[[Values], Any]:
    """Values in the order a database counts them, or by name where it reads names."""
    if names is None:
        return dict
    if len(names) == 1:
        only = names[0]
        return lambda values: (values[only],)
    return itemgetter(*names) if names else lambda _: ()


def _named(statement: Statement) -> Callable[[Iterable[object]], Any]:
    if not isinstance(statement, Select):
        return tuple
    # As a named tuple is, without the text that one is written as and read from: columns by name, in their places.
    columns = {str(column.key): property(itemgetter(at)) for at, column in enumerate(statement.selected_columns)}
    return type("Row", (tuple,), {"__slots__": (), **columns})

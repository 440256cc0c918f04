"""Write down what a program asks the database driver, so that the bare side can ask the very same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pysqlite3.dbapi2 as sqlite


@dataclass(frozen=True, slots=True)
class Statement:
    """One call of the driver: `many` holds a row of values for each time the statement ran."""

    sql: str
    values: Sequence[Any]
    many: bool


COMMIT = Statement("COMMIT", (), many=False)
ROLLBACK = Statement("ROLLBACK", (), many=False)


class Recording:
    """The statements since `take` was last called."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []

    def note(self, statement: Statement) -> None:
        self._statements.append(statement)

    def take(self) -> tuple[Statement, ...]:
        """What was asked since the last time, in order."""
        taken = tuple(self._statements)
        self._statements.clear()
        return taken


@contextmanager
def recorded() -> Iterator[Recording]:
    """Record what every connection opened in here asks, for as long as the connection lives."""
    recording = Recording()
    connect = sqlite.connect

    def connect_recorded(*arguments: Any, **named: Any) -> Any:
        return connect(*arguments, **named | {"factory": _recording_connection(recording)})

    sqlite.connect = connect_recorded
    try:
        yield recording
    finally:
        sqlite.connect = connect


def _recording_connection(recording: Recording) -> type[Any]:
    class Cursor(sqlite.Cursor):  # type: ignore[misc] # the driver ships no types
        def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
            recording.note(Statement(sql, values, many=False))
            return super().execute(sql, values)

        def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:
            recording.note(Statement(sql, rows, many=True))
            return super().executemany(sql, rows)

    class Connection(sqlite.Connection):  # type: ignore[misc] # the driver ships no types
        def cursor(self, factory: type[Any] = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
            return self.cursor().execute(sql, values)

        def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:
            return self.cursor().executemany(sql, rows)

        def commit(self) -> None:
            if self.in_transaction:
                recording.note(COMMIT)
            super().commit()

        def rollback(self) -> None:
            if self.in_transaction:
                recording.note(ROLLBACK)
            super().rollback()

    return Connection

"""The baseline of a completed sale: its own statements, asked of the bare driver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.recording import Statement


def replay(connection: Any, statements: Sequence[Statement]) -> None:
    """Ask them all in order and read every answer, on a connection whose transactions are begun and ended by hand."""
    for statement in statements:
        if statement.many:
            connection.executemany(statement.sql, statement.values)
        else:
            connection.execute(statement.sql, statement.values).fetchall()

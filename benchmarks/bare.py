"""A database opened as the books are, with the bare driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite


def open_bare(path: Path) -> Any:
    """WAL and FULL, transactions begun and ended by hand, references checked: the same promises as the books make."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection

"""Open one shop's database so that what was acknowledged is still there after a power cut."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from pos.domain.trouble import KnownError, Trouble

BUSY_SECONDS = 10
READ_ONLY = "kassa_read_only"


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite keeps committed transactions in WAL mode.

    3.7.0 to 3.51.2 can lose one when two connections write and checkpoint at the same instant; fixed in 3.51.3 and
    back-ported to 3.50.7 and 3.44.6 (sqlite.org/wal.html, "the WAL reset bug").
    """
    if version >= (3, 51, 3):
        return True
    return version[:2] in {(3, 50), (3, 44)} and version >= {50: (3, 50, 7), 44: (3, 44, 6)}[version[1]]


def journal_pragmas(version: tuple[int, ...]) -> tuple[str, str]:
    """How to journal with this SQLite: WAL and FULL where it is safe, else the old journal and EXTRA."""
    if wal_is_safe(version):
        return "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"
    return "PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA"


def open_engine(path: Path, *, looking: bool = False) -> Engine:
    """An engine on an existing database file; a missing one is never made. `looking` leaves its bytes as they are.

    Transactions are ours: a write begins IMMEDIATE, so it never fails half-way for a lock, and DDL is inside it.
    """
    address = f"{path.absolute().as_uri()}?mode={'ro' if looking else 'rw'}"

    def connect() -> Any:
        connection = sqlite.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.isolation_level = None
        for pragma in (*_SAFE, *(() if looking else journal_pragmas(sqlite.sqlite_version_info))):
            connection.execute(pragma)
        return connection

    kind = URL.create("sqlite+pysqlite")
    engine = create_engine(kind, module=sqlite, creator=connect, poolclass=QueuePool, pool_size=2)
    event.listen(engine, "begin", _begin)
    return engine


_SAFE = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    # Without this INSERT OR REPLACE deletes a row and no trigger hears of it.
    "PRAGMA recursive_triggers=ON",
)


def _begin(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction:
        # A unit of work has begun already, without SQLAlchemy.
        return
    driver.execute("BEGIN" if connection.get_execution_options().get(READ_ONLY) else "BEGIN IMMEDIATE")


# What SQLite says, and what that means to the shop. The order matters: the first match wins.
_TROUBLES = (
    ("database or disk is full", Trouble.DISK_FULL),
    ("is locked", Trouble.BOOKS_LOCKED),
    ("locking protocol", Trouble.BOOKS_LOCKED),
    ("malformed", Trouble.BOOKS_DAMAGED),
    ("Could not decode", Trouble.BOOKS_DAMAGED),
    ("not a database", Trouble.BOOKS_DAMAGED),
    ("unsupported file format", Trouble.BOOKS_DAMAGED),
    ("no such table", Trouble.BOOKS_DAMAGED),
    ("no such column", Trouble.BOOKS_DAMAGED),
    # What FTS5 says of its own tables and options.
    ("vtable constructor failed", Trouble.BOOKS_DAMAGED),
    ("no such module", Trouble.BOOKS_DAMAGED),
    ("unrecognized option", Trouble.BOOKS_DAMAGED),
    ("unrecognized column option", Trouble.BOOKS_DAMAGED),
    ("tokenize", Trouble.BOOKS_DAMAGED),
    ("fts5", Trouble.BOOKS_DAMAGED),
    ("unable to open", Trouble.BOOKS_READ_ONLY),
    ("readonly", Trouble.BOOKS_READ_ONLY),
    ("disk I/O error", Trouble.DISK_FAULT),
)
# The same from the operating system, for the files beside the database.
_OS_TROUBLES = {
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EIO: Trouble.DISK_FAULT,
    errno.EROFS: Trouble.BOOKS_READ_ONLY,
    errno.EACCES: Trouble.BOOKS_READ_ONLY,
    errno.EPERM: Trouble.BOOKS_READ_ONLY,
    # A folder where the file should be; a disk of another machine that went away.
    errno.EISDIR: Trouble.BOOKS_DAMAGED,
    errno.ESTALE: Trouble.DISK_FAULT,
    errno.ENOTCONN: Trouble.DISK_FAULT,
    errno.ETIMEDOUT: Trouble.DISK_FAULT,
}
# Less than SQLite needs beside the books to write anything.
_NO_ROOM = 65_536


# What the driver, SQLAlchemy and the operating system raise for a disk or a lock.
WORLD = (DatabaseError, sqlite.DatabaseError, OSError)


def _is_full(path: Path) -> bool:
    """Whether there is no room: SQLite calls a full disk a fault where the index of its log cannot grow."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    return False


@contextmanager
def world_errors(path: object) -> Iterator[None]:
    """Turn what a disk or a lock did into a KnownError; whatever else fails is a bug and passes through."""
    try:
        yield
    except (DatabaseError, sqlite.DatabaseError) as error:
        said = str(error.orig if isinstance(error, DatabaseError) else error)
        for words, trouble in _TROUBLES:
            if words in said:
                full = trouble is Trouble.DISK_FAULT and _is_full(Path(str(path)))
                raise KnownError(Trouble.DISK_FULL if full else trouble, file=str(path)) from error
        raise
    except UnicodeDecodeError as error:
        raise KnownError(Trouble.BOOKS_DAMAGED, file=str(path)) from error
    except OSError as error:
        known = _OS_TROUBLES.get(error.errno or 0)
        if known is None:
            raise
        raise KnownError(known, file=str(path)) from error

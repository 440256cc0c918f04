"""Bring a database to the schema this program knows: all of it or nothing, with a backup before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine

from pos.domain.trouble import KnownError, Trouble
from pos.persistence import migration
from pos.persistence.engine import READ_ONLY, world_errors

# Every schema this program can read or bring up to date, oldest first. The last is the one it works with.
REVISIONS = tuple(f"{number:04}" for number in range(1, 37))
HEAD = REVISIONS[-1]


def schema_of(engine: Engine, path: Path) -> str:
    """The revision a database stands at.

    Raises KnownError: BOOKS_DAMAGED where it cannot be read, BOOKS_NEWER where a later program made it.
    """
    with world_errors(path), engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is None:
        raise KnownError(Trouble.BOOKS_DAMAGED, file=str(path))
    if revision not in REVISIONS:
        raise KnownError(Trouble.BOOKS_NEWER, file=str(path), revision=str(revision))
    return str(revision)


def create_schema(engine: Engine, path: Path) -> None:
    """Make every table in an empty database."""
    migration.upgrade(engine, path)


def migrate(engine: Engine, path: Path, backup: Path) -> None:
    """Bring an older database to HEAD; `backup` is a copy made before anything is changed.

    Raises KnownError MIGRATION_FAILED, or what the disk says; the database is then as it was.
    """
    try:
        backup.parent.mkdir(mode=0o700, exist_ok=True)
        copy_database(path, backup)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(backup), detail=error.strerror or str(error)) from error
    try:
        migration.upgrade(engine, path)
    except Exception as error:
        # A full disk or a lock is said as such; a table that is not there is the migration's own mistake.
        if isinstance(error, KnownError) and error.trouble is not Trouble.BOOKS_DAMAGED:
            raise
        raise KnownError(Trouble.MIGRATION_FAILED, file=str(path), backup=str(backup)) from error


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a live database through SQLite's own backup; `target` is complete or absent.

    Raises KnownError where the disk or the source says no.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        with world_errors(source):
            _copy(source, unfinished)
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with (
        closing(sqlite.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite.connect(target)) as writing,
    ):
        writing.execute("PRAGMA synchronous=FULL")
        reading.backup(writing)
        # One self-contained file: no -wal beside it to forget.
        writing.execute("PRAGMA journal_mode=DELETE")
        if writing.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise KnownError(Trouble.BOOKS_DAMAGED, file=str(source))

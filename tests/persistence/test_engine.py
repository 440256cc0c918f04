"""How the database is opened: durable where SQLite can be trusted, careful where it cannot, one writer at a time."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.trouble import KnownError, Trouble
from pos.persistence.engine import READ_ONLY, journal_pragmas, open_engine, wal_is_safe, world_errors
from pos.persistence.shop_folder import DATABASE
from tests.corner_shop import new_shop, open_up, sell

LANES = 4
TURNS = 50


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_keeps_what_it_committed(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    mode, sync = journal_pragmas(version)
    assert (mode, sync) == (
        ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
        if safe
        else ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA")
    )


def test_the_sqlite_in_use_is_one_of_them() -> None:
    assert wal_is_safe(sqlite.sqlite_version_info), "pysqlite3 is pinned so that the old one of the system is not used"


def pragma(path: Path, name: str) -> object:
    engine = open_engine(path)
    with engine.connect() as connection:
        value: object = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    engine.dispose()
    return value


def test_every_connection_is_prepared(tmp_path: Path) -> None:
    path = new_shop(tmp_path / "shop") / DATABASE
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "synchronous") == 2
    assert pragma(path, "foreign_keys") == 1
    assert pragma(path, "recursive_triggers") == 1
    assert pragma(path, "trusted_schema") == 0


def test_an_old_sqlite_sells_with_the_old_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "sqlite_version_info", (3, 40, 1))
    folder = new_shop(tmp_path / "shop")
    assert pragma(folder / DATABASE, "journal_mode") == "delete"
    assert pragma(folder / DATABASE, "synchronous") == 3
    workstation = open_up(folder)
    sell(workstation)
    assert not (folder / f"{DATABASE}-wal").exists()
    workstation.close()


def count_up(path: Path, turns: int, answers: multiprocessing.SimpleQueue[str]) -> None:
    """Read a number and write the next, as a till does with receipt numbers."""
    engine = open_engine(path)
    try:
        for _ in range(turns):
            with engine.begin() as connection:
                number = connection.exec_driver_sql("SELECT n FROM count").scalar_one()
                connection.exec_driver_sql("UPDATE count SET n = ?", (number + 1,))
        answers.put("")
    except Exception as error:
        answers.put(repr(error))
        raise
    finally:
        engine.dispose()


def test_four_lanes_that_read_then_write_never_fail_for_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "count.sqlite3"
    with sqlite.connect(path) as connection:
        connection.executescript("CREATE TABLE count (n INTEGER) STRICT; INSERT INTO count VALUES (0);")
    connection.close()
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    lanes = [context.Process(target=count_up, args=(path, TURNS, answers)) for _ in range(LANES)]
    for lane in lanes:
        lane.start()
    assert [answers.get() for _ in lanes] == [""] * LANES
    for lane in lanes:
        lane.join()
    with sqlite.connect(path) as connection:
        assert connection.execute("SELECT n FROM count").fetchone() == (LANES * TURNS,), "no turn was lost"
    connection.close()


def test_reading_never_waits_for_a_writer(tmp_path: Path) -> None:
    engine = open_engine(new_shop(tmp_path / "shop") / DATABASE)
    with engine.begin() as writing:
        writing.exec_driver_sql("UPDATE item SET unit_price = 1")
        with engine.connect().execution_options(**{READ_ONLY: True}) as reading:
            assert reading.exec_driver_sql("SELECT MIN(unit_price) FROM item").scalar() == 0
        writing.rollback()
    engine.dispose()


def test_ddl_is_inside_the_transaction(tmp_path: Path) -> None:
    engine = open_engine(new_shop(tmp_path / "shop") / DATABASE)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE extra (n INTEGER) STRICT")
        connection.exec_driver_sql("DROP TABLE item_code")
        connection.rollback()
        names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    engine.dispose()
    assert "item_code" in names
    assert "extra" not in names


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (sqlite.OperationalError("database is locked"), Trouble.BOOKS_LOCKED),
        (sqlite.OperationalError("database or disk is full"), Trouble.DISK_FULL),
        (sqlite.OperationalError("disk I/O error"), Trouble.DISK_FAULT),
        (sqlite.DatabaseError("database disk image is malformed"), Trouble.BOOKS_DAMAGED),
        (sqlite.DatabaseError("file is not a database"), Trouble.BOOKS_DAMAGED),
        (sqlite.OperationalError("Could not decode to UTF-8 column 'x'"), Trouble.BOOKS_DAMAGED),
        (sqlite.OperationalError("attempt to write a readonly database"), Trouble.BOOKS_READ_ONLY),
        (sqlite.OperationalError("unable to open database file"), Trouble.BOOKS_READ_ONLY),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), Trouble.DISK_FULL),
        (OSError(errno.EIO, os.strerror(errno.EIO)), Trouble.DISK_FAULT),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), Trouble.BOOKS_READ_ONLY),
        (OSError(errno.EISDIR, os.strerror(errno.EISDIR)), Trouble.BOOKS_DAMAGED),
        (OSError(errno.ESTALE, os.strerror(errno.ESTALE)), Trouble.DISK_FAULT),
    ],
)
def test_what_the_world_did_has_a_name(error: Exception, trouble: Trouble) -> None:
    with pytest.raises(KnownError) as met, world_errors("books"):
        raise error
    assert met.value.trouble is trouble


def test_a_full_disk_that_sqlite_calls_a_fault_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does where the index of its log cannot grow; "look at the disk" would be the wrong advice."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=4_096))
    with pytest.raises(KnownError) as met, world_errors("books"):
        raise sqlite.OperationalError("disk I/O error")
    assert met.value.trouble is Trouble.DISK_FULL


@pytest.mark.parametrize("error", [sqlite.IntegrityError("CHECK failed"), OSError(errno.EEXIST, ""), ValueError("bug")])
def test_a_bug_stays_a_bug(error: Exception) -> None:
    with pytest.raises(type(error)), world_errors("books"):
        raise error

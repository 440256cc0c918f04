"""A migration is all there or not there at all, with a copy from before, and one that fails leaves the old books open.

The revision after the newest is the tests' own: a table that others refer to is rebuilt in five steps.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import Engine

import migrations
from pos.domain.trouble import KnownError, Trouble
from pos.persistence import migration, schema, shop_folder
from pos.persistence.every_table import metadata
from pos.persistence.schema import copy_database
from pos.persistence.shop_folder import BACKUPS, DATABASE, KEYS, open_shop
from pos.services.verify import verify_shop
from tests.corner_shop import OPENED, contents, new_shop, open_up, sell
from tests.crash.killing import Outcome, Say, calls_of, needs_strace, points, traced
from tests.crash.test_killed import LONG

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

NEWEST = schema.HEAD
NEXT = f"{int(NEWEST) + 1:04d}"
REBUILD = """
from alembic import op

revision = "NEXT"
down_revision = "NEWEST"


def upgrade():
    made = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'item'").scalar()
    op.execute(made.replace("TABLE item", "TABLE item_new").replace("PRIMARY", "shelf TEXT NOT NULL, PRIMARY"))
    op.execute("INSERT INTO item_new SELECT *, '' FROM item")
    op.execute("DROP TABLE item")
    op.execute("ALTER TABLE item_new RENAME TO item")
    op.execute("CREATE INDEX item_shelf ON item (shelf)")
""".replace("NEXT", NEXT).replace("NEWEST", NEWEST)
LAST_STEP = """    op.execute("INSERT INTO nowhere VALUES (1)")
"""
FAILS = REBUILD + LAST_STEP
LOSES = REBUILD.replace("'' FROM item", "'' FROM item WHERE id <> '1'")
WIDTH = len(metadata.tables["item"].columns)


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make this program one that knows a further revision."""

    def know(second: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"v{NEXT}_second.py").write_text(second)
        monkeypatch.setattr(migrations, "__file__", str(folder / "__init__.py"))
        monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, NEXT))
        monkeypatch.setattr(schema, "HEAD", NEXT)
        monkeypatch.setattr(shop_folder, "HEAD", NEXT)

    return know


def sold_in(folder: Path) -> Path:
    """A shop of the newest revision with a sale in it and its log beside it, as a killed program leaves it."""
    workstation = open_up(new_shop(folder.with_name("selling")))
    sell(workstation)
    shutil.copytree(folder.with_name("selling"), folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    workstation.close()
    return folder


def revision_of(path: Path) -> str:
    connection = sqlite.connect(path)
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    columns = {row[1] for row in connection.execute("PRAGMA table_info(item)")}
    connection.close()
    # All of it or nothing of it.
    assert "item_new" not in tables
    assert ("item_shelf" in tables) == ("shelf" in columns) == (revision == NEXT)
    return str(revision)


def without_shelf(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return rows | {"item": [row[:WIDTH] for row in rows["item"]]}


def copies(folder: Path) -> list[Path]:
    return sorted((folder / BACKUPS).glob("before-*.sqlite3"))


def update(folder: Path, say: Say) -> None:
    shop = open_shop(folder, OPENED)
    say("OPEN")
    shop.close()


def test_an_older_shop_is_brought_up_to_date_after_a_copy(tmp_path: Path, newer: Callable[[str], None]) -> None:
    folder = sold_in(tmp_path / "shop")
    before = contents(folder)
    newer(REBUILD)
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    assert revision_of(folder / DATABASE) == NEXT
    assert {row[:WIDTH] for row in contents(folder)["item"]} == set(before["item"])
    (copy,) = copies(folder)
    assert revision_of(copy) == NEWEST
    assert copy.stat().st_mode & 0o777 == 0o600
    old = tmp_path / "old"
    (old / "anchors").mkdir(parents=True)
    shutil.copyfile(copy, old / DATABASE)
    assert contents(old) == before
    open_up(folder).close()
    assert len(copies(folder)) == 1, "a shop that is up to date is not copied again"


@pytest.mark.parametrize("second", [FAILS, LOSES], ids=["a step fails", "a reference is lost"])
def test_a_failed_update_leaves_the_old_shop_open_to_the_old_program(
    tmp_path: Path, newer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    folder = sold_in(tmp_path / "shop")
    before = contents(folder)
    with monkeypatch.context() as tomorrow:
        newer(second)
        for _ in range(2):
            with pytest.raises(KnownError) as met:
                open_shop(folder, OPENED)
            assert met.value.trouble is Trouble.MIGRATION_FAILED
            assert Path(str(met.value.facts["backup"])).exists()
            assert revision_of(folder / DATABASE) == NEWEST
            assert contents(folder) == before
        tomorrow.undo()
    monkeypatch.undo()
    assert verify_shop(folder).sound
    workstation = open_up(folder)
    assert sell(workstation).transaction.receipt.number == 2
    workstation.close()


def test_no_copy_no_update(tmp_path: Path, newer: Callable[[str], None]) -> None:
    folder = sold_in(tmp_path / "shop")
    before = contents(folder)
    newer(REBUILD)
    shutil.rmtree(folder / BACKUPS)
    (folder / BACKUPS).write_text("a file in the way")
    with pytest.raises(KnownError) as met:
        open_shop(folder, OPENED)
    assert met.value.trouble is Trouble.FILE_UNREADABLE
    assert contents(folder) == before
    assert revision_of(folder / DATABASE) == NEWEST
    (folder / BACKUPS).unlink()
    open_shop(folder, OPENED).close()
    assert len(copies(folder)) == 1, "a folder that somebody tidied away is made again"


def test_two_programs_bring_it_up_to_date_once(tmp_path: Path, newer: Callable[[str], None]) -> None:
    folder = sold_in(tmp_path / "shop")
    newer(REBUILD)
    first = open_shop(folder, OPENED)
    second = open_shop(folder, OPENED)
    assert revision_of(folder / DATABASE) == NEXT
    first.close()
    second.close()


def look_after_update(folder: Path, outcome: Outcome, before: dict[str, list[tuple[object, ...]]]) -> None:
    """Old or new, every row there, every copy whole; and the next start goes through."""
    revision = revision_of(folder / DATABASE)
    assert revision == NEXT or "OPEN" not in outcome.said
    now = without_shelf(contents(folder))
    assert {table: set(rows) for table, rows in now.items()} == {table: set(rows) for table, rows in before.items()}
    for copy in copies(folder):
        assert revision_of(copy) == NEWEST
    assert copies(folder) or revision == NEWEST, "nothing was changed before the copy was whole"
    workstation = open_up(folder)
    assert revision_of(folder / DATABASE) == NEXT
    assert sell(workstation).transaction.receipt.number == 2
    workstation.close()


def sweep(template: Path, *, at_most: int | None) -> int:
    """Kill the update of a shop of the newest revision at each point, and look; answers at how many it died."""
    before = contents(template)
    run = template.with_name("run")

    def fresh() -> Path:
        shutil.rmtree(run, ignore_errors=True)
        return shutil.copytree(template, run)

    calls = calls_of(update, fresh(), template.with_name("calls.log"))
    killed = 0
    for call, k in points(calls, at_most=at_most):
        outcome = traced(update, fresh(), f"{call}:signal=KILL:when={k}")
        killed += outcome.killed
        try:
            look_after_update(run, outcome, before)
        except (AssertionError, KnownError, sqlite.Error) as error:
            raise AssertionError(f"killed at {call} {k}: {error}") from error
    print(f"update: {killed} kills of {sum(calls.values())} calls")
    return killed


@pytest.mark.parametrize("at_most", [16, pytest.param(None, marks=LONG, id="all")])
def test_an_update_killed_at_every_call(tmp_path: Path, newer: Callable[[str], None], at_most: int | None) -> None:
    needs_strace()
    template = sold_in(tmp_path / "template")
    newer(REBUILD)
    assert sweep(template, at_most=at_most) > 10


def test_the_harness_sees_an_update_step_by_step(
    tmp_path: Path, newer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each statement durable by itself, as SQLAlchemy's own transactions on SQLite have it (reliability, finding 2)."""
    needs_strace()
    template = sold_in(tmp_path / "template")
    newer(REBUILD)

    def step_by_step(engine: Engine, _path: Path) -> None:
        config: Any = alembic.config.Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            config.attributes["connection"] = connection.execution_options(isolation_level="AUTOCOMMIT")
            alembic.command.upgrade(config, "head")

    monkeypatch.setattr(migration, "upgrade", step_by_step)
    with pytest.raises(AssertionError, match="killed at"):
        sweep(template, at_most=60)


def test_a_copy_of_damaged_books_is_no_copy(tmp_path: Path) -> None:
    folder = sold_in(tmp_path / "shop")
    open_up(folder).close()
    with (folder / DATABASE).open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\x55" * 4096)
    with pytest.raises(KnownError) as met:
        copy_database(folder / DATABASE, tmp_path / "copy")
    assert met.value.trouble is Trouble.BOOKS_DAMAGED
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "kassa") == ["selling", "shop"]
    assert (folder / KEYS).exists()

"""Books that cannot be trusted are refused with their reason, and left byte for byte as they were found."""

# ruff: noqa: S608 - the tables are those of pos/persistence/tables.py
from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.transaction import JournalHead
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.facts import FACTS
from pos.persistence.shop_folder import (
    ANCHORS,
    BACKUPS,
    DATABASE,
    KEYS,
    MANIFEST,
    note_anchor,
    open_shop,
    read_anchors,
)
from pos.services.verify import verify_shop
from tests.corner_shop import OPENED, HandClock, new_shop, open_up, sell

WAL = f"{DATABASE}-wal"
Damage = Callable[[Path], object]
NOBODY = 65534


@pytest.fixture(scope="module")
def closed_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two sales that was closed as it should be: no log beside the database."""
    folder = new_shop(tmp_path_factory.mktemp("closed") / "shop")
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    shutil.copyfile(folder / DATABASE, folder.parent / "yesterday")
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    return folder


@pytest.fixture(scope="module")
def killed_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, left as a killed program leaves it: the last sales are in the log only."""
    home = tmp_path_factory.mktemp("killed")
    workstation = open_up(new_shop(home / "selling"))
    sell(workstation)
    sell(workstation)
    shutil.copytree(home / "selling", home / "shop", ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    workstation.close()
    return home / "shop"


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def run_sql(folder: Path, script: str) -> None:
    connection = sqlite.connect(folder / DATABASE)
    connection.executescript(script)
    connection.close()


def cut_tail(folder: Path) -> None:
    """The last sale with everything that speaks of it, as somebody with the file and a database tool would."""
    tables = ("tender_line", "sale_line_tax", "sale_line", "till_movement", "ledger_entry", "paper_job")
    drops = "".join(f"DROP TRIGGER {table.name}_no_delete;" for table in FACTS)
    sale = "(SELECT id FROM retail_transaction ORDER BY number DESC LIMIT 1)"
    entry = "(SELECT MAX(sequence) FROM journal_entry)"
    where = {"till_movement": f"sequence = {entry}", "ledger_entry": f"sequence = {entry}"}
    deletes = "".join(f"DELETE FROM {table} WHERE {where.get(table, f'transaction_id = {sale}')};" for table in tables)
    last = f"DELETE FROM retail_transaction WHERE id = {sale}; DELETE FROM journal_entry WHERE sequence = {entry};"
    guards = "".join(
        f"CREATE TRIGGER {table.name}_no_delete BEFORE DELETE ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END;"
        for table in FACTS
    )
    run_sql(folder, drops + deletes + last + guards)


def other_keys(folder: Path) -> None:
    text = (folder / KEYS).read_text()
    shop_id = text.split('"')[3]
    (folder / KEYS).write_text(text.replace(shop_id, shop_id[::-1]))


def other_digit(name: str) -> Damage:
    """A disk that keeps one digit of a key wrongly: the file is as whole as before, and of the same shop."""

    def damage(folder: Path) -> None:
        keys = json.loads((folder / KEYS).read_text())
        keys[name] = ("1" if keys[name][0] == "0" else "0") + keys[name][1:]
        (folder / KEYS).write_text(json.dumps(keys, indent=1))

    return damage


def folder_instead(folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / DATABASE).mkdir()


def size(path: Path) -> int:
    return path.stat().st_size


def spoilt_rules(body: str) -> str:
    return f"DROP TRIGGER shop_rules_no_update; UPDATE shop_rules SET body = '{body}'"


CLOSED: dict[str, tuple[Damage, Trouble]] = {
    "page 1 zeroed": (lambda f: overwrite(f / DATABASE, 0, bytes(4096)), Trouble.BOOKS_DAMAGED),
    "cut to nothing": (lambda f: os.truncate(f / DATABASE, 0), Trouble.BOOKS_DAMAGED),
    "cut in the header": (lambda f: os.truncate(f / DATABASE, 60), Trouble.BOOKS_DAMAGED),
    "cut in half": (lambda f: os.truncate(f / DATABASE, 65536), Trouble.BOOKS_DAMAGED),
    "the last byte cut": (lambda f: os.truncate(f / DATABASE, size(f / DATABASE) - 1), Trouble.BOOKS_DAMAGED),
    "garbage": (lambda f: overwrite(f / DATABASE, 0, os.urandom(32768)), Trouble.BOOKS_DAMAGED),
    "garbage after the header": (lambda f: overwrite(f / DATABASE, 100, os.urandom(65536)), Trouble.BOOKS_DAMAGED),
    "a digit of its format": (lambda f: overwrite(f / DATABASE, 47, b"\x06"), Trouble.BOOKS_DAMAGED),
    "no version": (lambda f: run_sql(f, "DELETE FROM alembic_version"), Trouble.BOOKS_DAMAGED),
    "no shop": (lambda f: run_sql(f, "DROP TRIGGER shop_no_delete; DELETE FROM shop"), Trouble.BOOKS_DAMAGED),
    "no rules": (
        lambda f: run_sql(f, "DROP TRIGGER shop_rules_no_delete; DELETE FROM shop_rules"),
        Trouble.BOOKS_DAMAGED,
    ),
    "rules unreadable": (lambda f: run_sql(f, spoilt_rules("x")), Trouble.BOOKS_DAMAGED),
    "rules of another program": (lambda f: run_sql(f, spoilt_rules('{"name": 5}')), Trouble.BOOKS_DAMAGED),
    "a newer schema": (lambda f: run_sql(f, "UPDATE alembic_version SET version_num='0099'"), Trouble.BOOKS_NEWER),
    "the database gone": (lambda f: (f / DATABASE).unlink(), Trouble.BOOKS_MISSING),
    "a folder in its place": (folder_instead, Trouble.BOOKS_DAMAGED),
    "the keys gone": (lambda f: (f / KEYS).unlink(), Trouble.KEYS_MISSING),
    "the keys of another shop": (other_keys, Trouble.KEYS_WRONG),
    "a digit of the journal's key": (other_digit("journal_key"), Trouble.KEYS_WRONG),
    "a digit of the pepper": (other_digit("pepper"), Trouble.KEYS_WRONG),
    "the keys garbage": (lambda f: overwrite(f / KEYS, 0, b"\xff\x00{"), Trouble.KEYS_WRONG),
    "the keys empty": (lambda f: os.truncate(f / KEYS, 0), Trouble.KEYS_WRONG),
    "yesterday's file": (lambda f: shutil.copyfile(f.parent / "yesterday", f / DATABASE), Trouble.BOOKS_BEHIND),
    "the tail cut": (cut_tail, Trouble.BOOKS_BEHIND),
    "another history": (lambda f: note_anchor(f, replace(read_anchors(f)[0], mac="f" * 64)), Trouble.BOOKS_BEHIND),
    "nothing there": (shutil.rmtree, Trouble.SHOP_MISSING),
    "a backup": (lambda f: (f / MANIFEST).write_text("{}", "utf-8"), Trouble.SHOP_IS_BACKUP),
}
KILLED: dict[str, tuple[Damage, Trouble]] = {
    "the log gone": (lambda f: (f / WAL).unlink(), Trouble.BOOKS_BEHIND),
    "the log garbage": (lambda f: (f / WAL).write_bytes(os.urandom(size(f / WAL))), Trouble.BOOKS_BEHIND),
    "the log cut": (lambda f: os.truncate(f / WAL, size(f / WAL) // 2), Trouble.BOOKS_BEHIND),
    "a bit of the log": (lambda f: overwrite(f / WAL, size(f / WAL) // 2, b"\x55"), Trouble.BOOKS_BEHIND),
    "the database gone, the log left": (lambda f: (f / DATABASE).unlink(), Trouble.BOOKS_MISSING),
}


def fingerprint(folder: Path) -> dict[str, str]:
    """What every file holds, but for SQLite's own index of the log, which it makes anew, and the locks."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", ".lock")) and path.stat().st_size
    }


def refusal_of(folder: Path) -> Trouble:
    """Why the shop does not open; whatever was in its folder is still exactly that."""
    before = fingerprint(folder)
    with pytest.raises(KnownError) as met:
        open_up(folder)
    assert fingerprint(folder) == before
    return met.value.trouble


@pytest.mark.parametrize("damage", CLOSED)
def test_a_damaged_or_foreign_shop_is_refused_untouched(tmp_path: Path, closed_shop: Path, damage: str) -> None:
    shutil.copytree(closed_shop.parent, tmp_path / "home")
    do, trouble = CLOSED[damage]
    do(tmp_path / "home" / "shop")
    assert refusal_of(tmp_path / "home" / "shop") is trouble
    assert refusal_of(tmp_path / "home" / "shop") is trouble, "asking twice changes nothing"


@pytest.mark.parametrize("damage", KILLED)
def test_what_a_crash_left_is_refused_untouched_once_it_is_damaged(
    tmp_path: Path, killed_shop: Path, damage: str
) -> None:
    shutil.copytree(killed_shop, tmp_path / "shop")
    do, trouble = KILLED[damage]
    do(tmp_path / "shop")
    assert refusal_of(tmp_path / "shop") is trouble


def test_undamaged_they_open(tmp_path: Path, closed_shop: Path, killed_shop: Path) -> None:
    for name, shop in (("closed", closed_shop), ("killed", killed_shop)):
        workstation = open_up(shutil.copytree(shop, tmp_path / name))
        assert sell(workstation).transaction.receipt.number == 3
        workstation.close()
        assert verify_shop(tmp_path / name).sound


def test_keys_of_before_they_could_be_checked_still_open(tmp_path: Path, closed_shop: Path) -> None:
    folder = shutil.copytree(closed_shop, tmp_path / "shop")
    keys = json.loads((folder / KEYS).read_text())
    del keys["check"]
    (folder / KEYS).write_text(json.dumps(keys))
    open_up(folder).close()
    assert verify_shop(folder).sound


def as_somebody_else(folder: Path) -> Trouble | None:
    """Open the shop as a user with no rights but those of everybody; root may write anything."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            open_shop(folder, OPENED).close()
        except KnownError as error:
            os.write(writing, error.trouble.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return Trouble(said) if said else None


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A folder that everybody may look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("folder_mode", [0o777, 0o555])
def test_books_that_may_not_be_written_are_refused_at_once(open_home: Path, folder_mode: int) -> None:
    folder = new_shop(open_home / "shop")
    for path in folder.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o444)
    folder.chmod(folder_mode)
    before = fingerprint(folder)
    assert as_somebody_else(folder) is Trouble.BOOKS_READ_ONLY
    assert fingerprint(folder) == before
    folder.chmod(0o755)


def test_every_zeroed_page_is_found_and_crashes_nothing(tmp_path: Path, closed_shop: Path) -> None:
    pages = (closed_shop / DATABASE).stat().st_size // 4096
    for page in range(1, pages):
        folder = shutil.copytree(closed_shop, tmp_path / str(page))
        overwrite(folder / DATABASE, page * 4096, bytes(4096))
        try:
            sound = verify_shop(folder).sound
        except KnownError as error:
            assert error.trouble is Trouble.BOOKS_DAMAGED  # noqa: PT017 - both ways of noticing are right
            sound = False
        assert not sound, f"page {page + 1}"
        try:
            workstation = open_up(folder, clock=HandClock())
            workstation.sale.recover()
            workstation.sale.scan("BREAD")
            workstation.sale.tender_cash(5_000)
            workstation.sale.complete()
            workstation.close()
        except KnownError as error:
            assert error.trouble is Trouble.BOOKS_DAMAGED  # noqa: PT017 - a damage nobody touched may go unnoticed here
        shutil.rmtree(folder)


def test_two_programs_never_share_a_number(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    first = open_up(folder)
    with pytest.raises(KnownError) as met:
        open_up(folder)
    assert met.value.trouble is Trouble.WORKSTATION_TAKEN
    second = open_up(folder, number=2)
    first.close()
    first.close()
    open_up(folder).close()
    second.close()


MAC = "a" * 64


def anchored(folder: Path, text: str) -> list[JournalHead]:
    (folder / ANCHORS).mkdir(parents=True, exist_ok=True)
    (folder / ANCHORS / "03.log").write_text(text)
    return read_anchors(folder)


@pytest.mark.parametrize(
    "text",
    [
        f"12 {MAC}\n",
        f"\n12 {MAC}\n",
        f"\n12 {MAC}\n\n13 {MAC[:40]}",
        f"\n12 {MAC}\n\n13 {MAC}",
        f"\n12 {MAC}\n\n1",
        f"\n12 {MAC}\n" + "\x00" * 200,
        f"\n12 {MAC}\n" + "\x00" * 20 + "\n",
        f"\n12 {MAC}\n\n11 {MAC}\n",
        "\n3 x\n" * 2000 + f"\n12 {MAC}\n",
    ],
)
def test_the_furthest_whole_anchor_counts(tmp_path: Path, text: str) -> None:
    assert anchored(tmp_path, text) == [JournalHead(3, 12, MAC)]


def test_a_torn_anchor_never_runs_into_the_next(tmp_path: Path) -> None:
    """Of "12 aaa…" a full disk may keep only "1"; the next note must not read as entry 113."""
    assert anchored(tmp_path, f"\n11 {MAC}\n\n1") == [JournalHead(3, 11, MAC)]
    note_anchor(tmp_path, JournalHead(3, 13, MAC))
    assert read_anchors(tmp_path) == [JournalHead(3, 13, MAC)]


def test_strange_files_among_the_anchors_are_nobody_s_heads(tmp_path: Path) -> None:
    assert anchored(tmp_path, "") == []
    (tmp_path / ANCHORS / "notes.log").write_text(f"1 {MAC}\n")
    assert read_anchors(tmp_path) == []
    assert read_anchors(tmp_path / "nowhere") == []


def test_a_disk_that_refuses_the_anchor_undoes_no_sale(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    (folder / ANCHORS / "01.log").unlink()
    (folder / ANCHORS / "01.log").mkdir()
    done = sell(workstation)
    assert workstation.sale.last_completed() == done.transaction
    workstation.close()
    (folder / ANCHORS / "01.log").rmdir()
    open_up(folder).close()
    assert (folder / BACKUPS).is_dir()

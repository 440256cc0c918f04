"""A backup is whole, private and enough: on a bare machine the same people sign in and the same books hold."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.shop import Mode
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import ANCHORS, BACKUPS, DATABASE, KEYS, MANIFEST, OpenShop, create_shop, read_anchors
from pos.services import backup as module
from pos.services.backup import KEPT, back_up, back_up_at_end, restore
from pos.services.backup_note import NOTE, failed_backup
from pos.services.half_restore import alone, finish_restore
from pos.services.verify import VerifyReport, verify_books, verify_shop
from pos.settings import has_own_shop, read_settings
from pos.workstation import Workstation, open_workstation
from tests.corner_shop import CASHIER, OPENED, contents, new_shop, open_up, pin_of, sell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop with two sales, closed."""
    shop = new_shop(tmp_path / "shop")
    workstation = open_up(shop)
    sell(workstation)
    sell(workstation)
    workstation.close()
    return shop


def trouble_of(action: Callable[[], object]) -> Trouble:
    with pytest.raises(KnownError) as met:
        action()
    return met.value.trouble


def rights(folder: Path) -> set[str]:
    return {oct(path.stat().st_mode & 0o777) for path in (folder, *folder.rglob("*"))}


def test_a_backup_holds_the_books_the_keys_and_nothing_of_the_program(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "deep" / "copy", OPENED)
    assert read_anchors(made.folder) == read_anchors(folder) != []
    assert made.report.sound
    assert made.report.transactions == 2
    assert made.report == verify_shop(folder)
    assert {str(path.relative_to(made.folder)) for path in made.folder.rglob("*")} == {
        DATABASE, KEYS, MANIFEST, ANCHORS, f"{ANCHORS}/01.log",
    }  # fmt: skip
    assert (made.folder / KEYS).read_bytes() == (folder / KEYS).read_bytes()
    assert contents(made.folder) == contents(folder)
    assert rights(made.folder) == {"0o600", "0o700"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_may_read_it(folder: Path, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        back_up(folder, tmp_path / "copy", OPENED)
        restore(tmp_path / "copy", tmp_path / "bare", OPENED)
    finally:
        os.umask(before)
    assert rights(tmp_path / "copy") | rights(tmp_path / "bare") == {"0o600", "0o700"}


def test_on_a_bare_machine_the_same_people_sign_in_and_sell_on(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "copy", OPENED)
    shutil.rmtree(folder)
    report = restore(made.folder, tmp_path / "elsewhere" / "shop", OPENED)
    assert report.sound
    assert report.balances == made.report.balances
    assert contents(tmp_path / "elsewhere" / "shop") == contents(made.folder)
    workstation = open_workstation(
        tmp_path / "elsewhere" / "shop", number=1, mode=Mode.LIVE, settings=read_settings(tmp_path)
    )
    assert workstation.sign_on.sign_on(CASHIER.id, pin_of(CASHIER)) == CASHIER
    assert sell(workstation).transaction.receipt.number == 3
    assert verify_books(workstation.desk.shop).sound
    workstation.close()


def test_the_basket_comes_along(folder: Path, tmp_path: Path) -> None:
    workstation = open_up(folder)
    workstation.sale.scan("BREAD")
    back_up(folder, tmp_path / "copy", OPENED)
    workstation.close()
    restore(tmp_path / "copy", tmp_path / "bare", OPENED)
    workstation = open_up(tmp_path / "bare")
    assert workstation.sale.recover() is not None
    workstation.close()


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
def test_a_backup_made_while_the_shop_sells_is_one_moment_of_it(folder: Path, tmp_path: Path, rounds: int) -> None:
    lanes = [open_up(folder, number=number) for number in (1, 2)]
    stop = threading.Event()

    def keep_selling(lane: Workstation) -> None:
        # A pause as short as no cashier's: without one the books grow faster than they can be looked through.
        while not stop.wait(0.01):
            sell(lane)

    sellers = [threading.Thread(target=keep_selling, args=(lane,)) for lane in lanes]
    for seller in sellers:
        seller.start()
    try:
        for number in range(rounds):
            anchors = {head.workstation: head.sequence for head in read_anchors(folder)}
            made = back_up(folder, tmp_path / f"copy{number}", OPENED)
            assert made.report.sound
            report = restore(made.folder, tmp_path / f"bare{number}", OPENED)
            assert report.sound
            assert report.balances == made.report.balances
            reached = {head.workstation: head.sequence for head in read_anchors(made.folder)}
            assert all(reached[lane] >= noted for lane, noted in anchors.items()), "nothing acknowledged is missing"
            shutil.rmtree(tmp_path / f"bare{number}")
    finally:
        stop.set()
        for seller in sellers:
            seller.join()
    for lane in lanes:
        lane.close()
    assert verify_shop(folder).sound


def test_copying_the_file_alone_would_lose_sales(folder: Path, tmp_path: Path) -> None:
    """Why there is a backup at all: the newest sales of a shop that sells are not in its one file."""
    workstation = open_up(folder)
    sell(workstation)
    shutil.copytree(folder, tmp_path / "bare", ignore=shutil.ignore_patterns("*-wal", "*-shm", "*.lock"))
    assert trouble_of(lambda: open_up(tmp_path / "bare")) is Trouble.BOOKS_BEHIND
    workstation.close()


def change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a bit of the books": lambda copy: change_a_byte(copy / DATABASE),
    "a digit of the keys": lambda copy: change_a_byte(copy / KEYS),
    "books cut short": lambda copy: os.truncate(copy / DATABASE, 40_000),
    "no books": lambda copy: (copy / DATABASE).unlink(),
    "no keys": lambda copy: (copy / KEYS).unlink(),
    "no list": lambda copy: (copy / MANIFEST).unlink(),
    "a list that is none": lambda copy: (copy / MANIFEST).write_text("[1]"),
    "a list of nothing": lambda copy: (copy / MANIFEST).write_text("{}"),
    "a list of rubbish": lambda copy: (copy / MANIFEST).write_bytes(b"\xff\x00"),
    "no folder": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_changes_nothing(folder: Path, tmp_path: Path, damage: str) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    DAMAGES[damage](tmp_path / "copy")
    before = contents(folder)
    there = sorted(tmp_path.iterdir())
    assert trouble_of(lambda: restore(tmp_path / "copy", folder, OPENED)) is Trouble.BACKUP_UNREADABLE
    assert contents(folder) == before
    assert sorted(tmp_path.iterdir()) == there


def test_what_was_there_is_kept_beside(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    newer = contents(folder)
    restore(tmp_path / "copy", folder, OPENED)
    assert contents(tmp_path / f"shop.before-{OPENED:%Y%m%d-%H%M%S}") == newer
    assert contents(folder) == contents(tmp_path / "copy")
    open_up(folder).close()


def test_a_damaged_shop_is_replaced_by_its_backup(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, folder / BACKUPS / "asked", OPENED)
    (folder / DATABASE).write_bytes(b"nothing")
    assert trouble_of(lambda: back_up(folder, tmp_path / "worse", OPENED)) is Trouble.BOOKS_DAMAGED
    assert restore(made.folder, folder, OPENED).sound
    workstation = open_up(folder)
    assert sell(workstation).transaction.receipt.number == 3
    workstation.close()


def test_a_shop_in_use_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    workstation = open_up(folder, number=2)
    assert trouble_of(lambda: restore(tmp_path / "copy", folder, OPENED)) is Trouble.WORKSTATION_TAKEN
    sell(workstation)
    workstation.close()
    assert restore(tmp_path / "copy", folder, OPENED).sound


def test_a_folder_that_is_not_empty_is_left_alone(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter").write_text("dear")
    assert trouble_of(lambda: restore(tmp_path / "copy", tmp_path / "letters", OPENED)) is Trouble.FILE_UNREADABLE
    assert trouble_of(lambda: back_up(folder, tmp_path / "letters", OPENED)) is Trouble.SHOP_EXISTS
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["letter"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    (tmp_path / "empty").mkdir()
    assert restore(tmp_path / "copy", tmp_path / "empty", OPENED).sound


@pytest.mark.parametrize(
    ("damage", "trouble"),
    [
        (lambda shop: (shop / DATABASE).unlink(), Trouble.BOOKS_MISSING),
        (lambda shop: (shop / KEYS).unlink(), Trouble.KEYS_MISSING),
        (shutil.rmtree, Trouble.SHOP_MISSING),
        (lambda shop: (shop / ANCHORS / "01.log").write_text(f"9 {'a' * 64}\n"), Trouble.BOOKS_BEHIND),
    ],
)
def test_a_shop_that_would_not_open_is_not_backed_up(
    folder: Path, tmp_path: Path, damage: Callable[[Path], object], trouble: Trouble
) -> None:
    damage(folder)
    assert trouble_of(lambda: back_up(folder, tmp_path / "copy", OPENED)) is trouble
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


def test_the_program_s_own_backups_are_the_last_ones(folder: Path) -> None:
    workstation = open_up(folder)
    back_up(folder, folder / BACKUPS / "asked-by-hand", OPENED)
    moments = [OPENED + timedelta(seconds=number // 2, microseconds=number) for number in range(16)]
    made = [back_up_at_end(workstation.desk.shop, moment) for moment in moments]
    kept = sorted(path.name for path in (folder / BACKUPS).iterdir())
    assert kept == sorted(["asked-by-hand", *(backup.folder.name for backup in made[-KEPT:])])
    workstation.close()


def test_what_a_killed_backup_or_restore_left_is_cleared_away_a_day_later(folder: Path, tmp_path: Path) -> None:
    halves = [folder / BACKUPS / ".end-20261120-080000-000000.part-7", tmp_path / ".shop.restored-7"]
    young = folder / BACKUPS / ".end-20261121-075900-000000.part-8"
    for half, age in ((halves[0], 90_000), (halves[1], 90_000), (young, 60)):
        half.mkdir(parents=True)
        (half / KEYS).write_text("{}")
        os.utime(half, (OPENED.timestamp() - age,) * 2)
    workstation = open_up(folder)
    made = back_up_at_end(workstation.desk.shop, OPENED)
    workstation.close()
    assert not halves[0].exists()
    assert young.exists(), "another workstation may be at it"
    restore(made.folder, folder, OPENED)
    assert not halves[1].exists()


def test_a_backup_of_books_that_do_not_hold_pushes_no_better_one_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workstation = open_up(folder)
    for number in range(KEPT):
        back_up_at_end(workstation.desk.shop, OPENED + timedelta(seconds=number))
    (folder / BACKUPS).chmod(0o755)
    monkeypatch.setattr(module, "verify_books", lambda shop: unsound(shop.folder))

    def unsound(_copy: Path) -> object:
        return verify_shop(folder)

    later = OPENED + timedelta(days=1)
    assert trouble_of(lambda: back_up_at_end(workstation.desk.shop, later)) is Trouble.BOOKS_UNSOUND
    assert len(list((folder / BACKUPS).glob("end-*"))) == KEPT + 1
    workstation.close()


def test_a_backup_at_the_end_that_fails_is_noted_until_one_succeeds(folder: Path, tmp_path: Path) -> None:
    workstation = open_up(folder)
    shop = workstation.desk.shop
    assert failed_backup(folder) is None
    (folder / BACKUPS).rmdir()
    (folder / BACKUPS).write_text("no folder")
    assert trouble_of(lambda: back_up_at_end(shop, OPENED)) is Trouble.FILE_UNREADABLE
    noted = failed_backup(folder)
    assert noted is not None
    assert noted.why is not None
    assert noted.why.trouble is Trouble.FILE_UNREADABLE
    assert str(noted.why.facts["file"]).startswith(str(folder / BACKUPS))
    assert (folder / NOTE).stat().st_mode & 0o777 == 0o600
    back_up(folder, tmp_path / "elsewhere", OPENED)
    assert failed_backup(folder) is None
    assert trouble_of(lambda: back_up_at_end(shop, OPENED)) is Trouble.FILE_UNREADABLE
    (folder / BACKUPS).unlink()
    back_up_at_end(shop, OPENED)
    assert failed_backup(folder) is None
    workstation.close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"trouble": "RAIN", "facts": {}}', '{"trouble": "DISK_FULL"}'])
def test_a_note_of_a_failed_backup_that_a_full_disk_cut_still_says_that_there_is_none(
    folder: Path, content: str
) -> None:
    (folder / NOTE).write_text(content)
    noted = failed_backup(folder)
    assert noted is not None
    assert noted.why is None


def test_the_list_says_when_and_what(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    body = json.loads((tmp_path / "copy" / MANIFEST).read_text())
    assert body.keys() == {"made_at", DATABASE, KEYS}
    assert body["made_at"] == OPENED.isoformat()


def test_a_backup_can_be_restored_from_a_medium_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    """Nothing beside the copy is needed or made, so a folder without rights to write will do."""
    made = back_up(folder, tmp_path / "copy", OPENED)
    before = {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}
    for path in made.folder.rglob("*"):
        path.chmod(0o500 if path.is_dir() else 0o400)
    made.folder.chmod(0o500)
    assert restore(made.folder, tmp_path / "bare", OPENED).sound
    assert {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()} == before
    made.folder.chmod(0o700)
    (made.folder / ANCHORS).chmod(0o700)


class Killed(BaseException):
    """Not an error: nothing of the program runs on."""


def kill_between_the_moves(monkeypatch: pytest.MonkeyPatch, copy: Path, shop: Path) -> None:
    """A restore that ends where what was there has moved out and the restored shop has not moved in."""
    move = os.rename

    def moved(source: str, target: str) -> None:
        if Path(target) == shop:
            raise Killed
        move(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", moved)
        with pytest.raises(Killed):
            restore(copy, shop, OPENED)


def test_a_half_done_restore_is_finished_and_no_shop_founded_in_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    kill_between_the_moves(monkeypatch, tmp_path / "copy", folder)
    assert not folder.exists()
    assert has_own_shop(tmp_path), "the program is about this shop, not the demo"
    assert trouble_of(lambda: create_shop(folder, Mode.LIVE, OPENED, lambda *_: None)) is Trouble.SHOP_EXISTS
    assert finish_restore(folder)
    assert contents(folder) == contents(tmp_path / "copy")
    assert not finish_restore(folder), "once"


def test_a_restore_after_a_half_done_one_keeps_what_that_one_brought(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    kill_between_the_moves(monkeypatch, tmp_path / "copy", folder)
    assert restore(tmp_path / "copy", folder, OPENED + timedelta(seconds=1)).sound
    assert len(list(tmp_path.glob("shop.before-*"))) == 2


def test_one_restore_at_a_time(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    before = contents(folder)
    with alone(folder):
        assert trouble_of(lambda: restore(tmp_path / "copy", folder, OPENED)) is Trouble.RESTORE_RUNNING
    assert contents(folder) == before
    assert restore(tmp_path / "copy", folder, OPENED).sound
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_program_that_was_opened_during_a_restore_keeps_its_shop(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    before, verify, opened = contents(folder), verify_books, []

    def meanwhile(shop: OpenShop) -> VerifyReport:
        opened.append(open_up(folder, operator=None))
        return verify(shop)

    with monkeypatch.context() as patched:
        patched.setattr(module, "verify_books", meanwhile)
        assert trouble_of(lambda: restore(tmp_path / "copy", folder, OPENED)) is Trouble.WORKSTATION_TAKEN
    opened[0].close()
    assert contents(folder) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_two_restores_of_one_second_lose_nothing(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy", OPENED)
    assert restore(tmp_path / "copy", folder, OPENED).sound
    before = contents(folder)
    assert trouble_of(lambda: restore(tmp_path / "copy", folder, OPENED)) is Trouble.SHOP_EXISTS
    assert contents(folder) == before

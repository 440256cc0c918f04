"""A shop is founded whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.shop import Mode
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import DATABASE, KEYS, Keys, create_shop, open_shop, read_keys
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.shops import NewStaff, found_shop
from pos.services.verify import verify_shop
from pos.settings import read_settings
from pos.workstation import open_workstation
from tests.corner_shop import CASHIER, ITEMS, OPENED, RULES, HandClock, new_shop


def found(folder: Path, pin: str = "101101", items: tuple[Item, ...] = ITEMS) -> None:
    staff = [NewStaff(CASHIER, pin)]
    found_shop(folder, RULES, mode=Mode.LIVE, clock=HandClock(), workstation=3, staff=staff, items=items)


def test_a_new_shop_is_whole_and_sound(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down" / "shop"
    found(folder)
    report = verify_shop(folder)
    assert report.sound
    assert report.entries == 2
    assert report.balances == {}
    shop = open_shop(folder, OPENED)
    with shop.books.reading() as work:
        assert work.rules.current() == RULES
        assert work.items.count() == len(ITEMS)
        assert work.journal.heads() == shop.anchors()
    shop.close()


def test_an_empty_folder_becomes_the_shop_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    found(tmp_path / "shop")
    for taken in ("shop", "letters"):
        (tmp_path / taken).mkdir(exist_ok=True)
        (tmp_path / taken / "letter.txt").write_text("dear")
        before = sorted((tmp_path / taken).rglob("*"))
        with pytest.raises(KnownError) as met:
            found(tmp_path / taken)
        assert met.value.trouble is Trouble.SHOP_EXISTS
        assert sorted((tmp_path / taken).rglob("*")) == before


@pytest.mark.parametrize("pin", ["12345", "", "abcdef", "1234567890123"])
def test_nobody_gets_a_pin_that_is_none(tmp_path: Path, pin: str) -> None:
    with pytest.raises(ValueError, match="6 to 12"):
        found(tmp_path / "shop", pin)
    assert not any(path for path in tmp_path.iterdir() if path.name != "kassa")


def test_what_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def stop(_work: UnitOfWork, _keys: Keys) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_shop(tmp_path / "shop", Mode.LIVE, OPENED, stop)
    twice = (Item("1", "One", 1, ()), Item("1", "Two", 1, ()))
    with pytest.raises(Exception, match="UNIQUE"):
        found(tmp_path / "shop", items=twice)
    assert not any(path for path in tmp_path.iterdir() if path.name != "kassa")


def test_no_two_shops_share_a_key_and_no_pin_is_kept(tmp_path: Path) -> None:
    found(tmp_path / "one")
    found(tmp_path / "two")
    one, two = (read_keys(tmp_path / name / KEYS) for name in ("one", "two"))
    assert one.shop_id != two.shop_id
    assert one.journal_key != two.journal_key
    assert one.pepper != two.pepper
    for path in (tmp_path / "one").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"101101" not in content
        if path.name != KEYS:
            for secret in (one.journal_key, one.pepper):
                assert secret not in content
                assert secret.hex().encode() not in content


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_for_their_owner_only(tmp_path: Path, umask: int) -> None:
    def use() -> None:
        found(tmp_path / "home" / "shop")
        shop = open_shop(tmp_path / "home" / "shop", OPENED)
        with shop.books.writing() as work:
            work.items.add_many([Item("9", "Nine", 1, ())])
            work.commit()
            wal = {f"{DATABASE}{end}" for end in ("-wal", "-shm")}
            assert wal <= {path.name for path in shop.folder.iterdir()}
            for path in shop.folder.iterdir():
                assert not path.stat().st_mode & 0o077, path
        shop.close()

    before = os.umask(umask)
    try:
        use()
    finally:
        os.umask(before)
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "home").rglob("*")} == {"0o600", "0o700"}


def test_a_shop_of_another_kind_is_not_opened(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    with pytest.raises(KnownError) as met:
        open_workstation(folder, number=1, mode=Mode.DEMO, settings=read_settings(folder))
    assert met.value.trouble is Trouble.WRONG_MODE
    with pytest.raises(KnownError) as met:
        open_workstation(tmp_path / "none", number=1, mode=Mode.DEMO, settings=read_settings(folder))
    assert met.value.trouble is Trouble.SHOP_MISSING
    open_workstation(folder, number=1, mode=Mode.LIVE, settings=read_settings(folder)).close()


def test_the_keys_file_says_what_it_is(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    body = json.loads((folder / KEYS).read_text())
    assert body.keys() == {"shop_id", "journal_key", "pepper", "check"}
    assert len(bytes.fromhex(body["journal_key"])) == len(bytes.fromhex(body["pepper"])) == 32

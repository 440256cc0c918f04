"""`kassa verify`, `kassa backup` and `kassa restore` as somebody types them."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.cli import books, main
from pos.devices.simulated.terminal import Doing
from pos.persistence.shop_folder import DATABASE, KEYS, read_keys, write_keys
from pos.services.verify import verify_shop
from pos.settings import restored_beside
from tests.corner_shop import contents, new_shop, open_up, pay_by_card, sell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop = new_shop(tmp_path / "shop")
    workstation = open_up(shop)
    sell(workstation)
    workstation.close()
    return shop


def spoil(folder: Path) -> None:
    connection = sqlite.connect(folder / DATABASE)
    connection.execute("DROP TRIGGER ledger_entry_no_update")
    connection.execute("UPDATE ledger_entry SET amount = amount + 1 WHERE sequence = 7 AND leg = 1")
    connection.commit()
    connection.close()


def test_verify_says_that_everything_holds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--shop", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out == "Journal entries: 7. Sales: 1. Everything holds.\n"
    assert said.err == ""


def test_verify_lists_the_cards_nobody_knows_the_end_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    workstation.sale.scan("BREAD")
    pay_by_card(workstation, doing=Doing.WRONG_AMOUNT)
    (view,) = workstation.card_tendering.waiting()
    workstation.close()
    assert main(["verify", "--shop", str(tmp_path / "shop")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("Everything holds.")
    assert lines[1] == f"Nobody knows the outcome of card payment SIM-1 {view.attempt.reference} 42.90 CZK."
    assert main(["verify", "--json", "--shop", str(tmp_path / "shop")]) == 0
    assert json.loads(capsys.readouterr().out)["unknown_outcomes"] == [f"SIM-1 {view.attempt.reference} 42.90 CZK"]


def test_verify_names_the_first_broken_entry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder)
    assert main(["verify", "--shop", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "First broken journal entry: 1/7."
    assert any(line.startswith("I-2  1/7: the postings do not balance") for line in lines)
    assert any(line.startswith("I-3  ledger_entry (UPDATE):") for line in lines)


def test_verify_with_other_keys_names_the_first_entry_and_how_many_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = folder / KEYS
    write_keys(keys, replace(read_keys(keys), journal_key=b"U" * 32))
    entries = verify_shop(folder).entries
    assert entries > 5
    assert main(["verify", "--shop", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "First broken journal entry: 1/1."
    named = [line for line in lines if line.startswith("I-11")]
    assert len(named) == 1
    assert named[0].startswith("I-11  1/1: ")
    assert named[0].endswith(f"This is the first of {entries}.")


def test_verify_speaks_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--json", "--shop", str(folder)]) == 0
    sound = json.loads(capsys.readouterr().out)
    assert sound["sound"]
    assert sound["violations"] == []
    assert sum(sound["balances"].values()) == 0
    spoil(folder)
    assert main(["verify", "--json", "--shop", str(folder)]) == 1
    broken = json.loads(capsys.readouterr().out)
    assert broken["first_broken"] == "1/7"
    assert {found["finding"] for found in broken["violations"]} == {
        "UNGUARDED", "ENTRY_CHANGED", "POSTINGS_CHANGED", "POSTINGS_UNBALANCED", "TILL_BOOKED",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "word"), [(DATABASE, "are gone"), (KEYS, "keys"), ("", "There is no shop")], ids=["books", "keys", "all"]
)
@pytest.mark.parametrize("command", ["verify", "backup"])
def test_what_cannot_be_read_is_said_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, word: str
) -> None:
    for path in [folder / name] if name else [folder / DATABASE, folder / KEYS]:
        path.unlink()
    assert main([command, "--shop", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert word in said.err
    assert "Traceback" not in said.err
    assert not list(folder.glob("backups/*"))


def test_backup_and_restore_there_and_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(folder)
    assert main(["backup", str(tmp_path / "copy"), "--shop", str(folder)]) == 0
    assert str(tmp_path / "copy") in capsys.readouterr().out
    assert main(["backup", "--shop", str(folder)]) == 0
    assert len(list((folder / "backups").glob("asked-*"))) == 1
    assert main(["restore", str(tmp_path / "copy"), "--shop", str(tmp_path / "bare")]) == 0
    said = capsys.readouterr().out
    assert "Everything holds." in said
    assert "before" not in said, "there was nothing"
    assert contents(tmp_path / "bare") == before
    assert main(["restore", str(tmp_path / "copy"), "--shop", str(tmp_path / "bare")]) == 0
    (kept,) = tmp_path.glob("bare.before-*")
    assert f"What was there before is kept in {kept}." in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "nothing"), "--shop", str(tmp_path / "bare")]) == 1
    assert "is not a whole backup" in capsys.readouterr().err


def test_a_backup_of_broken_books_is_made_and_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    assert main(["backup", str(tmp_path / "copy"), "--shop", str(folder)]) == 1
    assert "First broken journal entry: 1/7." in capsys.readouterr().out
    assert not verify_shop(tmp_path / "copy").sound
    assert main(["restore", str(tmp_path / "copy"), "--shop", str(tmp_path / "bare")]) == 1
    assert contents(tmp_path / "bare") == contents(folder)


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_real_process_leaves_nothing_for_others_to_read(folder: Path, tmp_path: Path, umask: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pos", "backup", str(tmp_path / "out" / "copy"), "--shop", str(folder)],
        umask=umask, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for path in (folder, *folder.rglob("*"), *(tmp_path / "out" / "copy").rglob("*")):
        assert not path.stat().st_mode & 0o077, path


@pytest.mark.parametrize("words", [[], ["verify", "--nonsense"], ["restore"], ["conquer"]])
def test_what_is_asked_wrongly_is_answered_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: kassa")


@pytest.mark.parametrize("words", [["verify", "--json"], ["backup"], ["export", "items", "out.csv"]])
def test_a_restore_that_was_killed_is_finished_by_whoever_asks_for_the_shop(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KASSA_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    home.mkdir()
    folder.rename(restored_beside(home / "shop"))
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.err == (
        f"{home / 'shop'}: A restore that was interrupted is finished: this is the shop from the backup.\n"
    )
    assert sorted(each.name for each in home.iterdir()) == ["shop"]
    if "--json" in words:
        assert json.loads(said.out)["sound"]


def test_a_shop_and_a_backup_are_named_from_where_somebody_stands(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["verify", "--shop", "."]) == 0
    assert main(["backup", "../a copy ž", "--shop", "."]) == 0
    assert main(["backup", ".", "--shop", "."]) == 1
    monkeypatch.chdir(tmp_path / "a copy ž")
    assert main(["restore", DATABASE, "--shop", str(tmp_path / "bare")]) == 0, "any file of it will do"
    capsys.readouterr()
    assert main(["restore", ".", "--shop", "."]) == 1
    assert "There is something in" in capsys.readouterr().err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a copy ž", "bare", "shop"], "no backup is replaced"


@pytest.mark.parametrize("command", [["import", "promotions"], ["policy", "keep"], ["play"]])
def test_a_device_that_never_ends_is_not_read_to_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "/dev/zero", "--shop", str(folder)]) in {1, 2}
    assert capsys.readouterr().err


def test_ctrl_c_is_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    for where, name in ((books, "verify_shop"), (importlib, "import_module")):
        monkeypatch.setattr(where, name, pressed)
        assert main(["verify", "--shop", str(folder)]) == 130
        assert capsys.readouterr().err == "Stopped. Nothing was left half done.\n"

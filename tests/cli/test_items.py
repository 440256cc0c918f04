"""`kassa import items` and `kassa export items` as somebody types them, beside a till that sells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.cli import main
from pos.services.verify import verify_shop
from tests.corner_shop import HandClock, new_shop, open_up, sell

ROWS = """name;price;code;EAN;tax
Bread;39,90;BREAD;;food
Mug;99,00;MUG;9520000001018;standard
Cup;89,00;CUP;9520000001019;standard
Jar;0,001;JAR;;standard
Vase;1 200;VASE;;luxury
"""
COUNTS = {
    "en": "items.csv: 5 rows, 1 new, 1 changed, 0 unchanged, 3 refused.",
    "cs": "items.csv: 5 řádků; nových 1, změněných 1, beze změny 0, odmítnutých 3.",
    "sv": "items.csv: 5 rader; nya 1, ändrade 1, oförändrade 0, avvisade 3.",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(ROWS, "utf-8")
    return path


@pytest.mark.parametrize("language", COUNTS)
def test_one_bad_row_keeps_all_out_and_each_is_named(
    tmp_path: Path, file: Path, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    shop = new_shop(tmp_path / "shop")
    assert main(["import", "items", str(file), "--shop", str(shop)]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert [line.split()[1].strip(",") for line in lines[:4]] == ["4", "5", "6", "6"]
    assert lines[-2] == COUNTS[language]
    assert "--take-good" in lines[-1]
    lane = open_up(shop)
    assert lane.catalogue.of_code("MUG") is None
    lane.close()


def test_the_good_rows_come_in_beside_a_till_with_an_open_sale(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = new_shop(tmp_path / "shop")
    # The command line has this machine's clock, and a new price is in force from then on.
    lane = open_up(shop, clock=HandClock(datetime(2099, 1, 2, 9, tzinfo=UTC)))
    lane.sale.scan("BREAD")
    command = ["import", "items", str(file), "--shop", str(shop), "--take-good"]
    assert main([*command, "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("Nothing was written: this was a trial.\n")
    assert main(command) == 0
    assert capsys.readouterr().out.endswith("2 items were written.\n")
    lane.sale.scan("9520000001018")
    assert [line.unit_price for line in lane.sale.view.priced.lines] == [4_290, 9_900], "what was rung up stays"
    assert sell(lane, "BREAD").transaction.lines[-1].unit_price == 3_990
    lane.close()
    assert main(command) == 0
    assert capsys.readouterr().out.endswith("Nothing had to be written.\n")
    assert verify_shop(shop).sound


def test_what_was_exported_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop, file = new_shop(tmp_path / "shop"), tmp_path / "out.csv"
    assert main(["export", "items", str(file), "--shop", str(shop)]) == 0
    assert main(["import", "items", str(file), "--shop", str(shop), "--allow-free"]) == 0
    assert capsys.readouterr().out.endswith("6 unchanged, 0 refused.\nNothing had to be written.\n")


def test_a_mapping_is_kept_and_what_cannot_be_read_is_said(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = new_shop(tmp_path / "shop")
    file.write_text("A,B,C\nMug,9.50,MUG\n", "utf-8")
    command = ["import", "items", str(file), "--shop", str(shop), "--tax", "food"]
    assert main(command) == 1
    assert "The file has: A, B, C." in capsys.readouterr().out
    mapped = ["--map", "name=A", "--map", "price=B", "--map", "code=C", "--keep-as", "Wholesaler"]
    assert main([*command, *mapped]) == 0
    assert main([*command, "--profile", "Wholesaler"]) == 0
    assert capsys.readouterr().out.endswith("1 unchanged, 0 refused.\nNothing had to be written.\n")
    assert main([*command, "--profile", "Retailer"]) == 1
    assert "Retailer" in capsys.readouterr().err
    assert main(["import", "items", str(tmp_path / "none.csv"), "--shop", str(shop)]) == 1
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.parametrize("trial", [[], ["--dry-run"]])
def test_the_good_rows_of_a_file_without_any_are_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], trial: list[str]
) -> None:
    shop, file = new_shop(tmp_path / "shop"), tmp_path / "none-good.csv"
    file.write_text("name;price;code;tax\nJar;0,001;JAR;standard\nVase;1 200;VASE;luxury\n", "utf-8")
    command = ["import", "items", str(file), "--shop", str(shop), "--take-good", "--keep-as", "Bad", *trial]
    assert main(command) == 1
    assert capsys.readouterr().out.endswith("2 refused.\nNothing was written: no row is good.\n")
    assert main([*command[:5], "--profile", "Bad"]) == 1
    assert "Bad" in capsys.readouterr().err, "how it was read is not worth keeping"


def test_a_name_to_keep_it_under_that_is_none_is_not_done_as_asked(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = new_shop(tmp_path / "shop")
    command = ["import", "items", str(file), "--shop", str(shop), "--take-good", "--keep-as"]
    assert main([*command, "x" * 500]) == 1
    said = capsys.readouterr()
    assert said.out.endswith("2 items were written.\n")
    assert said.err

"""`kassa import sales` as somebody types it: a trial, the good rows, the report as a table, the mapping kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.cli import main
from pos.services.verify import verify_shop
from tests.corner_shop import new_shop

SALES = """No;Date;Code;Quantity;Price
77;31/01/2026 15:04;BREAD;2;10,00
78;31/01/2026 15:05;BREAD;1;0,005
"""


def test_a_trial_then_the_good_rows_with_a_mapping_that_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop, file, table = new_shop(tmp_path / "shop"), tmp_path / "sales.csv", tmp_path / "report.csv"
    file.write_text(SALES, "utf-8")
    command = ["import", "sales", str(file), "--shop", str(shop)]
    assert main([*command, "--dry-run"]) == 1
    assert "Say which: receipt=COLUMN. The file has: No, Date, Code, Quantity, Price." in capsys.readouterr().out
    mapped = [*command, "--map", "receipt=No", "--take-good"]
    assert main([*mapped, "--dry-run", "--keep-as", "Old till"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Line 3, “78”: the amount is finer than the smallest unit of CZK.\n")
    assert "Dates were read with the day first.\n" in said
    assert said.endswith("Nothing was written: this was a trial.\n")
    assert main([*command, "--profile", "Old till", "--take-good", "--report", str(table)]) == 0
    assert capsys.readouterr().out.endswith("They are in the books.\n")
    assert table.read_text("utf-8").splitlines()[1] == "day,2026-01-31,,,2,20.00,0.005,0.00,"
    # The same file again: every sale is known, and the exit status says that not all of it was done.
    assert main([*command, "--profile", "Old till"]) == 1
    assert "the sale 77 was imported before." in capsys.readouterr().out
    assert main([*command, "--profile", "Old till", "--take-good"]) == 1
    assert capsys.readouterr().out.endswith("Nothing was written: no row is good.\n")
    assert main([*command, "--profile", "New till"]) == 1
    assert "New till" in capsys.readouterr().err
    assert verify_shop(shop).sound

"""`kassa import promotions` and `kassa export promotions` as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.cli import main
from pos.services.verify import verify_shop
from tests.corner_shop import new_shop

KNIT = """promotions:
  - id: KNIT
    name: Bread week
    percent: 20
    items: {category: Bakery}
    from: 2026-11-16
"""


def test_promotions_come_in_whole_go_out_again_and_a_fault_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = str(new_shop(tmp_path / "shop"))
    file, back = tmp_path / "promotions.yaml", tmp_path / "back.yaml"
    file.write_text(KNIT)
    assert main(["import", "promotions", str(file), "--shop", shop, "--dry-run"]) == 0
    assert main(["export", "promotions", str(back), "--shop", shop]) == 0
    assert "KNIT" not in back.read_text(), "a dry run keeps nothing"
    back.unlink()
    assert main(["import", "promotions", str(file), "--shop", shop]) == 0
    assert main(["export", "promotions", str(back), "--shop", shop]) == 0
    assert "Bread week" in back.read_text()
    capsys.readouterr()
    file.write_text(KNIT + "  - {id: LOST, name: Nobody knows it, percent: 5, items: {item: NOWHERE}}\n")
    assert main(["import", "promotions", str(file), "--shop", shop, "--dry-run"]) == 0
    assert "Nobody knows it: It can never apply" in capsys.readouterr().out, "flagged when it is made"
    file.write_text(KNIT + "  - {id: BAD, percent: 120}\n")
    assert main(["import", "promotions", str(file), "--shop", shop]) != 0
    assert "7" in capsys.readouterr().err
    assert verify_shop(tmp_path / "shop").sound


def test_what_was_written_comes_in_as_it_was(tmp_path: Path) -> None:
    one, other = (str(new_shop(tmp_path / name)) for name in ("one", "other"))
    file, first, second = (tmp_path / name for name in ("promotions.yaml", "first.yaml", "second.yaml"))
    file.write_text(KNIT)
    assert main(["import", "promotions", str(file), "--shop", one]) == 0
    assert main(["export", "promotions", str(first), "--shop", one]) == 0
    assert main(["import", "promotions", str(first), "--shop", other]) == 0
    assert main(["export", "promotions", str(second), "--shop", other]) == 0
    assert first.read_text() == second.read_text()

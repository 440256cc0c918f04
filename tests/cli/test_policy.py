"""`kassa policy`: cases are kept from files, played, and written out so that `kassa play` plays them green."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pos.cli import main
from pos.domain.policy_case import CaseAsked, GoodsAsked
from pos.script.case_player import ScriptCases
from pos.services.policies import PolicyVersion
from pos.services.policy_file import parse_policy
from pos.services.verify import verify_shop
from pos.wording import Wording
from tests.corner_shop import ITEMS, MANAGER, RULES, new_shop, open_up
from tests.script.playing import play_files, settings

OLD = "policy: 1\nname: House rules\nrules:\n  - {id: R1, window: {days: 30}}\n"
PLAYER, EN = ScriptCases(settings()), Wording("en")
LATE = CaseAsked((GoodsAsked(ITEMS[2], 129_900),), date(2026, 10, 1), date(2026, 11, 21))


def with_policy(tmp_path: Path) -> str:
    lane = open_up(new_shop(tmp_path / "shop"))
    lane.desk.operator = MANAGER
    assert isinstance(lane.policies.put(OLD, date(2026, 1, 1)), PolicyVersion)
    lane.close()
    return str(tmp_path / "shop")


def test_a_case_goes_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop, file, out = with_policy(tmp_path), tmp_path / "late.play.yaml", tmp_path / "cases"
    played = PLAYER.play(PLAYER.write(LATE, RULES), parse_policy(OLD, "CZK"), EN)
    file.write_text(PLAYER.write(LATE, RULES, played.expectation), "utf-8")
    assert main(["policy", "keep", str(file), "--shop", shop]) == 0
    assert main(["policy", "test", "--shop", shop]) == 0
    assert "late: as expected" in capsys.readouterr().out
    assert main(["policy", "export", str(out), "--shop", shop]) == 0
    (case,) = out.glob("*.play.yaml")
    assert case.read_text("utf-8") == file.read_text("utf-8")
    green = play_files(case, as_json=False)
    assert green.status == 0, green.out
    candidate = tmp_path / "new.yaml"
    candidate.write_text(OLD.replace("30", "90"), "utf-8")
    capsys.readouterr()
    assert main(["policy", "test", str(candidate), "--shop", shop]) == 1
    assert "Expected: Not returnable. Now: Full refund." in capsys.readouterr().out
    assert verify_shop(tmp_path / "shop").sound


def test_what_is_wrong_is_said_by_its_line_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop, file = with_policy(tmp_path), tmp_path / "typo.yaml"
    file.write_text("lane: 1\nshop: {currency: CZK}\nstepps: []\n", "utf-8")
    assert main(["policy", "keep", str(file), "--shop", shop]) == 1
    assert "Line 3" in capsys.readouterr().err
    file.write_bytes(b"\xff\xfe\x00")
    assert main(["policy", "keep", str(file), "--shop", shop]) == 1
    file.write_text("policy: 1\nrules: [{id: R1, windw: {}}]\n", "utf-8")
    capsys.readouterr()
    assert main(["policy", "test", str(file), "--shop", shop]) == 2
    assert "Line 2" in capsys.readouterr().err
    assert main(["policy", "export", "--shop", shop]) == 2
    assert main(["policy", "test", "--shop", shop]) == 0
    assert capsys.readouterr().out == "Kept cases: 0. Not as expected: 0.\n"

"""Papers and devices in a lane script."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pos.script.play import main
from pos.settings import read_settings
from pos.wording import Wording

LANES = Path(__file__).parents[1] / "lanes"


def play(path: Path, home: Path) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    status = main(
        [path], as_json=True, shop=None, workstation=None, settings=read_settings(home), stdout=out, stderr=out
    )
    return status, json.loads(out.getvalue())


def test_a_gift_receipt_tells_no_price_and_a_dry_printer_holds_nobody_up(tmp_path: Path) -> None:
    status, told = play(LANES / "papers.yaml", tmp_path)
    assert status == 0, told
    texts = [step["text"] for step in told["steps"] if "text" in step]
    gift, receipt, second, slip, _ = texts
    for text in (gift, second):
        assert "149" not in text
        assert "298" not in text
        assert Wording("en").say("Gift receipt") in text
    codes = [line.split()[1] for text in texts[:4] for line in text.splitlines() if "||" in line]
    assert len(set(codes)) == 4
    assert [code[:2] for code in codes] == ["KG", "KR", "KG", "KS"]
    assert "298.00" in receipt
    assert "447.00" in slip
    assert Wording("en").say("Suspended sale") in slip


@pytest.mark.parametrize("asked", ["{printer: on_fire}", "{}", "{plotter: ok}"])
def test_a_device_that_is_not_there_is_a_mistake_in_the_file(tmp_path: Path, asked: str) -> None:
    path = tmp_path / "lane.yaml"
    path.write_text(f"lane: 1\nshop: {{currency: USD}}\nsteps:\n  - device: {asked}\n", encoding="utf-8")
    assert play(path, tmp_path)[0] == 2

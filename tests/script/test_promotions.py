"""The worked examples of docs/promotions.md, played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.script.playing import play_files

_DOC = (Path(__file__).parents[2] / "docs" / "promotions.md").read_text(encoding="utf-8")
_SHOP = re.findall(r"```yaml lane\n(.*?)```", _DOC, re.DOTALL)[0]
_EXAMPLES = re.findall(r"```yaml example\n(.*?)```", _DOC, re.DOTALL)


def test_there_is_an_example_of_every_kind() -> None:
    kinds = ("percent", "amount", "price", "buy_get", "nth", "mix", "bundle", "threshold", "tiers", "coupon", "tier")
    assert all(any(f"{kind}:" in example for example in _EXAMPLES) for kind in kinds)


@pytest.mark.parametrize("example", _EXAMPLES)
def test_a_worked_example_holds(example: str, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(_SHOP + example, "utf-8")
    played = play_files(file, as_json=False)
    assert played.status == 0, played.out + played.err

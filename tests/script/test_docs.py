"""Every example of the documents on lane scripts, tax and rights, and every script of tests/lanes does what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house import tree
from tests.script.playing import play_files

_EXAMPLE = re.compile(r"^```yaml(?: exit=(\d))?\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
LANES = sorted((tree.ROOT / "tests/lanes").rglob("*.yaml"))


@dataclass(frozen=True)
class Example:
    """One fenced script of the document: its exit status and, where the document shows it, what is printed."""

    script: str
    status: int
    printed: str | None


def examples() -> list[Example]:
    found = _EXAMPLE.findall(
        tree.text("docs/lane-scripts.md")
        + tree.text("docs/tax.md")
        + tree.text("docs/rights.md")
        + tree.text("docs/checks.md")
    )
    return [Example(script, int(status or 0), printed or None) for status, script, printed in found]


def test_the_document_has_examples() -> None:
    found = examples()
    assert len(found) >= 7
    assert {example.status for example in found} == {0, 1, 2}


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"exit-{example.status}")
def test_an_example_does_what_the_document_says(example: Example, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(example.script, "utf-8")
    played = play_files(file, as_json=False)
    assert played.status == example.status, played.out + played.err
    if example.printed is not None:
        assert (played.out + played.err).replace(f"{tmp_path}/", "") == example.printed


@pytest.mark.parametrize("file", LANES, ids=lambda file: file.stem)
def test_a_lane_comes_out_as_expected(file: Path) -> None:
    played = play_files(file, as_json=False)
    assert played.status == 0, played.out + played.err

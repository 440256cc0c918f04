"""docs/terminal-simulator.md names what there is, and nothing else."""

from __future__ import annotations

import re

from pos.termsim.cards import STARTERS
from pos.termsim.control import Controls
from pos.termsim.outcomes import MAGIC_CENTS, NAMES
from tests.house import tree

DOCUMENT = "docs/terminal-simulator.md"


def test_every_outcome_is_explained() -> None:
    assert set(re.findall(r"`(\w+)`", _first_cells("What can happen"))) == set(NAMES)


def test_every_card_is_listed() -> None:
    assert set(re.findall(r"`([a-z]+-\d+)`", _first_cells("Cards"))) == set(STARTERS)


def test_every_magic_amount_is_listed() -> None:
    said = re.findall(r"\| \.(\d\d) \| `(\w+)`(?:: (\w+))?", _section("Magic amounts").replace("| |", "|\n|"))
    meant = {cents: outcome if isinstance(outcome, tuple) else (outcome, "") for cents, outcome in MAGIC_CENTS.items()}
    assert {int(cents): (name, reason) for cents, name, reason in said} == meant


def test_every_control_is_explained() -> None:
    said = set(re.findall(r"`((?:GET|POST|DELETE) /\w+)`", _first_cells("The control interface")))
    assert said == set(Controls.REQUESTS)


def _section(title: str) -> str:
    return tree.text(DOCUMENT).split(f"\n## {title}\n")[1].split("\n## ")[0]


def _first_cells(title: str) -> str:
    return "\n".join(line.split("|")[1] for line in _section(title).splitlines() if line.startswith("|"))

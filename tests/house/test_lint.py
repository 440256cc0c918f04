"""ruff and the strict type checker have nothing to say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house import tree


def test_ruff_finds_nothing() -> None:
    _finds_nothing("ruff", "check", "--quiet", ".")


@pytest.mark.timeout(900)
def test_the_types_are_strict_and_right() -> None:
    _finds_nothing("mypy", "--no-error-summary", *tree.PACKAGES, "tests", "run.py")


def _finds_nothing(tool: str, *arguments: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", tool, *arguments], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr

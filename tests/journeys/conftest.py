"""Tills for the tests in this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import emulator
from tests.lane import copy_of_demo


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of this test's own with the demo shop."""
    return copy_of_demo(tmp_path / "home")


@pytest.fixture(scope="session")
def emupos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hardware emulator's program, or skip where there is none."""
    return emulator.program(tmp_path_factory)

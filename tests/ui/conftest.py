"""Tills for the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.lane import Lane, copy_of_demo, open_lane


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of this test's own with the demo shop."""
    return copy_of_demo(tmp_path / "home")


@pytest.fixture
def lane(qapp: QApplication, home: Path) -> Iterator[Lane]:
    """Return a till at its sign-in."""
    del qapp
    lane = open_lane(home)
    yield lane
    lane.close()

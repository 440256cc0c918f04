"""The versions that must not be undone: each of these has lost data or crashed with its neighbour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pysqlite3
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]


def test_qt_returns_none_without_losing_it(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None at each call that returns nothing; then Python aborts."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 100


def test_sqlite_does_not_lose_a_commit_at_a_checkpoint() -> None:
    """SQLite 3.7.0 to 3.51.2 can lose a commit in WAL mode when two connections write and checkpoint at one instant."""
    assert pysqlite3.sqlite_version_info >= (3, 51, 3)


def test_qt_does_not_read_the_source_of_all_that_is_imported() -> None:
    """PySide6 takes Python's import over, and reads and keeps the source of every module imported from then on."""
    program = (
        "import linecache, pos.ui.app, pos.ui.opening, pos.ui.screens;"
        "print([name for name in linecache.cache if 'sqlalchemy' in name and name.endswith('.py')])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"

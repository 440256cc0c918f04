"""Whoever compares a database with the program knows every table, whatever else is loaded by then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pos.persistence import audit

ROOT = Path(__file__).parents[2]


def test_no_file_of_tables_is_left_out() -> None:
    files = sorted(path.stem for path in Path(audit.__file__).parent.glob("tables*.py"))
    program = (
        "import sys, pos.persistence.every_table;"
        "print(*sorted(name.rpartition('.')[2] for name in sys.modules if name.startswith('pos.persistence.tables')))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == files


def test_no_table_is_left_out_because_its_file_is_loaded_late() -> None:
    program = (
        "from pos.late_rooms import put_off; put_off();"
        "from pos.persistence.every_table import metadata; print(*sorted(metadata.tables))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == sorted(vars(audit)["metadata"].tables)


def test_the_audit_asks_there() -> None:
    assert vars(audit)["metadata"] is vars(sys.modules["pos.persistence.every_table"])["metadata"]

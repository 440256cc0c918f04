"""What tells how Qt's functions are called waits for whoever asks, and then says what it says without Kassa."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos.late_rooms import SIGNATURE_ROOMS

ROOT = Path(__file__).parents[2]
WAITING = """
import sys
from pos.late_rooms import SIGNATURE_ROOMS
print([name for name in SIGNATURE_ROOMS if type(sys.modules[name]).__name__ != "_LateRoom"])
"""
ASKED = {
    "an error": """
try:
    QtCore.QRect("a", 1, {})
except TypeError as error:
    print(error)
""",
    "too many": """
try:
    QtWidgets.QLabel.setText(1, 2, 3)
except TypeError as error:
    print(error)
""",
    "no such setting": """
try:
    QtCore.QTimer(nothing=1)
except AttributeError as error:
    print(error)
""",
    "a signature": "print(get_signature(QtWidgets.QWidget.resize), get_signature(QtCore.QTimer.singleShot))",
    "a help text": "print(QtGui.QPainter.drawText.__doc__)",
    "a module": "import PySide6.support.signature.parser as m; print(m.using_snake_case(), m.__name__, m.__file__)",
    "on another thread": """
with ThreadPoolExecutor(1) as pool:
    print(pool.submit(get_signature, QtGui.QFont.setWeight).result())
""",
}
IMPORTS = """
from concurrent.futures import ThreadPoolExecutor
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.support.signature import get_signature
"""


def said_by(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def test_a_program_that_calls_qt_as_it_is_meant_does_without_them() -> None:
    shown = "app = QtWidgets.QApplication([]); label = QtWidgets.QLabel('2 x Milk'); label.show(); app.processEvents()"
    assert said_by(f"import pos.ui\n{IMPORTS}{shown}{WAITING}") == "[]"


@pytest.mark.parametrize("what", ASKED)
def test_they_say_what_they_say_without_kassa(what: str) -> None:
    said = said_by(f"import pos.ui\n{IMPORTS}{ASKED[what]}")
    assert said
    assert said == said_by(IMPORTS + ASKED[what])


def test_they_are_all_there_is_of_them() -> None:
    """PySide6 brings what it always brought, under the names that it had."""
    there = "\nimport sys\nprint([name for name in sorted(sys.modules) if 'shiboken' in name or 'support' in name])"
    assert said_by("import pos.ui\n" + IMPORTS + there) == said_by(IMPORTS + there)
    assert all(name in said_by(IMPORTS + there) for name in SIGNATURE_ROOMS)


def test_pythons_own_import_comes_back() -> None:
    assert (
        said_by("import builtins; own = builtins.__import__\nimport pos.ui; print(builtins.__import__ is own)")
        == "True"
    )

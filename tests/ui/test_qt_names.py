"""Qt's enumerations are made quickly, and are to the last bit what the standard library makes of the same names."""

from __future__ import annotations

import enum
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from types import new_class
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from pos.ui import qt_names

KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)


def standard(kind: Any, names: Any, **more: Any) -> Any:
    return qt_names._create(kind, "Fruit", names, module=__name__, **more)


def quick(kind: Any, names: Any, **more: Any) -> Any:
    return qt_names.make(kind, "Fruit", names, module=__name__, **more)


def enumerations_of_qt() -> Iterator[Any]:
    for place in (QtCore, QtGui, QtWidgets):
        for _, cls in inspect.getmembers(place, inspect.isclass):
            if isinstance(cls, enum.EnumType):
                yield cls
            for inner in vars(cls).values():
                if isinstance(inner, enum.EnumType):
                    yield inner


def test_every_one_of_qts_is_what_the_standard_library_makes_of_its_names() -> None:
    seen = 0
    for made in enumerations_of_qt():
        kind: Any = next(base for base in made.__mro__ if base in KINDS)
        names = [(name, member.value) for name, member in made.__members__.items()]
        boundary = getattr(made, "_boundary_", None)
        told = qt_names.told(standard(kind, names, boundary=boundary))
        assert qt_names.told(quick(kind, names, boundary=boundary)) == told, made
        seen += len(names)
    assert seen > 3_000


@pytest.mark.parametrize("kind", KINDS)
def test_they_answer_as_the_standard_librarys(kind: type[enum.Enum]) -> None:
    names = [("FOUR", 4), ("ONE", 1), ("BOTH", 5), ("ALSO", 1), ("NONE", 0), ("BELOW", -1)]
    one, other = standard(kind, names, boundary=enum.KEEP), quick(kind, names, boundary=enum.KEEP)
    for each in (one, other):
        each.__qualname__ = "Fruit"
    assert [repr(fruit) for fruit in one] == [repr(fruit) for fruit in other]
    assert [str(fruit) for fruit in reversed(one)] == [str(fruit) for fruit in reversed(other)]
    assert other.ALSO is other.ONE is other(1) is other["ONE"]
    assert other.ONE in other
    assert (other.ONE == 1) is (one.ONE == 1)
    if issubclass(kind, enum.Flag):
        assert [repr(one(value)) for value in range(9)] == [repr(other(value)) for value in range(9)]
        assert [repr(~one(value)) for value in range(9)] == [repr(~other(value)) for value in range(9)]
        assert repr(one.FOUR | one.ONE) == repr(other.FOUR | other.ONE)
        assert [flag.name for flag in one.BOTH] == [flag.name for flag in other.BOTH]
    with pytest.raises(AttributeError):
        other.ONE = 2
    with pytest.raises(TypeError):
        new_class("More", (other,))


Called = enum.IntEnum("Called", [("ONE", 1)])


def test_they_know_where_they_were_made() -> None:
    assert vars(enum.EnumType)["_create_"] is qt_names.make
    assert Called.__module__ == __name__
    assert Called(1).__reduce_ex__(2) == (Called, (1,))


@pytest.mark.parametrize(
    "names",
    [
        "APPLE PEAR",
        ["APPLE", "PEAR"],
        {"APPLE": 1},
        [("APPLE", "a"), ("PEAR", "b")],
        [("APPLE", True)],
        [("APPLE", 1), ("value", 2)],
        [("_APPLE", 1)],
        [],
    ],
)
def test_what_is_no_list_of_numbered_words_is_made_as_before(names: Any) -> None:
    made, asked = (re.sub(" at 0x[0-9a-f]+", "", qt_names.told(way(enum.Enum, names))) for way in (quick, standard))
    assert made == asked


@pytest.mark.parametrize("names", [[("APPLE", 1), ("APPLE", 2)], [("mro", 1)]])
def test_what_the_standard_library_refuses_is_refused(names: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        standard(enum.Enum, names)
    with pytest.raises((TypeError, ValueError)):
        quick(enum.Enum, names)


def test_a_python_that_keeps_them_otherwise_makes_them_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vars(enum.EnumType)["_create_"]
    try:
        type.__setattr__(enum.EnumType, "_create_", qt_names._create)
        told = qt_names.told
        monkeypatch.setattr(qt_names, "told", lambda made: told(made) + str(id(made)))
        qt_names.quicken()
        assert vars(enum.EnumType)["_create_"] is qt_names._create
        monkeypatch.undo()
        monkeypatch.setattr(qt_names, "_take_stock", lambda flags: flags.what_another_python_lacks)
        qt_names.quicken()
        assert vars(enum.EnumType)["_create_"] is qt_names._create
        monkeypatch.undo()
        qt_names.quicken()
        assert vars(enum.EnumType)["_create_"] is qt_names.make
    finally:
        type.__setattr__(enum.EnumType, "_create_", before)


def test_a_start_makes_all_of_them_so() -> None:
    """Also those that come with QtCore itself: nothing of Qt is there before."""
    program = (
        "import pos.ui.qt_names as q, sys\n"
        "assert 'shiboken6' in sys.modules\n"
        "from PySide6.QtCore import QLocale, Qt\n"
        "import enum\n"
        "print(enum.EnumType._create_ is q.make, len(QLocale.Language), Qt.Key(0x01000000).name)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "True"
    assert done.stdout.split()[2] == "Key_Escape"

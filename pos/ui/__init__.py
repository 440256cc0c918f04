"""The shop floor: everything of Qt, and the first to import it.

PySide6 puts an import of its own in the place of Python's, to know which modules may spell Qt's names another way
(`from __feature__ import snake_case`): it reads the source of every module imported from then on, and keeps it. Kassa
spells Qt's names as Qt does, so Python's own import comes back: a start without it takes a tenth less time and memory.

PySide6 also compiles at every start what knows how each of Qt's functions is called: for help texts, for tools that
write them down, for the words of a TypeError. Those modules wait for their first use, which is a tenth of a start, too.
PySide6 throws its own modules out of `sys.modules` before it begins, so they are put off as soon as it has begun.

Nothing that a start makes is garbage, and nobody looks for any until `App` has the shop open.
"""

from __future__ import annotations

import builtins
import gc
from importlib import import_module
from typing import Any

from pos.late_rooms import SIGNATURE_ROOMS, put_off
from pos.ui.qt_names import quicken

_import: Any = getattr(builtins, "__orig_import__", builtins.__import__)


def _import_until_qt(name: str, *more: Any, **named: Any) -> Any:
    module = _import(name, *more, **named)
    if name == "shibokensupport":
        put_off(SIGNATURE_ROOMS)
    return module


gc.disable()
# Before any class of Qt is met.
quicken()
builtins.__import__ = _import_until_qt
try:
    import_module("PySide6.QtCore")
finally:
    builtins.__import__ = _import

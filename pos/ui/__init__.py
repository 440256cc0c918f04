"""The shop floor: everything of Qt, and the first to import it.

PySide6 puts an import of its own in the place of Python's, to know which modules may spell Qt's names another way
(`from __feature__ import snake_case`): it reads the source of every module imported from then on, and keeps it. Kassa
spells Qt's names as Qt does, so Python's own import comes back: a start without it takes a tenth less time and memory.

Nothing that a start makes is garbage, and nobody looks for any until `App` has the shop open.
"""

from __future__ import annotations

import builtins
import gc
from importlib import import_module

from pos.ui.qt_names import quicken

gc.disable()
# Before any class of Qt is met.
quicken()
import_module("PySide6.QtCore")
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

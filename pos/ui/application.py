"""Qt's one application: how large it draws, what it is called."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QLoggingCategory
from PySide6.QtWidgets import QApplication

from pos import VERSION
from pos.ui.theme import FUSION_PROPERTY


def scale_screen(percent: int) -> None:
    """Make everything larger; Qt reads it once, before the application is made. Whoever set it outside goes first."""
    if percent != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{percent / 100:g}")


def make_application() -> QApplication:
    """The one QApplication, named."""
    program = QApplication.instance()
    if isinstance(program, QApplication):
        return program
    program = QApplication([*sys.argv[:1], "-style", "fusion"])
    program.setProperty(FUSION_PROPERTY, True)
    program.setApplicationName("kassa")
    program.setApplicationDisplayName("Kassa")
    program.setApplicationVersion(VERSION)
    program.setDesktopFileName("kassa")
    # A machine without a sound server is silent, here too.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    return program

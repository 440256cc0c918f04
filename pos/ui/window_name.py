"""The name by which the windows of one workstation find each other, and whether one of that name may be open.

Apart from `one_window`, because the first picture waits for this and must not wait for Qt's network library.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QDir


def window_name(folder: Path, number: int) -> str:
    """The folder by its identity on this machine, however its path is written; empty where there is no folder yet."""
    try:
        found = folder.stat()
    except OSError:
        return ""
    return f"kassa-{found.st_dev:x}-{found.st_ino:x}-{number}"


def may_be_open(name: str) -> bool:
    """Whether somebody listens, or listened, to this name: only then is it worth asking."""
    if sys.platform == "win32":
        return bool(name) and Path(rf"\\.\pipe\{name}").exists()
    return bool(name) and Path(QDir.tempPath(), name).exists()

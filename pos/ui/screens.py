"""What the window shows once the books are open: loaded on the window's own thread, after its first picture."""

from __future__ import annotations

from pos.ui import customer_screen, line_scans, one_window
from pos.ui.fittings import Fittings
from pos.ui.set_up import restore_screen
from pos.ui.set_up import screen as set_up
from pos.ui.shell import Shell
from pos.ui.touch_keyboard import TouchKeyboard
from pos.ui.trouble.screen import TroubleScreen

__all__ = [
    "Fittings",
    "Shell",
    "TouchKeyboard",
    "TroubleScreen",
    "customer_screen",
    "line_scans",
    "one_window",
    "restore_screen",
    "set_up",
]

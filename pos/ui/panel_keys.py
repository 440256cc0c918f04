"""A panel's own keys while it lies over a screen and has the focus: Esc closes it, Enter presses what is chosen in it.

Without this both would be the screen's: Esc would leave a payment, and Enter take its money.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

_ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))


def keep_from_screen(event: QEvent) -> bool:
    """Whether the screen's shortcut of this key has to wait; the press then comes to the panel."""
    override = event.type() == QEvent.Type.ShortcutOverride
    if not (override and isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Escape, *_ENTER}):
        return False
    event.accept()
    return True


def take_key(event: QKeyEvent, close: Callable[[], None]) -> bool:
    """Do what the key does in a panel; False where it is none of the panel's."""
    if event.key() == Qt.Key.Key_Escape:
        close()
    elif event.key() in _ENTER:
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
            focused.click()
    else:
        return False
    return True

"""What may be taller than its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QScroller, QWidget

from pos.ui.shared.notices import set_ground


def scrolled(inside: QWidget) -> QScrollArea:
    """Let a finger or a wheel move what is taller than its place; sideways nothing moves."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    set_ground(scroll.viewport(), "none")
    QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    scroll.setWidget(inside)
    return scroll

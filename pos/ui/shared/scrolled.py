"""What may be taller than its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScroller, QWidget

from pos.ui.shared.notices import Ground, set_ground


def own_viewport(area: QAbstractScrollArea, ground: Ground = "none") -> QWidget:
    """Give `area` a viewport that a finger moves, on this ground, and answer it.

    Ours and not Qt's: asked for Qt's own, PySide would look through all of Qt's widgets for what it is.
    Before anything lies in the area: what lies in a viewport goes with it.
    """
    viewport = QWidget()
    area.setViewport(viewport)
    set_ground(viewport, ground)
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
    return viewport


def scrolled(inside: QWidget) -> QScrollArea:
    """Let a finger or a wheel move what is taller than its place; sideways nothing moves."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    own_viewport(scroll)
    scroll.setWidget(inside)
    return scroll

"""Ctrl F6: from one region of the window to the next, and round again. Tab goes on within a region; nothing traps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pos.ui.shared.screen import Screen


def next_region(regions: Sequence[QWidget]) -> QWidget | None:
    """Put the focus into the region after the one that has it; answers which. A screen gets it at its entry."""
    focus = QApplication.focusWidget()
    here = next((at for at, region in enumerate(regions) if focus is not None and region.isAncestorOf(focus)), -1)
    for step in range(1, len(regions) + 1):
        region = regions[(here + step) % len(regions)]
        if isinstance(region, Screen):
            region.focus_entry()
            return region
        buttons = [
            button
            for button in region.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if buttons:
            places = [button.mapTo(region, button.rect().topLeft()) for button in buttons]
            first = min(range(len(buttons)), key=lambda at: (places[at].y(), places[at].x()))
            buttons[first].setFocus(Qt.FocusReason.TabFocusReason)
            return region
    return None

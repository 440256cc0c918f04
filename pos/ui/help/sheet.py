"""The sheet F1 opens: on the left what the screen is for, on the right every key it has, the cheat sheet."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pos.speech import Speech
from pos.ui.help.pages import page
from pos.ui.help.text import let_breathe
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import KeyCap, rule
from pos.ui.shared.keys import key_name
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.text import Label
from pos.ui.theme import font

_SIZE = (1120, 640)
_KEYS_WIDTH = 400


class HelpSheet(Overlay):
    """Page and keys of one screen."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("help", _SIZE, host)
        self.text = QTextBrowser()
        self.text.setObjectName("help.page")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFont(font(15))
        self.text.setOpenLinks(False)
        set_ground(self.text, "surface")
        QScroller.grabGesture(self.text.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._keys_title = Label("", 13, 600, tone="text2")
        self._keys = QScrollArea()
        self._keys.setWidgetResizable(True)
        self._keys.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keys.setFixedWidth(_KEYS_WIDTH)
        set_ground(self._keys.viewport(), "none")
        QScroller.grabGesture(self._keys.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.close_button = ActionButton("", "close", height=56)
        self.close_button.setObjectName("help.close")
        self.close_button.follow(self.escape)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._keys_title)
        right.addWidget(self._keys, 1)
        right.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.text, 1)
        row.addWidget(rule(vertical=True))
        row.addLayout(right)
        self.card.column.addLayout(row)

    def open_for(self, screen: str, words: Speech, own: Iterable[QAction], everywhere: Iterable[QAction]) -> None:
        """Show a screen's page, its own keys, and those that work everywhere."""
        say = words.say
        self.text.setMarkdown(page(screen, words.language))
        let_breathe(self.text.document())
        self.text.setAccessibleName(self.text.toPlainText())
        self._keys_title.setText(say("Keys"))
        self.escape.setText(say("Close"))
        self._show_keys([(say("Here"), list(own)), (say("Everywhere"), list(everywhere))])
        self.setAccessibleName(say("Help"))
        self.open_over()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self)

    def _show_keys(self, groups: list[tuple[str, list[QAction]]]) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for title, actions in groups:
            named = [action for action in actions if action.text() and action.isVisible() and action.shortcuts()]
            if not named:
                continue
            grid.addWidget(Label(title, 13, 600, tone="text2"), grid.rowCount(), 0, 1, 2)
            for action in named:
                row = grid.rowCount()
                grid.addWidget(KeyCap(_all_keys(action.shortcuts()), inside), row, 0, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(Label(action.text(), 15, 450, wrap=True), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._keys.setWidget(inside)


def _all_keys(keys: list[QKeySequence]) -> str:
    """ "F12 · Enter": each name once, though a keyboard has two Enters."""
    return " · ".join(dict.fromkeys(key_name(key) for key in keys[:2]))

"""The shop cannot be opened: what happened, what it means for the books, what to do. Nothing is changed by looking."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.trouble import KnownError
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.wording import Wording


class TroubleScreen(Screen):
    """One sentence and two ways on. Signals: again() try once more; closed() end the program."""

    words: Wording
    again = Signal()
    closed = Signal()

    def __init__(self, words: Wording, parent: QWidget | None = None) -> None:
        super().__init__("trouble", words, parent)
        self._error: KnownError | None = None
        set_ground(self, "bg")
        self._again = self.add_key("again", ["Return", "Enter", "F12"], self.again.emit)
        self._close = self.add_key("close", "Esc", self.closed.emit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 32, 32, 32)
        outer.addStretch(1)
        card = Card("plain", padding=40, spacing=0)
        card.setMaximumWidth(720)
        card.setMinimumWidth(560)
        card.column.addWidget(Icon("error", 40, tile="bad", tile_size=72, radius=20))
        card.column.addSpacing(20)
        self._title = Label("", 28, 700, wrap=True)
        self.sentence = Label("", 17, 450, tone="text2", wrap=True)
        self.sentence.setObjectName("trouble.sentence")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(self._title)
        card.column.addSpacing(12)
        card.column.addWidget(self.sentence)
        card.column.addSpacing(28)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.again_button = ActionButton("", "refresh", kind="primary", height=60)
        self.close_button = ActionButton("", "close", height=60)
        self.again_button.setObjectName("trouble.again")
        self.close_button.setObjectName("trouble.close")
        self.again_button.follow(self._again)
        self.close_button.follow(self._close)
        row.addWidget(self.again_button, 1)
        row.addWidget(self.close_button, 1)
        card.column.addLayout(row)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card, 10)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(1)
        self.set_entry(self)
        self.retranslate()

    def show_error(self, error: KnownError) -> None:
        self._error = error
        self.retranslate()
        announce(self.sentence)

    def retranslate(self) -> None:
        self._title.setText(self.words.say("The shop was not opened"))
        self._again.setText(self.words.say("Try again"))
        self._close.setText(self.words.say("Close"))
        sentence = "" if self._error is None else self.words.trouble(self._error)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)

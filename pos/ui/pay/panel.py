"""What every question at the right of the payment is: a title, its fields, and one button that gives the answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Icon
from pos.ui.shared.text import Label
from pos.wording import Wording


class PayPanel(QWidget):
    """A panel named `pay.NAME`. Its fields go into `column`.

    Signals: left() back to the money.
    """

    left = Signal()

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self.hide()
        self.words = Wording()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        self.title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName(f"pay.{name}.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icon, 24, colour="primary_text"))
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        whole.addLayout(head)
        self.sum = Label("", 22, 680, wrap=True)
        whole.addWidget(self.sum)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        whole.addLayout(self.column)
        self._said = Label("", 14, 500, tone="bad", wrap=True)
        self._said.hide()
        whole.addWidget(self._said)
        whole.addStretch(1)
        self.give_button = ActionButton("", "check", kind="primary", height=76, px=20, key="Enter", key_place="follow")
        self.give_button.setObjectName(f"pay.{name}.give")
        self.give_button.clicked.connect(lambda: self.confirm())
        whole.addWidget(self.give_button)

    @property
    def entry(self) -> QWidget:
        """Where typed characters go."""
        return self

    @property
    def said(self) -> str:
        """Why it was not taken; empty where nothing was refused."""
        return "" if self._said.isHidden() else self._said.text()

    def retranslate(self, words: Wording) -> None:
        self.words = words
        self.close_button.set_name(words.say("Leave"), "Esc")

    def confirm(self) -> None:
        """Enter: the next field, or the answer."""

    def take_scan(self, code: str) -> bool:
        """A scan while it shows; False where it is none of the panel's."""
        del code
        return False

    def unfinished(self) -> object:
        """What a person typed or chose here and did not give yet, so that it outlives another language."""
        return None

    def take_up(self, unfinished: Any) -> None:
        """Go on with what `unfinished` told, in a panel that was opened anew."""

    def refuse(self, refused: Refused) -> None:
        """Say why it was not taken, next to where it was typed."""
        self.say_no(self.words.refusal(refused))

    def say_no(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._said.setAccessibleName(sentence)
        self.entry.setFocus()

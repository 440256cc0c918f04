"""Giving up a sale asks once, in place: it is the one step of the sale that undo does not bring back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import Wording


class VoidStrip(Card):
    """Hidden until `ask`. Signals: confirmed(); kept()."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__("bad", padding=0, spacing=6)
        self.column.setContentsMargins(14, 10, 8, 8)
        self._question = Label("", 15, 600, wrap=True)
        self._back = Label("", 15, 450, wrap=True)
        self.void = ActionButton("", "delete", kind="danger", key="Enter")
        self.keep = ActionButton("", key="Esc")
        self.void.setObjectName("sell.void.confirm")
        self.keep.setObjectName("sell.void.keep")
        self.void.clicked.connect(lambda: self.confirmed.emit())
        self.keep.clicked.connect(lambda: self.kept.emit())
        asked, answers = QHBoxLayout(), QHBoxLayout()
        for row in (asked, answers):
            row.setSpacing(10)
            self.column.addLayout(row)
        asked.addWidget(Icon("warning", 22, colour="bad", fill=1))
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._question)
        said.addWidget(self._back)
        asked.addLayout(said, 1)
        answers.addStretch(1)
        answers.addWidget(self.void)
        answers.addWidget(self.keep)
        self.hide()

    @property
    def is_asking(self) -> bool:
        return not self.isHidden()

    def retranslate(self, words: Wording) -> None:
        self.void.set_text(words.say("Void sale"))
        self.keep.set_text(words.say("Keep it"))

    def ask(self, question: str, back: str = "") -> None:
        """Ask; `back` is what then goes back to the customer, empty where nothing was taken."""
        self._question.setText(question)
        self._back.setText(back)
        self._back.setVisible(bool(back))
        self.setAccessibleName(" ".join(filter(None, (question, back))))
        self.show()
        announce(self)

"""The two large sums of the payment: what is due, and what goes back or is still missing."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from pos.domain.money import Money
from pos.ui.pay.amounts import Amount
from pos.ui.pay.pieces import Pieces
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label, Tone
from pos.wording import Wording

_GIVES_WAY = 24
Outcome = Literal["nothing", "change", "missing"]


class SumCard(Card):
    """A word, a second line, and an amount at the right."""

    def __init__(self, px: int = 40, height: int = 96) -> None:
        super().__init__("plain", padding=0, spacing=12, row=True)
        self.column.setContentsMargins(20, 8, 20, 8)
        self._height = height
        # Where a notice stands above, it gives way a little rather than having the window scrolled.
        self.setMinimumHeight(height - _GIVES_WAY)
        self.setMaximumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._label = Label("", 16, 500, tone="text2")
        self._detail = Label("", 14, 450, tone="text3")
        self._amount = Amount(px, 680)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._label)
        words.addWidget(self._detail)
        words.addStretch(1)
        self.column.addLayout(words)
        self.column.addWidget(self._amount, 1)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def show_sum(self, label: str, detail: str, amount: str) -> None:
        self._label.setText(label)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._amount.show_text(amount)
        self.setAccessibleName(" ".join(filter(None, (label, amount, detail))))


class OutcomeCard(Card):
    """Change to give with its notes and coins, or what is still missing. Its place never changes."""

    def __init__(self) -> None:
        super().__init__("sunken", padding=0, spacing=4)
        self.column.setContentsMargins(20, 10, 20, 12)
        self.setFixedHeight(176)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._label = Label("", 18, 500)
        self._amount = Amount(56, 720)
        head.addWidget(self._label)
        head.addWidget(self._amount, 1)
        self.pieces = Pieces(68)
        self.column.addLayout(head)
        self.column.addWidget(self.pieces)

    def show_outcome(self, outcome: Outcome, label: str, amount: Money, words: Wording) -> None:
        kinds: dict[Outcome, tuple[Literal["sunken", "ok", "warn"], Tone]] = {
            "nothing": ("sunken", "text3"),
            "change": ("ok", "ok"),
            "missing": ("warn", "warn"),
        }
        kind, tone = kinds[outcome]
        self.set_kind(kind)
        text = words.money(amount)
        self._label.set_tone(tone)
        self._label.setText(label)
        self._amount.show_text(text, tone)
        self.pieces.set_change(amount if outcome == "change" else Money(0, amount.currency), words)
        name = ", ".join(filter(None, (f"{label} {text}", self.pieces.accessibleName())))
        if name != self.accessibleName():
            self.setAccessibleName(name)
            announce(self)

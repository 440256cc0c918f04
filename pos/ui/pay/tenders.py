"""The ways to pay, and what was handed over so far."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.text import Label
from pos.wording import Wording


class TenderList(QWidget):
    """Cash as the one way; below it what was taken, one line a tender."""

    def __init__(self, cash: QAction) -> None:
        super().__init__()
        self.setMinimumWidth(190)
        self.setMaximumWidth(270)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.cash = ActionButton("", "payments", kind="primary", height=82, align="left")
        self.cash.setObjectName("pay.methods.cash")
        self.cash.follow(cash)
        column.addWidget(self.cash)
        self._taken = Card("sunken", padding=14, spacing=6)
        self._title = Label("", 13, 600, tone="text2")
        self._lines = Label("", 16, 600, wrap=True)
        self._taken.column.addWidget(self._title)
        self._taken.column.addWidget(self._lines)
        self._taken.hide()
        column.addWidget(self._taken)
        column.addStretch(1)

    @property
    def said(self) -> str:
        """What was taken, in words; empty for nothing."""
        return "" if self._taken.isHidden() else self._lines.text()

    def show_tenders(self, priced: PricedBasket, words: Wording) -> None:
        """What the basket holds; nothing shows for nothing."""
        tenders = priced.basket.tenders
        self._title.setText(words.say("Taken so far"))
        lines = [
            words.say(
                "{tender} {amount}",
                tender=words.tendered(tender),
                amount=words.money(Money(tender.amount, priced.currency)),
            )
            for tender in tenders
        ]
        self._lines.setText("\n".join(lines))
        self._taken.setAccessibleName(", ".join((self._title.text(), *lines)))
        self._taken.setVisible(bool(tenders))

"""The chosen receipt as it is on paper, what made its prices above it, and what can be done with it below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.services.lookup import ReceiptView
from pos.ui.journal.actions import ReceiptActions
from pos.ui.journal.why import WhyCard
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording
from receipts.preview import PaperPreview


class ReceiptPane(QWidget):
    """Paper, functions, and the large button."""

    def __init__(self, actions: ReceiptActions, primary: ActionButton) -> None:
        super().__init__()
        self.preview, self.why = PaperPreview(), WhyCard()
        # Why there is no way to undo what is shown, where there is none.
        self.stands = Label("", 13, 450, tone="text3", wrap=True)
        self.stands.hide()
        inside = QWidget()
        set_ground(inside, "none")
        paper = QVBoxLayout(inside)
        paper.setContentsMargins(4, 0, 4, 0)
        paper.addWidget(self.why)
        paper.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        paper.addStretch(1)
        card = Card("sunken", padding=12)
        card.column.addWidget(scrolled(inside), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card, 1)
        column.addWidget(self.stands)
        column.addWidget(actions.shelf)
        column.addWidget(primary)

    def say_stands(self, chosen: ReceiptView | None, words: Wording) -> None:
        """Why what is chosen cannot be undone, where it cannot."""
        imported = chosen is not None and chosen.imported
        self.stands.setText(
            words.say("Another system sold this. It is kept as it was; what comes back is a return.")
            if imported
            else words.say("A return is not post-voided. Sell the goods again if the customer keeps them.")
        )
        self.stands.setVisible(imported or (chosen is not None and chosen.returned))

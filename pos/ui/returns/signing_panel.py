"""Signing on screen for the papers of a return: whose turn it is, the field, and the ways out of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.signature import Signer
from pos.ui.returns.sign_pad import SignPad
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label


class SigningPanel(QWidget):
    """Stands in the place of the tiles while somebody signs. `pad` is what is drawn on."""

    def __init__(self, screen: Screen, clear: QAction, on_paper: QAction) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("plain", padding=16, spacing=10)
        column.addWidget(card, 1)
        head = QHBoxLayout()
        self._title = Label("", 16, 600)
        self.signers = SegmentedControl()
        self.signers.setObjectName(f"{screen.name}.sign.who")
        head.addWidget(self._title, 1)
        head.addWidget(self.signers)
        card.column.addLayout(head)
        self.pad = SignPad()
        screen.name_child(self.pad, "sign", "pad")
        card.column.addWidget(self.pad, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for icon, action, name in (
            ("backspace", clear, "clear"),
            ("edit_document", on_paper, "on_paper"),
        ):
            button = ActionButton("", icon)
            screen.name_child(button, "sign", name)
            button.follow(action)
            foot.addWidget(button, 1)
        card.column.addLayout(foot)

    @property
    def signer(self) -> Signer:
        """Whose turn it is."""
        return Signer(self.signers.choice or Signer.CUSTOMER.value)

    def set_words(self, title: str, hint: str, signers: Sequence[tuple[Signer, str]]) -> None:
        """Who may sign here; one alone is not asked about."""
        self._title.setText(title)
        kept = self.signer
        self.signers.set_choices([(signer.value, said) for signer, said in signers])
        self.signers.choose(kept.value if kept in dict(signers) else signers[0][0].value)
        self.signers.setVisible(len(signers) > 1)
        self.pad.set_words(title, hint)

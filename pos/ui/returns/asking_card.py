"""A card that asks for something in the place of the words about a line: both would not fit a small screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.form import FormField
from pos.wording import Wording


class AskingCard(Card):
    """Fields side by side; Enter takes what stands there, Esc puts it away. Named `SCREEN.AREA`.

    Signals: closed() it is not wanted any more.
    """

    closed = Signal()

    def __init__(self, screen: str, area: str, icon: str) -> None:
        super().__init__("plain", padding=12, spacing=8)
        self._fields = QHBoxLayout()
        self._fields.setSpacing(12)
        self.column.addLayout(self._fields)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.take_button = ActionButton("", icon, key="Enter", kind="primary")
        self.take_button.setObjectName(f"{screen}.{area}.take")
        self.take_button.clicked.connect(lambda: self.take())
        self.back_button = ActionButton("", "arrow_back", key="Esc")
        self.back_button.setObjectName(f"{screen}.{area}.back")
        self.back_button.clicked.connect(lambda: self.leave())
        for button in (self.take_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.hide()

    @property
    def open(self) -> bool:
        """Whether it is being asked for."""
        return not self.isHidden()

    def add(self, field: FormField, share: int) -> FormField:
        """One field more, with its share of the width; Enter in a line takes all."""
        if isinstance(field.editor, QLineEdit):
            field.editor.returnPressed.connect(lambda: self.take())
        self._fields.addWidget(field, share)
        return field

    def retranslate(self, words: Wording) -> None:
        self.back_button.set_text(words.say("Back"))

    def take(self) -> None:
        """What stands there is taken, or it is said why not."""

    def leave(self) -> None:
        """Put it away."""
        self.hide()
        self.closed.emit()

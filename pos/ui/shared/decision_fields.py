"""Why, and who with their own PIN: what somebody types who decides what became of money at a card terminal."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.services.approvals import Answer
from pos.ui.shared.form import FormField, NumberEdit
from pos.wording import Wording


class DecisionFields(QWidget):
    """Three fields, named `NAME.reason`, `NAME.number` and `NAME.pin`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.reason = FormField(f"{name}.reason", QLineEdit())
        self.number = FormField(f"{name}.number", NumberEdit())
        self.pin = FormField(f"{name}.pin", NumberEdit())
        assert isinstance(self.pin.editor, QLineEdit)
        self.pin.editor.setEchoMode(QLineEdit.EchoMode.Password)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.pin)
        column.addLayout(row)

    @property
    def entry(self) -> QWidget:
        """The first field that is empty."""
        empty = next((field for field in (self.reason, self.number, self.pin) if not field.text), self.pin)
        return empty.editor

    def retranslate(self, words: Wording) -> None:
        self.reason.set_words(words.say("What the terminal shows"))
        self.number.set_words(words.say("Staff number"))
        self.pin.set_words(words.say("PIN"))

    def clear(self) -> None:
        for field in (self.reason, self.number, self.pin):
            field.set_text("")

    def answer(self) -> Answer | None:
        """Who decides, and why; None while a field is empty, which gets the focus. The PIN is gone from the screen."""
        if not (self.reason.text and self.number.text and self.pin.text):
            self.entry.setFocus()
            return None
        answer = Answer(by=self.number.text.strip(), pin=self.pin.text, reason=self.reason.text.strip())
        self.pin.set_text("")
        return answer

"""A stand-alone terminal: the cashier keys the amount into it, and writes here what it printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.ui.pay.panel import PayPanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.form import FormField, NumberEdit
from pos.wording import Wording


class ApprovalCodePanel(PayPanel):
    """Signals: given(str, str, bool) approval code, last four digits, and whether the terminal declined."""

    given = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__("approval_code", "credit_card")
        self.code = FormField("pay.approval_code.code", QLineEdit())
        self.last_four = FormField("pay.approval_code.last_four", NumberEdit())
        self.declined = ActionButton("", "credit_card_off", height=48, px=16)
        self.declined.setObjectName("pay.approval_code.declined")
        self.declined.clicked.connect(lambda _=False: self.given.emit("", "", True))
        for widget in (self.code, self.last_four, self.declined):
            self.column.addWidget(widget)
        for field in (self.code, self.last_four):
            assert isinstance(field.editor, QLineEdit)
            field.editor.setMaxLength(24)
        self._amount = ""

    @property
    def entry(self) -> QWidget:
        return self.code.editor if not self.code.text else self.last_four.editor

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        say = words.say
        self.code.set_words(say("Approval code on its slip"))
        self.last_four.set_words(say("Last four digits of the card"))
        self.declined.set_text(say("The terminal declined"))
        self.give_button.set_text(say("The card was charged"))
        self._say()

    def begin(self, amount: str) -> None:
        """Ask for what the terminal says to `amount`, which is written as money."""
        self._amount = amount
        self.code.set_text("")
        self.last_four.set_text("")
        self.say_no("")
        self._say()
        self.show()

    def confirm(self) -> None:
        if self.code.text and self.last_four.text:
            self.given.emit(self.code.text.strip(), self.last_four.text.strip(), False)
        else:
            self.entry.setFocus()

    def _say(self) -> None:
        say = self.words.say
        title = say("Key {amount} into the card terminal", amount=self._amount)
        self.title.setText(title)
        self.sum.hide()
        self.give_button.setToolTip(say("Then write here what its slip says. Never the card’s number."))

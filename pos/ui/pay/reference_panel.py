"""A tender of the shop's own that asks for a number: a transfer's, a voucher's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.ui.pay.panel import PayPanel
from pos.ui.shared.fields import ScanField
from pos.wording import Wording


class ReferencePanel(PayPanel):
    """Signals: given(str, str) the tender's code and the number that is noted with it."""

    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("reference", "receipt_long")
        self.code = ""
        self.field = ScanField(icon="edit")
        self.field.edit.setObjectName("pay.reference.number")
        self.column.addWidget(self.field)

    @property
    def entry(self) -> QWidget:
        return self.field.edit

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.field.set_words(words.say("Scan or type its number"))

    def begin(self, code: str, name: str, amount: str) -> None:
        """Open it for a tender called `name`; `amount` is what it will pay, in words."""
        self.code = code
        self.title.setText(self.words.say("{tender}: which number?", tender=name))
        self.setAccessibleName(self.title.text())
        self.sum.setText(amount)
        self.give_button.set_text(self.words.say("Take {amount}", amount=amount))
        self.field.clear()
        self.say_no("")
        self.show()

    def confirm(self) -> None:
        self.given.emit(self.code, self.field.text.strip())

    def unfinished(self) -> object:
        return self.field.text

    def take_up(self, unfinished: str) -> None:
        self.field.set_text(unfinished)

    def take_scan(self, code: str) -> bool:
        self.field.set_text(code)
        self.confirm()
        return True

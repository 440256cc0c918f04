"""A manager says what became of a card nobody can ask about: charged or not, with a reason and their own PIN."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.services.approvals import Answer
from pos.ui.pay.panel import PayPanel
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.form import FormField, NumberEdit
from pos.wording import Wording

_CHARGED, _NOT = "charged", "not_charged"


class DecisionPanel(PayPanel):
    """Signals: decided(bool, object) whether money moved, and the Answer of whoever decides."""

    decided = Signal(bool, object)

    def __init__(self) -> None:
        super().__init__("decision", "shield_person")
        self.choice = SegmentedControl([(_CHARGED, ""), (_NOT, "")], height=48)
        self.choice.setObjectName("pay.decision.choice")
        self.reason = FormField("pay.decision.reason", QLineEdit())
        self.number = FormField("pay.decision.number", NumberEdit())
        self.pin = FormField("pay.decision.pin", NumberEdit())
        assert isinstance(self.pin.editor, QLineEdit)
        self.pin.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.column.addWidget(self.choice)
        self.column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.pin)
        self.column.addLayout(row)

    @property
    def entry(self) -> QWidget:
        empty = next((field for field in (self.reason, self.number, self.pin) if not field.text), self.pin)
        return empty.editor

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        say = words.say
        self.title.setText(say("A manager decides"))
        self.sum.hide()
        self.give_button.setToolTip(say("It stands in the journal and on the Z report, with the name."))
        for key, text in ((_CHARGED, say("The card was charged")), (_NOT, say("Nothing was charged"))):
            self.choice.set_text(key, text)
        self.reason.set_words(say("What the terminal shows"))
        self.number.set_words(say("Staff number"))
        self.pin.set_words(say("PIN"))
        self.give_button.set_text(say("Decide"))

    def begin(self) -> None:
        """Open it empty."""
        for field in (self.reason, self.number, self.pin):
            field.set_text("")
        self.say_no("")
        self.show()

    def confirm(self) -> None:
        if not (self.reason.text and self.number.text and self.pin.text):
            self.entry.setFocus()
            return
        answer = Answer(by=self.number.text.strip(), pin=self.pin.text, reason=self.reason.text.strip())
        self.decided.emit(self.choice.choice == _CHARGED, answer)
        self.pin.set_text("")

"""A manager says what became of a card nobody can ask about: charged or not, with a reason and their own PIN."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.ui.pay.panel import PayPanel
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.decision_fields import DecisionFields
from pos.wording import Wording

_CHARGED, _NOT = "charged", "not_charged"


class DecisionPanel(PayPanel):
    """Signals: decided(bool, object) whether money moved, and the Answer of whoever decides."""

    decided = Signal(bool, object)

    def __init__(self) -> None:
        super().__init__("decision", "shield_person")
        self.choice = SegmentedControl([(_CHARGED, ""), (_NOT, "")], height=48)
        self.choice.setObjectName("pay.decision.choice")
        self._back = False
        self.fields = DecisionFields("pay.decision")
        self.column.addWidget(self.choice)
        self.column.addWidget(self.fields)

    @property
    def entry(self) -> QWidget:
        return self.fields.entry

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        say = words.say
        self.title.setText(say("A manager decides"))
        self.sum.hide()
        self.give_button.setToolTip(say("It stands in the journal and on the Z report, with the name."))
        charged, not_charged = say("The card was charged"), say("Nothing was charged")
        if self._back:
            charged, not_charged = say("On the card"), say("Not on the card")
        self.choice.set_text(_CHARGED, charged)
        self.choice.set_text(_NOT, not_charged)
        self.fields.retranslate(words)
        self.give_button.set_text(say("Decide"))

    def begin(self, *, back: bool) -> None:
        """Open it empty, about a charge or about money that goes `back`."""
        self._back = back
        self.retranslate(self.words)
        self.fields.clear()
        self.say_no("")
        self.show()

    def confirm(self) -> None:
        answer = self.fields.answer()
        if answer is not None:
            self.decided.emit(self.choice.choice == _CHARGED, answer)

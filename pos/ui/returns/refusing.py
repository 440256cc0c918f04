"""The note for a customer who is told no: there while something of what is ticked does not come back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.return_decision import Verdict
from pos.services.returns import Quote
from pos.ui.shared.two_columns import TwoColumns
from pos.workstation import Workstation


class Refusing(QObject):
    """The key and its button above the large one. The note is printed, or saved where nothing prints."""

    def __init__(self, screen: TwoColumns, workstation: Workstation) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self._quote: Quote | None = None
        self.key = screen.add_key("refusal_note", "Alt+N", self._note, in_key_bar=False)
        self.button = screen.button("print", self.key, "decision", "refusal_note")
        screen.right.insertWidget(screen.right.count() - 1, self.button)
        self.follow(None)

    def retranslate(self) -> None:
        self.key.setText(self._screen.words.say("Note for the customer"))

    def follow(self, quote: Quote | None) -> None:
        """Another decision, or none."""
        self._quote = quote if quote is not None and quote.decision.verdict is not Verdict.ALLOWED else None
        self.key.setEnabled(self._quote is not None)
        self.key.setVisible(self._quote is not None)
        self.button.setVisible(self._quote is not None)

    def _note(self) -> None:
        if self._quote is None:
            return
        request = self._quote.case.request
        noted = self._screen.attempt(lambda: self._workstation.return_refusals.note(request))
        if noted is not None:
            self._screen.paper_wanted.emit("refusal_note", noted.job)

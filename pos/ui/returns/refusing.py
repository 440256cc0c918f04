"""What there is for a customer who is told no: the note that says why, and a claim where the law answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.domain.return_decision import Verdict
from pos.services.returns import Quote
from pos.ui.returns.claiming import Claiming
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.ui.returns.screen import ReturnsScreen


class Refusing(QObject):
    """The key and its button above the large one. The note is printed, or saved where nothing prints."""

    def __init__(self, screen: ReturnsScreen, workstation: Workstation) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self._quote: Quote | None = None
        self.key = screen.add_key("refusal_note", "Alt+N", self._note, in_key_bar=False)
        self.button = screen.button("print", self.key, "decision", "refusal_note")
        screen.right.insertWidget(screen.right.count() - 1, self.button)
        self.claiming = Claiming(screen, workstation)
        self.follow(None)

    def retranslate(self) -> None:
        self.claiming.retranslate()
        self.key.setText(self._screen.words.say("Note for the customer"))

    def follow(self, quote: Quote | None) -> None:
        """Another decision, or none."""
        self.claiming.follow(quote)
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

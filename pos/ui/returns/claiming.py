"""Taking in a claim under the law: the key at its decision, and the panel that asks what is wrong and wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from pos.domain.claim_law import DEFECT, DEFECT_MOST, REMEDY
from pos.domain.return_decision import Verdict
from pos.services.returns import Quote
from pos.ui.returns.asking_card import AskingCard
from pos.ui.shared.form import ChoiceBox, FormField
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.ui.returns.screen import ReturnsScreen


class ClaimPanel(AskingCard):
    """Signals: taken(str, str) the remedy and what is wrong."""

    taken = Signal(str, str)

    def __init__(self, screen: str) -> None:
        super().__init__(screen, "claim", "assignment_return")
        self.remedy = self.add(FormField(f"{screen}.claim.remedy", ChoiceBox()), 1)
        wrong = QLineEdit()
        wrong.setMaxLength(DEFECT_MOST)
        self.wrong = self.add(FormField(f"{screen}.claim.wrong", wrong), 2)

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.remedy.set_words(words.say("The customer wants"))
        self.wrong.set_words(words.say("What is wrong"))
        self.take_button.set_text(words.say("Take in the claim"))

    def begin(self, remedies: tuple[str, ...], words: Wording) -> None:
        """Ask for it now; the first remedy of the law stands there."""
        assert isinstance(self.remedy.editor, ChoiceBox)
        self.remedy.editor.set_choices([(one, words.claim_manner(one)) for one in remedies])
        self.wrong.set_text("")
        self.show()
        self.wrong.setFocus()

    def take(self) -> None:
        self.taken.emit(self.remedy.text, self.wrong.text.strip())


class Claiming(QObject):
    """The panel in the place of the words about the line, and the key that leads there where the law answers for a
    defect.
    """

    def __init__(self, screen: ReturnsScreen, workstation: Workstation) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self._quote: Quote | None = None
        self.panel = ClaimPanel(screen.name)
        self.panel.taken.connect(self._take_in)
        self.panel.closed.connect(self._closed)
        screen.left.addWidget(self.panel)
        self.key = screen.add_key("claim", "Alt+L", self._begin, in_key_bar=False)
        self.button = screen.button("assignment_return", self.key, "decision", "claim")
        screen.right.insertWidget(screen.right.count() - 1, self.button)
        self.list_key = screen.add_key("claims", "Alt+C", lambda: screen.place_wanted.emit("return_claims"))
        self.follow(None)

    def retranslate(self) -> None:
        self.list_key.setText(self._screen.words.say("Open claims"))
        self.key.setText(self._screen.words.say("Take in the claim"))
        self.panel.retranslate(self._screen.words)

    def follow(self, quote: Quote | None) -> None:
        """Another decision, or none."""
        lines = () if quote is None else quote.decision.lines
        claimed = any(line.verdict is Verdict.STATUTORY_CLAIM for line in lines)
        self._quote = quote if claimed else None
        self.key.setEnabled(claimed)
        self.key.setVisible(claimed)
        self.button.setVisible(claimed)
        self.list_key.setVisible(self._screen.draft is None)
        if not claimed:
            self.panel.hide()
        elif self.panel.open:
            self._screen.saying.strip.hide()

    def put_away(self) -> bool:
        """Whether the panel stood there and was left."""
        if not self.panel.open:
            return False
        self.panel.leave()
        return True

    def _begin(self) -> None:
        if self._quote is not None:
            self._screen.saying.strip.hide()
            self.panel.begin(self._quote.decision.claim, self._screen.words)

    def _closed(self) -> None:
        self._screen.saying.strip.setVisible(self._screen.draft is not None)
        self._screen.focus_entry()

    def _take_in(self, remedy: str, wrong: str) -> None:
        """What was taken in is ticked no more; the rest still comes back or stays."""
        screen, quote, draft = self._screen, self._quote, self._screen.draft
        if quote is None or draft is None:
            return
        asked = quote.case.request
        request = replace(asked, facts={**asked.facts, REMEDY: remedy, DEFECT: wrong})
        taken = screen.attempt(lambda: self._workstation.return_claims.take_in(request))
        if taken is None:
            return
        self.panel.leave()
        for line in quote.decision.lines:
            if line.verdict is Verdict.STATUTORY_CLAIM:
                draft.ticked.pop(line.line, None)
        screen.judge()
        numbers = ", ".join(one.number for one in taken)
        screen.tell_done(screen.words.say("Claim {number} is taken in.", number=numbers))
        for one in taken:
            screen.paper_wanted.emit("claim_protocol", one.job)

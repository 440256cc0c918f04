"""What somebody else has to agree to: asked at once, above the screen, and done exactly as it was agreed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import ApprovalRequest, NeedsApproval
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.approvals import Answer
from pos.ui.shared.approval_sheet import DECLINE, Answered
from pos.ui.shared.ask_words import asked_what, view_of
from pos.wording import Wording
from pos.workstation import Workstation


class Signing(QObject):
    """Signals: asks(object) an AskView to be shown; refused(str) why the answer was not taken; answered() the sheet
    is not needed any more; declined(str) somebody said no, in a sentence.
    """

    asks = Signal(object)
    refused = Signal(str)
    answered = Signal()
    declined = Signal(str)

    def __init__(self, workstation: Workstation, words: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._workstation, self.words = workstation, words
        self._request: ApprovalRequest | None = None
        self._agreed: Callable[[str], None] = lambda _: None

    def begin(self, needs: NeedsApproval, agreed: Callable[[str], None], back: str) -> None:
        """Ask now; `agreed` gets the identity of the request, `back` is what leaving without an answer is called."""
        self._request, self._agreed = needs.request, agreed
        self.asks.emit(view_of(needs, self._workstation, self.words, back))

    def answer(self, answered: Answered) -> None:
        """A manager answered on the sheet: do exactly what was approved, or nothing."""
        request = self._request
        if request is None:
            return
        no = answered.option == DECLINE
        answer = Answer(answered.by, answered.pin, answered.badge, "" if no else answered.option, answered.reason)
        approvals = self._workstation.approvals
        try:
            given = approvals.decline(request.id, answer) if no else approvals.grant(request.id, answer)
        except KnownError as error:
            self.refused.emit(self.words.trouble(error))
            return
        if isinstance(given, Refused):
            self.refused.emit(self.words.refusal(given))
            return
        self._request = None
        self.answered.emit()
        if no:
            what = asked_what(request, self._workstation, self.words)
            self.declined.emit(self.words.say("Not approved: {what}. Nothing was done.", what=what))
        else:
            self._agreed(request.id)

"""What the sale needs a yes for: it waits beside the sale, and is asked on the approval sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import ApprovalRequest, NeedsApproval
from pos.domain.by_hand import Action
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.approvals import Answer
from pos.services.sale import SaleView
from pos.ui.sell import money_back as late_telling
from pos.ui.sell.asked_strip import AskedStrip
from pos.ui.sell.teller import Teller
from pos.ui.shared import approval_sheet as late_approval_sheet
from pos.ui.shared import ask_words as late_ask_words
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation


class Asking(QObject):
    """Signals: asks(object) an AskView to be shown; refused(str) why the answer was not taken; answered() the sheet
    is not needed any more.
    """

    asks = Signal(object)
    refused = Signal(str)
    answered = Signal()

    def __init__(self, screen: Screen, teller: Teller, workstation: Workstation) -> None:
        super().__init__(screen)
        self.strip = strip = AskedStrip()
        self._key = screen.add_key("ask_manager", "Alt+A", self.ask, in_key_bar=False)
        self.teller, self._workstation = teller, workstation
        self._waiting: list[ApprovalRequest] = []
        self._agreed: dict[str, Callable[[str], object]] = {}
        self._about: NeedsApproval | None = None
        teller.approval_wanted.connect(self.begin)
        strip.wanted.connect(self.ask)
        strip.dropped.connect(self.drop)
        strip.ticked.connect(self._show)

    @property
    def request(self) -> ApprovalRequest | None:
        """What was asked last and still waits."""
        return self._waiting[-1] if self._waiting else None

    def begin(self, needs: NeedsApproval) -> None:
        """A rule said that somebody has to agree: ask at once; Esc leaves it waiting."""
        self._waiting = [one for one in self._waiting if one.id != needs.request.id] + [needs.request]
        self._show()
        self.ask()

    def begin_about(self, needs: NeedsApproval, agreed: Callable[[str], object]) -> None:
        """The same for what is no change of the sale: `agreed` gets the identity of the request."""
        self._agreed, self._about = {needs.request.id: agreed}, needs
        self.begin(needs)

    def retranslate(self) -> None:
        self.strip.retranslate(self.teller.words)
        self._key.setText(self.teller.words.say("Ask a manager"))
        self._show()

    def recall(self) -> None:
        """What waits in the books, when the screen is entered."""
        priced = self._workstation.sale.view.priced
        self._waiting = list(self._workstation.approvals.waiting(priced)) if priced.lines else []
        self._show()

    def ask(self) -> None:
        """Show the sheet for what waits."""
        request = self.request
        if request is not None:
            self.asks.emit(self._view(request))

    def drop(self) -> None:
        """Ask no more; the request stays in the books without an answer."""
        if self._waiting:
            self._waiting.pop()
        self._show()

    def follow(self, view: SaleView) -> None:
        """After a change: what it made void is gone, and said; so is what an approval no longer covered."""
        approvals, words = self._workstation.approvals, self.teller.words
        outrun = approvals.void_outrun(self._waiting, view.priced) if self._waiting else ()
        self._waiting = [one for one in self._waiting if one not in outrun]
        if view.came_off:
            name = view.came_off[0] or words.say("Whole sale")
            self.teller.warn(
                words.say("{item} changed, so the approval does not cover it any more.", item=name),
                words.say("What was approved came off. Ask again, or undo the change."),
            )
        elif outrun and not view.empty:
            what = outrun[0].requirement.about or words.say("Whole sale")
            self.teller.warn(words.say("{item} changed, so nobody is asked about it any more.", item=what))
        self._show()

    def answer(self, answered: late_approval_sheet.Answered) -> None:
        """A manager answered on the sheet: do exactly what was approved, or nothing."""
        request = self.request
        if request is None:
            self.answered.emit()
            return
        no = answered.option == late_approval_sheet.DECLINE
        option = "" if no else answered.option
        answer = Answer(answered.by, answered.pin, answered.badge, option, answered.reason)
        try:
            said = self._say_no(request, answer) if no else self._say_yes(request, answer)
        except KnownError as error:
            self.refused.emit(self.teller.words.trouble(error))
            return
        if said:
            self.refused.emit(said)

    def _say_no(self, request: ApprovalRequest, answer: Answer) -> str:
        declined = self._workstation.approvals.decline(request.id, answer)
        words = self.teller.words
        if isinstance(declined, Refused):
            return words.refusal(declined)
        self.drop()
        self.answered.emit()
        self.teller.warn(words.say("Not approved. {what} was not given.", what=self._what(request, words)))
        return ""

    def _say_yes(self, request: ApprovalRequest, answer: Answer) -> str:
        before = self._workstation.sale.view.priced
        granted = self._workstation.approvals.grant(request.id, answer)
        words = self.teller.words
        if isinstance(granted, Refused):
            return words.refusal(granted)
        self.drop()
        self.answered.emit()
        agreed = self._agreed.pop(request.id, None)
        if agreed is not None:
            agreed(request.id)
        elif self.teller.ask(lambda: self._workstation.markdowns.carry_out(request.id)) is not None:
            done = words.say("Approved: {what}.", what=self._what(request, words))
            self.teller.approved(done)
            if request.asked.action is Action.VOID_SALE:
                late_telling.tell_given_back(before.basket.tenders, before.currency, self.teller, done)
        return ""

    def _show(self) -> None:
        request = self.request
        if request is None:
            self.strip.put_away()
        else:
            words = self.teller.words
            self.strip.show_request(
                self._what(request, words), late_ask_words.passed(request, self._workstation), self._since(request)()
            )
        self._key.setEnabled(request is not None)

    # In words.

    def _since(self, request: ApprovalRequest) -> Callable[[], str]:
        return late_ask_words.asked_since(request, self._workstation, lambda: self.teller.words)

    def _what(self, request: ApprovalRequest, words: Wording) -> str:
        return late_ask_words.asked_what(request, self._workstation, words)

    def _view(self, request: ApprovalRequest) -> late_approval_sheet.AskView:
        words, about = self.teller.words, self._about
        back = words.say("Back to the sale")
        if about is not None and about.request.id == request.id:
            return late_ask_words.view_of(about, self._workstation, words, back)
        return late_ask_words.ask_view(request, self._workstation, words, back)

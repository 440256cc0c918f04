"""A sale is taken back, or a tender put right, as soon as somebody else has agreed on the approval sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import ApprovalRequest, NeedsApproval
from pos.domain.card_attempt import Attempt
from pos.domain.money import Money
from pos.domain.post_void import TenderCorrection
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.approvals import Answer
from pos.services.failed_refunds import GivenInstead
from pos.services.post_voids import PostVoided
from pos.services.tender_corrections import CorrectionWish
from pos.ui.journal.failed_refund import AGAIN
from pos.ui.shared.approval_sheet import DECLINE, Answered
from pos.ui.shared.ask_words import ask_view, asked_what
from pos.ui.working import Working
from pos.wording import Wording
from pos.workstation import Workstation

_Done = PostVoided | TenderCorrection | Attempt | GivenInstead
_Again = Callable[[str], _Done | Refused]


class Agreeing(QObject):
    """Signals: asks(object) an AskView to be shown; refused(str) why the answer was not taken; answered() the sheet is
    not needed any more; not_done(object) a Refused; trouble(object) a KnownError; done(str) it is in the books, and the
    slip that waits, empty for none; said(str, str, str) title, detail and kind of a banner.
    """

    asks = Signal(object)
    refused = Signal(str)
    answered = Signal()
    not_done = Signal(object)
    trouble = Signal(object)
    done = Signal(str)
    said = Signal(str, str, str)

    def __init__(self, workstation: Workstation, parent: QObject) -> None:
        super().__init__(parent)
        self.words = Wording()
        self._workstation = workstation
        self._request: ApprovalRequest | None = None
        self._again: _Again | None = None
        self._again_for = ""
        self._terminal = Working(self)
        self._terminal.ended.connect(lambda _: self._say_cards())
        self._terminal.failed.connect(self.trouble)

    def post_void(self, sale: str, reason: str) -> None:
        """Take the sale back, or ask who may agree to it."""
        self._try(lambda approval: self._workstation.post_voids.post_void(sale, reason, approval=approval))

    def correct(self, wish: CorrectionWish) -> None:
        """Put the tender right, or ask who may agree to it."""
        self._try(lambda approval: self._workstation.tender_corrections.correct(wish, approval=approval))

    def refund(self, return_id: str, tender: int, way: str) -> None:
        """Ask the card of a return again, or give its money another way, or ask who may agree to it."""
        refunds = self._workstation.failed_refunds
        if way == AGAIN:
            self._again_for = return_id
            self._try(lambda _: refunds.again(return_id, tender))
        else:
            self._try(lambda approval: refunds.give(return_id, tender, way, approval=approval))

    def find_out(self, return_id: str) -> None:
        """Ask the terminal what became of the money of a return."""
        self._again_for = return_id
        self.said.emit(self.words.say("The terminal is asked for it."), "", "info")
        self._terminal.begin(lambda _: self._workstation.card_tendering.recover())

    def decide(self, return_id: str, attempt: str, answer: Answer, *, moved: bool) -> None:
        """Somebody says what became of money no terminal answers for."""
        try:
            said = self._workstation.card_tendering.resolve(attempt, answer, moved=moved)
        except KnownError as error:
            self.trouble.emit(error)
            return
        # Decided that it is not: how it stands, and no refusal of the decision.
        if isinstance(said, Refused) and said.code is not Code.CARD_NOT_GIVEN_BACK:
            self.not_done.emit(said)
            return
        self._again_for = return_id
        self._say_cards()

    def answer(self, answered: Answered) -> None:
        """A manager answered on the sheet: do exactly what was approved, or nothing."""
        request, again = self._request, self._again
        if request is None or again is None:
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
        self._request = self._again = None
        self.answered.emit()
        if no:
            what = asked_what(request, self._workstation, self.words)
            self.said.emit(self.words.say("Not approved: {what}. Nothing was changed.", what=what), "", "warn")
        else:
            self._carry_out(again, request.id)

    def _try(self, again: _Again) -> None:
        self._carry_out(again, "")

    def _carry_out(self, again: _Again, approval: str) -> None:
        try:
            said = again(approval)
        except KnownError as error:
            self.trouble.emit(error)
            return
        if isinstance(said, NeedsApproval):
            self._request, self._again = said.request, again
            back = self.words.say("Back to the journal")
            self.asks.emit(ask_view(said.request, self._workstation, self.words, back))
        elif isinstance(said, Refused):
            self.not_done.emit(said)
        else:
            self._tell(said)
            if isinstance(said, Attempt) or (isinstance(said, PostVoided) and said.cards):
                # Blocks as long as the terminal takes; nothing of the window waits for it.
                self._terminal.begin(lambda _: self._workstation.card_tendering.recover())

    def _tell(self, done: _Done) -> None:
        say = self.words.say
        if isinstance(done, Attempt):
            self.done.emit("")
            self.said.emit(say("The terminal is asked for it."), "", "info")
            return
        if isinstance(done, GivenInstead):
            self.done.emit(done.papers[0])
            instead = done.instead
            amount = self.words.money(Money(instead.amount, self._workstation.desk.rules.currency))
            way = self.words.refund_to(instead.kind, instead.card)
            self.said.emit(say("Given back: {amount}, {way}.", amount=amount, way=way), "", "ok")
            return
        if not isinstance(done, PostVoided):
            self.done.emit("")
            self.said.emit(say("The tender is corrected."), "", "ok")
            return
        self.done.emit(done.paper)
        detail = say("Give back {amount} in cash.", amount=self.words.money(done.cash)) if done.cash.minor > 0 else ""
        self.said.emit(say("Post-voided as {number}.", number=done.done.number), detail, "ok")

    def _say_cards(self) -> None:
        """What the terminal made of the money that goes back to a card."""
        say = self.words.say
        of, self._again_for = self._again_for, ""
        if of:
            # What is offered for the return has changed meanwhile.
            self.done.emit("")
        left = self._workstation.failed_refunds.of_return(of) if of else ()
        if any(not one.unknown for one in left):
            self.said.emit(say("The card took no money back"), "", "bad")
        elif left or (not of and self._workstation.card_tendering.waiting()):
            detail = say("It is asked again by itself, at the latest at the next start.")
            self.said.emit(say("Nobody knows yet whether the money is back on the card."), detail, "warn")
        else:
            self.said.emit(say("The money is back on the card."), "", "ok")

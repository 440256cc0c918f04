"""Deciding and completing a return on the Returns screen: the decision of the moment, who agrees, and the money out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.domain.refusal import Code, Refused
from pos.domain.return_offers import Offer
from pos.domain.return_request import ReturnRequest
from pos.domain.trouble import KnownError
from pos.services.returns import CompletedReturn, Quote, ReturnNeedsApproval, ReturnRefused
from pos.ui.returns.draft import ReturnDraft
from pos.ui.shared.signing import Signing
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import Wording
from pos.workstation import Workstation


class Completing(QObject):
    """`quote` is the decision of what is ticked now, None where nothing is, `offers` what can be offered then. What is
    refused is said on `screen`.

    Signals: completed(object) the CompletedReturn; outdated() the decision no longer holds and is to be made anew;
    exchange_agreed() somebody agreed to other goods instead of money.
    """

    completed = Signal(object)
    outdated = Signal()
    exchange_agreed = Signal()

    def __init__(self, screen: TwoColumns, workstation: Workstation) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self.quote: Quote | None = None
        self.offers: tuple[Offer, ...] = ()
        self.signing = Signing(workstation, screen.words, screen)
        self.signing.declined.connect(lambda said: screen.banner.show_message(said, "", "warn"))

    def set_words(self, words: Wording) -> None:
        """Another language for what is asked of others."""
        self.signing.words = words

    def forget(self) -> None:
        """Nothing is decided yet."""
        self.quote, self.offers = None, ()

    def judge(self, draft: ReturnDraft | None) -> None:
        """The decision of what is ticked now, and what can be offered where it is no plain yes."""
        self.forget()
        if draft is not None and draft.ticked:
            request = draft.request()
            self.quote = self._screen.attempt(lambda: self._workstation.returns.quote(request))
        if self.quote is not None:
            self.offers = self._workstation.returns.offers(self.quote)

    def ask_manager(self) -> None:
        """Somebody who may say yes to what is not allowed yet; nothing is paid out before."""
        if self.quote is not None:
            self._answered(self.quote.case.request, partial(self._workstation.returns.ask, self.quote))

    def complete(self, request: ReturnRequest, approval: str = "") -> None:
        """Take the goods back and give the money out, exactly as it was decided or agreed."""
        self._answered(request, partial(self._workstation.returns.complete, request, approval=approval))

    def _answered(self, request: ReturnRequest, ask: Callable[[], CompletedReturn | Refused | None]) -> None:
        try:
            answer = ask()
        except KnownError as error:
            self._screen.tell_trouble(error)
            return
        if isinstance(answer, ReturnNeedsApproval):
            self.signing.begin(answer, partial(self.complete, request), self._screen.words.say("Back to the return"))
        elif isinstance(answer, ReturnRefused):
            self.outdated.emit()
            self._screen.refuse(answer)
        elif isinstance(answer, Refused) and answer.code is Code.EXCHANGE_AGREED:
            self.exchange_agreed.emit()
        elif isinstance(answer, Refused):
            self._screen.refuse(answer)
        elif answer is not None:
            self.completed.emit(answer)

"""The driver for card terminals that speak nexo Retailer, JSON over HTTPS (Adyen on the local network, Westpay)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from pos.devices.payment.nexo_answer import card_answer, login_answer, status_answer, totals_answer
from pos.devices.payment.nexo_crypto import NexoKey, SealWrong, sealed, unsealed
from pos.devices.payment.nexo_json import Tree, Unreadable, read, written
from pos.devices.payment.nexo_line import Frame, NexoLine
from pos.devices.payment.nexo_reading import NexoReading, unread_of
from pos.devices.payment.nexo_request import (
    abort_message,
    card_message,
    login_message,
    status_message,
    time_text,
    totals_message,
)
from pos.devices.payment.nexo_settings import NexoSettings
from pos.devices.payment.ports import Watch, nobody_watches
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import (
    Final,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
    Unknown,
    UnknownWhy,
)

_NOT_THERE = {NotProcessedWhy.NOT_REACHED, NotProcessedWhy.NOT_TRUSTED}
# What only somebody answers who has another passphrase, or is no terminal at all.
_STRANGERS = {UnknownWhy.SEAL_WRONG, UnknownWhy.ANSWER_UNREADABLE, UnknownWhy.UNLISTED}
_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NexoTerminal:
    """One terminal. Nothing is opened, read or asked until it is first used."""

    def __init__(self, settings: NexoSettings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings = settings
        self._now = now
        self._line = NexoLine(settings)
        self._key: NexoKey | None = None
        self._service = 0
        self._numbering = threading.Lock()
        # The terminal takes one payment, refund or reversal at a time.
        self._one_card = threading.Lock()
        self._is_known = False
        self._made: dict[str, str] = {}
        self._reading = NexoReading(settings, self._asked, self._sent, self._own_service, self._line.close)

    @property
    def terminal(self) -> str:
        return self._settings.poi

    @property
    def can_be_asked(self) -> bool:
        return True

    @property
    def takes_keyed(self) -> bool:
        return self._settings.takes_keyed

    def login(self) -> TerminalInfo | NotProcessed:
        service = self._own_service()
        message = login_message(service, self._settings, now=self._now())
        answer = self._asked(message, self._settings.times.question)
        if isinstance(answer, NotProcessed | Unknown):
            return _not_processed(answer)
        return login_answer(answer, service, self._settings)

    def pay(self, request: PayRequest, watch: Watch = nobody_watches) -> Final:
        return self._card(request, watch, self._settings.times.card)

    def refund(self, request: RefundRequest, watch: Watch = nobody_watches) -> Final:
        return self._card(request, watch, self._settings.times.card)

    def reverse(self, request: ReversalRequest) -> Final:
        return self._card(request, nobody_watches, self._settings.times.reversal)

    def abort(self, request: TerminalRequest) -> None:
        # What comes back decides nothing: the payment answers for itself.
        self._sent(abort_message(request, self._own_service(), self._settings), self._settings.times.question)

    def status(self, request: TerminalRequest) -> Outcome:
        outcome = self._status(request)
        if outcome == Unknown(UnknownWhy.UNLISTED, "LoggedOut") and isinstance(self.login(), TerminalInfo):
            return self._status(request)
        return outcome

    def read_card(self, watch: Watch = nobody_watches) -> CardRead | CardUnread:
        if not self._one_card.acquire(blocking=False):
            return CardUnread(UnreadWhy.BUSY, "another request of this till")
        self._reading.begin()
        try:
            watch(Step.CONNECTING)
            stranger = self._stranger()
            if stranger is not None:
                return unread_of(stranger)
            read = self._reading.read(watch, self._now())
            if read == CardUnread(UnreadWhy.NOT_READY, "LoggedOut") and isinstance(self.login(), TerminalInfo):
                return self._reading.read(watch, self._now())
            return read
        finally:
            self._reading.end()
            self._one_card.release()

    def stop_reading(self) -> None:
        self._reading.stop()

    def totals(self, *, end_period: bool = False) -> TerminalTotals | NotProcessed:
        service = self._own_service()
        message = totals_message(service, self._settings, end_period=end_period)
        seconds = self._settings.times.reversal if end_period else self._settings.times.question
        answer = self._asked(message, seconds)
        if isinstance(answer, NotProcessed | Unknown):
            return _not_processed(answer)
        return totals_answer(answer, "Reconciliation" if end_period else "GetTotals", service, self._settings)

    def hang_up(self) -> None:
        self._line.close()

    def close(self) -> None:
        self._line.close()

    def _card(self, request: TerminalRequest, watch: Watch, seconds: float) -> Final:
        if not self._one_card.acquire(blocking=False):
            return NotProcessed(NotProcessedWhy.BUSY, "another request of this till")
        try:
            watch(Step.CONNECTING)
            if request.terminal != self._settings.poi:
                return NotProcessed(NotProcessedWhy.NOT_ALLOWED, f"{request.terminal} is not {self._settings.poi}")
            if isinstance(request, PayRequest) and request.keyed and not self.takes_keyed:
                return NotProcessed(NotProcessedWhy.NOT_ALLOWED, "no number is typed at this one")
            stranger = self._stranger()
            if stranger is not None:
                return stranger
            outcome = self._card_once(request, watch, seconds)
            if outcome == NotProcessed(NotProcessedWhy.LOGGED_OUT, "LoggedOut"):
                login = self.login()
                return outcome if isinstance(login, NotProcessed) else self._card_once(request, watch, seconds)
            return outcome
        finally:
            self._one_card.release()

    def _stranger(self) -> NotProcessed | None:
        """Why no card request may go out yet: before the first one the terminal has to answer a login.

        A wrong address, certificate or passphrase is found out with a question, and never leaves a payment unknown.
        """
        if self._is_known:
            return None
        answer = self.login()
        if isinstance(answer, NotProcessed) and answer.why in _NOT_THERE:
            return answer
        # A terminal that turns the login down has shown who it is all the same.
        self._is_known = True
        return None

    def _card_once(self, request: TerminalRequest, watch: Watch, seconds: float) -> Final:
        # Sent again it has to be the same message to the last sign, or a terminal takes it for another one.
        made = request.made or self._made.setdefault(request.reference, time_text(self._now()))
        message = card_message(request, self._settings, made=made)
        answer = self._asked(message, seconds, sent=lambda: watch(Step.PRESENT_CARD))
        if isinstance(answer, NotProcessed | Unknown):
            return answer
        return card_answer(answer, request, self._settings)

    def _status(self, request: TerminalRequest) -> Outcome:
        service = self._own_service()
        answer = self._asked(status_message(request, service, self._settings), self._settings.times.question)
        if isinstance(answer, NotProcessed):
            return Unknown(UnknownWhy.NOT_REACHED, answer.detail)
        return answer if isinstance(answer, Unknown) else status_answer(answer, request, service, self._settings)

    def _asked(
        self, message: Tree, seconds: float, *, sent: Callable[[], None] = lambda: None
    ) -> Tree | NotProcessed | Unknown:
        """The message that came back, unsealed; it may still be about anything."""
        frame = self._sent(message, seconds, sent=sent)
        if not isinstance(frame, Frame):
            return frame
        if not frame.body:
            return Unknown(UnknownWhy.ANSWER_CUT, "an empty answer")
        try:
            return unsealed(frame.body, self._sealing_key()) if self._settings.is_sealed else read(frame.body)
        except SealWrong as error:
            return Unknown(UnknownWhy.SEAL_WRONG, str(error))
        except Unreadable as error:
            return Unknown(UnknownWhy.ANSWER_UNREADABLE, str(error))

    def _sent(
        self, message: Tree, seconds: float, *, sent: Callable[[], None] = lambda: None
    ) -> Frame | NotProcessed | Unknown:
        try:
            body = sealed(message, self._sealing_key()) if self._settings.is_sealed else written(message).encode()
        except (OSError, ValueError) as error:
            return NotProcessed(NotProcessedWhy.NOT_TRUSTED, f"passphrase: {type(error).__name__}")
        return self._line.ask(body, seconds, sent=sent)

    def _sealing_key(self) -> NexoKey:
        """The key of the passphrase file, read once. Raises OSError, ValueError."""
        if self._key is None:
            settings = self._settings
            if settings.passphrase_file is None:
                raise ValueError("no passphrase file")
            passphrase = settings.passphrase_file.read_text("utf-8").strip("\r\n")
            self._key = NexoKey.of(passphrase, settings.key_identifier, settings.key_version)
        return self._key

    def _own_service(self) -> str:
        """A ServiceID for a question: never given before, and none an attempt may have."""
        with self._numbering:
            self._service = number = max(self._service + 1, time.time_ns() // 1_000_000)
        letters = ""
        while len(letters) < 9:
            number, at = divmod(number, 36)
            letters = _BASE_36[at] + letters
        return f"Z{letters}"


def _not_processed(answer: NotProcessed | Unknown) -> NotProcessed:
    """A question that moves no money and got no answer was simply not answered; or somebody else answered it."""
    if isinstance(answer, NotProcessed):
        return answer
    stranger = answer.why in _STRANGERS
    why = NotProcessedWhy.NOT_TRUSTED if stranger else NotProcessedWhy.NOT_REACHED
    return NotProcessed(why, f"{answer.why} {answer.detail}".strip())

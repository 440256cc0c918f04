"""Asking a nexo terminal which card this is: a CardAcquisition, and whatever comes of it, an end to it.

A terminal that has read a card holds it for the payment it expects next. None comes, so it is told so (EnableService
with AbortTransaction), also where nobody knows whether it read one: it is never left waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pos.devices.payment.nexo_answer import acquisition_answer, says_busy
from pos.devices.payment.nexo_json import Tree
from pos.devices.payment.nexo_request import acquisition_message, release_message, stop_acquisition_message
from pos.devices.payment.nexo_settings import NexoSettings
from pos.devices.payment.ports import Watch
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import NotProcessed, NotProcessedWhy, Step, Unknown, UnknownWhy

# The terminal itself said that it waits for no card.
_OVER = {
    UnreadWhy.CANCELLED,
    UnreadWhy.STOPPED,
    UnreadWhy.INVALID_CARD,
    UnreadWhy.BUSY,
    UnreadWhy.NOT_READY,
    UnreadWhy.NOT_SUPPORTED,
}
_RELEASES_MAX = 3
_PAUSE_SECONDS = 0.2


class Asked(Protocol):
    """How the driver sends a message and unseals what comes back."""

    def __call__(
        self, message: Tree, seconds: float, *, sent: Callable[[], None] = ...
    ) -> Tree | NotProcessed | Unknown: ...


class NexoReading:
    """One card at a time. `ask` sends a message, `told` one whose answer says nothing; `service` names a question."""

    def __init__(
        self,
        settings: NexoSettings,
        ask: Asked,
        told: Callable[[Tree, float], object],
        service: Callable[[], str],
        hang_up: Callable[[], None],
    ) -> None:
        self._settings, self._ask, self._told, self._service, self._hang_up = settings, ask, told, service, hang_up
        self._stopping, self._over = threading.Event(), threading.Event()
        self._over.set()
        self._under_way = ""

    def begin(self) -> None:
        """A new question: what was stopped before it means nothing."""
        self._stopping.clear()
        self._over.clear()

    def end(self) -> None:
        """It is over, whatever came of it."""
        self._under_way = ""
        self._over.set()

    def read(self, watch: Watch, now: datetime) -> CardRead | CardUnread:
        """Have a card read once, and have the terminal let go of it."""
        service = self._under_way = self._service()
        message = acquisition_message(service, self._settings, now=now)
        answer = self._ask(message, self._settings.times.card, sent=lambda: self._on_its_way(watch))
        if isinstance(answer, NotProcessed):
            return unread_of(answer)
        heard = not isinstance(answer, Unknown)
        read = _unknown(answer) if isinstance(answer, Unknown) else acquisition_answer(answer, service, self._settings)
        if isinstance(read, CardRead) or read.why not in _OVER:
            self._release(service, may_wait=not heard or isinstance(read, CardUnread))
        return CardUnread(UnreadWhy.STOPPED) if self._stopping.is_set() else read

    def stop(self) -> None:
        """Have the terminal stop, and where it does not, let go of the line to it."""
        if self._over.is_set():
            return
        self._stopping.set()
        self._abort()
        if not self._over.wait(self._settings.times.question):
            self._hang_up()

    def _on_its_way(self, watch: Watch) -> None:
        watch(Step.PRESENT_CARD)
        if self._stopping.is_set():
            # It was stopped before there was anything to stop at the terminal.
            self._abort()

    def _abort(self) -> bool:
        """Whether the terminal could be told."""
        if not self._under_way:
            return True
        message = stop_acquisition_message(self._under_way, self._service(), self._settings)
        return not isinstance(self._told(message, self._settings.times.question), NotProcessed)

    def _release(self, service: str, *, may_wait: bool) -> None:
        """Tell the terminal that nothing follows; `may_wait`: nor is a card waited for."""
        self._under_way = service
        if may_wait and not self._abort():
            return
        for _ in range(_RELEASES_MAX):
            message = release_message(self._service(), self._settings)
            answer = self._ask(message, self._settings.times.question)
            if not isinstance(answer, NotProcessed | Unknown) and not says_busy(answer):
                return
            # Still at what it was told to stop: it may read the card yet.
            self._over.wait(_PAUSE_SECONDS)


def unread_of(answer: NotProcessed) -> CardUnread:
    """Why no card could be asked for."""
    whys = {
        NotProcessedWhy.NOT_TRUSTED: UnreadWhy.NOT_TRUSTED,
        NotProcessedWhy.NOT_REACHED: UnreadWhy.NOT_REACHED,
        NotProcessedWhy.BUSY: UnreadWhy.BUSY,
    }
    return CardUnread(whys.get(answer.why, UnreadWhy.NOT_READY), answer.detail)


def _unknown(answer: Unknown) -> CardUnread:
    why = UnreadWhy.TIMED_OUT if answer.why is UnknownWhy.NO_ANSWER else UnreadWhy.NOT_UNDERSTOOD
    return CardUnread(why, f"{answer.why} {answer.detail}".strip())

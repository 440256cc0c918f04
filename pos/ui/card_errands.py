"""What is still to be settled with the card terminal: charges to give back, and outcomes nobody heard of.

It is looked for at the start and every few seconds; the terminal is asked on a thread of its own, and what it says goes
into the books here. While a customer's card is at the terminal nothing else is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.card_attempt import AttemptView, Purpose
from pos.domain.payment import NotProcessed, Outcome
from pos.domain.trouble import KnownError
from pos.ui.working import Working
from pos.workstation import Workstation

_EVERY_MILLISECONDS = 5_000
# An attempt that stays open is asked about again after so many rounds, so that others have their turn.
_ROUNDS_BETWEEN = 6


class CardErrands(QObject):
    """Signals: settled(str, object) an attempt stands otherwise now, with what `settle` said; trouble(object) a
    KnownError.
    """

    settled = Signal(str, object)
    trouble = Signal(object)

    def __init__(self, workstation: Workstation, terminal_busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._cards, self._busy = workstation.card_tendering, terminal_busy
        self._view: AttemptView | None = None
        self._tried: dict[str, int] = {}
        self._round = 0
        self.working = Working(self)
        self.working.ended.connect(self._answered)
        self.working.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.run)

    def start(self) -> None:
        """Begin to look; a till without a terminal has nothing to look for."""
        if self._cards.terminal is not None:
            self._timer.start()
            self.run()

    def stop(self) -> None:
        """Look no more; what the terminal is being asked is heard at the next start."""
        self._timer.stop()

    def run(self) -> None:
        """Ask about the next attempt that is open, unless the terminal is at something."""
        if self._cards.terminal is None or self.working.busy or self._busy():
            return
        self._round += 1
        try:
            open_ones = [view for view in self._cards.waiting() if self._cards.asks(view.attempt)]
        except KnownError as error:
            self.trouble.emit(error)
            return
        due = [view for view in open_ones if self._round >= self._tried.get(view.attempt.id, 0)]
        if not due:
            return
        self._view = view = due[0]
        self._tried[view.attempt.id] = self._round + _ROUNDS_BETWEEN
        self.working.begin(lambda _: self._ask(view))

    def _ask(self, view: AttemptView) -> Outcome:
        """Was it done already? What is queued to go back and was not, is sent now."""
        outcome = self._cards.look(view.attempt)
        if view.attempt.purpose is not Purpose.PAY and view.attempt.queued and isinstance(outcome, NotProcessed):
            return self._cards.ask(view.attempt)
        return outcome

    def _answered(self, outcome: Outcome) -> None:
        view = self._view
        if view is None:
            return
        self._view = None
        try:
            said = self._cards.settle(view.attempt.id, outcome)
        except KnownError as error:
            self.trouble.emit(error)
            return
        self.settled.emit(view.attempt.id, said)
        self.run()

    def _failed(self, error: KnownError) -> None:
        self._view = None
        self.trouble.emit(error)

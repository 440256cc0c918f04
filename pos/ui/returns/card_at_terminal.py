"""The card a customer holds to the terminal so that its purchases are found: asked for on a thread of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.card_reading import CardRead, UnreadWhy
from pos.domain.refusal import Code, Refused
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Working
from pos.workstation import Workstation


class CardAtTerminal(QObject):
    """One card at a time; what comes of it is said on `screen`.

    Signals: changed() a card is waited for, or no longer; read(object) the CardRead that was presented.
    """

    changed = Signal()
    read = Signal(object)

    def __init__(self, screen: TwoColumns, workstation: Workstation) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self._reading = workstation.card_reading
        self._waiting = False
        self._worker = Working(self)
        self._worker.ended.connect(self._answered)
        self._worker.failed.connect(screen.tell_trouble)

    @property
    def waiting(self) -> bool:
        """Whether somebody is waited for at the terminal."""
        return self._waiting

    @property
    def busy(self) -> bool:
        """Whether the terminal is still at it, also where nobody waits any more."""
        return self._worker.busy

    def ask(self) -> None:
        """Have the terminal ask for a card; or it is said why it cannot."""
        if self.busy:
            # What was stopped before is not over yet.
            self._screen.refuse(Refused(Code.CARD_NOT_READ, {"why": UnreadWhy.BUSY.value}))
        elif self._screen.attempt(lambda: self._reading.begin() or True):
            self._waiting = True
            self._worker.begin(lambda _progress: self._reading.ask())
            self.changed.emit()

    def stop(self) -> bool:
        """Wait no longer, and have the terminal wait no longer; whether it did."""
        if not self._waiting:
            return False
        self._waiting = False
        # Another thread than the one that waits for the terminal.
        stopper = Working(self)
        stopper.failed.connect(self._screen.tell_trouble)
        stopper.begin(lambda _progress: self._reading.stop())
        self.changed.emit()
        return True

    def _answered(self, answer: CardRead | Refused) -> None:
        if not self._waiting:
            # Nobody wants to know any more.
            return
        self._waiting = False
        self.changed.emit()
        if isinstance(answer, Refused):
            self._screen.refuse(answer)
        else:
            self.read.emit(answer)

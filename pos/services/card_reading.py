"""Which card is this: the terminal is asked, so that its purchases are found. No money moves, nothing is kept."""

from __future__ import annotations

import threading

from pos.devices.payment.ports import Watch, nobody_watches
from pos.domain.card_reading import CardRead, UnreadWhy
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.services.card_asking import CardAsking
from pos.services.desk import Desk

NO_TERMINAL = "no_terminal"


class CardReading:
    """A card at the terminal of `cards`: `begin` says whether it can be asked for, `ask` waits for it."""

    def __init__(self, desk: Desk, cards: CardAsking) -> None:
        self._desk, self._cards = desk, cards
        self._stopped = threading.Event()

    def begin(self) -> Refused | None:
        """Whether whoever is signed on may ask for a card, and the terminal can say which it is; None where so.

        Asks nobody. Refused: NOT_SIGNED_ON, NOT_PERMITTED, CARD_NOT_READ.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        terminal = self._cards.terminal
        if terminal is None:
            return Refused(Code.CARD_NOT_READ, {"why": NO_TERMINAL})
        if not terminal.can_be_asked:
            return Refused(Code.CARD_NOT_READ, {"why": UnreadWhy.NOT_SUPPORTED.value})
        self._stopped.clear()
        return None

    def ask(self, watch: Watch = nobody_watches) -> CardRead | Refused:
        """The card somebody presents. Blocks as long as they take; for a worker thread. Writes nothing.

        Refused: CARD_NOT_READ.
        """
        if self._stopped.is_set():
            return Refused(Code.CARD_NOT_READ, {"why": UnreadWhy.STOPPED.value})
        read = self._cards.port().read_card(watch)
        return read if isinstance(read, CardRead) else Refused(Code.CARD_NOT_READ, {"why": read.why.value})

    def stop(self) -> None:
        """Ask for it no longer: whoever waits in `ask` hears `stopped`. Blocks shortly, as a worker may."""
        self._stopped.set()
        if self._cards.terminal is not None:
            self._cards.terminal.stop_reading()

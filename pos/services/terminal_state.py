"""How a card terminal is, in one word for whoever looks at it; what became of a payment is another matter."""

from __future__ import annotations

from pos.domain.names import StrEnum
from pos.domain.payment import NotProcessed, NotProcessedWhy, TerminalInfo


class TerminalState(StrEnum):
    """What is known of the terminal. UNRESOLVED: a payment's outcome is open, and no other is begun on it."""

    UNKNOWN = "unknown"
    READY = "ready"
    BUSY = "busy"
    AWAY = "away"
    LOGGED_OUT = "logged_out"
    REFUSES = "refuses"
    UNRESOLVED = "unresolved"


_WHY = {
    NotProcessedWhy.BUSY: TerminalState.BUSY,
    NotProcessedWhy.LOGGED_OUT: TerminalState.LOGGED_OUT,
    NotProcessedWhy.NOT_REACHED: TerminalState.AWAY,
    NotProcessedWhy.DEVICE_UNAVAILABLE: TerminalState.AWAY,
}


def state_of(answer: TerminalInfo | NotProcessed) -> TerminalState:
    """What an answer to a login says of the terminal."""
    if isinstance(answer, TerminalInfo):
        return TerminalState.READY
    return _WHY.get(answer.why, TerminalState.REFUSES)

"""A card held to the terminal so that what was bought with it is found: what the terminal says of it, or why nothing.

No money moves, and nothing of it is kept: the purchases have the token of their card already.
"""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class UnreadWhy(StrEnum):
    """Why the terminal named no card."""

    # Said by the terminal: it waits for no card any more.
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    INVALID_CARD = "invalid_card"
    BUSY = "busy"
    NOT_READY = "not_ready"
    NOT_SUPPORTED = "not_supported"
    # It read a card, and has no name for it that a till may keep.
    NO_NAME = "no_name"
    NOT_REACHED = "not_reached"
    NOT_TRUSTED = "not_trusted"
    TIMED_OUT = "timed_out"
    # A line cut, an answer nobody can read, or one to another request.
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card that was presented. `token` is what every payment with it carries; `masked` shows its last digits."""

    token: str
    brand: str = ""
    masked: str = ""


@dataclass(frozen=True, slots=True)
class CardUnread:
    """No card is known; `detail` is the terminal's own word for it."""

    why: UnreadWhy
    detail: str = ""

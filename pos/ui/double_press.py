"""One press too many: a key pressed twice in a hurry is not meant for the screen that its first press led to.

F12 leads from the sale to the payment, and there it takes the cash; Enter takes the cash, and then leads on from the
change.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos.domain.frozen import dataclass

# Two presses of one finger are further apart where both are meant.
HURRY_MILLISECONDS = 350
_CLOCK_WRAP = 1 << 32
_GUARDED = frozenset((Qt.Key.Key_F12, Qt.Key.Key_Return, Qt.Key.Key_Enter))


@dataclass(slots=True)
class KeyMoment:
    """When a key went down: by the event's own clock where it has one, and by ours."""

    event: int
    wall: int

    def since(self, earlier: KeyMoment) -> int:
        """Milliseconds between two keys. The event's clock counts: a busy window delays events but not their stamps."""
        if self.event and earlier.event:
            gap = self.event - earlier.event
            return gap + _CLOCK_WRAP if gap < -_CLOCK_WRAP // 2 else gap
        return self.wall - earlier.wall


class DoublePress:
    """Hears of every key that goes down; `shown` is the screen of the moment."""

    def __init__(self, shown: Callable[[], object]) -> None:
        self._shown = shown
        self._key = 0
        self._moment = KeyMoment(0, 0)
        # Where the first of the presses was made.
        self._began_at: object = None
        self._is_double = False

    def __call__(self, event: QKeyEvent, moment: KeyMoment) -> bool:
        """Whether this press, or the question before it, is one too many. A key without a stamp is nobody's finger."""
        if not moment.event:
            return False
        if event.key() == self._key and moment.event == self._moment.event:
            # The press after the question about it.
            return self._is_double
        hurried = event.key() == self._key and moment.since(self._moment) < HURRY_MILLISECONDS
        self._is_double = hurried and event.key() in _GUARDED and self._shown() is not self._began_at
        if not self._is_double:
            self._began_at = self._shown()
        self._key, self._moment = event.key(), moment
        return self._is_double

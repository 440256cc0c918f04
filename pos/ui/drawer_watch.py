"""How the cash drawer stands, as the printer says it: how long it has been open, and a soft tick where that is long."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.names import StrEnum
from pos.services.drawer import Drawer
from pos.ui.printing import Measured, Printing
from pos.ui.shared.sounds import Sound, Sounds

LEFT_OPEN_SECONDS = 15
TICK_SECONDS = 10
# What was measured longer ago than this says nothing of the drawer any more.
_STALE_SECONDS = 10
_LOOK_MILLISECONDS = 1000


class Standing(StrEnum):
    """How the drawer stands."""

    UNKNOWN = "unknown"
    SHUT = "shut"
    OPEN = "open"
    LEFT_OPEN = "left_open"


class DrawerWatch(QObject):
    """Asks nobody itself: it is given what was measured, and has the printer asked often while the drawer is open.

    Signals: changed() what is to be shown is another; left_open() it has been open for too long; shut_again() it is
    shut after that.
    """

    changed = Signal()
    left_open = Signal()
    shut_again = Signal()

    def __init__(
        self,
        drawer: Drawer,
        printing: Printing,
        sounds: Sounds,
        parent: QObject,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` counts seconds and never goes back."""
        super().__init__(parent)
        self._drawer = drawer
        self._printing = printing
        self._sounds = sounds
        self._now = now
        self._opened = 0.0
        self._measured = 0.0
        self._ticked = 0.0
        self.standing = Standing.UNKNOWN
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self.look)

    @property
    def is_open(self) -> bool:
        return self.standing in {Standing.OPEN, Standing.LEFT_OPEN}

    @property
    def shut_first(self) -> bool:
        """Whether the next sale waits until it is shut."""
        return self._drawer.shut_first

    @property
    def seconds_open(self) -> int:
        """For how long it has been seen open."""
        return int(self._now() - self._opened) if self.is_open else 0

    def take(self, measured: Measured | None) -> None:
        """What the printer said just now."""
        stands_open = None if measured is None else measured.drawer_open
        self._drawer.note(stands_open)
        self._measured = self._now()
        if stands_open is None:
            self._stand(Standing.UNKNOWN)
        elif not stands_open:
            self._stand(Standing.SHUT)
        elif not self.is_open:
            self._opened = self._now()
            self._stand(Standing.OPEN)

    def look(self) -> None:
        """Once a second while it is open."""
        now = self._now()
        if now - self._measured > _STALE_SECONDS:
            self._drawer.note(None)
            self._stand(Standing.UNKNOWN)
        elif self.standing is Standing.OPEN and now - self._opened >= LEFT_OPEN_SECONDS:
            self._stand(Standing.LEFT_OPEN)
            self._tick(now)
            self.left_open.emit()
        elif self.standing is Standing.LEFT_OPEN:
            if now - self._ticked >= TICK_SECONDS:
                self._tick(now)
            self.changed.emit()

    def _tick(self, now: float) -> None:
        self._ticked = now
        self._sounds.play(Sound.TICK)

    def _stand(self, standing: Standing) -> None:
        before, self.standing = self.standing, standing
        if before is standing:
            return
        self._printing.watch_closely(closely=self.is_open)
        if self.is_open:
            self._look.start()
        else:
            self._look.stop()
        if before is Standing.LEFT_OPEN and not self.is_open:
            self.shut_again.emit()
        self.changed.emit()

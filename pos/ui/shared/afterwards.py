"""What is done right after a picture: nobody waits for it, and it is done before the next scan can come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

# The picture is there by then, and no two scans come closer together.
_MILLISECONDS = 5


class Afterwards(QObject):
    """A line and the total are what a cashier looks for; what keys say, and their names, come a moment later.

    Only words may wait here, pictures for later, and what Qt itself keeps of a list for the next touch: whether a key
    can be pressed, and what it does, never does.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: dict[Callable[[], None], None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.do_now)

    @property
    def is_done(self) -> bool:
        """Whether nothing waits."""
        return not self._wanted

    def want(self, what: Callable[[], None]) -> None:
        """Have this done once, however often it is wanted until then: it looks at how things are then."""
        if not self._wanted:
            self._timer.start()
        self._wanted[what] = None

    def do_now(self) -> None:
        """Do what waits."""
        self._timer.stop()
        wanted, self._wanted = self._wanted, {}
        for what in wanted:
            what()

"""Loads what a first scan could do without, once the till has been ready for a while and nobody wants anything."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QObject, QTimer

from pos.late_rooms import LATE_ROOMS, LATE_SCREENS, load

_LATER_MILLISECONDS = 8_000
_NEXT_MILLISECONDS = 200
_QUIET_MILLISECONDS = 1_000


class LateLoading(QObject):
    """What has nothing of Qt in it on `worker`; the screens here, one at a time and only in quiet moments."""

    def __init__(self, worker: Executor, quiet_milliseconds: Callable[[], int], parent: QObject) -> None:
        """`quiet_milliseconds` says how long nobody has touched or scanned anything."""
        super().__init__(parent)
        self._worker, self._quiet = worker, quiet_milliseconds
        self._waiting = list(reversed(LATE_SCREENS))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._begin)
        self._next = QTimer(self)
        self._next.timeout.connect(self._load_one)

    def start(self) -> None:
        self._later.start(_LATER_MILLISECONDS)

    def stop(self) -> None:
        self._later.stop()
        self._next.stop()

    def _begin(self) -> None:
        self._worker.submit(load, LATE_ROOMS)
        self._next.start(_NEXT_MILLISECONDS)

    def _load_one(self) -> None:
        if not self._waiting:
            self._next.stop()
        elif self._quiet() >= _QUIET_MILLISECONDS:
            load([self._waiting.pop()])

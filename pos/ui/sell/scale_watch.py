"""The scale, read over and over by a worker while somebody weighs: the window never waits for it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.refusal import Refused
from pos.domain.requirement import Weighed
from pos.services.weighing import Weighing

_LOOK_MILLISECONDS = 60


class ScaleWatch(QObject):
    """Signals: read(object) what the scale said just now: a Weighed, or Refused with why there is none."""

    read = Signal(object)

    def __init__(self, weighing: Weighing, parent: QObject) -> None:
        super().__init__(parent)
        self.weighing = weighing
        self._worker: ThreadPoolExecutor | None = None
        self._asked: Future[Weighed | Refused] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)

    def start(self) -> None:
        if self._worker is None:
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scale")
            self._look.start()
            self._ask()

    def stop(self) -> None:
        """Ask no more; a reading under way ends by itself and is not told."""
        self._look.stop()
        self._asked = None
        if self._worker is not None:
            self._worker.shutdown(wait=False, cancel_futures=True)
            self._worker = None

    def _ask(self) -> None:
        # Without the tare: what lies there is shown whatever is taken off it.
        self._asked = None if self._worker is None else self._worker.submit(self.weighing.read)

    def _collect(self) -> None:
        if self._asked is None or not self._asked.done():
            return
        said = self._asked.result()
        self._ask()
        self.read.emit(said)

"""One long piece of work on a thread of its own, watched from the window: how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import field
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from pos.domain.frozen import dataclass
from pos.domain.trouble import KnownError

# Short beside what a hand feels; a look costs microseconds.
_LOOK_MILLISECONDS = 4


@dataclass(slots=True)
class Progress:
    """What the worker says of itself and what it is asked; no QObject, so both threads may hold it."""

    stage: str = ""
    done: int = 0
    _stop: Event = field(default_factory=Event)

    def say(self, stage: str, done: int) -> None:
        self.stage, self.done = stage, done

    def stop(self) -> None:
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()


class Working(QObject):
    """One piece of work at a time.

    Signals: progressed(str, int) its stage and how much is done; ended(object) its answer; failed(object) a KnownError.
    """

    progressed = Signal(str, int)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="working")
        self._running: Future[object] | None = None
        self._progress = Progress()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def busy(self) -> bool:
        return self._running is not None

    def begin(self, work: Callable[[Progress], object]) -> None:
        """Start, unless something is at work already."""
        if self._running is None:
            self._progress = progress = Progress()
            self._running = self._worker.submit(work, progress)
            self._look.start()

    def stop(self) -> None:
        """Ask the work to end; it answers when it has."""
        self._progress.stop()

    def _collect(self) -> None:
        running = self._running
        if running is None:
            return
        self.progressed.emit(self._progress.stage, self._progress.done)
        if not running.done():
            return
        self._look.stop()
        self._running = None
        try:
            answer = running.result()
        except KnownError as error:
            self.failed.emit(error)
            return
        self.ended.emit(answer)

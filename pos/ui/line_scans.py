"""Codes from a scanner on a serial line, brought from the thread that reads them to the window's."""

from __future__ import annotations

import contextlib
import socket
from queue import Empty, SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from pos.services.scanners import Scanners


class LineScans(QObject):
    """Reads on a thread that holds no QObject: it leaves what it read in a queue and rings a socket the window hears.

    Signals: heard(str) one code; measured(bool) whether the line is there, at the first look and at every change.
    """

    heard = Signal(str)
    measured = Signal(bool)

    def __init__(self, scanners: Scanners, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanners = scanners
        self._left: SimpleQueue[str | bool] = SimpleQueue()
        self._bell, ring = socket.socketpair()
        self._bell.setblocking(False)
        self._notifier = QSocketNotifier(self._bell.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._collect)
        self._reader = Thread(target=_read, args=(scanners, self._left, ring), name="scanner", daemon=True)

    def start(self) -> None:
        self._reader.start()

    def close(self) -> None:
        """End the thread; what it read and nobody took is dropped."""
        self._notifier.setEnabled(False)
        self._scanners.close()
        if self._reader.is_alive():
            self._reader.join()
        self._bell.close()

    def _collect(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._bell.recv(4096)
        with contextlib.suppress(Empty):
            while True:
                left = self._left.get_nowait()
                if isinstance(left, bool):
                    self.measured.emit(left)
                else:
                    self.heard.emit(left)


def _read(scanners: Scanners, left: SimpleQueue[str | bool], ring: socket.socket) -> None:
    """Until the scanner is closed."""
    before: bool | None = None
    with ring:
        while not scanners.closed:
            codes, now = scanners.read(), scanners.answers()
            news: list[str | bool] = list(codes)
            if now is not None and now is not before:
                news.insert(0, now)
                before = now
            for one in news:
                left.put(one)
            if news:
                ring.send(b".")

"""A printer on a real socket: obeys the few commands the driver relies on, and fails as real ones do.

Written from the command manual, without a look at the driver: real-time commands are answered as they arrive, the rest
waits in the printer's buffer until it can print, over connections that come and go.
"""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self


class FakePrinter:
    """Start with `with`. `printed` is what came out; set the flags before or while it runs."""

    def __init__(self) -> None:
        self.printed = bytearray()
        self.paper_out = False
        self.paper_low = False
        self.cover_open = False
        self.drawer_high = False
        self.proves = True
        self.answers = True
        self.stall_after: int | None = None
        self.unasked_status = False
        self.hang_up_after: int | None = None
        self.paper_lasts: int | None = None
        self.connections = 0
        self._buffer = bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._link: socket.socket | None = None
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listener.close()
        self._thread.join(5)

    def load_paper(self) -> None:
        """Paper in, cover shut: what was kept comes out."""
        with self._lock:
            self.paper_out = self.cover_open = False
            self.paper_lasts = None
            self._work()

    def _serve(self) -> None:
        self._listener.settimeout(0.05)
        while not self._over.is_set():
            try:
                link, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            with link:
                self._attend(link)

    def _attend(self, link: socket.socket) -> None:
        link.settimeout(0.05)
        self._link = link
        received = 0
        if self.unasked_status:
            link.sendall(b"\x14\x00\x0c\x0f")
        while not self._over.is_set():
            if self.stall_after is not None and received >= self.stall_after:
                self._over.wait(0.02)
                continue
            try:
                data = link.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                break
            if not data:
                break
            left = None if self.hang_up_after is None else max(0, self.hang_up_after - received)
            received += len(data)
            with self._lock:
                self._take(data[:left])
            if left is not None and left <= len(data):
                break
        self._link = None

    def _take(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if data[at : at + 2] == b"\x10\x04":
                self._tell(data[at + 2])
                at += 3
            else:
                self._buffer.append(data[at])
                at += 1
        if data[-3:-1] != b"\x10\x04":  # a printer busy with old jobs tells its state and is not quicker for it
            self._work()

    def _tell(self, what: int) -> None:
        if not self.answers:
            return
        bits = 0x12
        if what == 1:
            bits |= 0x04 if self.drawer_high else 0
            bits |= 0x08 if self.paper_out or self.cover_open else 0
        elif what == 2:
            bits |= 0x04 if self.cover_open else 0
            bits |= 0x20 if self.paper_out else 0
        elif what == 4:
            bits |= 0x6C if self.paper_out else 0x0C if self.paper_low else 0
        self._answer(bits)

    def _work(self) -> None:
        """Print what is in the buffer, as far as paper and cover allow; a proof is given when its turn comes."""
        while self._buffer and not self.paper_out and not self.cover_open:
            if self._buffer[:2] == b"\x1dr":
                if len(self._buffer) < 3:
                    return
                del self._buffer[:3]
                if self.proves and self.answers:
                    self._answer(0x03 if self.paper_low else 0x00)
            elif self._buffer[:3] == b"\x1da\x00":
                del self._buffer[:3]
            else:
                self.printed.append(self._buffer.pop(0))
                if self.paper_lasts is not None and len(self.printed) >= self.paper_lasts:
                    self.paper_out = True

    def _answer(self, bits: int) -> None:
        if self._link is not None:
            try:
                self._link.sendall(bytes([bits]))
            except OSError:
                self._link = None

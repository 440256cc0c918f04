"""An ESC/POS printer on TCP (port 9100).

The only proof that a job was printed is the answer to `GS r 1` sent behind it: the printer answers when it gets there.
Real-time status (`DLE EOT`) says how the printer is and nothing about the job. While paper is out or the cover open
the proof is late, not lost, and the printer keeps the job even if this side hangs up: no job is sent twice from here.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Self

from pos.devices.ports import (
    Held,
    HeldReason,
    Printed,
    PrinterState,
    PrinterStatus,
    Sent,
    Unknown,
    UnknownWhy,
)
from pos.domain.frozen import dataclass

_ASK_PROOF = b"\x1dr\x01"
# Automatic status back would mix its four bytes into the answers.
_NO_AUTOMATIC_STATUS = b"\x1da\x00"
_ASK_PRINTER, _ASK_OFFLINE, _ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"

_DRAWER_PIN_HIGH, _OFFLINE = 0x04, 0x08
_COVER_OPEN, _FAULT = 0x04, 0x40
_PAPER_NEAR_END, _PAPER_END = 0x0C, 0x60


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long each step may take, in seconds; a job gets one more for every `bytes_a_second`."""

    connect_seconds: float = 3.0
    answer_seconds: float = 2.0
    proof_seconds: float = 15.0
    bytes_a_second: int = 4000


class TcpPrinter:
    """One printer; calls from several threads take turns. Every job has its own connection: printers serve one.

    `drawer_open_is_high` says what the drawer's switch means: without a drawer the line is high for ever, so a till
    that was not told shows nothing.
    """

    def __init__(
        self,
        host: str,
        port: int = 9100,
        *,
        answers: bool = True,
        drawer_open_is_high: bool | None = None,
        limits: TimeLimits | None = None,
    ) -> None:
        self._address = (host, port)
        self._answers = answers
        self._drawer_open_is_high = drawer_open_is_high
        self._limits = limits or TimeLimits()
        self._turn = threading.Lock()
        # Whether a proof asked for earlier may still arrive, and would be taken for that of the next job.
        self._owes_proof = True

    def send(self, job: bytes, job_id: str) -> Sent:
        """Print `job` and wait for the proof; without one the answer is Unknown, never a second try."""
        del job_id
        with self._turn:
            try:
                link = _Link(self._address, self._limits)
            except OSError as refused:
                return Held(HeldReason.UNREACHABLE, str(refused))
            with link:
                return self._print(link, job) if self._answers else self._hand_over(link, job)

    def status(self) -> PrinterStatus:
        with self._turn:
            try:
                link = _Link(self._address, self._limits)
            except OSError as refused:
                return PrinterStatus(PrinterState.UNREACHABLE, detail=str(refused))
            with link:
                return self._status(link) if self._answers else PrinterStatus(PrinterState.READY)

    def _status(self, link: _Link) -> PrinterStatus:
        try:
            paper, offline, printer = (link.real_time(ask) for ask in (_ASK_PAPER, _ASK_OFFLINE, _ASK_PRINTER))
        except TimeoutError:
            return PrinterStatus(PrinterState.SILENT)
        except OSError as lost:
            return PrinterStatus(PrinterState.UNREACHABLE, detail=str(lost))
        high = bool(printer & _DRAWER_PIN_HIGH)
        drawer_open = None if self._drawer_open_is_high is None else high is self._drawer_open_is_high
        return PrinterStatus(_state(paper, offline, printer), drawer_open=drawer_open)

    def _print(self, link: _Link, job: bytes) -> Sent:
        status = self._status(link)
        if not status.state.can_print:
            return Held(HeldReason(status.state.value), status.detail)
        if self._owes_proof and not link.settle():
            return Held(HeldReason.SILENT)
        deadline = self._deadline(job)
        sent, lost = link.push(job, deadline)
        if not sent and lost is not None:
            return Held(HeldReason.UNREACHABLE, str(lost))
        self._owes_proof = True
        try:
            if lost is not None:
                raise lost
            link.ask(_ASK_PROOF, deadline)
            if link.proof(deadline):
                self._owes_proof = False
                return Printed()
        except TimeoutError:
            pass
        except OSError as gone:
            return Unknown(UnknownWhy.LINK_LOST, str(gone))
        return Unknown(_why(self._status(link).state))

    def _hand_over(self, link: _Link, job: bytes) -> Sent:
        sent, lost = link.push(job, self._deadline(job))
        if lost is None:
            link.finish()
            return Printed(proven=False)
        if not sent:
            return Held(HeldReason.UNREACHABLE, str(lost))
        why = UnknownWhy.SILENT if isinstance(lost, TimeoutError) else UnknownWhy.LINK_LOST
        return Unknown(why, str(lost))

    def _deadline(self, job: bytes) -> float:
        return time.monotonic() + self._limits.proof_seconds + len(job) / self._limits.bytes_a_second


def _why(state: PrinterState) -> UnknownWhy:
    """Why the proof stayed out, from how the printer is afterwards."""
    if state.can_print:
        return UnknownWhy.NO_PROOF
    return UnknownWhy.LINK_LOST if state is PrinterState.UNREACHABLE else UnknownWhy(state.value)


class _Link:
    """One connection; tells real-time answers, proofs and unasked status apart by their fixed bits."""

    def __init__(self, address: tuple[str, int], limits: TimeLimits) -> None:
        self._limits = limits
        self._socket = socket.create_connection(address, timeout=limits.connect_seconds)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._skip = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._socket.close()

    def settle(self) -> bool:
        """Whether everything asked for earlier is answered: ask for a proof of nothing, then listen until it is quiet.

        A job given up for lack of paper is printed when paper comes, and its late proof arrives on this connection.
        """
        quiet_seconds = 0.2
        try:
            self.ask(_NO_AUTOMATIC_STATUS + _ASK_PROOF, time.monotonic() + self._limits.answer_seconds)
            if not self.proof(time.monotonic() + self._limits.answer_seconds):
                return False
            while self.proof(time.monotonic() + quiet_seconds):
                pass
        except OSError:
            return False
        return True

    def push(self, job: bytes, deadline: float) -> tuple[int, OSError | None]:
        """Send `job` until the deadline; how many bytes the connection took, and what went wrong if not all."""
        sent, view = 0, memoryview(job)
        while sent < len(job):
            try:
                self._socket.settimeout(_left(deadline))
                sent += self._socket.send(view[sent : sent + 16384])
            except OSError as lost:
                return sent, lost
        return sent, None

    def ask(self, question: bytes, deadline: float) -> None:
        self._socket.settimeout(_left(deadline))
        self._socket.sendall(question)

    def proof(self, deadline: float) -> bool:
        """Whether an answer to `GS r` came before the deadline. Raises OSError when the connection is gone."""
        try:
            while True:
                if not self._next(deadline) & 0x90:
                    return True
        except TimeoutError:
            return False

    def finish(self) -> None:
        """Hang up politely: closed over unread answers it would be a reset, and the printer may drop what it holds."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(0.5)
            while self._socket.recv(64):
                pass

    def real_time(self, question: bytes) -> int:
        """The answer to a `DLE EOT`, given even while the printer waits for paper. Raises OSError."""
        deadline = time.monotonic() + self._limits.answer_seconds
        self.ask(question, deadline)
        while True:
            answer = self._next(deadline)
            if answer & 0x93 == 0x12:
                return answer

    def _next(self, deadline: float) -> int:
        """The next byte that is an answer; an unasked status is four bytes and is passed over."""
        while True:
            self._socket.settimeout(_left(deadline))
            received = self._socket.recv(1)
            if not received:
                raise ConnectionResetError("the printer hung up")
            if self._skip:
                self._skip -= 1
            elif received[0] & 0x93 == 0x10:
                self._skip = 3
            else:
                return received[0]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the printer took too long")
    return left


def _state(paper: int, offline: int, printer: int) -> PrinterState:
    """The state a person can mend first: cover, then paper, then the rest."""
    if offline & _COVER_OPEN:
        return PrinterState.COVER_OPEN
    if paper & _PAPER_END:
        return PrinterState.PAPER_OUT
    if offline & _FAULT:
        return PrinterState.FAULT
    if printer & _OFFLINE:
        return PrinterState.OFFLINE
    return PrinterState.PAPER_LOW if paper & _PAPER_NEAR_END else PrinterState.READY

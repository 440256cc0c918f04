"""A scanner on a serial line, or on USB acting as one (CDC-ACM): whole codes come in, each ended by CR or LF.

The cable may be pulled at any time: what had come of a code is dropped, and the line is opened again when it is back.
"""

from __future__ import annotations

import re
import threading

import serial

from pos.devices.ports import ScannerState
from pos.devices.serial_line import GONE

# A code is over when nothing follows for this long, for scanners that end with nothing: at 300 baud a character takes
# a tenth of it.
_QUIET_SECONDS = 0.3
_RETRY_SECONDS = 1.0
# Longer than any code; what is longer goes on as it is, and is refused as too long.
_BYTES_MAX = 1000
_END = re.compile(rb"[\r\n]+")
_FRAME = "\x02\x03\x04\t\x00"
PARITIES = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}


class SerialScanner:
    """One scanner, read by one thread; `close` may come from another and ends a read that waits."""

    def __init__(self, port: str, *, baud: int = 9600, parity: str = serial.PARITY_NONE) -> None:
        self._port = port
        self._baud = baud
        self._parity = parity
        self._line: serial.Serial | None = None
        self._begun = b""
        self._closed = threading.Event()
        self._state = ScannerState.UNREACHABLE

    @property
    def state(self) -> ScannerState:
        """How the line was when it was last read."""
        return self._state

    def read(self) -> tuple[str, ...]:
        """The codes that came by now; waits a moment where none did. A line that is not there is tried again."""
        if self._closed.is_set():
            return ()
        try:
            line = self._line or self._open()
            came = line.read(max(1, line.in_waiting))
        except GONE:
            # pyserial says a device is gone in each of these ways.
            self._let_go()
            self._closed.wait(_RETRY_SECONDS)
            return ()
        return self._codes(came)

    def close(self) -> None:
        self._closed.set()
        self._let_go()

    def _open(self) -> serial.Serial:
        line = serial.Serial(self._port, self._baud, parity=self._parity, timeout=_QUIET_SECONDS)
        # What lay in the line from before this program was meant for nobody here.
        line.reset_input_buffer()
        self._line, self._state = line, ScannerState.READY
        return line

    def _let_go(self) -> None:
        line, self._line = self._line, None
        self._begun, self._state = b"", ScannerState.UNREACHABLE
        if line is not None:
            line.close()

    def _codes(self, came: bytes) -> tuple[str, ...]:
        *whole, begun = _END.split(self._begun + came)
        if begun and (not came or len(begun) > _BYTES_MAX):
            whole, begun = [*whole, begun], b""
        self._begun = begun
        codes = (_text(code) for code in whole)
        return tuple(code for code in codes if code)


def _text(code: bytes) -> str:
    """The bytes as text: UTF-8, or Latin-1 where they are none. What scanners put around a code goes."""
    try:
        text = code.decode("utf-8")
    except UnicodeDecodeError:
        text = code.decode("latin-1")
    return text.strip(_FRAME).strip(" ")

"""A counter scale that speaks the Toledo 8217 protocol: asked with W, it answers with a weight or with its state.

An answer is STX, then "12.345" with an N behind a net weight, or "?" and one byte of flags, then CR; seven bits, even.
"""

from __future__ import annotations

import re
import threading
import time

import serial

from pos.devices.ports import OverRange, ScaleOffline, ScaleReading, Unstable, Weight
from pos.devices.serial_line import GONE

_ASK = b"W"
_SECONDS_MAX = 0.6
# Longer than any answer: what goes on beyond it is noise.
_BYTES_MAX = 32
_WEIGHT = re.compile(rb"\x02 *([0-9]{1,4})\.([0-9]{1,3})N?\r")
_STATE = re.compile(rb"\x02\?([\x20-\x7f\x00-\x1f])\r")
_MOVES, _OVER, _UNDER, _OUTSIDE_ZERO = 1, 2, 4, 8


class ToledoScale:
    """One scale on a serial line, opened when it is first asked and again after a cable was pulled."""

    def __init__(self, port: str, *, baud: int = 9600) -> None:
        self._port = port
        self._baud = baud
        self._line: serial.Serial | None = None
        self._one_asks = threading.Lock()

    def read(self) -> ScaleReading:
        """Ask once; an answer that cannot be read is asked for once more. Blocks for about a second at most."""
        with self._one_asks:
            try:
                for _ in range(2):
                    reading = _read(self._ask())
                    if reading is not None:
                        return reading
            except GONE as error:
                self._let_go()
                return ScaleOffline(str(error))
            return ScaleOffline()

    def close(self) -> None:
        with self._one_asks:
            self._let_go()

    def _ask(self) -> bytes:
        line = self._line or self._open()
        # An answer that came too late belongs to no question any more.
        line.reset_input_buffer()
        line.write(_ASK)
        answer = b""
        until = time.monotonic() + _SECONDS_MAX
        while not answer.endswith(b"\r") and len(answer) < _BYTES_MAX and time.monotonic() < until:
            answer += line.read(1)
        return answer

    def _open(self) -> serial.Serial:
        self._line = serial.Serial(
            self._port,
            self._baud,
            bytesize=serial.SEVENBITS,
            parity=serial.PARITY_EVEN,
            timeout=0.1,
            write_timeout=_SECONDS_MAX,
        )
        return self._line

    def _let_go(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _read(answer: bytes) -> ScaleReading | None:
    """What an answer says, or None where it is noise. Seven bits are sent: the eighth says nothing."""
    plain = bytes(byte & 0x7F for byte in answer)
    weight = _WEIGHT.fullmatch(plain)
    if weight is not None:
        whole, part = weight.groups()
        return Weight(int(whole) * 1000 + int(part.ljust(3, b"0")))
    state = _STATE.fullmatch(plain)
    if state is None:
        return None
    flags = state.group(1)[0]
    if flags & (_OVER | _UNDER | _OUTSIDE_ZERO):
        return OverRange()
    return Unstable() if flags & _MOVES else None

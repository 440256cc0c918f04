"""A customer display of two lines of twenty characters on a serial line, spoken to in ESC/POS (Epson DM-D).

Sent are ESC @ (begin anew), ESC t (code page), FF (clear) and US $ (where the next character goes).
"""

from __future__ import annotations

import contextlib
import threading
import unicodedata

import serial

from pos.devices.serial_line import GONE

COLUMNS = 20
_BEGIN, _CLEAR = b"\x1b@", b"\x0c"
# The pages hold what the three languages need between them: Czech letters, and those of the north with the euro.
_PAGES = ((b"\x1bt\x12", "cp852"), (b"\x1bt\x13", "cp858"))
_SIGNS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "–": "-", "—": "-", "−": "-", "’": "'", "“": '"', "”": '"', "×": "x", "…": "."}
)
_SECONDS_MAX = 1.0


class PoleDisplay:
    """One display; calls from several threads take turns. The line is opened when something is first shown, and again
    after a cable was pulled.
    """

    def __init__(self, port: str, *, baud: int = 9600) -> None:
        self._port = port
        self._baud = baud
        self._line: serial.Serial | None = None
        self._one_shows = threading.Lock()

    def show(self, top: str, bottom: str) -> bool:
        """Show two lines, cut to their room. False where nothing could be sent: nobody waits for a display."""
        with self._one_shows:
            try:
                line = self._line or self._open()
                line.write(picture(top, bottom))
            except GONE:
                self._let_go()
                return False
            return True

    def close(self) -> None:
        """Leave it dark rather than with the last customer's sum."""
        with self._one_shows:
            if self._line is not None:
                with contextlib.suppress(OSError, serial.SerialException):
                    self._line.write(_CLEAR)
            self._let_go()

    def _open(self) -> serial.Serial:
        line = serial.Serial(self._port, self._baud, timeout=_SECONDS_MAX, write_timeout=_SECONDS_MAX)
        line.write(_BEGIN)
        self._line = line
        return line

    def _let_go(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def picture(top: str, bottom: str) -> bytes:
    """The bytes of a picture: one code page for both lines, and plain letters for what that page cannot say."""
    lines = [_written(each) for each in (top, bottom)]
    select, page = next(
        ((select, page) for select, page in _PAGES if all(_fits(each, page) for each in lines)), _PAGES[0]
    )
    first, second = (_spelled(each, page) for each in lines)
    return select + _CLEAR + b"\x1f$\x01\x01" + first + b"\x1f$\x01\x02" + second


def _written(text: str) -> str:
    """What can be written: a sign that would command the display is a space."""
    return "".join(sign if sign.isprintable() else " " for sign in text.translate(_SIGNS))[:COLUMNS]


def _fits(text: str, page: str) -> bool:
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return False
    return True


def _spelled(text: str, page: str) -> bytes:
    """A letter the page lacks stands without its accent; of one that has none stays a question mark."""
    spelled = b"".join(sign.encode(page) if _fits(sign, page) else _plain(sign) for sign in text)
    return spelled[:COLUMNS]


def _plain(sign: str) -> bytes:
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare.encode("ascii", "replace")

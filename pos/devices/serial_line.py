"""In which ways pyserial says that a device on a serial line is gone."""

from __future__ import annotations

import sys

import serial

if sys.platform == "win32":
    GONE: tuple[type[Exception], ...] = (OSError, serial.SerialException, TypeError)
else:
    import termios

    # What the line's own driver says is no OSError there.
    GONE = (OSError, serial.SerialException, TypeError, termios.error)

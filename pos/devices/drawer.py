"""The cash drawer on the printer's drawer port."""

from __future__ import annotations

from typing import Literal

from pos.devices.ports import PrinterPort, Sent

# On and off time of the pulse in units of 2 ms; drawers want 100 ms and must not get much more.
_ON, _OFF = 50, 250


def kick_bytes(pin: Literal[2, 5] = 2) -> bytes:
    """`ESC p`: a pulse on pin 2 or 5 of the drawer port."""
    return b"\x1bp" + bytes([0 if pin == 2 else 1, _ON, _OFF])


class PrinterDrawer:
    """Kicks through a printer. Without paper the printer would keep the pulse and open the drawer later, unwatched:
    the port's `send` holds it back instead.
    """

    def __init__(self, printer: PrinterPort, *, pin: Literal[2, 5] = 2) -> None:
        self._printer = printer
        self._kick = kick_bytes(pin)

    def kick(self, kick_id: str) -> Sent:
        return self._printer.send(self._kick, kick_id)

    def is_open(self) -> bool | None:
        return self._printer.status().drawer_open

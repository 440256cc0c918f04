"""Whether the cash drawer stands open, as it was measured last, and whether that keeps the next sale from beginning."""

from __future__ import annotations

from pos.devices.ports import DrawerPort
from pos.services.desk import Desk


class Drawer:
    """The drawer of this workstation. Its switch is read through the printer, by whoever asks the printer how it is."""

    def __init__(self, desk: Desk, drawer: DrawerPort | None) -> None:
        self._desk = desk
        self._drawer = drawer

    @property
    def has_drawer(self) -> bool:
        return self._drawer is not None

    @property
    def stands_open(self) -> bool | None:
        """As it was noted last; None where nobody knows."""
        return self._desk.drawer_open

    @property
    def shut_first(self) -> bool:
        """Whether the next sale waits until it is shut."""
        return self._desk.rules.drawer_shut_first

    def note(self, stands_open: bool | None) -> None:
        """What was measured just now; None where the printer did not answer or does not tell."""
        self._desk.drawer_open = stands_open

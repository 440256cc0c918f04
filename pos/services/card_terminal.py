"""The card terminal of this workstation: which one it is, and whether it answers. Charging is elsewhere."""

from __future__ import annotations

from pos.devices.payment.ports import PaymentTerminal
from pos.domain.payment import NotProcessed, TerminalInfo


class CardTerminal:
    """`port` is what payments go through; None where this workstation has no terminal."""

    def __init__(self, port: PaymentTerminal | None) -> None:
        self.port = port

    @property
    def is_there(self) -> bool:
        """Whether this workstation has a terminal. Asks nobody."""
        return self.port is not None

    @property
    def stands_alone(self) -> bool:
        """Whether its answers are typed by the cashier."""
        return self.port is not None and not self.port.can_be_asked

    def ask(self) -> TerminalInfo | NotProcessed | None:
        """Who answers, or why nobody does; None without a terminal. Moves no money. Blocks."""
        return None if self.port is None else self.port.login()

    def close(self) -> None:
        if self.port is not None:
            self.port.close()

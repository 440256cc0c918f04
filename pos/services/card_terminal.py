"""The card terminal of this workstation: which one it is, and whether it answers. Charging is elsewhere."""

from __future__ import annotations

from pos.devices.payment.ports import PaymentTerminal, PlayedTerminal
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

    @property
    def plays_customer(self) -> bool:
        """Whether it is one to practise with, at which somebody may play the customer. Asks nobody."""
        return isinstance(self.port, PlayedTerminal)

    @property
    def stands_in(self) -> bool:
        """Whether one to practise with could not start, and one in memory answers for it. Asks nobody."""
        return isinstance(self.port, PlayedTerminal) and self.port.stands_in

    def play_customer(self) -> bool:
        """Open the window in which somebody plays the customer. Blocks shortly; False where it cannot be."""
        return isinstance(self.port, PlayedTerminal) and self.port.play_customer()

    def ask(self) -> TerminalInfo | NotProcessed | None:
        """Who answers, or why nobody does; None without a terminal. Moves no money. Blocks."""
        return None if self.port is None else self.port.login()

    def close(self) -> None:
        if self.port is not None:
            self.port.close()

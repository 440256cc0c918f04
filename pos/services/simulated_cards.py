"""The customer, the bank and the bad luck behind a simulated card terminal: lane scripts and exercises play them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pos.devices.payment.manual import ManualTerminal
from pos.devices.simulated.terminal import Doing, Moment, Scripted, SimulatedTerminal, card_facts
from pos.domain.frozen import dataclass
from pos.services.crash import CrashPoint, ProcessDied
from pos.services.tendering_cards import CardTendering

DOINGS = tuple(doing.value for doing in Doing)
PARTIAL = Doing.PARTIAL.value
DEFAULT_CARD = "visa-4242"
_DIES = {CrashPoint.AFTER_REQUEST: Moment.AFTER_REQUEST, CrashPoint.AFTER_AUTHORISATION: Moment.AFTER_AUTHORISATION}


@dataclass(frozen=True, slots=True)
class SimulatedCards:
    """What happens at the simulated terminal of this workstation."""

    terminal: SimulatedTerminal

    def next(self, doing: str, amount: int = 0) -> None:
        """What it does to the request after those already planned; `amount` in minor units is what PARTIAL approves."""
        self.terminal.script.append(Scripted(Doing(doing), amount))

    def present(self, card: str) -> None:
        """The card the customer holds from now on, by the name a script gives it."""
        self.terminal.card = card or DEFAULT_CARD

    def card_is(self, card: str, *, closed: bool) -> None:
        """Close the account behind a card, or open it again."""
        if closed:
            self.terminal.closed.add(card)
        else:
            self.terminal.closed.discard(card)

    @contextmanager
    def dying(self, point: CrashPoint | None) -> Iterator[None]:
        """The program dies at this point of the next request; what the bank has by then, it keeps."""
        moment = None if point is None else _DIES.get(point)

        def look(now: Moment) -> None:
            if now is moment:
                raise ProcessDied

        before, self.terminal.at = self.terminal.at, look
        try:
            yield
        finally:
            self.terminal.at = before

    def go_on_as(self, other: SimulatedCards) -> None:
        """A program that started again meets the terminal as it was."""
        self.terminal.script.extend(other.terminal.script)
        self.terminal.closed |= other.terminal.closed
        self.terminal.plugged = other.terminal.plugged


def card_token(card: str) -> str:
    """What tells a card again, by the name a script gives it: the token every payment with it carries."""
    return card_facts(card).token


def simulated_cards(cards: CardTendering) -> SimulatedCards | None:
    """None where the terminal is a real one, or there is none."""
    terminal = cards.terminal
    return SimulatedCards(terminal) if isinstance(terminal, SimulatedTerminal) else None


@contextmanager
def standing_alone(cards: CardTendering) -> Iterator[None]:
    """For a while the terminal is one that stands alone: the cashier types what it answered."""
    before, cards.terminal = cards.terminal, ManualTerminal()
    try:
        yield
    finally:
        cards.terminal = before

"""The customer at the terminal: presents a card at once, or waits until a person does it in the window."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos.termsim.outcomes import Outcome


class Step(StrEnum):
    """What the terminal shows."""

    IDLE = "idle"
    PRESENT_CARD = "present_card"
    TYPE_NUMBER = "type_number"
    ENTER_PIN = "enter_pin"
    WRONG_PIN = "wrong_pin"
    AUTHORISING = "authorising"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CARD_READ = "card_read"
    REBOOTING = "rebooting"
    UNPLUGGED = "unplugged"


@dataclass(frozen=True, slots=True)
class Shown:
    """The terminal's screen: a step, and the amount it is about."""

    step: Step = Step.IDLE
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Presented:
    """A card held to the terminal; `outcome` is what the person at the window wants to happen next."""

    card: str
    entry: str
    outcome: Outcome | None = None


class Running:
    """The one request the terminal works on. The till may ask to stop it until the bank was asked."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._aborted = False
        self._stopped = False
        self.with_bank = False

    @property
    def aborted(self) -> bool:
        return self._aborted

    @property
    def stopped(self) -> bool:
        """The simulator ends: nothing more happens."""
        return self._stopped

    @property
    def over(self) -> bool:
        """Nothing is waited for any more."""
        return self._aborted or self._stopped

    def abort(self) -> None:
        with self._changed:
            if not self.with_bank:
                self._aborted = True
            self._changed.notify_all()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def to_bank(self) -> bool:
        """Go to the bank, from where nothing calls it back; False where the till stopped it before."""
        with self._changed:
            self.with_bank = not (self._aborted or self._stopped)
            return self.with_bank

    def wait(self, seconds: float) -> None:
        """Wait, but not longer than anybody wants to."""
        with self._changed:
            self._changed.wait_for(lambda: self._aborted or self._stopped, timeout=seconds)


class Customer:
    """Who stands at the terminal. `by_hand`: a person plays it; otherwise the chosen card is presented at once."""

    def __init__(self, *, by_hand: bool) -> None:
        self._changed = threading.Condition()
        self._acts: deque[Presented | None] = deque(maxlen=1)
        self.by_hand = by_hand
        self.card, self.entry = "visa-4242", "ICC"

    def choose(self, card: str, entry: str) -> None:
        """Take this card out of the wallet from now on."""
        with self._changed:
            self.card, self.entry = card, entry

    def present(self, act: Presented) -> None:
        """Hold a card to the terminal."""
        with self._changed:
            self._acts.append(act)
            self._changed.notify_all()

    def cancel(self) -> None:
        """Press the red key."""
        with self._changed:
            self._acts.append(None)
            self._changed.notify_all()

    def begin(self) -> None:
        """A new request: what was pressed before it means nothing."""
        with self._changed:
            self._acts.clear()

    def wait(self, running: Running, seconds: float) -> Presented | None:
        """The card that is presented; None where the customer cancels, the till aborts or the time is over."""
        with self._changed:
            end = time.monotonic() + seconds
            while self.by_hand and not self._acts and not running.over and time.monotonic() < end:
                self._changed.wait(0.1)
            if self._acts:
                return self._acts.popleft()
            # Nobody plays the customer, or whoever did has gone: the card is presented.
            return None if self.by_hand or running.over else Presented(self.card, self.entry)

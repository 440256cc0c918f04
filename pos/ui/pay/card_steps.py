"""How far a card payment is, in lines for the screen: only what the terminal told, and how long each step took."""

from __future__ import annotations

from time import monotonic

from pos.domain.payment import Step
from pos.speech import N_
from pos.ui.pay.card_page import StepLine, StepState
from pos.wording import Wording

_STEPS = (
    (Step.CONNECTING, N_("Sent to terminal")),
    (Step.PRESENT_CARD, N_("Waiting for the card")),
    (Step.AUTHORISING, N_("Bank approval")),
    (Step.REMOVE_CARD, N_("Approved")),
)
# Where the terminal says nothing until it answers, nobody knows how far the customer is.
_STEPS_UNTOLD = (
    (Step.CONNECTING, N_("Sent to terminal")),
    (Step.PRESENT_CARD, N_("Card, PIN and bank at the terminal")),
    (Step.REMOVE_CARD, N_("Approved")),
)
_TOLD = (Step.ENTER_PIN, Step.AUTHORISING)


class CardSteps:
    """Where the payment is. A terminal that ever said how far a customer is has four steps, any other three."""

    def __init__(self) -> None:
        self.now = Step.CONNECTING
        self._tells = False
        self._began = self._step_began = monotonic()
        self._sent_after = -1.0

    def begin(self) -> None:
        """Another request."""
        self.now = Step.CONNECTING
        self._began = self._step_began = monotonic()
        self._sent_after = -1.0

    @property
    def seconds(self) -> float:
        """Since it began."""
        return monotonic() - self._began

    @property
    def clock(self) -> str:
        """How long the step that runs has taken."""
        return clock(monotonic() - self._step_began)

    def heard(self, step: Step) -> None:
        """The terminal says where it is; steps may come twice, or in any order."""
        if self.now is Step.CONNECTING and step is not self.now:
            self._sent_after = self.seconds
        self._tells = self._tells or step in _TOLD
        self.now, self._step_began = step, monotonic()

    def lines(self, words: Wording) -> tuple[StepLine, ...]:
        """The steps, each with how it stands."""
        steps = _STEPS if self._tells else _STEPS_UNTOLD
        order = [step for step, _ in steps]
        now = Step.PRESENT_CARD if self.now is Step.ENTER_PIN else self.now
        at = order.index(now) if now in order else 0
        states: tuple[StepState, ...] = ("now", "later")
        sent = f"{self._sent_after:.1f}".replace(".", words.decimal_sign)
        took = "" if self._sent_after < 0 else words.say("{seconds} s", seconds=sent)
        return tuple(
            (words.say(name), "done" if place < at else states[place > at], "" if place else took)
            for place, (_, name) in enumerate(steps)
        )


def clock(seconds: float) -> str:
    """Minutes and seconds, as 0:45."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"

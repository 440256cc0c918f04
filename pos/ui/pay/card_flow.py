"""A card from the question to the answer: the terminal is asked on a thread of its own, and the page tells how it goes.

What the services decide is only shown here: an outcome that nobody knows stays open, and nothing is charged again.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.card_attempt import Attempt, Purpose
from pos.domain.money import Money
from pos.domain.payment import Approved, Declined, InProgress, Outcome, Step, Unknown
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.sale import SaleView
from pos.speech import N_
from pos.ui.pay.card_page import CardPage, SumLine
from pos.ui.pay.card_steps import CardSteps, clock
from pos.ui.pay.card_sums import sum_lines
from pos.ui.pay.card_views import declined_view, typing_view, unknown_view, waiting_view
from pos.ui.working import Progress, Working
from pos.wording import Wording
from pos.workstation import Workstation

# How long a customer usually has at a terminal before it gives up by itself.
_TIME_OUT_SECONDS = 120
# How long a payment waits before the terminal is asked what became of it, and between further questions.
ASKS_AFTER_SECONDS = 45
_TICK_MILLISECONDS = 250
_LOOK_SECONDS = 0.2
# A terminal that had not begun when it was asked to stop has forgotten it when it does: it is asked again.
_STOPS_AGAIN_SECONDS = 2.0

_IF_NOTHING = N_(
    "If nothing happens by {time} we will check the terminal for you. The customer is never charged twice."
)
_STILL_AT_IT = N_("The terminal was asked: it is still at it.")
_NOT_HEARD = N_("The terminal was asked and does not answer. The payment is still waited for.")
_STOPPING = N_("Cancelling on the terminal")
_KEYED = N_("Type the card’s number at the terminal")
_ASKS = {
    Step.CONNECTING: N_("Asking the terminal"),
    Step.PRESENT_CARD: N_("Ask the customer to tap, insert or swipe"),
    Step.ENTER_PIN: N_("The customer types the PIN"),
    Step.AUTHORISING: N_("The bank is asked"),
    Step.REMOVE_CARD: N_("The customer takes the card back"),
}


class CardFlow(QObject):
    """One card at a time.

    Signals: changed() the page tells something else; typing_wanted(str) a stand-alone terminal is to be keyed with this
    amount; paid(object) the SaleView with the tender; stopped(object) a Refused with nothing left open; trouble(object)
    a KnownError.
    """

    changed = Signal()
    typing_wanted = Signal(str)
    paid = Signal(object)
    stopped = Signal(object)
    trouble = Signal(object)

    def __init__(self, page: CardPage, workstation: Workstation, words: Wording) -> None:
        super().__init__(page)
        self._page, self._workstation, self._words = page, workstation, words
        self._cards = workstation.card_tendering
        self._attempt: Attempt | None = None
        self._steps = CardSteps()
        self._charging, self._question_at, self._meanwhile = False, 0.0, ""
        self._stopping, self._stop_again_at = False, 0.0
        self._refused: Refused | None = None
        self._typing = False
        self.working = Working(self)
        self.working.progressed.connect(self._heard)
        self.working.ended.connect(self._answered)
        self.working.failed.connect(self.trouble)
        self._asker = Working(self)
        self._asker.ended.connect(self._heard_meanwhile)
        self._asker.failed.connect(self.trouble)
        self._stopper = Working(self)
        self._stopper.failed.connect(self.trouble)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MILLISECONDS)
        self._tick.timeout.connect(self._pass_time)

    # What the screen asks.

    @property
    def used(self) -> bool:
        """Whether any card was asked for yet."""
        return self._attempt is not None

    @property
    def waiting(self) -> bool:
        """Whether the terminal is at it."""
        return self.working.busy

    @property
    def asks(self) -> bool:
        """Whether the terminal can be asked about the payment it is at."""
        return self.waiting and self._charging and self._cards.port().can_be_asked

    @property
    def can_key(self) -> bool:
        """Whether the number of the card that is waited for can be typed at the terminal instead."""
        attempt = self._attempt
        if attempt is None or not self.waiting or attempt.keyed or self.gives_back:
            return False
        return self._cards.can_key(attempt.kind, attempt.cash_back)

    @property
    def open_attempt(self) -> str:
        """The attempt whose outcome nobody knows, while the page tells of it."""
        refused = self._refused
        if self.waiting or refused is None or refused.code is not Code.CARD_OUTCOME_UNKNOWN:
            return ""
        return str(refused.facts.get("attempt", ""))

    @property
    def declined(self) -> bool:
        """Whether the page tells that nothing was charged."""
        return not self.waiting and self._refused is not None and not self.open_attempt

    @property
    def told(self) -> Refused | None:
        """What the page tells of: why nothing was charged, or that nobody knows."""
        return self._refused

    @property
    def attempt(self) -> Attempt | None:
        """What was asked for last; None once it paid."""
        return self._attempt

    @property
    def gives_back(self) -> bool:
        """Whether the page tells of money that goes back to a card: nothing of it is ever charged."""
        return self._attempt is not None and self._attempt.purpose is not Purpose.PAY

    @property
    def typing(self) -> bool:
        """Whether the cashier types what a stand-alone terminal said."""
        return self._typing and not self.waiting

    def retranslate(self, words: Wording) -> None:
        self._words = words
        # A card that was taken leaves nothing to tell, though its page stays for the next one.
        if self.waiting or self.typing or self._refused is not None:
            self._show()

    # What a cashier does.

    def ask(self, attempt: Attempt) -> None:
        """Send what stands in the books already."""
        if self.waiting:
            return
        self._attempt, self._refused = attempt, None
        if self._cards.port().can_be_asked:
            self._send()
        else:
            self._typing = True
            self._show()
            self.typing_wanted.emit(self._money(attempt.charged))

    def tell_open(self, attempt_id: str) -> None:
        """An attempt that nobody knows of stands in the way: tell of it, and ask the terminal once more."""
        view = self._cards.get(attempt_id)
        if view is None:
            return
        self._attempt = view.attempt
        self._refused = Refused(Code.CARD_OUTCOME_UNKNOWN, self._facts_of(view.attempt))
        self._show()
        self.look()

    def again(self) -> None:
        """The same once more, after a no: the same card, or another one."""
        attempt = self._attempt
        if attempt is None or not self.declined or self.gives_back:
            return
        try:
            begun = self._cards.begin(attempt.kind, attempt.amount, attempt.cash_back)
        except KnownError as error:
            self.trouble.emit(error)
            return
        if isinstance(begun, Refused):
            self.stopped.emit(begun)
        else:
            self.ask(begun)

    def type_approval(self, code: str, last_four: str, *, declined: bool) -> Refused | None:
        """What a stand-alone terminal said. Refused as `CardAsking.type_approval`; None where it is taken."""
        if self._attempt is None:
            return Refused(Code.CARD_ATTEMPT_UNKNOWN)
        refused = self._cards.type_approval(self._attempt, code, last_four, declined=declined)
        if refused is None:
            self._typing = False
            self._send()
        return refused

    def cancel(self) -> None:
        """Ask the terminal to stop. It answers the payment itself, whichever way."""
        if self._attempt is None or not self.waiting or self._stopping:
            return
        self._stopping = True
        self._ask_to_stop(self._attempt)
        self._show()

    def look(self) -> None:
        """Ask the terminal what became of the open attempt, or of the one it is at."""
        if self.waiting:
            self._ask_meanwhile()
            return
        view = self._cards.get(self.open_attempt) if self.open_attempt else None
        if view is None:
            return
        self._attempt = attempt = view.attempt
        if not self._cards.asks(attempt):
            self._show()
            return
        self._begin(lambda progress: self._cards.find_out(attempt, _waits(progress)))

    def settled_elsewhere(self, answer: SaleView | Refused) -> None:
        """A manager decided what became of it."""
        self._tell(answer)

    # At the terminal.

    def _ask_to_stop(self, attempt: Attempt) -> None:
        """On another thread than that of the payment, which waits for the terminal."""
        if not self._stopper.busy:
            self._stop_again_at = self._steps.seconds + _STOPS_AGAIN_SECONDS
            self._stopper.begin(lambda _progress: self._cards.abort(attempt))

    def _send(self) -> None:
        attempt = self._attempt
        assert attempt is not None, "begun before it is sent"

        def work(progress: Progress) -> Outcome:
            outcome = self._cards.ask(attempt, lambda step: progress.say(step.value, 0))
            if isinstance(outcome, Unknown):
                progress.say(Step.CONNECTING.value, 1)
                return self._cards.find_out(attempt, _waits(progress))
            return outcome

        self._question_at = ASKS_AFTER_SECONDS
        self._begin(work, charging=True)

    def _ask_meanwhile(self) -> None:
        """Ask what became of the payment that is waited for; the wait goes on."""
        attempt = self._attempt
        if attempt is None or not self.asks or self._asker.busy:
            return
        self._question_at = self._steps.seconds + ASKS_AFTER_SECONDS
        self._asker.begin(lambda _progress: self._cards.look(attempt))

    def _heard_meanwhile(self, outcome: Outcome) -> None:
        """It ended and the answer was lost: wait no longer. Everything else is only told."""
        if not self.waiting or not self._charging:
            return
        if isinstance(outcome, Approved | Declined):
            # Whoever waits hears that the line is gone, asks, and is told the same.
            self._cards.hang_up()
            return
        self._meanwhile = _STILL_AT_IT if isinstance(outcome, InProgress) else _NOT_HEARD
        self._show()

    def _begin(self, work: Callable[[Progress], object], *, charging: bool = False) -> None:
        self._refused, self._stopping = None, False
        self._charging, self._meanwhile = charging, ""
        self._steps.begin()
        self.working.begin(work)
        self._tick.start()
        self._show()
        self.changed.emit()

    def _heard(self, stage: str, _done: int) -> None:
        if not self.waiting or not stage or stage == self._steps.now:
            return
        self._steps.heard(Step(stage))
        self._show()

    def _pass_time(self) -> None:
        gone = self._steps.seconds
        self._page.show_time(gone / _TIME_OUT_SECONDS, self._steps.clock)
        if self._charging and gone >= self._question_at:
            self._ask_meanwhile()
        if self._stopping and self._attempt is not None and gone >= self._stop_again_at:
            self._ask_to_stop(self._attempt)

    def _answered(self, outcome: Outcome) -> None:
        self._tick.stop()
        attempt = self._attempt
        if attempt is None:
            return
        try:
            answer = self._cards.settle(attempt.id, outcome)
        except KnownError as error:
            self.trouble.emit(error)
            return
        self._tell(answer)

    def _tell(self, answer: SaleView | Refused) -> None:
        if isinstance(answer, Refused):
            self._refused = answer
            self._show()
            self.changed.emit()
            return
        self._refused = self._attempt = None
        self.paid.emit(answer)

    # In words.

    def _show(self) -> None:
        words, attempt, refused = self._words, self._attempt, self._refused
        charged = self._money(0 if attempt is None else attempt.charged)
        if self.waiting:
            asks = _STOPPING if self._stopping else _ASKS.get(self._steps.now, _ASKS[Step.CONNECTING])
            if attempt is not None and attempt.keyed and asks == _ASKS[Step.PRESENT_CARD]:
                asks = _KEYED
            note = words.say(self._meanwhile or _IF_NOTHING, time=clock(ASKS_AFTER_SECONDS))
            sums = self._sums(words.say("Waiting for customer"))
            view = waiting_view(words.say(asks), charged, sums, words, steps=self._steps.lines(words), note=note)
        elif self.typing:
            view = typing_view(charged, self._sums(words.say("Waiting for customer")), words)
        else:
            assert refused is not None, "there is something to tell"
            if self.open_attempt:
                sums = self._sums(words.say("Outcome unknown"))
                view = unknown_view(refused, self.open_attempt, sums, words, back=self.gives_back)
            else:
                sums = self._sums("" if self.gives_back else words.say("Nothing charged"))
                view = declined_view(refused, attempt, sums, words, back=self.gives_back)
        self._page.show_view(view, words.say("Say to the customer"))

    def _facts_of(self, attempt: Attempt) -> dict[str, object]:
        return {
            "attempt": attempt.id,
            "amount": Money(attempt.charged, attempt.currency),
            "terminal": attempt.terminal,
            "purpose": attempt.purpose.value,
            "workstation": attempt.workstation,
        }

    def _sums(self, state: str) -> tuple[SumLine, ...]:
        station = self._workstation
        waits = self.waiting or self.typing
        priced, rules = station.sale.view.priced, station.desk.rules
        return sum_lines(priced, None if self.gives_back else self._attempt, state, rules, self._words, waits=waits)

    def _money(self, minor: int) -> str:
        return self._words.money(Money(minor, self._workstation.desk.rules.currency))


def _waits(progress: Progress) -> Callable[[float], None]:
    """Waits as long as is asked, or until the work is to stop."""

    def wait(seconds: float) -> None:
        until = monotonic() + seconds
        while monotonic() < until and not progress.stopped:
            sleep(_LOOK_SECONDS)

    return wait

"""The terminal itself: takes one request at a time, works on it with the customer and the bank, and answers it once.

What was answered is answered again in the same words, and what became of a request can be asked at any time, also by
a till that lost the answer or after a restart of either side.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

from pos.speech import Speech
from pos.termsim import upkeep
from pos.termsim.bank import Bank, Key
from pos.termsim.charging import Charging
from pos.termsim.customer import Customer, Running, Shown, Step
from pos.termsim.messages import Malformed, Profile, Request, answer_frame, failure, not_done
from pos.termsim.outcomes import Delivery, Outcome
from pos.termsim.reading import Reading
from pos.termsim.spoiling import spoiled
from pos.termsim.wallet import Wallet
from pos.termsim.wire import Json, part, text

_MONEY = {"Payment", "Reversal"}
# One of these at a time.
_CARD = _MONEY | {"CardAcquisition"}
# These are answered while another request runs.
_ALWAYS = {"Abort", "Login", "TransactionStatus"}
_WITHOUT_LOGIN = _ALWAYS | {"Diagnosis", "Logout"}
_KNOWN_BUT_NOT_DONE = {
    *("Display", "Print", "Input", "Sound", "Transmit", "StoredValue", "BalanceInquiry", "Loyalty"),
    *("Admin", "Batch", "PIN", "CardReaderInit", "CardReaderAPDU", "CardReaderPowerOff"),
}
_REBOOT_SECONDS = 10.0


_USUAL = Outcome(name="")


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: nothing for an abort, else `body`, delivered as `outcome` says."""

    body: Json | None
    outcome: Outcome = _USUAL


class Terminal:
    """One terminal. `pace` scales its own waiting times: 0 answers at once. Safe to ask from several threads."""

    def __init__(
        self,
        poi_id: str,
        profile: Profile,
        *,
        bank: Bank,
        wallet: Wallet,
        customer: Customer,
        words: Speech,
        pace: float,
    ) -> None:
        self.poi_id, self.profile = poi_id, profile
        self.bank, self.wallet, self.customer = bank, wallet, customer
        self.words, self.pace = words, pace
        # Westpay's terminals want to be logged in to; Adyen's only can be.
        self.logged_in = profile is Profile.ADYEN
        self.sale_id = ""
        self.unplugged = self.magic = False
        self.skew_seconds = 0
        self._shown = Shown()
        self._lock = threading.Lock()
        self._script: deque[Outcome] = deque()
        self._running: tuple[Key, Running] | None = None
        self._back_at = 0.0
        self._stopped = False
        self._charging, self._reading = Charging(self), Reading(self)

    # --- What the control interface and the window do ---

    def script(self, *outcomes: Outcome) -> None:
        """Append to what happens to the next requests."""
        with self._lock:
            self._script.extend(outcomes)

    def forget_script(self) -> None:
        with self._lock:
            self._script.clear()

    @property
    def scripted(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(outcome.name for outcome in self._script)

    @property
    def busy(self) -> bool:
        return self._running is not None

    @property
    def reachable(self) -> bool:
        """Whether anybody answers at the terminal's address."""
        return not self.unplugged and not self._stopped and time.monotonic() >= self._back_at

    def stop(self) -> None:
        """Let go of whatever runs, unanswered."""
        self._stopped = True
        if self._running is not None:
            self._running[1].stop()

    @property
    def shown(self) -> Shown:
        """The terminal's screen."""
        if self.unplugged:
            return Shown(Step.UNPLUGGED)
        if not self.reachable:
            return Shown(Step.REBOOTING)
        # A card nobody wanted anything of is given back after a while.
        forgotten = self._shown.step is Step.CARD_READ and not self._reading.holds_card
        return Shown() if forgotten else self._shown

    def show(self, shown: Shown) -> None:
        self._shown = shown

    # --- What a till asks ---

    def answer(self, request: Request) -> Reply:
        """Do what is asked. Blocks for as long as customer and bank take."""
        if request.key.poi_id != self.poi_id:
            return Reply(answer_frame(request, failure("UnavailableDevice", "UNKNOWN_POIID")))
        if request.category in _CARD:
            return self._money(request)
        ends_reading = request.category == "EnableService" and self._reading.holds_card
        if request.category not in _ALWAYS and self.busy and not ends_reading:
            return Reply(answer_frame(request, failure("Busy")))
        outcome = self._next(request)
        early = self._early(request, outcome)
        if early is not None:
            return early
        return self._service(request, outcome)

    def _service(self, request: Request, outcome: Outcome) -> Reply:
        if request.category == "Abort":
            self._abort(part(request.body, "MessageReference"), request)
            return Reply(None)
        if request.category not in _WITHOUT_LOGIN and not self.logged_in:
            response = failure("LoggedOut")
        elif request.category == "TransactionStatus":
            response = upkeep.status(self.bank, request, self._running and self._running[0])
        elif request.category == "EnableService":
            response = self._reading.release(request)
        elif request.category in upkeep.SERVICES:
            response = upkeep.SERVICES[request.category](self, request)
        else:
            response = not_done(request) if request.category in _KNOWN_BUT_NOT_DONE else failure("MessageFormat")
        return Reply(spoiled(answer_frame(request, response), outcome), outcome)

    def _money(self, request: Request) -> Reply:
        """A charge, refund or reversal, or a card that is only read.

        A request for money that was answered before changes nothing and is answered again.
        """
        with self._lock:
            before = self.bank.answered(request.key)
            if before is not None:
                same = (before.category, before.digest) == (request.category, request.digest)
                return Reply(before.answer if same else answer_frame(request, failure("NotAllowed", "SERVICE_ID_USED")))
            if self._running is not None:
                same_request = self._running[0] == request.key
                return Reply(answer_frame(request, failure("InProgress" if same_request else "Busy")))
            running = Running()
            self._running = (request.key, running)
        try:
            return self._work(request, running)
        finally:
            self._running = None

    def _work(self, request: Request, running: Running) -> Reply:
        outcome = self._next(request)
        early = self._early(request, outcome)
        if early is not None:
            return early
        if not self.logged_in:
            return Reply(answer_frame(request, failure("LoggedOut")))
        try:
            if request.category == "CardAcquisition":
                done = self._reading.acquire(request, outcome, running)
            else:
                self._reading.let_go()
                done, outcome = self._charging.work(request, outcome, running)
        except Malformed as error:
            return Reply(answer_frame(request, failure("MessageFormat", str(error))))
        if running.stopped:
            return Reply(None, Outcome(delivery=Delivery.RESET))
        if outcome.reboots:
            self._reboot(outcome)
        return Reply(spoiled(done, outcome), outcome)

    def _next(self, request: Request) -> Outcome:
        """The first scripted outcome that is meant for such a message, else the usual one."""
        with self._lock:
            for outcome in self._script:
                if request.category in outcome.on:
                    self._script.remove(outcome)
                    return outcome
        magic = self._charging.magic(request) if self.magic else None
        return magic or _USUAL

    def _early(self, request: Request, outcome: Outcome) -> Reply | None:
        """What happens before any work: the request is lost, or refused without being looked at."""
        if outcome.unheard:
            if outcome.reboots:
                self._reboot(outcome)
            return Reply(None, outcome)
        if outcome.condition == "LoggedOut":
            self.logged_in = False
        if outcome.condition:
            return Reply(answer_frame(request, failure(outcome.condition)))
        return None

    def _reboot(self, outcome: Outcome) -> None:
        seconds = self.pace * _REBOOT_SECONDS if outcome.seconds is None else outcome.seconds
        self._back_at = time.monotonic() + seconds
        self.logged_in = self.profile is Profile.ADYEN
        self.show(Shown())

    def _abort(self, reference: Json, request: Request) -> None:
        """Ask the running request to stop, where it is the one that is meant; it answers itself."""
        if self._running is None:
            return
        key, running = self._running
        same_till = key.sale_id in {text(reference, "SaleID"), request.key.sale_id}
        if same_till and text(reference, "ServiceID") in {"", key.service_id}:
            running.abort()

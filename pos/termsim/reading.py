"""A card read without charging it: which card it is, and the card held for a payment until somebody ends that."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pos.termsim import slips
from pos.termsim.customer import Presented, Running, Shown, Step
from pos.termsim.messages import Request, answer_frame, failure, moment
from pos.termsim.outcomes import Outcome
from pos.termsim.wire import Json, part, text

if TYPE_CHECKING:
    from pos.termsim.terminal import Terminal

_CUSTOMER_SECONDS, _CARD_SECONDS = 120.0, 1.0
_SLOW_SECONDS, _LATE_SECONDS = 10.0, 20.0
# How long a card that was read is held for the payment that usually follows.
_HELD_SECONDS = 60.0


class Reading:
    """One card after the other; what is read stands in no journal: no money moved."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._held_until = 0.0

    @property
    def holds_card(self) -> bool:
        """Whether a card was read and what is to come of it is waited for."""
        return time.monotonic() < self._held_until

    def let_go(self) -> None:
        """Hold no card any more."""
        self._held_until = 0.0

    def acquire(self, request: Request, outcome: Outcome, running: Running) -> Json:
        """Read the card that is presented, and hold it. Blocks for as long as the customer takes."""
        self.let_go()
        if not part(request.body, "SaleData", "SaleTransactionID"):
            return answer_frame(request, failure("MessageFormat", "transaction"))
        act = self._presented(outcome, running)
        if running.stopped:
            return {}
        if act is None:
            self._terminal.show(Shown(Step.CANCELLED))
            aborted = ("Aborted", "ABORTED_BY_TILL")
            return answer_frame(
                request, failure(*(aborted if running.aborted else ("Cancel", "CANCELLED_BY_CUSTOMER")))
            )
        if outcome.error:
            self._terminal.show(Shown(Step.DECLINED))
            return answer_frame(request, failure(outcome.error, outcome.reason))
        self._terminal.show(Shown(Step.CARD_READ))
        self._held_until = time.monotonic() + _HELD_SECONDS
        if outcome.late:
            running.wait(self._seconds(outcome, _LATE_SECONDS))
        return answer_frame(request, self._read(request, act))

    def release(self, request: Request) -> Json:
        """What a till says of a card that is held: that nothing follows."""
        if text(request.body, "TransactionAction") != "AbortTransaction":
            return failure("NotAllowed", "NOT_SUPPORTED")
        held = self.holds_card
        self.let_go()
        if not held:
            return failure("NotAllowed", "NOTHING_TO_ABORT")
        self._terminal.show(Shown())
        return {"Response": {"Result": "Success"}}

    def _presented(self, outcome: Outcome, running: Running) -> Presented | None:
        """The card that is read; None where the customer or the till thinks better of it."""
        terminal = self._terminal
        terminal.customer.begin()
        terminal.show(Shown(Step.PRESENT_CARD))
        act = terminal.customer.wait(running, _CUSTOMER_SECONDS * max(terminal.pace, 0.1))
        if act is None or outcome.cancelled or (act.outcome is not None and act.outcome.cancelled):
            return None
        running.wait(self._seconds(outcome, _SLOW_SECONDS) if outcome.slow else _CARD_SECONDS * terminal.pace)
        return act if running.to_bank() else None

    def _read(self, request: Request, act: Presented) -> Json:
        terminal = self._terminal
        card, sale = terminal.wallet.card(act.card), part(request.body, "SaleData")
        at = moment(terminal.skew_seconds)
        return {
            "Response": {"Result": "Success"},
            "SaleData": sale,
            "POIData": {"POITransactionID": {"TransactionID": f"CA.{request.key.service_id}", "TimeStamp": at}},
            "PaymentInstrumentData": {
                "PaymentInstrumentType": "Card",
                "CardData": slips.card_data(card, act.entry, terminal.profile, sale),
            },
        }

    def _seconds(self, outcome: Outcome, usual: float) -> float:
        return usual * self._terminal.pace if outcome.seconds is None else outcome.seconds

"""Money through the terminal: charges, refunds and reversals, from the card held to it until the entry in the books."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pos.termsim import slips
from pos.termsim.bank import Entry, Posting, Ruling
from pos.termsim.cards import Card
from pos.termsim.customer import Running, Step
from pos.termsim.messages import Malformed, Profile, Request, Wish, answer_frame, failure, moment, original_of, wish_of
from pos.termsim.outcomes import Outcome, magic_outcome
from pos.termsim.showing import Showing
from pos.termsim.wire import Json, decimal, rounded

if TYPE_CHECKING:
    from pos.termsim.terminal import Terminal

# The terminal's own times, in seconds before the pace is applied.
_CARD_SECONDS, _PIN_SECONDS, _BANK_SECONDS = 1.0, 1.5, 1.0
_SLOW_SECONDS, _LATE_SECONDS = 10.0, 20.0
_CUSTOMER_SECONDS = 120.0
_PINS = 3

# What was answered, and the outcome as it became: a person at the window may have chosen another one on the way.
_Worked = tuple[Json, Outcome]


@dataclass(frozen=True, slots=True)
class _Task:
    """One request for money on its way through the terminal."""

    request: Request
    wish: Wish
    outcome: Outcome
    running: Running
    showing: Showing


class Charging:
    """The work on one request after the other."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._bank = terminal.bank

    def magic(self, request: Request) -> Outcome | None:
        """What the amount of a charge means, where amounts mean something."""
        try:
            wish = wish_of(request.body)
        except Malformed:
            return None
        return magic_outcome(wish.amount) if request.category == "Payment" and wish.kind == "Normal" else None

    def work(self, request: Request, outcome: Outcome, running: Running) -> _Worked:
        """Do what is asked and write it down; the answer that stands in the books. Raises Malformed, OSError."""
        showing = Showing(self._terminal, request, shuffled=outcome.shuffled_display)
        if request.category == "Reversal":
            return self._reverse(request, outcome, running)
        task = _Task(request, wish_of(request.body), outcome, running, showing)
        if task.wish.kind not in {"Normal", "Refund"}:
            return answer_frame(request, failure("NotAllowed", "TYPE_NOT_SUPPORTED")), outcome
        if task.wish.keyed and self._terminal.profile is not Profile.ADYEN:
            return answer_frame(request, failure("NotAllowed", "KEYED_NOT_SUPPORTED")), outcome
        if task.wish.kind == "Refund" and task.wish.original:
            return self._give_back(task)
        return self._with_card(task)

    # --- A charge, or a refund to whatever card is shown ---

    def _with_card(self, task: _Task) -> _Worked:
        wish, running = task.wish, task.running
        self._terminal.customer.begin()
        asks = Step.TYPE_NUMBER if wish.keyed else Step.PRESENT_CARD
        task.showing.show(asks, wish.amount, wish.currency)
        act = self._terminal.customer.wait(running, _CUSTOMER_SECONDS * max(self._terminal.pace, 0.1))
        if act is not None and act.outcome is not None and not task.outcome.name:
            task = replace(task, outcome=act.outcome)
        if act is None or task.outcome.cancelled:
            return self._ended(task), task.outcome
        card = self._terminal.wallet.card(act.card)
        refused = self._before_bank(card, task)
        if not running.to_bank():
            return self._ended(task), task.outcome
        task.showing.show(Step.AUTHORISING, wish.amount, wish.currency)
        with self._bank.lock:
            ruling = refused or self._ruling(card, task)
            posting = Posting.REFUNDED if wish.kind == "Refund" else Posting.APPROVED
            entered = "Keyed" if wish.keyed else act.entry
            entry = self._write(task, self._done(task, card, entered, ruling), posting)
        step = Step.DECLINED if ruling.error else Step.APPROVED
        task.showing.show(step, wish.amount if ruling.error else ruling.amount, wish.currency)
        self._after_bank(task)
        task.showing.finish()
        return entry.answer, task.outcome

    def _before_bank(self, card: Card, task: _Task) -> Ruling | None:
        """The card is read and the PIN typed; a ruling where it already ends here."""
        running, outcome, wish = task.running, task.outcome, task.wish
        running.wait(self._pace(_CARD_SECONDS))
        if (card.asks_pin and not wish.keyed) or outcome.wrong_pins:
            for _ in range(outcome.wrong_pins):
                task.showing.show(Step.WRONG_PIN, wish.amount, wish.currency)
                running.wait(self._pace(_PIN_SECONDS))
            if outcome.wrong_pins >= _PINS:
                return Ruling(error="WrongPIN", reason="PIN_TRIES_EXCEEDED")
            task.showing.show(Step.ENTER_PIN, wish.amount, wish.currency)
            running.wait(self._pace(_PIN_SECONDS))
        running.wait(self._seconds(outcome, _SLOW_SECONDS) if outcome.slow else self._pace(_BANK_SECONDS))
        if wish.brands and card.brand not in wish.brands:
            return Ruling(error="InvalidCard", reason="BRAND_NOT_ALLOWED")
        return None

    def _ruling(self, card: Card, task: _Task) -> Ruling:
        wish, outcome = task.wish, task.outcome
        if outcome.error:
            return Ruling(error=outcome.error, reason=outcome.reason)
        if wish.kind == "Refund":
            return Ruling(wish.amount) if card.is_open else Ruling(error="Refusal", reason="CARD_CLOSED")
        ruling = self._bank.rule(card, wish.amount, wish.cash_back, least=wish.least)
        part = rounded(wish.amount / 2, wish.currency) if outcome.halved else outcome.partial
        if ruling.error or part is None or part >= ruling.amount:
            return ruling
        if wish.least is None or part < wish.least:
            return Ruling(error="Refusal", reason="NOT_ENOUGH_BALANCE")
        return Ruling(min(part, ruling.amount - ruling.cash_back))

    def _ended(self, task: _Task) -> Json:
        """The answer to a charge that never came to a card or a bank."""
        if task.running.stopped:
            return {}
        task.showing.show(Step.CANCELLED, task.wish.amount, task.wish.currency)
        task.showing.finish()
        why = ("Aborted", "ABORTED_BY_TILL") if task.running.aborted else ("Cancel", "CANCELLED_BY_CUSTOMER")
        identity, at = _identity(), moment(self._terminal.skew_seconds)
        response = {**failure(*why), "SaleData": task.wish.sale, "POIData": self._poi_data(identity, at)}
        entry = self._entry(task.request, identity, at, answer_frame(task.request, response))
        return self._bank.write(replace(entry, reason=why[1], currency=task.wish.currency)).answer

    # --- Back to the card of a known charge ---

    def _give_back(self, task: _Task) -> _Worked:
        """A refund that names its charge: no card is needed."""
        task.running.wait(self._pace(_BANK_SECONDS))
        if not task.running.to_bank():
            return self._ended(task), task.outcome
        with self._bank.lock:
            charge = self._bank.charge(task.wish.original)
            if charge is None:
                return answer_frame(task.request, failure("NotFound", "ORIGINAL_UNKNOWN")), task.outcome
            answer = self._take_back(task, charge, Posting.REFUNDED)
        self._after_bank(task)
        return answer, task.outcome

    def _reverse(self, request: Request, outcome: Outcome, running: Running) -> _Worked:
        """Take a charge back, all that is left of it or the amount that is named."""
        running.wait(self._pace(_BANK_SECONDS))
        with self._bank.lock:
            charge = self._bank.charge(original_of(request.body))
            if charge is None:
                return answer_frame(request, failure("NotFound", "ORIGINAL_UNKNOWN")), outcome
            named = decimal(request.body, "ReversedAmount")
            wish = Wish(
                amount=self._bank.remaining(charge) if named is None else named,
                cash_back=Decimal(0),
                currency=charge.currency,
                kind="Reversal",
                original=charge.id,
            )
            task = _Task(request, wish, outcome, running, Showing(self._terminal, request, shuffled=False))
            answer = self._take_back(task, charge, Posting.REVERSED)
        self._after_bank(task)
        return answer, outcome

    def _take_back(self, task: _Task, charge: Entry, posting: Posting) -> Json:
        card = self._terminal.wallet.card(charge.card)
        ruling = self._back_ruling(charge, task.wish.amount, card, task.outcome)
        return self._write(task, self._done(task, card, "File", ruling), posting, of=charge.id).answer

    def _back_ruling(self, charge: Entry, amount: Decimal, card: Card, outcome: Outcome) -> Ruling:
        remaining = self._bank.remaining(charge)
        if outcome.error:
            return Ruling(error=outcome.error, reason=outcome.reason)
        if not remaining:
            return Ruling(error="NotAllowed", reason="ALREADY_REVERSED")
        if not 0 < amount <= remaining:
            return Ruling(error="NotAllowed", reason="AMOUNT_TOO_HIGH")
        # What is not settled yet is only struck out, closed card or not.
        if not card.is_open and charge.period != self._bank.period:
            return Ruling(error="Refusal", reason="CARD_CLOSED")
        return Ruling(amount)

    # --- The books ---

    def _done(self, task: _Task, card: Card, entry: str, ruling: Ruling) -> slips.Done:
        return slips.Done(
            identity=_identity(),
            at=moment(self._terminal.skew_seconds + task.outcome.skew_seconds),
            terminal=self._terminal.poi_id,
            card=card,
            entry=entry,
            wish=task.wish,
            amount=ruling.amount,
            cash_back=ruling.cash_back,
            error=ruling.error,
            reason=ruling.reason,
        )

    def _write(self, task: _Task, done: slips.Done, posting: Posting, *, of: str = "") -> Entry:
        """Write down what was done, with the answer that tells it."""
        terminal, request = self._terminal, task.request
        answer: Json = {
            **slips.response(done, terminal.profile),
            "POIData": self._poi_data(done.identity, done.at),
            "PaymentReceipt": slips.receipts(done, terminal.words, terminal.profile),
        }
        if request.category == "Reversal":
            answer["OriginalPOITransaction"] = request.body["OriginalPOITransaction"]
            if not done.error:
                answer["ReversedAmount"] = done.amount
        else:
            answer |= {"SaleData": done.wish.sale, "PaymentResult": slips.result(done, terminal.profile)}
        entry = self._entry(request, done.identity, done.at, answer_frame(request, answer))
        return self._bank.write(
            replace(
                entry,
                posting=Posting.DECLINED if done.error else posting,
                card=done.card.name,
                brand=done.card.brand,
                amount=done.amount,
                cash_back=done.cash_back,
                currency=done.wish.currency,
                reason=done.reason,
                of=of,
            )
        )

    def _entry(self, request: Request, identity: str, at: str, answer: Json) -> Entry:
        """A line that says no, until it is said what was done."""
        return Entry(
            posting=Posting.DECLINED,
            key=request.key,
            category=request.category,
            digest=request.digest,
            at=at,
            answer=answer,
            id=identity,
            period=self._bank.period,
        )

    def _poi_data(self, identity: str, at: str) -> Json:
        transaction = {"TransactionID": identity, "TimeStamp": at}
        return {"POITransactionID": transaction, "POIReconciliationID": str(self._bank.period)}

    def _after_bank(self, task: _Task) -> None:
        """The bank has spoken; the till may wait for it all the same."""
        if task.outcome.late:
            task.running.wait(self._seconds(task.outcome, _LATE_SECONDS))

    def _pace(self, seconds: float) -> float:
        return seconds * self._terminal.pace

    def _seconds(self, outcome: Outcome, usual: float) -> float:
        return self._pace(usual) if outcome.seconds is None else outcome.seconds


def _identity() -> str:
    """The terminal's own identity of a transaction: unlike any other, also after a restart."""
    return f"{secrets.token_hex(4).upper()}.{secrets.token_hex(8).upper()}"

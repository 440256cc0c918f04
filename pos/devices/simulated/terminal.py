"""A card terminal in memory with a bank behind it, which does what it is told, and fails when told to.

It is for scripts and tests. The simulator that speaks a real terminal's protocol is a program of its own.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pos.devices.payment.ports import Watch, nobody_watches
from pos.devices.simulated.bank import Answering, BankEntry, BankEntryKind, SimulatedBank
from pos.domain.card_facts import CardFacts, ReceiptRow, ReceiptSide, TerminalReceipt
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.frozen import dataclass
from pos.domain.money import minor_text
from pos.domain.names import StrEnum
from pos.domain.payment import (
    Approved,
    BrandTotal,
    Declined,
    DeclinedWhy,
    Final,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
    TotalKind,
    Unknown,
    UnknownWhy,
    answers,
    wanted,
)


class Doing(StrEnum):
    """What the terminal does to one request. The values are those of lane scripts."""

    APPROVED = "approved"
    DECLINED = "declined"
    PARTIAL = "partial"
    CANCELLED = "cancelled"
    WRONG_PIN = "wrong_pin"
    BUSY = "busy"
    # Logged in and asked once more, the terminal does what the script says next.
    LOGGED_OUT = "logged_out"
    # The line drops, or nothing is ever heard, before anything was charged: the terminal forgets it.
    DISCONNECT_BEFORE = "disconnect_before"
    TIMEOUT_BEFORE = "timeout_before"
    # The same after the bank has charged: asked again, the terminal tells.
    DISCONNECT_AFTER_APPROVAL = "disconnect_after_approval"
    TIMEOUT_AFTER_APPROVAL = "timeout_after_approval"
    # No answer in time; asked, it is still at it once, and then it is approved.
    LATE_ANSWER = "late_answer"
    # The bank charges what was asked, and the answer, now and whenever asked, is about something else.
    WRONG_AMOUNT = "wrong_amount"
    WRONG_ATTEMPT = "wrong_attempt"


@dataclass(frozen=True, slots=True)
class Scripted:
    """What happens to the next request; `amount` in minor units is what a partial approval charges."""

    doing: Doing
    amount: int = 0


class Moment(StrEnum):
    """Where a test or a script may look, or cut the power."""

    AFTER_REQUEST = "after_request"
    AFTER_AUTHORISATION = "after_authorisation"


def _nothing(moment: Moment) -> None:
    """Nobody looks."""


_APPROVED = Scripted(Doing.APPROVED)
_DECLINED = {
    Doing.DECLINED: DeclinedWhy.REFUSED,
    Doing.CANCELLED: DeclinedWhy.CANCELLED,
    Doing.WRONG_PIN: DeclinedWhy.WRONG_PIN,
}
_NOT_TAKEN = {Doing.BUSY: NotProcessedWhy.BUSY, Doing.LOGGED_OUT: NotProcessedWhy.LOGGED_OUT}
_NEVER_HEARD = {Doing.DISCONNECT_BEFORE: UnknownWhy.LINK_LOST, Doing.TIMEOUT_BEFORE: UnknownWhy.NO_ANSWER}
_ANSWER_LOST = {
    Doing.DISCONNECT_AFTER_APPROVAL: UnknownWhy.LINK_LOST,
    Doing.TIMEOUT_AFTER_APPROVAL: UnknownWhy.NO_ANSWER,
    Doing.LATE_ANSWER: UnknownWhy.NO_ANSWER,
}
_ANSWERING = {Doing.WRONG_AMOUNT: Answering.WRONG_AMOUNT, Doing.WRONG_ATTEMPT: Answering.WRONG_ATTEMPT}
_UNREAD = {
    Doing.DECLINED: UnreadWhy.INVALID_CARD,
    Doing.WRONG_PIN: UnreadWhy.INVALID_CARD,
    Doing.CANCELLED: UnreadWhy.CANCELLED,
    Doing.BUSY: UnreadWhy.BUSY,
    Doing.LOGGED_OUT: UnreadWhy.NOT_READY,
    Doing.DISCONNECT_BEFORE: UnreadWhy.NOT_UNDERSTOOD,
    Doing.DISCONNECT_AFTER_APPROVAL: UnreadWhy.NOT_UNDERSTOOD,
    Doing.TIMEOUT_BEFORE: UnreadWhy.TIMED_OUT,
    Doing.TIMEOUT_AFTER_APPROVAL: UnreadWhy.TIMED_OUT,
    Doing.LATE_ANSWER: UnreadWhy.TIMED_OUT,
    Doing.WRONG_ATTEMPT: UnreadWhy.NOT_UNDERSTOOD,
}
_TOTALS = {BankEntryKind.CHARGE: TotalKind.CHARGED, BankEntryKind.REFUND: TotalKind.REFUNDED}
_BRANDS = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "mc": "Mastercard",
    "maestro": "Maestro",
    "amex": "American Express",
    "debit": "Debit",
}


class SimulatedTerminal:
    """Approves, unless `script` says otherwise for the next request (each entry once, in order).

    `plugged` False: it cannot be reached. `held` True: a payment waits for `release`, `abort` or `close`.
    `card` is the name of the card presented next, as a script names it; those in `closed` are turned down.
    `at` is called at each Moment of a request and may raise: what the bank has by then, it keeps.
    """

    def __init__(
        self,
        terminal: str = "SIM-1",
        *,
        bank: Path | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`bank` is a file its memory lasts in over a restart; without one a restart forgets everything."""
        self.bank = SimulatedBank(bank)
        self.script: deque[Scripted] = deque()
        self.plugged = True
        self.takes_keyed = True
        self.held = False
        self.card = "visa-4242"
        self.closed: set[str] = set()
        self.at: Callable[[Moment], None] = _nothing
        self._terminal = terminal
        self._now = now
        self._still_at_it: dict[str, int] = {}
        self._aborted = False
        self._go_on = threading.Event()

    @property
    def terminal(self) -> str:
        return self._terminal

    @property
    def can_be_asked(self) -> bool:
        return True

    def login(self) -> TerminalInfo | NotProcessed:
        if not self.plugged:
            return NotProcessed(NotProcessedWhy.NOT_REACHED)
        return TerminalInfo(self._terminal, model="Simulated", software="1", serial="0")

    def pay(self, request: PayRequest, watch: Watch = nobody_watches) -> Final:
        return self._asked(request, BankEntryKind.CHARGE, watch)

    def refund(self, request: RefundRequest, watch: Watch = nobody_watches) -> Final:
        return self._asked(request, BankEntryKind.REFUND, watch)

    def reverse(self, request: ReversalRequest) -> Final:
        return self._asked(request, BankEntryKind.REVERSAL, nobody_watches)

    def abort(self, request: TerminalRequest) -> None:  # noqa: ARG002 - one at a time is there to be stopped
        if self.held:
            self._aborted = True
            self._go_on.set()

    def release(self) -> None:
        """Let a payment that is held go on."""
        self._go_on.set()

    def status(self, request: TerminalRequest) -> Outcome:
        if not self.plugged:
            return Unknown(UnknownWhy.NOT_REACHED)
        if self._still_at_it.get(request.reference):
            self._still_at_it[request.reference] -= 1
            return InProgress()
        entry = self.bank.by_reference(request.reference)
        if entry is None:
            return NotProcessed(NotProcessedWhy.NOT_FOUND)
        return answers(request, self._answer(entry))

    def read_card(self, watch: Watch = nobody_watches) -> CardRead | CardUnread:
        if not self.plugged:
            return CardUnread(UnreadWhy.NOT_REACHED)
        scripted = self.script.popleft() if self.script else _APPROVED
        watch(Step.CONNECTING)
        self.at(Moment.AFTER_REQUEST)
        watch(Step.PRESENT_CARD)
        if self._was_aborted():
            return CardUnread(UnreadWhy.STOPPED)
        if scripted.doing in _UNREAD:
            return CardUnread(_UNREAD[scripted.doing])
        card = card_facts(self.card)
        return CardRead(card.token, card.brand, card.masked)

    def stop_reading(self) -> None:
        if self.held:
            self._aborted = True
            self._go_on.set()

    def totals(self, *, end_period: bool = False) -> TerminalTotals | NotProcessed:
        if not self.plugged:
            return NotProcessed(NotProcessedWhy.NOT_REACHED)
        counted: dict[tuple[TotalKind, str], list[int]] = {}
        entries = [entry for entry in self.bank.unsettled if entry.amount]
        for entry in entries:
            kind = _TOTALS.get(entry.kind, TotalKind.CHARGE_REVERSED)
            counted.setdefault((kind, card_facts(entry.card).brand), []).append(entry.amount)
        if end_period:
            self.bank.settle()
        totals = tuple(BrandTotal(kind, len(each), sum(each), brand) for (kind, brand), each in counted.items())
        return TerminalTotals(self._terminal, entries[0].currency if entries else "", totals)

    def hang_up(self) -> None:
        self._go_on.set()

    def close(self) -> None:
        self._go_on.set()

    def _asked(self, request: TerminalRequest, kind: BankEntryKind, watch: Watch) -> Final:
        if not self.plugged:
            return NotProcessed(NotProcessedWhy.NOT_REACHED)
        known = self.bank.by_reference(request.reference)
        if known is not None:
            return _final(answers(request, self._answer(known)))
        scripted = self.script.popleft() if self.script else _APPROVED
        watch(Step.CONNECTING)
        self.at(Moment.AFTER_REQUEST)
        if scripted.doing is Doing.BUSY:
            return NotProcessed(NotProcessedWhy.BUSY)
        if scripted.doing is Doing.LOGGED_OUT:
            # As a driver does: log in, and ask once more.
            self.login()
            scripted = self.script.popleft() if self.script else _APPROVED
            if scripted.doing in _NOT_TAKEN:
                return NotProcessed(_NOT_TAKEN[scripted.doing])
        if kind is not BankEntryKind.REVERSAL:
            watch(Step.PRESENT_CARD)
        if scripted.doing in _NEVER_HEARD:
            return Unknown(_NEVER_HEARD[scripted.doing])
        if self._was_aborted():
            scripted = Scripted(Doing.CANCELLED)
        watch(Step.AUTHORISING)
        entry = self._decide(request, kind, scripted)
        self.bank.write(entry)
        self.at(Moment.AFTER_AUTHORISATION)
        if scripted.doing in _ANSWER_LOST:
            if scripted.doing is Doing.LATE_ANSWER:
                self._still_at_it[request.reference] = 1
            return Unknown(_ANSWER_LOST[scripted.doing])
        return _final(answers(request, self._answer(entry)))

    def _was_aborted(self) -> bool:
        if not self.held:
            return False
        self._go_on.wait()
        self._go_on.clear()
        aborted, self._aborted = self._aborted, False
        return aborted

    def _decide(self, request: TerminalRequest, kind: BankEntryKind, scripted: Scripted) -> BankEntry:
        """What the bank says to it. A decline moves nothing."""
        entry = BankEntry(
            kind,
            request.attempt,
            request.reference,
            f"{self._terminal}.{request.reference}",
            self._now().isoformat(timespec="seconds"),
            sum(wanted(request)),
            request.currency,
            self.card,
            cash_back=wanted(request)[1],
            keyed=isinstance(request, PayRequest) and request.keyed,
            original="" if isinstance(request, PayRequest) else request.original_transaction,
            answering=_ANSWERING.get(scripted.doing, Answering.TRULY),
        )
        if scripted.doing is Doing.PARTIAL and isinstance(request, PayRequest):
            less = min(scripted.amount, request.amount)
            entry = replace(entry, amount=less, cash_back=0)
            scripted = scripted if request.partial_allowed and less > 0 else Scripted(Doing.DECLINED)
        charged = self.bank.charge(entry.original)
        entry = entry if charged is None else replace(entry, card=charged.card)
        declined = _DECLINED.get(scripted.doing) or self._objection(entry, charged)
        if declined is None:
            return entry
        return replace(entry, amount=0, cash_back=0, declined=declined)

    def _objection(self, entry: BankEntry, charged: BankEntry | None) -> DeclinedWhy | None:
        if entry.card in self.closed:
            return DeclinedWhy.REFUSED
        if entry.kind is BankEntryKind.REVERSAL:
            whole = charged is not None and (charged.amount, self.bank.given_back(entry.original)) == (entry.amount, 0)
            return None if whole and charged and not self.bank.is_settled(charged) else DeclinedWhy.REFUSED
        # A payment the bank does not know was taken at another terminal: it is given back all the same.
        if charged is not None and self.bank.given_back(entry.original) + entry.amount > charged.amount:
            return DeclinedWhy.REFUSED
        return None

    def _answer(self, entry: BankEntry) -> Approved | Declined:
        """What the terminal says of an entry, true or not."""
        other = entry.answering is Answering.WRONG_ATTEMPT
        attempt = "0" * 32 if other else entry.attempt
        card = replace(
            card_facts(entry.card),
            terminal=self._terminal,
            merchant="SIMULATED",
            approval_code=_digits(entry.reference, 6),
            poi_transaction=entry.transaction,
            poi_time=entry.time,
        )
        if entry.keyed:
            # No chip was there to prove anything.
            card = replace(card, entry_mode="Keyed", cvm="SignatureCapture", aid="")
        receipts = _receipts(entry, card)
        if entry.declined is not None:
            return Declined(
                entry.declined, attempt, entry.reference, self._terminal, card=replace(card, approval_code="")
            )
        wrong = entry.answering is Answering.WRONG_AMOUNT
        amount = entry.amount - entry.cash_back + (100 if wrong else 0)
        return Approved(
            amount, entry.currency, attempt, entry.reference, self._terminal, entry.cash_back, card, receipts
        )


def card_facts(name: str) -> CardFacts:
    """The card a script names: "visa-4242" is a Visa that ends in 4242, any other name a card of its own."""
    word, _, digits = name.partition("-")
    last_four = digits if re.fullmatch(r"[0-9]{4}", digits) else _digits(name, 4)
    token = hashlib.sha256(name.encode()).hexdigest()[:16].upper()
    return CardFacts(
        brand=_BRANDS.get(word.lower(), "Card"),
        masked=f"************{last_four}",
        entry_mode="ICC",
        cvm="OnlinePIN",
        aid="A0000000000000",
        token=f"T{token}",
    )


def _digits(text: str, count: int) -> str:
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[-count:]


def _receipts(entry: BankEntry, card: CardFacts) -> tuple[TerminalReceipt, ...]:
    rows = (
        ReceiptRow(card.brand, card.masked),
        ReceiptRow("AID", card.aid),
        ReceiptRow("TOTAL", f"{minor_text(entry.amount, entry.currency)} {entry.currency}", bold=True),
    )
    return (TerminalReceipt(ReceiptSide.CUSTOMER, rows), TerminalReceipt(ReceiptSide.MERCHANT, rows))


def _final(outcome: Outcome) -> Final:
    assert not isinstance(outcome, InProgress)
    return outcome

"""One request to a card terminal as a fact, committed before its first byte leaves, and what became of it.

An attempt is written once; outcomes are written as they are learned, and the last one says how it stands. While it
decides nothing, nobody charges on that terminal again.
"""

from __future__ import annotations

from datetime import datetime

from pos.domain.card_facts import NO_CARD, CardFacts, TerminalReceipt
from pos.domain.frozen import dataclass
from pos.domain.ledger import CARD_RECEIVABLE, CARD_SUSPENSE, CASH_IN_TILL, LedgerEntry
from pos.domain.names import StrEnum
from pos.domain.payment import (
    Approved,
    CardKind,
    Declined,
    InProgress,
    NotProcessed,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalReason,
    ReversalRequest,
    TerminalRequest,
    Unknown,
    UnknownWhy,
)


class Purpose(StrEnum):
    """What a terminal is asked to do."""

    PAY = "pay"
    REVERSE = "reverse"
    REFUND = "refund"


class AttemptReason(StrEnum):
    """Why money goes back; empty where it comes in."""

    NONE = ""
    # The cashier gave the tender back, or gave up the sale.
    GIVEN_BACK = "given_back"
    # Approved when the sale no longer needed it, or was gone.
    LATE = "late"
    POST_VOID = "post_void"
    RETURN = "return"
    # The terminal would not reverse the charge any more.
    NOT_REVERSED = "not_reversed"


class AttemptState(StrEnum):
    """How an attempt stands."""

    # Nobody knows: it was about to be sent, or was sent and nothing was heard.
    SENT = "sent"
    UNKNOWN = "unknown"
    APPROVED = "approved"
    DECLINED = "declined"
    # The terminal did nothing about it.
    NOT_PROCESSED = "not_processed"


# What an attempt asks of its terminal besides: that the card's number be typed there.
KEYED = "keyed"

# What nobody asked the terminal about: the till was closed with the outcome unknown.
CARRIED_OVER = "carried_over"
# What somebody decided about a charge that was owed: the card company gave it back past the terminal.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a terminal. Amounts in minor units of `currency`; `reference` is the terminal's name for it.

    `protocol` is what is asked of the terminal besides the money: KEYED, or nothing. `sale` is the identity of the
    basket, and so of the sale; `of` the attempt that is reversed or refunded, with
    `original_transaction` and `original_time` as that one's card facts have them. `queued`: it must happen, however
    often it has to be tried. `by` is a staff number, None where the program itself began it.
    """

    id: str
    purpose: Purpose
    kind: CardKind
    sale: str
    workstation: int
    terminal: str
    reference: str
    amount: int
    currency: str
    at: datetime
    by: str | None
    protocol: str = ""
    cash_back: int = 0
    partial_allowed: bool = True
    of: str = ""
    original_transaction: str = ""
    original_time: str = ""
    reason: AttemptReason = AttemptReason.NONE
    queued: bool = False

    @property
    def charged(self) -> int:
        """What moves on the card when all of it is approved."""
        return self.amount + self.cash_back

    @property
    def keyed(self) -> bool:
        """Whether the card's number is typed at the terminal."""
        return self.protocol == KEYED

    @property
    def request(self) -> TerminalRequest:
        """What the terminal is asked. Raises ValueError for a request no terminal may see."""
        # The same each time it is sent, also after a restart.
        made = self.at.isoformat(timespec="seconds")
        if self.purpose is Purpose.PAY:
            return PayRequest(
                self.id,
                self.reference,
                self.amount,
                self.currency,
                self.terminal,
                self.cash_back,
                self.kind,
                self.partial_allowed,
                made,
                self.keyed,
            )
        original = (self.original_transaction, self.original_time)
        if self.purpose is Purpose.REFUND:
            return RefundRequest(self.id, self.reference, self.amount, self.currency, self.terminal, *original, made)
        why = (
            ReversalReason.UNABLE_TO_COMPLETE
            if self.reason is AttemptReason.LATE
            else ReversalReason.MERCHANT_CANCEL
            if self.reason is AttemptReason.POST_VOID
            else ReversalReason.CUSTOMER_CANCEL
        )
        return ReversalRequest(self.id, self.reference, self.amount, self.currency, self.terminal, *original, why, made)


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """What became of an attempt, as far as was known at `at`; `number` counts from 1 within the attempt.

    `amount` towards the sale and `cash_back` are what was approved (of a reversal or a refund, what went back). `why`
    and `detail` say more of a decline or of what is not known. `decided_by` is whoever decided it where no terminal
    answered, and `reason` what they wrote. `quarantine` is an answer that was about something else, as it came.
    """

    attempt: str
    number: int
    state: AttemptState
    at: datetime
    amount: int = 0
    cash_back: int = 0
    why: str = ""
    detail: str = ""
    decided_by: str = ""
    reason: str = ""
    quarantine: str = ""
    card: CardFacts = NO_CARD
    receipts: tuple[TerminalReceipt, ...] = ()

    @property
    def charged(self) -> int:
        return self.amount + self.cash_back


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt with how it stands; `outcome` is the last one, None where nothing is known at all.

    `carried_over`: a till was closed while nobody knew, so what may have moved stands in suspense.
    """

    attempt: Attempt
    outcome: AttemptOutcome | None = None
    carried_over: bool = False

    @property
    def state(self) -> AttemptState:
        return AttemptState.SENT if self.outcome is None else self.outcome.state

    @property
    def open(self) -> bool:
        """Whether nobody can say yet whether money moved."""
        return self.state in OPEN

    @property
    def approved(self) -> bool:
        return self.state is AttemptState.APPROVED

    @property
    def card(self) -> CardFacts:
        """What may be kept of the card; NO_CARD where none was read."""
        return NO_CARD if self.outcome is None else self.outcome.card

    @property
    def moved(self) -> int:
        """What moved on the card, in minor units, as far as is known."""
        return self.outcome.charged if self.outcome is not None and self.approved else 0


OPEN = frozenset({AttemptState.SENT, AttemptState.UNKNOWN})


def state_of(outcome: Outcome) -> AttemptState:
    """How an attempt stands after this answer."""
    match outcome:
        case Approved():
            return AttemptState.APPROVED
        case Declined():
            return AttemptState.DECLINED
        case NotProcessed():
            return AttemptState.NOT_PROCESSED
        case Unknown() | InProgress():
            return AttemptState.UNKNOWN


def why_of(outcome: Outcome) -> str:
    """In a word, why it is not approved; empty where it is."""
    match outcome:
        case Declined() | NotProcessed() | Unknown():
            return outcome.why.value
        case InProgress():
            return UnknownWhy.NO_ANSWER.value
        case Approved():
            return ""


def attempt_postings(attempt: Attempt) -> tuple[LedgerEntry, ...]:
    """What beginning it posts: money that goes back whatever happens is the customer's, and still on the shop's side.

    A refund after a reversal that was refused posts nothing anew: what the reversal posted still stands.
    """
    if not attempt.queued or attempt.reason is AttemptReason.NOT_REVERSED:
        return ()
    return _suspended(attempt.charged)


def outcome_postings(view: AttemptView, state: AttemptState) -> tuple[LedgerEntry, ...]:
    """What this new state posts: what stood in suspense is settled. `view` is the attempt before it."""
    if state not in OPEN and view.carried_over:
        return tuple(LedgerEntry(leg.account, -leg.amount) for leg in carried_postings(view.attempt))
    if state is AttemptState.APPROVED and view.attempt.queued:
        return _suspended(-view.attempt.charged)
    return ()


def carried_postings(attempt: Attempt) -> tuple[LedgerEntry, ...]:
    """What closing a till posts for an attempt nobody knows the outcome of; one that is queued stands there already."""
    if attempt.queued:
        return ()
    return _suspended(attempt.charged if attempt.purpose is Purpose.PAY else -attempt.charged)


def cash_back_postings(amount: int) -> tuple[LedgerEntry, ...]:
    """Cash handed out on a card, in minor units: the card company owes it, the till is without it."""
    return (LedgerEntry(CARD_RECEIVABLE, amount), LedgerEntry(CASH_IN_TILL, -amount))


def _suspended(amount: int) -> tuple[LedgerEntry, ...]:
    return (LedgerEntry(CARD_RECEIVABLE, amount), LedgerEntry(CARD_SUSPENSE, -amount))

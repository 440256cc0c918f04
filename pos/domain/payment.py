"""A card payment as the shop sees it: what is asked of a terminal, what it may answer, and what an answer may decide.

"Payment" is the terminal's word (nexo, ISO 20022); what it becomes in the sale is a tender. Amounts are integers in
minor units of their currency. Times are the terminal's own text, given back to it as they came.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from pos.domain.card_facts import NO_CARD, CardFacts, TerminalReceipt
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

REFERENCE_LENGTH_MAX = 10
_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A reference that begins with Z is a driver's own: the name of a question that moves no money.
_REFERENCE = re.compile(r"[0-9A-Y][0-9A-Z]{0,9}")


class CardKind(StrEnum):
    """Which tender the card pays as. The values are those of the tender kinds."""

    CREDIT = "credit"
    DEBIT = "debit"


class ReversalReason(StrEnum):
    """Why an approved payment is taken back."""

    CUSTOMER_CANCEL = "customer_cancel"
    MERCHANT_CANCEL = "merchant_cancel"
    MALFUNCTION = "malfunction"
    UNABLE_TO_COMPLETE = "unable_to_complete"
    SUSPECTED_FRAUD = "suspected_fraud"


@dataclass(frozen=True, slots=True)
class PayRequest:
    """Charge a card, once. The same `reference` twice is the same payment; a new payment has a new one.

    `attempt` is the identity of the payment attempt (hex), `reference` the name the terminal knows it by
    (`reference_of`), `terminal` the id of the terminal it goes to. `amount` is what is due towards the sale,
    `cash_back` what the customer gets in cash on top: the card is charged `charged`. With `partial_allowed` the
    terminal may approve less. `made` is when the attempt was made (ISO 8601): the same each time it is sent, since a
    terminal takes a message that differs in anything for another one; where it is empty, the driver remembers it for
    as long as it lives. `keyed`: the card cannot be read, and its number is typed at the terminal; only there, and only
    of a credit card. Raises ValueError for a request no terminal may see.
    """

    attempt: str
    reference: str
    amount: int
    currency: str
    terminal: str
    cash_back: int = 0
    kind: CardKind = CardKind.CREDIT
    partial_allowed: bool = True
    made: str = ""
    keyed: bool = False

    def __post_init__(self) -> None:
        _well_formed(self)
        if self.cash_back < 0:
            raise ValueError("cash-back is never negative")
        if self.keyed and (self.kind is CardKind.DEBIT or self.cash_back):
            raise ValueError("a debit card is never typed: nobody would be asked for its PIN")

    @property
    def charged(self) -> int:
        """What the card is charged when all is approved: the amount and the cash-back."""
        return self.amount + self.cash_back


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Give money back on a card. `attempt`, `reference`, `terminal`, `made` as in a PayRequest, of this refund itself.

    `original_transaction` and `original_time` are `CardFacts.poi_transaction` and `poi_time` of the payment given back;
    both empty is a refund without reference, onto whatever card is presented.
    """

    attempt: str
    reference: str
    amount: int
    currency: str
    terminal: str
    original_transaction: str = ""
    original_time: str = ""
    made: str = ""

    def __post_init__(self) -> None:
        _well_formed(self)


@dataclass(frozen=True, slots=True)
class ReversalRequest:
    """Take an approved payment back before it is settled, all of it: `amount` is what was charged, cash-back included.

    `attempt`, `reference`, `terminal` and `made` as in a PayRequest, of this reversal itself; `original_transaction`
    and `original_time` are `CardFacts.poi_transaction` and `poi_time` of the payment.
    """

    attempt: str
    reference: str
    amount: int
    currency: str
    terminal: str
    original_transaction: str
    original_time: str
    reason: ReversalReason = ReversalReason.CUSTOMER_CANCEL
    made: str = ""

    def __post_init__(self) -> None:
        _well_formed(self)
        if not self.original_transaction:
            raise ValueError("a reversal names the payment it takes back")


TerminalRequest = PayRequest | RefundRequest | ReversalRequest


class DeclinedWhy(StrEnum):
    """Why no money moved, finally, said by the terminal."""

    REFUSED = "refused"
    CANCELLED = "cancelled"
    ABORTED = "aborted"
    INVALID_CARD = "invalid_card"
    WRONG_PIN = "wrong_pin"
    RESTRICTED = "restricted"


class NotProcessedWhy(StrEnum):
    """Why the terminal did nothing about a request. The same request may be sent again."""

    BUSY = "busy"
    LOGGED_OUT = "logged_out"
    MESSAGE_FORMAT = "message_format"
    NOT_ALLOWED = "not_allowed"
    DEVICE_UNAVAILABLE = "device_unavailable"
    # Not a byte of the request left: no connection, or a certificate that is not the terminal's.
    NOT_REACHED = "not_reached"
    NOT_TRUSTED = "not_trusted"
    # Asked by status: the terminal never heard of the attempt.
    NOT_FOUND = "not_found"


class UnknownWhy(StrEnum):
    """Why nobody here can say whether money moved."""

    LINK_LOST = "link_lost"
    NO_ANSWER = "no_answer"
    ANSWER_CUT = "answer_cut"
    ANSWER_TOO_LONG = "answer_too_long"
    ANSWER_UNREADABLE = "answer_unreadable"
    SEAL_WRONG = "seal_wrong"
    WRONG_ATTEMPT = "wrong_attempt"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_TERMINAL = "wrong_terminal"
    HOST_UNREACHABLE = "host_unreachable"
    # The terminal answered with something none of the rules names.
    UNLISTED = "unlisted"
    # A status query reached nobody: nothing was learned.
    NOT_REACHED = "not_reached"
    # A stand-alone terminal: only a person can look.
    CANNOT_BE_ASKED = "cannot_be_asked"


@dataclass(frozen=True, slots=True)
class Approved:
    """The money moved: `amount` towards the sale and `cash_back` beside it, which may be less than was asked (partial).

    Of a refund or a reversal `amount` is what was given back, `cash_back` is 0. `attempt`, `reference`, `terminal` and
    `currency` are what the answer itself says it is about; `answers` compares them with the request.
    """

    amount: int
    currency: str
    attempt: str
    reference: str
    terminal: str
    cash_back: int = 0
    card: CardFacts = NO_CARD
    receipts: tuple[TerminalReceipt, ...] = ()

    @property
    def charged(self) -> int:
        """What the card was charged: the amount and the cash-back."""
        return self.amount + self.cash_back


@dataclass(frozen=True, slots=True)
class Declined:
    """No money moved, finally. `card` is NO_CARD where none was read; `receipts` are printed where a card was used.

    `detail` is the terminal's own word for it, for the journal.
    """

    why: DeclinedWhy
    attempt: str
    reference: str
    terminal: str
    detail: str = ""
    card: CardFacts = NO_CARD
    receipts: tuple[TerminalReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class NotProcessed:
    """The terminal did nothing about *this* sending of the request; `detail` is for the journal.

    From `pay`, `refund`, `reverse`: this call moved no money. It says nothing of an earlier sending of the same
    reference. From `status`, NOT_FOUND: the terminal never took the attempt.
    """

    why: NotProcessedWhy
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Money may have moved. Nobody charges again; `status` is asked, or a person decides.

    `answer` is an answer in quarantine: it came, was readable, and was about something else.
    """

    why: UnknownWhy
    detail: str = ""
    answer: Approved | Declined | None = None


@dataclass(frozen=True, slots=True)
class InProgress:
    """The terminal is still at it: ask again. Only `status` answers so."""


# What pay, refund and reverse answer; what status answers.
Final = Approved | Declined | NotProcessed | Unknown
Outcome = Final | InProgress


class Step(StrEnum):
    """Where a payment is, for the cashier's screen; steps may come twice, in any order, or not at all."""

    CONNECTING = "connecting"
    PRESENT_CARD = "present_card"
    ENTER_PIN = "enter_pin"
    AUTHORISING = "authorising"
    REMOVE_CARD = "remove_card"
    # A stand-alone terminal: the cashier keys in the amount and types the approval here.
    KEY_AMOUNT = "key_amount"


@dataclass(frozen=True, slots=True)
class TerminalInfo:
    """Who answered a login: its id, and of its make and serial number what it says; else empty."""

    terminal: str
    model: str = ""
    software: str = ""
    serial: str = ""


class TotalKind(StrEnum):
    """What a terminal's total counts."""

    CHARGED = "charged"
    REFUNDED = "refunded"
    CHARGE_REVERSED = "charge_reversed"
    REFUND_REVERSED = "refund_reversed"


@dataclass(frozen=True, slots=True)
class BrandTotal:
    """How often and how much, in minor units and never negative, of one brand and one kind."""

    kind: TotalKind
    count: int
    amount: int
    brand: str = ""


@dataclass(frozen=True, slots=True)
class TerminalTotals:
    """What the terminal counted since it was last reconciled."""

    terminal: str
    currency: str
    totals: tuple[BrandTotal, ...] = ()

    @property
    def balance(self) -> int:
        """What it took in: charged less reversed, less refunded plus refunds reversed."""
        signs = {TotalKind.CHARGED: 1, TotalKind.REFUNDED: -1, TotalKind.CHARGE_REVERSED: -1}
        return sum(signs.get(total.kind, 1) * total.amount for total in self.totals)


def wanted(request: TerminalRequest) -> tuple[int, int]:
    """How much a request asks for, and how much cash on top of it, in minor units."""
    return request.amount, request.cash_back if isinstance(request, PayRequest) else 0


def reference_of(attempt: str) -> str:
    """The name a terminal knows an attempt by: ten characters, always the same for the same attempt.

    Drawn from the attempt's identity rather than counted, so that a lane restored from a backup never speaks of a new
    attempt by an old name.
    """
    number = int.from_bytes(hashlib.sha256(attempt.encode()).digest()[:8])
    # The first is never Z: those are the driver's own.
    number, first = divmod(number, 35)
    letters = [_BASE_36[first]]
    for _ in range(REFERENCE_LENGTH_MAX - 1):
        number, at = divmod(number, 36)
        letters.append(_BASE_36[at])
    return "".join(letters)


def answers(request: TerminalRequest, outcome: Outcome) -> Outcome:
    """The outcome where it is about this request; else Unknown with the answer in quarantine.

    An answer for another attempt, terminal, currency or amount decides nothing. Less than was asked is an answer only
    to a PayRequest that allows it.
    """
    if not isinstance(outcome, Approved | Declined):
        return outcome
    if (outcome.reference, outcome.attempt) != (request.reference, request.attempt):
        return _quarantine(UnknownWhy.WRONG_ATTEMPT, f"{outcome.reference} for {request.reference}", outcome)
    if outcome.terminal != request.terminal:
        return _quarantine(UnknownWhy.WRONG_TERMINAL, f"{outcome.terminal} for {request.terminal}", outcome)
    if isinstance(outcome, Declined):
        return outcome
    if outcome.currency != request.currency:
        return _quarantine(UnknownWhy.WRONG_CURRENCY, f"{outcome.currency} for {request.currency}", outcome)
    if not _fits(request, outcome):
        asked = f"{request.amount}+{request.cash_back}" if isinstance(request, PayRequest) else str(request.amount)
        said = f"{outcome.amount}+{outcome.cash_back} for {asked} {request.currency}, minor units"
        return _quarantine(UnknownWhy.WRONG_AMOUNT, said, outcome)
    return outcome


def _fits(request: TerminalRequest, outcome: Approved) -> bool:
    if not isinstance(request, PayRequest):
        return (outcome.amount, outcome.cash_back) == (request.amount, 0)
    if not request.partial_allowed:
        return (outcome.amount, outcome.cash_back) == (request.amount, request.cash_back)
    return 0 < outcome.amount <= request.amount and 0 <= outcome.cash_back <= request.cash_back


def _quarantine(why: UnknownWhy, detail: str, answer: Approved | Declined) -> Unknown:
    # The papers of somebody else's payment are no business of this sale.
    return Unknown(why, detail, replace(answer, receipts=()))


def _well_formed(request: TerminalRequest) -> None:
    """Raises ValueError for a request no terminal may see."""
    if not _REFERENCE.fullmatch(request.reference):
        raise ValueError("a reference is 1 to 10 of 0–9 and A–Z and does not begin with Z")
    if type(request.amount) is not int or request.amount <= 0:
        raise ValueError("an amount is a whole number above nothing")
    if not request.attempt or not request.terminal:
        raise ValueError("a request names its attempt and its terminal")

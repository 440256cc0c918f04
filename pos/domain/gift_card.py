"""A gift card or store credit: its number, its state, and why it does not pay. Its money is the customer's own."""

from __future__ import annotations

import re
from datetime import date

from stdnum import luhn

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.refusal import Code, Refused

# ISO/IEC 7812: 600649 is kept for gift cards of shops; a number is 19 digits, the last one checks the rest.
NUMBER_PREFIX = "600649"
NUMBER_DIGITS = 19
PIN_DIGITS = 4
SHOWN_DIGITS = 4

_SOLD_HERE = re.compile(r"[0-9]{16,19}")
# What another system gave out may say letters too.
_KNOWN_ELSEWHERE = re.compile(r"[0-9A-Z-]{6,30}")
_PIN = re.compile(r"[0-9]{3,12}")


class GiftCardKind(StrEnum):
    """What it is: bought, or given for goods that came back."""

    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"


class GiftCardState(StrEnum):
    """Whether it can pay."""

    UNSOLD = "unsold"
    ACTIVE = "active"
    DISABLED = "disabled"
    EXPIRED = "expired"


class Origin(StrEnum):
    """How the shop came to know a number: made here, on a card from the rack, or taken over from another system."""

    MADE = "made"
    RACK = "rack"
    IMPORTED = "imported"


class GiftMove(StrEnum):
    """Why the balance changed, or the state."""

    SOLD = "sold"
    RELOADED = "reloaded"
    ISSUED = "issued"
    IMPORTED = "imported"
    REDEEMED = "redeemed"
    RELEASED = "released"
    CASHED_OUT = "cashed_out"
    REFUNDED = "refunded"
    REVERSED = "reversed"
    DISABLED = "disabled"
    ENABLED = "enabled"

    @property
    def moves_money(self) -> bool:
        return self not in (GiftMove.DISABLED, GiftMove.ENABLED)


@dataclass(frozen=True, slots=True)
class GiftCardFacts:
    """What never changes of a card. `number_hash` and `pin_hash` are keyed; `last_four` is all that may be shown.

    `pin_hash` is empty where the shop knows no PIN of it.
    """

    id: str
    kind: GiftCardKind
    number_hash: str
    last_four: str
    pin_hash: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class GiftEntry:
    """One line of a card's own ledger: `amount` in minor units, what came onto it positive; `left` is what was on it
    then.

    `expires` is the last day it gave the card, empty for never. `tender` is the tender it redeemed for or gave back.
    """

    card: str
    move: GiftMove
    amount: int
    left: int
    expires: str = ""
    tender: str = ""


@dataclass(frozen=True, slots=True)
class GiftCard:
    """A card as it stands. `balance` in minor units; `expires` is its last day, None for never; `sold`: it was paid
    for, given or taken over.
    """

    facts: GiftCardFacts
    balance: int = 0
    expires: date | None = None
    sold: bool = False
    disabled: bool = False

    @property
    def id(self) -> str:
        return self.facts.id

    @property
    def kind(self) -> GiftCardKind:
        return self.facts.kind

    @property
    def shown(self) -> str:
        return shown_number(self.facts.last_four)

    def state(self, today: date) -> GiftCardState:
        """`today` is the shop's day; the last day is still one."""
        if not self.sold:
            return GiftCardState.UNSOLD
        if self.disabled:
            return GiftCardState.DISABLED
        if self.expires is not None and self.expires < today:
            return GiftCardState.EXPIRED
        return GiftCardState.ACTIVE


def number_of(text: str) -> str:
    """A number as it is known, from a scan or from typing: no blanks, capital letters, no symbology in front."""
    body = "".join(text.split()).upper()
    return body[3:] if len(body) > 3 and body[0] == "]" else body


def number_fits(number: str) -> bool:
    """Whether a card sold here may have this number: 16 to 19 digits, the last one of which is right (Luhn)."""
    return bool(_SOLD_HERE.fullmatch(number)) and luhn.is_valid(number)


def number_known_elsewhere(number: str) -> bool:
    """Whether a card taken over may have it: what is one of ours by its beginning proves itself by its check digit."""
    if number.startswith(NUMBER_PREFIX) and number.isdigit():
        return number_fits(number)
    return bool(_KNOWN_ELSEWHERE.fullmatch(number))


def number_from(random_number: int) -> str:
    """A number for a card made here out of a random one: prefix, twelve digits, check digit."""
    digits = NUMBER_DIGITS - len(NUMBER_PREFIX) - 1
    body = f"{NUMBER_PREFIX}{random_number % 10**digits:0{digits}d}"
    return body + luhn.calc_check_digit(body)


def pin_from(random_number: int) -> str:
    return f"{random_number % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def pin_readable(pin: str) -> bool:
    return bool(_PIN.fullmatch(pin))


def shown_number(last_four: str) -> str:
    """What may be shown of a number, on screen, paper and in the journal."""
    return f"•••• {last_four}"


def grouped(number: str) -> str:
    """A number in fours, as it is printed to be typed."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def pay_refused(card: GiftCard | None, today: date) -> Refused | None:
    """Why a card gives nothing now; None where it gives what is on it.

    Refused: GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD, GIFT_CARD_DISABLED, GIFT_CARD_EXPIRED, GIFT_CARD_EMPTY.
    """
    if card is None:
        return Refused(Code.GIFT_CARD_UNKNOWN)
    state = card.state(today)
    if state is not GiftCardState.ACTIVE:
        return Refused(_STATES[state], {"card": card.shown, "day": card.expires})
    return None if card.balance > 0 else Refused(Code.GIFT_CARD_EMPTY, {"card": card.shown})


_STATES = {
    GiftCardState.UNSOLD: Code.GIFT_CARD_UNSOLD,
    GiftCardState.DISABLED: Code.GIFT_CARD_DISABLED,
    GiftCardState.EXPIRED: Code.GIFT_CARD_EXPIRED,
}

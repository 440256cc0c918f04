"""What may be kept of a card and printed of it: never its number, its track or its PIN."""

from __future__ import annotations

import re
from dataclasses import fields

from pos.domain.card_number import looks_like_card_number
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

_MASKED_DIGITS_MAX = 12
_LAST_FOUR = re.compile(r"[0-9]{4}")
_APPROVAL_CODE = re.compile(r"[0-9A-Za-z]{2,12}")


class CardNumberShown(ValueError):
    """A fact about a card would have held its whole number. The message names the field, never what was in it."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What may be kept of a card and its authorisation; every field may be empty. Never a card number, track or PIN.

    `poi_transaction` with `poi_time` is the key a reversal or a refund needs. `masked` shows at most twelve digits
    ("411111******1111"). `extra` is opaque, name and value (TVR, TSI, cryptogram …), in the terminal's order.
    Raises CardNumberShown.
    """

    brand: str = ""
    masked: str = ""
    entry_mode: str = ""
    cvm: str = ""
    aid: str = ""
    approval_code: str = ""
    merchant: str = ""
    terminal: str = ""
    acquirer_reference: str = ""
    poi_transaction: str = ""
    poi_time: str = ""
    token: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if sum(map(str.isdecimal, self.masked)) > _MASKED_DIGITS_MAX:
            raise CardNumberShown("masked")
        for field in fields(self):
            value = getattr(self, field.name)
            texts = [value] if isinstance(value, str) else [text for pair in value for text in pair]
            if any(map(looks_like_card_number, texts)):
                raise CardNumberShown(field.name)

    @property
    def last_four(self) -> str:
        """The last four digits, empty where the terminal showed none."""
        return self.masked[-4:] if _LAST_FOUR.fullmatch(self.masked[-4:]) else ""


NO_CARD = CardFacts()


class ReceiptSide(StrEnum):
    """For whom the terminal wrote a receipt."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One row of a terminal's receipt: `left` alone, or `left` and `right` at the two edges of the paper."""

    left: str
    right: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TerminalReceipt:
    """A receipt as the terminal wants it printed; `signature` where a person signs the merchant's copy."""

    side: ReceiptSide
    rows: tuple[ReceiptRow, ...]
    signature: bool = False


@dataclass(frozen=True, slots=True)
class TypedApproval:
    """What the cashier read off a stand-alone terminal: an approval code and the card's last four digits, or a decline.

    `reference` is the PayRequest's (or the refund's, the reversal's) it belongs to. A decline has no code and may have
    no digits. Raises ValueError("approval_code") or ValueError("last_four"); `typed_wrong` says so without raising.
    """

    reference: str
    approval_code: str = ""
    last_four: str = ""
    brand: str = ""
    declined: bool = False

    def __post_init__(self) -> None:
        wrong = typed_wrong(self.approval_code, self.last_four, declined=self.declined)
        if wrong:
            raise ValueError(wrong)


def typed_wrong(approval_code: str, last_four: str, *, declined: bool = False) -> str:
    """Which field of a typed approval is wrong, "approval_code" or "last_four"; empty where none is."""
    if not _APPROVAL_CODE.fullmatch(approval_code) and not (declined and not approval_code):
        return "approval_code"
    if not _LAST_FOUR.fullmatch(last_four) and not (declined and not last_four):
        return "last_four"
    return ""

"""What kind of code was scanned: an item, a receipt, a badge … told apart by its text alone.

Whoever asks looks into the catalogue before believing that a code is no item: what it holds as it stands wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pos.domain.frozen import dataclass
from pos.domain.identifiers import CodeInvalid, gtin_key, lookup_keys
from pos.domain.measure_codes import CodeRule, Measure, MeasureInvalid, read_measure
from pos.domain.names import StrEnum
from pos.domain.own_codes import own_code
from pos.domain.staff import badge_of
from pos.domain.transaction import (
    GIFT_CODE_PREFIX,
    RECEIPT_CODE_PREFIX,
    RETURN_CODE_PREFIX,
    SUSPENDED_CODE_PREFIX,
)

# The longest QR code of GS1's own is a link of some 200 characters; what is longer was never printed for a till.
SCAN_LENGTH_MAX = 300
GROUP_SEPARATOR = "\x1d"
CUSTOMER_CODE_PREFIX = "KC-"

_BLANKS = " \t\r\n"
# Nothing but digits, and too few for element strings or a gift card: most scans.
_NUMBER_LENGTH_MAX = 14
_TOKEN = re.compile(r"[A-Z2-7]{16}")
_SYMBOLOGY = re.compile(r"\](?P<kind>[A-Za-z][0-9A-Za-z])")
_RECEIPT_NUMBER = re.compile(r"[0-9]{4}-[0-9]{2}-(?P<of_return>R?)[0-9]{4,12}")
_CARD = re.compile(r"[A-Z0-9][A-Z0-9-]{3,38}")
# ISO/IEC 7812: cards of 16 to 19 digits; 600649 is kept for gift cards of shops.
_GIFT_CARD = re.compile(r"600649[0-9]{10,13}")
# Coupons: EAN-13 980 to 984 and 990 to 999, a UPC-A that begins with 5 (GS1 General Specifications, 1.4.4).
_COUPON = re.compile(r"0(98[0-4]|99[0-9])[0-9]{10}|005[0-9]{11}")
# GS1-128, DataBar, Data Matrix, QR and their composites when they hold element strings (ISO/IEC 15424).
_GS1_SYMBOLOGIES = frozenset({"C1", "e0", "e1", "e2", "d2", "Q3", "J1", "z1"})
_BRACKETS = re.compile(r"\((?:0[0-3]|[1-9][0-9])[0-9]{0,2}\)")
_LINK = re.compile(r"https?://[^\s/]+/", re.IGNORECASE)
_GTIN_IN_FRONT = re.compile(r"01([0-9]{14})")


class Gs1Form(StrEnum):
    """How element strings were spelled."""

    ELEMENTS = "elements"
    BRACKETS = "brackets"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class ItemCode:
    """Perhaps an item's own code: the keys the catalogue may know it by, the likeliest first."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureCode:
    """An in-store code that carries its weight, price or count; `keys` as in ItemCode, they go first."""

    keys: tuple[str, ...]
    measure: Measure


@dataclass(frozen=True, slots=True)
class Gs1Code:
    """Element strings, not read yet; `keys` as in ItemCode, empty where the text can be no item's code."""

    text: str
    form: Gs1Form
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """A receipt, by the token of its barcode or by the number printed on it."""

    token: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class GiftReceiptCode:
    """A gift receipt: whoever holds it learns nothing of what was paid."""

    token: str


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """The receipt of a return or of an exchange, as ReceiptCode."""

    token: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class SlipCode:
    """The slip of a suspended sale."""

    token: str


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """A person's badge. It is a secret: never shown, never journalled."""

    badge: str


@dataclass(frozen=True, slots=True)
class CustomerCode:
    """A customer's card."""

    card: str


@dataclass(frozen=True, slots=True)
class GiftCardCode:
    """A gift card's number."""

    number: str


@dataclass(frozen=True, slots=True)
class CouponCode:
    """A coupon; `keys` as in ItemCode, they go first."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No code at all. `reason` is a word for why: "length", "characters", "check_digit"; `keys` as in ItemCode."""

    reason: str
    keys: tuple[str, ...] = ()


ScannedCode = (
    ItemCode
    | MeasureCode
    | Gs1Code
    | ReceiptCode
    | GiftReceiptCode
    | ReturnCode
    | SlipCode
    | BadgeCode
    | CustomerCode
    | GiftCardCode
    | CouponCode
    | Unreadable
)


_PRINTED: dict[str, type[ReceiptCode | GiftReceiptCode | ReturnCode | SlipCode]] = {
    RECEIPT_CODE_PREFIX: ReceiptCode,
    GIFT_CODE_PREFIX: GiftReceiptCode,
    RETURN_CODE_PREFIX: ReturnCode,
    SUSPENDED_CODE_PREFIX: SlipCode,
}


def classify(text: str, rules: Sequence[CodeRule]) -> ScannedCode:
    """What the text of a scan, or what was typed in its place, is by itself; `rules` are those of the shop."""
    code = text.strip(_BLANKS)
    if not code or len(code) > SCAN_LENGTH_MAX:
        return Unreadable("length")
    if code.isdecimal() and code.isascii() and len(code) <= _NUMBER_LENGTH_MAX:
        return _number(code, lookup_keys(code), rules)
    symbology = _SYMBOLOGY.match(code)
    body = code[symbology.end() :] if symbology else code
    keys = lookup_keys(code)
    gs1 = _gs1(body, symbology["kind"] if symbology else "", keys)
    if gs1 is not None:
        return gs1
    if not body or not body.isprintable():
        return Unreadable("characters")
    return _own(own_code(body)) or _number(body, keys, rules)


def receipt_code(text: str) -> str:
    """What a scanned receipt of any kind says, as it is printed; empty for every other code."""
    said = own_code(text)
    if said.isdecimal():
        return ""
    return said if isinstance(_own(said), ReceiptCode | GiftReceiptCode | ReturnCode) else ""


def _gs1(body: str, symbology: str, keys: tuple[str, ...]) -> Gs1Code | None:
    if _LINK.match(body):
        return Gs1Code(body, Gs1Form.LINK, keys)
    plain = body.strip(GROUP_SEPARATOR)
    if _BRACKETS.match(plain):
        return Gs1Code(plain, Gs1Form.BRACKETS, keys)
    if not plain.replace(GROUP_SEPARATOR, "").isprintable():
        return None
    told = symbology in _GS1_SYMBOLOGIES or GROUP_SEPARATOR in body
    return Gs1Code(plain, Gs1Form.ELEMENTS, keys) if plain and (told or _holds_gtin(plain)) else None


def _holds_gtin(text: str) -> bool:
    """Element strings from a scanner that says nothing of them: the GTIN in front proves itself by its check digit."""
    front = _GTIN_IN_FRONT.match(text)
    if front is None:
        return False
    try:
        gtin_key(front[1])
    except CodeInvalid:
        return False
    return True


def _own(body: str) -> ScannedCode | None:
    """The codes this program prints or gives out itself; `body` as they are printed."""
    for prefix, made in _PRINTED.items():
        token = body.removeprefix(prefix)
        if token != body and _TOKEN.fullmatch(token):
            return made(token)
    if number := _RECEIPT_NUMBER.fullmatch(body):
        return ReturnCode(number=body) if number["of_return"] else ReceiptCode(number=body)
    if badge := badge_of(body):
        return BadgeCode(badge)
    if body.startswith(CUSTOMER_CODE_PREFIX) and _CARD.fullmatch(body):
        return CustomerCode(body)
    return GiftCardCode(body) if _GIFT_CARD.fullmatch(body) else None


def _number(
    body: str, keys: tuple[str, ...], rules: Sequence[CodeRule]
) -> ItemCode | MeasureCode | CouponCode | Unreadable:
    try:
        gtin = gtin_key(body)
    except CodeInvalid:
        return ItemCode(keys) if keys else Unreadable("length")
    try:
        measure = read_measure(gtin, rules)
    except MeasureInvalid:
        return Unreadable("check_digit", keys)
    if measure is not None:
        return MeasureCode(keys, measure)
    return CouponCode(keys, body) if _COUPON.fullmatch(gtin) else ItemCode(keys)

"""Who buys: what the shop knows of a customer. Personal data; never more than is needed."""

from __future__ import annotations

import re

from pos.domain.frozen import dataclass
from pos.domain.identifiers import lookup_keys
from pos.domain.refusal import Code, Refused
from pos.domain.scanned_code import CouponCode, CustomerCode, Gs1Code, ItemCode, MeasureCode, classify
from pos.domain.search_text import fold, words_of

NAME_MAX = 80
WORD_MAX = 40
NOTE_MAX = 300
ACCOUNT_LIMIT_MAX = 10**9

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_PHONE = re.compile(r"\+?[0-9 ()/.-]{5,30}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,100}\.[^@\s.]{1,40}")
_CARD = re.compile(r"[A-Z0-9][A-Z0-9.-]{3,39}")
# How long a number within one country is at most: what goes before it is the country's own.
_NATIONAL_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Customer:
    """What the shop knows. Empty text is unknown; `language` empty is the shop's own.

    `tax_exempt` is the certificate that frees from tax, `staff` the number of who works here, `points` what may be
    spent. `erased`: the person is forgotten, the number stays for the books. `account_limit` in minor units is how much
    they may owe the shop, 0 where they have no account.
    """

    id: str
    name: str
    phone: str = ""
    email: str = ""
    card: str = ""
    group: str = ""
    tier: str = ""
    tax_exempt: str = ""
    language: str = ""
    note: str = ""
    staff: str = ""
    open_bad_check: bool = False
    points: int = 0
    erased: bool = False
    account_limit: int = 0


# What only a manager may set: it moves prices, taxes or trust.
WEIGHTY = ("group", "tier", "tax_exempt", "staff", "open_bad_check", "account_limit")
# Every field somebody may change, as the journal names them; of none it keeps what stood there.
CHANGEABLE = ("name", "phone", "email", "card", "language", "note", *WEIGHTY)


def refusal_of(customer: Customer, languages: tuple[str, ...]) -> Refused | None:
    """What of a customer cannot be kept; None where all of it can.

    Refused: CUSTOMER_NUMBER, CUSTOMER_NAME, CUSTOMER_PHONE, CUSTOMER_EMAIL, CARD_UNFIT, CUSTOMER_TEXT, SETTING_CHOICE.
    """
    if not _ID.fullmatch(customer.id):
        return Refused(Code.CUSTOMER_NUMBER, {"number": customer.id[:WORD_MAX]})
    if not (0 < len(customer.name) <= NAME_MAX and customer.name.isprintable()):
        return Refused(Code.CUSTOMER_NAME, {"most": NAME_MAX})
    if customer.phone and not _PHONE.fullmatch(customer.phone):
        return Refused(Code.CUSTOMER_PHONE, {"phone": customer.phone[:WORD_MAX]})
    if customer.email and not _EMAIL.fullmatch(customer.email):
        return Refused(Code.CUSTOMER_EMAIL, {"email": customer.email[:WORD_MAX]})
    if customer.card and not card_acceptable(customer.card):
        return Refused(Code.CARD_UNFIT, {"card": customer.card[:WORD_MAX]})
    words = (customer.group, customer.tier, customer.tax_exempt)
    if not all(len(word) <= WORD_MAX and word.isprintable() for word in words):
        return Refused(Code.CUSTOMER_TEXT, {"most": WORD_MAX})
    if len(customer.note) > NOTE_MAX or not customer.note.isprintable():
        return Refused(Code.CUSTOMER_TEXT, {"most": NOTE_MAX})
    if not 0 <= customer.account_limit <= ACCOUNT_LIMIT_MAX:
        return Refused(Code.SETTING_RANGE, {"value": customer.account_limit, "least": 0, "most": ACCOUNT_LIMIT_MAX})
    if customer.language and customer.language not in languages:
        return Refused(Code.SETTING_CHOICE, {"value": customer.language, "choices": ", ".join(languages)})
    return None


def card_of(text: str) -> str:
    """A card's code as it is kept, from a scan or from typing."""
    body = text.strip()
    if len(body) > 3 and body[0] == "]":
        # What a scanner says of the bars in front.
        body = body[3:]
    return body.upper()


def card_acceptable(card: str) -> bool:
    """Whether a card may say this: never what the shop's own receipts, slips, gift cards and badges say."""
    code = classify(card, ())
    return bool(_CARD.fullmatch(card)) and isinstance(
        code, CustomerCode | ItemCode | MeasureCode | CouponCode | Gs1Code
    )


def card_keys(card: str) -> tuple[str, ...]:
    """What an item's code would be that says the same."""
    return lookup_keys(card)


def search_words(customer: Customer) -> frozenset[str]:
    """The words somebody is found by: of the name, the e-mail, the card, and the phone with and without its country."""
    digits = "".join(filter(str.isdigit, customer.phone))
    words = {*words_of(customer.name), *words_of(customer.email), fold(customer.card), fold(customer.id)}
    words |= {digits, digits[-_NATIONAL_DIGITS:], *words_of(customer.card)}
    return frozenset(words - {""})


def asked_words(text: str) -> tuple[str, ...]:
    """The beginnings of words to look for; a number typed in groups is one number."""
    bare = text.replace("+", "")
    if bare.strip() and all(sign.isdigit() or sign in " ()/.-" for sign in bare):
        return ("".join(filter(str.isdigit, bare)),)
    return tuple(words_of(text))


def forgotten(customer: Customer) -> Customer:
    """The same customer with nothing left of the person."""
    return Customer(customer.id, "", points=customer.points, erased=True)

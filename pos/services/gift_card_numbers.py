"""What the books keep of a gift card's number and PIN, and the numbers the shop gives out itself.

A number or PIN never stands in the database: only what the shop's pepper makes of it. A card made here has a random
identity, and number and PIN follow from that and the pepper; so its slip can be printed again, and a copy of the
database alone is worth nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace

from pos.domain.gift_card import (
    SHOWN_DIGITS,
    GiftCard,
    GiftCardFacts,
    GiftCardKind,
    Origin,
    number_from,
    number_of,
    pin_from,
)
from pos.domain.gift_card_law import never_expires
from pos.persistence.shop_folder import Keys
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk


def hash_number(keys: Keys, number: str) -> str:
    """Enough to find the card by its number, nothing to make one from without the pepper."""
    return _keyed(keys, f"gift card number:{number}").hex()


def hash_gift_pin(keys: Keys, card_id: str, pin: str) -> str:
    return _keyed(keys, f"gift card pin:{card_id}:{pin}").hex()


def made_number(keys: Keys, card_id: str) -> str:
    """The number of a card made here."""
    return number_from(int.from_bytes(_keyed(keys, f"gift card made:{card_id}")))


def made_pin(keys: Keys, card_id: str) -> str:
    """Its PIN."""
    return pin_from(int.from_bytes(_keyed(keys, f"gift card made pin:{card_id}")))


def new_card_id() -> str:
    return secrets.token_hex(16)


def make_card(work: UnitOfWork, keys: Keys, kind: GiftCardKind) -> GiftCardFacts:
    """A card with a number nobody has. Nothing is written yet."""
    while True:
        card_id = new_card_id()
        number = made_number(keys, card_id)
        if work.gift_cards.find(hash_number(keys, number)) is None:
            return card_facts(keys, card_id, number, pin=made_pin(keys, card_id), kind=kind, origin=Origin.MADE)


def card_facts(keys: Keys, card_id: str, number: str, *, pin: str, kind: GiftCardKind, origin: Origin) -> GiftCardFacts:
    """What the books keep of a card; `pin` is empty where it has none."""
    return GiftCardFacts(
        id=card_id,
        kind=kind,
        number_hash=hash_number(keys, number),
        last_four=number[-SHOWN_DIGITS:],
        pin_hash=hash_gift_pin(keys, card_id, pin) if pin else "",
        origin=origin,
    )


def pin_right(keys: Keys, card: GiftCardFacts, pin: str) -> bool:
    """Whether this is the PIN of a card that has one."""
    return hmac.compare_digest(card.pin_hash, hash_gift_pin(keys, card.id, pin))


def find_card(work: UnitOfWork, desk: Desk, typed: str) -> GiftCard | None:
    """The card of a number as it was scanned or typed."""
    number = number_of(typed)
    card = work.gift_cards.find(hash_number(desk.shop.keys, number)) if number else None
    return card if card is None else as_the_law_has_it(desk, card)


def as_the_law_has_it(desk: Desk, card: GiftCard) -> GiftCard:
    """Where no card may end, the day another system gave it says nothing."""
    return replace(card, expires=None) if never_expires(desk.rules.region, desk.local(desk.now()).date()) else card


def _keyed(keys: Keys, text: str) -> bytes:
    return hmac.new(keys.pepper, text.encode(), hashlib.sha256).digest()

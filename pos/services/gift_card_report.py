"""What is on which card, for a script and whoever owns the folder: by number, which no screen shows."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.gift_card import Origin, number_of
from pos.domain.money import Money
from pos.services.desk import Desk
from pos.services.gift_card_numbers import find_card, hash_number, made_number


def knows_card(desk: Desk, number: str) -> bool:
    """Whether the shop has a card of this number."""
    with desk.shop.books.reading() as work:
        return find_card(work, desk, number) is not None


def card_id_of(desk: Desk, number: str) -> str | None:
    """The identity of the card of this number; None where the shop has none such."""
    with desk.shop.books.reading() as work:
        card = find_card(work, desk, number)
    return None if card is None else card.id


def numbers_by_card(desk: Desk, numbers: Iterable[str]) -> dict[str, str]:
    """The number of each card that is one of these or that this shop made, by the card's identity."""
    keys = desk.shop.keys
    named = {hash_number(keys, number_of(number)): number_of(number) for number in numbers}
    with desk.shop.books.reading() as work:
        cards = work.gift_cards.all()
    made = {card.id: made_number(keys, card.id) for card in cards if card.facts.origin is Origin.MADE}
    return made | {card.id: named[card.facts.number_hash] for card in cards if card.facts.number_hash in named}


def made_numbers(desk: Desk) -> tuple[str, ...]:
    """The numbers of the cards this shop made, in the order it made them."""
    with desk.shop.books.reading() as work:
        cards = work.gift_cards.all()
    return tuple(made_number(desk.shop.keys, card.id) for card in cards if card.facts.origin is Origin.MADE)


def card_balances(desk: Desk, numbers: Iterable[str]) -> dict[str, Money]:
    """What is on these cards and on those the shop made, by number; on any other by what may be shown of it."""
    keys = desk.shop.keys
    named = {hash_number(keys, number_of(number)): number_of(number) for number in numbers}
    with desk.shop.books.reading() as work:
        cards = work.gift_cards.all()
    found: dict[str, Money] = {}
    for card in cards:
        name = named.get(card.facts.number_hash) or card.shown
        if card.facts.origin is Origin.MADE:
            name = made_number(keys, card.id)
        found[name] = Money(card.balance, desk.rules.currency)
    return found

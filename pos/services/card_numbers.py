"""Card numbers typed where text is kept: one check refuses them everywhere, but for other numbers the shop knows."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.card_number import looks_like_card_number
from pos.domain.refusal import Code, Refused
from pos.persistence.shop_folder import Keys
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import hash_number


def card_number_refused(desk: Desk, *texts: str) -> Refused | None:
    """Why these texts cannot be kept; None where they can. Nothing of them is written anywhere, the journal included.

    Refused: CARD_NUMBER_TYPED.
    """
    if not any(map(looks_like_card_number, texts)):
        return None
    with desk.shop.books.reading() as work:
        return Refused(Code.CARD_NUMBER_TYPED) if holds_card_number(work, desk, *texts) else None


def holds_card_number(work: UnitOfWork, desk: Desk, *texts: str) -> bool:
    """The same inside a unit of work: whether a card number stands in one of these texts."""
    known = shop_knows(work, desk.shop.keys)
    return any(looks_like_card_number(text, known=known) for text in texts)


def shop_knows(work: UnitOfWork, keys: Keys) -> Callable[[str], bool]:
    """Whether digits are an item's code, a serial number sold or a gift card, and so no card number."""

    def known(digits: str) -> bool:
        if work.items.owners([digits, digits.lstrip("0"), digits.zfill(14)]):
            return True
        return work.transactions.has_serial(digits) or work.gift_cards.find(hash_number(keys, digits)) is not None

    return known

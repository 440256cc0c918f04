"""Store credit is given and money goes back onto cards inside somebody else's business, a return.

Each answers with `Loads`: the caller puts `told` into the payload of its journal entry and `legs` into its postings,
and calls `write` with the entry, all in one unit of work.
"""

from __future__ import annotations

from datetime import date

from pos.domain.gift_card import GiftCardKind, GiftEntry, GiftMove
from pos.domain.gift_card_ledger import liability_legs
from pos.domain.ledger import LedgerEntry
from pos.domain.refusal import Code, Refused
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import make_card
from pos.services.stored_value import Loads


def issue_store_credit(work: UnitOfWork, desk: Desk, amount: int, *, expires: date | None = None) -> Loads:
    """A new store credit of so many minor units, with a number and a PIN of its own; its slip is the credit."""
    if amount <= 0:
        raise ValueError("store credit is given for something")
    card = make_card(work, desk.shop.keys, GiftCardKind.STORE_CREDIT)
    ends = "" if expires is None else expires.isoformat()
    return Loads((card,), (GiftEntry(card.id, GiftMove.ISSUED, amount, amount, ends),))


def refund_to_card(work: UnitOfWork, card_id: str, amount: int) -> Loads | Refused:
    """Minor units back onto a card. Refused: GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD, GIFT_CARD_DISABLED."""
    card = work.gift_cards.get(card_id)
    if card is None:
        return Refused(Code.GIFT_CARD_UNKNOWN)
    if not card.sold or card.disabled:
        code = Code.GIFT_CARD_DISABLED if card.sold else Code.GIFT_CARD_UNSOLD
        return Refused(code, {"card": card.shown})
    return Loads((), (GiftEntry(card.id, GiftMove.REFUNDED, amount, card.balance + amount),))


def legs_of(work: UnitOfWork, loads: Loads) -> list[LedgerEntry]:
    """What the shop owes the holders of these cards, more (negative) or less, for the postings of the caller."""
    kinds = work.gift_cards.kinds([entry.card for entry in loads.entries])
    kinds |= {card.id: card.kind for card in loads.cards}
    return liability_legs([(kinds[entry.card], entry) for entry in loads.entries])

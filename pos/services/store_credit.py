"""Store credit is given and money goes back onto cards inside somebody else's business: a return, a sale undone.

Each answers with `Loads`: the caller puts `told` into the payload of its journal entry and `legs` into its postings,
and calls `write` with the entry, all in one unit of work.
"""

from __future__ import annotations

from datetime import date

from pos.domain.gift_card import GiftCard, GiftCardKind, GiftEntry, GiftMove
from pos.domain.gift_card_ledger import liability_legs
from pos.domain.ledger import LedgerEntry
from pos.domain.refusal import Code, Refused
from pos.domain.stored_value import StoredAct
from pos.domain.tender import CARDS_OF_THE_SHOP
from pos.domain.transaction import SaleLine, TenderLine
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


def undo_of_sale(work: UnitOfWork, lines: tuple[SaleLine, ...], tenders: tuple[TenderLine, ...]) -> Loads | Refused:
    """What a sale did to cards, taken back whole: what it loaded goes off, what it was paid with goes back on.

    A card that was sold and used since keeps its sale. Refused: GIFT_CARD_USED, GIFT_CARD_UNKNOWN.
    """
    balances: dict[str, int] = {}
    entries: list[GiftEntry] = []

    def move(card: GiftCard, kind: GiftMove, amount: int) -> None:
        left = balances.get(card.id, card.balance) + amount
        balances[card.id] = left
        entries.append(GiftEntry(card.id, kind, amount, left))

    for tender in tenders:
        if tender.kind in CARDS_OF_THE_SHOP:
            card = work.gift_cards.get(tender.account)
            if card is None:
                return Refused(Code.GIFT_CARD_UNKNOWN)
            move(card, GiftMove.REFUNDED, tender.amount)
    for line in lines:
        if line.stored is None or line.stored.act is StoredAct.ACCOUNT:
            continue
        card = work.gift_cards.get(line.stored.account)
        if card is None:
            return Refused(Code.GIFT_CARD_UNKNOWN)
        if balances.get(card.id, card.balance) < line.total:
            return Refused(Code.GIFT_CARD_USED, {"card": card.shown})
        move(card, GiftMove.REVERSED, -line.total)
    return Loads((), tuple(entries))


def legs_of(work: UnitOfWork, loads: Loads) -> list[LedgerEntry]:
    """What the shop owes the holders of these cards, more (negative) or less, for the postings of the caller."""
    kinds = work.gift_cards.kinds([entry.card for entry in loads.entries])
    kinds |= {card.id: card.kind for card in loads.cards}
    return liability_legs([(kinds[entry.card], entry) for entry in loads.entries])

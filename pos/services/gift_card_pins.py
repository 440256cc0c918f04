"""The PIN of a gift card, tried: each wrong one is journalled, and after some of them the card waits, at every till."""

from __future__ import annotations

from datetime import timedelta

from pos.domain.gift_card import GiftCard
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_numbers import pin_right

# As for the PINs of people (reliability I-25): who guesses four digits finds them in a working life.
TRIES_MAX = 5
WAIT = timedelta(minutes=30)


def pin_refused(desk: Desk, card: GiftCard | None, pin: str, amount: int = 0) -> Refused | None:
    """Why a card does not open: it has a PIN that this is not. None where none is asked for so much.

    Has a unit of work of its own: a wrong one is in the journal whatever becomes of the rest. While the card waits the
    right PIN does not open it either. Refused: GIFT_CARD_PIN where none was given, PIN_WRONG, GIFT_CARD_LOCKED.
    """
    if card is None or not card.facts.pin_hash:
        return None
    if not pin:
        needed = amount > desk.rules.gift_card_pin_above
        return Refused(Code.GIFT_CARD_PIN, {"card": card.shown}) if needed else None
    with desk.shop.books.writing() as work:
        locked = _locked(work, desk, card)
        if locked is not None or pin_right(desk.shop.keys, card.facts, pin):
            return locked
        operator = desk.operator
        by = None if operator is None else operator.id
        head = record(work, desk, Fact(EntryKind.GIFT_CARD_PIN_WRONG, desk.now(), by, card.id, {"card": card.shown}))
        answer = _locked(work, desk, card) or Refused(Code.PIN_WRONG, {"card": card.shown})
        work.commit()
    desk.shop.anchor(head)
    return answer


def _locked(work: UnitOfWork, desk: Desk, card: GiftCard) -> Refused | None:
    """Until when the card waits; None where it does not."""
    since = desk.now() - WAIT
    wrong = sorted(
        entry.at for entry in work.journal.of_subject(card.id, EntryKind.GIFT_CARD_PIN_WRONG) if entry.at > since
    )
    if len(wrong) < TRIES_MAX:
        return None
    return Refused(Code.GIFT_CARD_LOCKED, {"card": card.shown, "until": desk.local(wrong[-TRIES_MAX] + WAIT)})

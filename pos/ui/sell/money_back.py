"""Says at the sale that money goes back to the customer: after a void, an undo, or when all of it is given back."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.tender import Tender, TenderKind
from pos.ui.sell.teller import Teller
from pos.ui.shared.money_back import goes_back


def tell_voided(before: PricedBasket, teller: Teller) -> None:
    """That the sale is void, and what was taken for it and is to be given back."""
    total = teller.words.money(Money(before.total, before.currency))
    voided = teller.words.say("Sale of {total} voided.", total=total)
    if not tell_given_back(before.basket.tenders, before.currency, teller, voided):
        teller.tell_done(voided)


def tell_given_back(tenders: Sequence[Tender], currency: str, teller: Teller, done: str = "") -> bool:
    """Say what goes back after what was `done`, until something else is said; False where nothing does."""
    words = teller.words
    back = goes_back(tenders, currency, words)
    if not back:
        return False
    by_hand = sum(tender.amount for tender in tenders if not tender.held and tender.kind is not TenderKind.EXCHANGE)
    hand = words.say("Hand {amount} back.", amount=words.money(Money(by_hand, currency))) if by_hand else ""
    teller.warn(" ".join(filter(None, (done, hand))), back)
    return True

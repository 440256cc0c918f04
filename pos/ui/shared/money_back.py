"""Money that was taken for a sale and goes back to the customer: which, and how each tender does, in words."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.money import Money
from pos.domain.tender import Tender, TenderKind
from pos.wording import Wording


def goes_back(tenders: Sequence[Tender], currency: str, words: Wording) -> str:
    """What goes back to the customer, tender by tender, and by what way; empty where nothing was taken.

    Cash, checks and what a shop takes besides are handed back: nothing of them was posted, and no drawer was opened for
    them. What a card of the shop gave is put back on it at once; a charge goes back at its terminal, which may take its
    time.
    """
    taken = [tender for tender in tenders if tender.kind is not TenderKind.EXCHANGE]
    if not taken:
        return ""
    cash = sum(tender.amount for tender in taken if tender.kind is TenderKind.CASH)
    said = [f"{words.tender(TenderKind.CASH)} {words.money(Money(cash, currency))}"] if cash else []
    said += [_way_back(tender, currency, words) for tender in taken if tender.kind is not TenderKind.CASH]
    return words.say("Goes back to the customer: {tenders}.", tenders=", ".join(said))


def gone(before: Sequence[Tender], after: Sequence[Tender]) -> list[Tender]:
    """Those that are not there any more; two equal ones are two."""
    left = list(before)
    for tender in after:
        if tender in left:
            left.remove(tender)
    return left


def _way_back(tender: Tender, currency: str, words: Wording) -> str:
    name, amount = words.tendered(tender), words.money(Money(tender.amount, currency))
    if tender.attempt:
        return words.say("{tender} {amount} at the card terminal", tender=name, amount=amount)
    if tender.kind is TenderKind.HOUSE_ACCOUNT:
        return words.say("{tender} {amount}, not put on it", tender=name, amount=amount)
    if tender.held:
        return words.say("{tender} {amount}, back on it", tender=name, amount=amount)
    return f"{name} {amount}"

"""What gift cards and store credit post, and how the journal tells it: the books and the cards never differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pos.domain.gift_card import GiftCardFacts, GiftCardKind, GiftEntry
from pos.domain.journal import EntryKind
from pos.domain.ledger import (
    CASH_IN_TILL,
    GIFT_CARD_LIABILITY,
    ROUNDING,
    STORE_CREDIT_LIABILITY,
    TENDERS_HELD,
    LedgerEntry,
)

# What was on cards another system gave out, before these books began.
BROUGHT_FORWARD = "brought_forward"
LIABILITIES = {
    GiftCardKind.GIFT_CARD: GIFT_CARD_LIABILITY,
    GiftCardKind.STORE_CREDIT: STORE_CREDIT_LIABILITY,
}
# Against what each entry of the journal moves the liability.
_AGAINST = {
    EntryKind.GIFT_CARD_TAKEN: TENDERS_HELD,
    EntryKind.GIFT_CARD_GIVEN_BACK: TENDERS_HELD,
    EntryKind.GIFT_CARDS_IMPORTED: BROUGHT_FORWARD,
    EntryKind.GIFT_CARD_CASHED_OUT: CASH_IN_TILL,
    # These move no money.
    EntryKind.GIFT_CARD_DISABLED: "",
    EntryKind.GIFT_CARD_ENABLED: "",
}

Moved = Sequence[tuple[GiftCardKind, GiftEntry]]


def liability_legs(moved: Moved) -> list[LedgerEntry]:
    """What the shop owes the holders of cards, more or less: one leg a kind."""
    accounts: defaultdict[str, int] = defaultdict(int)
    for kind, entry in moved:
        accounts[LIABILITIES[kind]] -= entry.amount
    return [LedgerEntry(account, amount) for account, amount in accounts.items() if amount]


def gift_card_postings(kind: EntryKind, moved: Moved, cash: int = 0) -> tuple[LedgerEntry, ...]:
    """The posting of an entry that is about cards alone; `cash` is what moved in the till, in minor units.

    What cash rounding adds or takes stands on its own account.
    """
    legs = liability_legs(moved)
    against = -sum(leg.amount for leg in legs)
    if _AGAINST[kind] == CASH_IN_TILL:
        both = (LedgerEntry(CASH_IN_TILL, cash), LedgerEntry(ROUNDING, against - cash))
        legs += [leg for leg in both if leg.amount]
    elif against:
        legs.append(LedgerEntry(_AGAINST[kind], against))
    return tuple(legs)


def is_about_cards(kind: EntryKind) -> bool:
    """Whether such an entry is about cards alone."""
    return kind in _AGAINST


def gift_cards_told(cards: Iterable[GiftCardFacts], entries: Iterable[GiftEntry]) -> dict[str, object]:
    """What the journal says of cards that came and of what was done to them; nothing where there is nothing."""
    told: dict[str, object] = {}
    came = [[one.id, one.kind.value, one.number_hash, one.last_four, one.pin_hash, one.origin.value] for one in cards]
    done = [[one.card, one.move.value, one.amount, one.left, one.expires, one.tender] for one in entries]
    if came:
        told["gift_cards"] = came
    if done:
        told["gift_card_entries"] = done
    return told

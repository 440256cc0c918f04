"""How much of a sale may still go back, in all and out of each of its tenders, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.frozen import dataclass
from pos.domain.money import allocate
from pos.domain.purchase import Purchase, PurchaseTender
from pos.domain.refund_rules import Precedence
from pos.domain.return_subject import words_of
from pos.domain.tender import TenderKind

# Cards up to what each was charged, then what the shop owes, then cash: so nobody turns a card into cash.
CLASSES = (
    *("house_card", TenderKind.CREDIT, TenderKind.DEBIT, TenderKind.HOUSE_ACCOUNT, TenderKind.OTHER),
    *(TenderKind.GIFT_CARD, TenderKind.STORE_CREDIT, TenderKind.CHECK, TenderKind.CASH),
)


@dataclass(frozen=True, slots=True)
class Room:
    """One tender and how much of the value of goods may still come out of it, in minor units.

    That is its ceiling, but for the cash, which bore the rounding: 100.00 in cash for 100.20 carries 100.20.
    """

    tender: PurchaseTender
    exact: int


def left_of(purchase: Purchase) -> int:
    """How much of what was charged was not paid back yet, before cash rounding: never more comes back."""
    return max(0, purchase.total - _paid_back(purchase))


def rooms_of(purchase: Purchase) -> tuple[Room, ...]:
    """Every tender something may still come out of, in the order of the sale."""
    taken = [tender for tender in purchase.tenders if not tender.declined]
    # Cash of nothing bears rounding too: 0.02 were due, and no coin is as small.
    bearing = [tender for tender in taken if tender.kind is TenderKind.CASH] or taken[-1:]
    rounded = purchase.rounding + purchase.cash_exact - purchase.cash_paid
    carried = sum(tender.ceiling for tender in bearing) - rounded
    exact = {tender.tender: tender.ceiling for tender in taken}
    for tender in bearing:
        part = carried if tender is bearing[-1] else min(tender.ceiling, carried)
        exact[tender.tender] = max(0, part)
        carried -= exact[tender.tender]
    return tuple(Room(tender, exact[tender.tender]) for tender in taken if exact[tender.tender])


def in_order(rooms: Sequence[Room], order: Precedence, classes: Sequence[str] = ()) -> list[Room]:
    """The rooms as they are to be emptied; RATIO stands as MIRROR and is shared out by `shared_out`."""
    if order is Precedence.FIRST_PAID:
        return list(rooms)
    if order is Precedence.LAST_PAID:
        return list(reversed(rooms))
    if order is Precedence.LOWEST_FIRST:
        return sorted(rooms, key=lambda room: (room.tender.amount, room.tender.tender))
    named = classes if order is Precedence.CLASSES else CLASSES
    return sorted(rooms, key=lambda room: (_place(room.tender, named), room.tender.tender))


def emptied(rooms: Sequence[Room], amount: int) -> list[tuple[Room, int]]:
    """What of `amount` comes out of each room, one after another."""
    parts = []
    for room in rooms:
        part = min(room.exact, amount)
        if part:
            parts.append((room, part))
            amount -= part
    return parts


def kept_of(rooms: Sequence[Room], amount: int) -> list[tuple[Room, int]]:
    """What of `amount` an exchange keeps of each room: beyond what a card was charged only where nothing else is left.

    A refund in cash that was rounded up leaves more value than money.
    """
    cash = TenderKind.CASH
    charged = [room.exact if room.tender.kind is cash else min(room.exact, room.tender.ceiling) for room in rooms]
    beyond = max(0, amount - sum(charged))
    parts = []
    for room, most in zip(rooms, charged, strict=True):
        more = min(room.exact - most, beyond)
        part = min(most, amount) + more
        beyond -= more
        amount -= part
        if part:
            parts.append((room, part))
    return parts


def shared_out(rooms: Sequence[Room], amount: int) -> list[tuple[Room, int]]:
    """What of `amount` comes out of each room so that, with what went back before, each has its share of the sale."""
    weights = [room.tender.amount for room in rooms]
    before = [room.tender.refunded for room in rooms]
    wanted = allocate(amount + sum(before), weights)
    parts = [max(0, min(room.exact, want - had)) for room, want, had in zip(rooms, wanted, before, strict=True)]
    for index, room in enumerate(rooms):
        over = sum(parts) - amount
        parts[index] = max(0, min(room.exact, parts[index] - over))
    return [(room, part) for room, part in zip(rooms, parts, strict=True) if part]


def _place(tender: PurchaseTender, named: Sequence[str]) -> int:
    words = words_of(tender)
    return next((place for place, word in enumerate(named) if word in words), len(named))


def _paid_back(purchase: Purchase) -> int:
    """What went back, as it was before cash rounding."""
    return purchase.refunded + purchase.cash_exact - purchase.cash_paid

"""What every piece of a refund comes to in hand: cash on its smallest coin, cumulatively over all refunds of a sale."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.purchase import PurchaseTender
from pos.domain.refund_rooms import rooms_of
from pos.domain.refund_routes import CASH, Piece
from pos.domain.refund_rules import EXCHANGE
from pos.domain.return_case import ReturnCase
from pos.domain.tender import TenderKind


def paid_out(case: ReturnCase, pieces: Sequence[Piece]) -> list[tuple[Piece, int]]:
    """Every piece with the minor units that go out for it.

    When the last of a sale comes back, its tenders get exactly the rest of what they gave. Before that only cash is
    rounded, the sum of all cash refunds of the sale at once; nothing goes beyond what a tender of the sale gave.
    """
    ends = _empties(case, pieces)
    cash = _CashSoFar(case)
    given = _kept(pieces)
    paid = []
    for number, piece in enumerate(pieces):
        amount = piece.exact
        tender = piece.tender
        if piece.kind == CASH:
            amount = cash.add(piece.exact)
        if tender is not None and piece.kind != EXCHANGE:
            left = tender.ceiling - given.get(tender.tender, 0)
            is_last = all(other.tender is not tender for other in pieces[number + 1 :])
            if ends and is_last and (piece.kind != CASH or tender.kind is TenderKind.CASH):
                amount = max(0, left)
                if piece.kind == CASH:
                    amount = _in_coins(tender, amount, case.cash_rounding.step)
            elif piece.kind != CASH:
                amount = max(0, min(amount, left))
            elif tender.kind is TenderKind.CASH and amount > left:
                amount = max(0, left - left % case.cash_rounding.step)
            given[tender.tender] = given.get(tender.tender, 0) + amount
        paid.append((piece, amount))
    return [*paid, *_coins_of_rounding(case, pieces)] if ends else paid


def _kept(pieces: Sequence[Piece]) -> dict[int, int]:
    """What an exchange keeps of each tender but cash: when its goods come back it goes back there too, and together
    never more than was charged. Of cash what is kept is no sum of coins, and no part of what is handed out.
    """
    kept: dict[int, int] = {}
    for piece in pieces:
        if piece.kind == EXCHANGE and piece.tender is not None and piece.tender.kind is not TenderKind.CASH:
            kept[piece.tender.tender] = kept.get(piece.tender.tender, 0) + piece.exact
    return kept


def _coins_of_rounding(case: ReturnCase, pieces: Sequence[Piece]) -> list[tuple[Piece, int]]:
    """Cash that bore nothing but rounding: nothing of the value comes out of it, and it goes back all the same."""
    drawn = {piece.tender.tender for piece in pieces if piece.tender is not None}
    tenders = case.purchase.tenders if case.purchase is not None else ()
    left = [
        (one, _in_coins(one, one.ceiling, case.cash_rounding.step))
        for one in tenders
        if one.kind is TenderKind.CASH and not one.declined and one.tender not in drawn
    ]
    return [(Piece(one, 0, CASH), amount) for one, amount in left if amount]


def _in_coins(tender: PurchaseTender, left: int, step: int) -> int:
    """What of the cash left of a tender coins make. All of it was coins, but what an exchange or store credit took of
    them may leave less than one, and that stays.
    """
    return left - left % step if tender.exchanged or tender.refunded % step else left


class _CashSoFar:
    """Cash refunds of one sale, before and after rounding."""

    def __init__(self, case: ReturnCase) -> None:
        purchase = case.purchase
        self.rounding = case.cash_rounding
        self.exact = purchase.cash_exact if purchase else 0
        self.paid = purchase.cash_paid if purchase else 0

    def add(self, exact: int) -> int:
        """What is handed out for so much more."""
        self.exact += exact
        amount = max(0, self.rounding.rounded(self.exact) - self.paid)
        self.paid += amount
        return amount


def _empties(case: ReturnCase, pieces: Sequence[Piece]) -> bool:
    """Whether nothing is left of the sale afterwards; with an exchange the value goes on in the new sale."""
    purchase = case.purchase
    if purchase is None or not pieces or any(piece.kind == EXCHANGE for piece in pieces):
        return False
    return sum(piece.exact for piece in pieces) == sum(room.exact for room in rooms_of(purchase))

"""A sale taken back whole after it was paid, and a tender that was rung up as another: facts of their own, that point
back to the sale and never change it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from pos.domain.card_attempt import cash_back_postings
from pos.domain.frozen import dataclass
from pos.domain.ledger import LedgerEntry, sale_postings, tender_account
from pos.domain.points import PointsKind, PointsMove
from pos.domain.stock import MoveKind, StockMove, moves_of_sale
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import Transaction

# What moves between accounts of the shop alone: no terminal, no card and no customer's account is asked.
CORRECTABLE = frozenset({TenderKind.CASH, TenderKind.CHECK, TenderKind.OTHER})
CARDS = frozenset({TenderKind.CREDIT, TenderKind.DEBIT})


@dataclass(frozen=True, slots=True, order=True)
class PostVoidNumber:
    """Store, workstation and a number of its own that runs from 1 without a gap."""

    store: str
    workstation: int
    number: int

    def __str__(self) -> str:
        return f"{self.store}-{self.workstation:02d}-V{self.number:04d}"


@dataclass(frozen=True, slots=True)
class PostVoid:
    """One sale taken back: `sale` is its identity. `approval` is the request that `approver` said yes to; both are
    empty where nobody else could have.
    """

    number: PostVoidNumber
    sale: str
    at: datetime
    by: str
    approver: str
    approval: str
    reason: str
    till: str


@dataclass(frozen=True, slots=True)
class TenderCorrection:
    """A tender of a sale was another one: `amount` in minor units moves from `was_kind` to `kind`.

    `tender` counts the sale's from 1, `number` the corrections of that tender. `was_type` and `type` are those of the
    shop's own tenders, empty for none. `approval` is the request that was granted, empty where none was needed.
    """

    sale: str
    tender: int
    number: int
    was_kind: TenderKind
    was_type: str
    kind: TenderKind
    type: str
    amount: int
    reference: str
    reason: str
    approval: str
    by: str
    at: datetime
    till: str


def correction_postings(correction: TenderCorrection) -> tuple[LedgerEntry, ...]:
    """From the account it was put on to the one it belongs on."""
    came = tender_account(Tender(correction.kind, 0, type=correction.type))
    was = tender_account(Tender(correction.was_kind, 0, type=correction.was_type))
    return (LedgerEntry(came, correction.amount), LedgerEntry(was, -correction.amount))


def correction_cash(correction: TenderCorrection) -> int:
    """What it puts into the drawer, or takes out of it, in minor units."""
    came = correction.amount if correction.kind is TenderKind.CASH else 0
    return came - (correction.amount if correction.was_kind is TenderKind.CASH else 0)


def post_void_postings(sale: Transaction, corrections: Iterable[TenderCorrection]) -> tuple[LedgerEntry, ...]:
    """The exact opposite of all that the sale, its cash-back and its corrections posted."""
    accounts: defaultdict[str, int] = defaultdict(int)
    cash_back = (cash_back_postings(tender.cash_back) for tender in sale.tenders if tender.cash_back)
    for legs in (sale_postings(sale), *cash_back, *(correction_postings(one) for one in corrections)):
        for leg in legs:
            accounts[leg.account] -= leg.amount
    return tuple(LedgerEntry(account, amount) for account, amount in accounts.items() if amount)


def post_void_cash(sale: Transaction, corrections: Iterable[TenderCorrection]) -> int:
    """What the drawer gives back (negative), in minor units; cash handed out on a card comes in again."""
    taken = sum(tender.amount for tender in sale.tenders if tender.kind is TenderKind.CASH) - sale.change
    handed_out = sum(tender.cash_back for tender in sale.tenders)
    return handed_out - taken - sum(correction_cash(one) for one in corrections)


def goods_back(sale: Transaction) -> list[StockMove]:
    """What lies on the shelf again, a movement for each the sale made."""
    return [
        StockMove(position, move.item, MoveKind.POST_VOID, -move.quantity)
        for position, move in enumerate(moves_of_sale(sale.lines), start=1)
    ]


def points_back(moves: Iterable[PointsMove]) -> list[PointsMove]:
    """The points the sale gave go, those it spent come: these first, so that nobody is short on the way."""
    back = [PointsMove(move.customer, PointsKind.REVERSED, -move.points) for move in moves]
    return sorted(back, key=lambda move: -move.points)


def kept_of(sale: Transaction, number: int) -> int:
    """What a tender gave towards the sale, change taken off the cash, in minor units; 0 where there is none such.

    Change goes off the cash that was handed over last.
    """
    change = sale.change
    for tender in reversed(sale.tenders):
        off = min(change, tender.amount) if tender.kind is TenderKind.CASH else 0
        change -= off
        if tender.tender == number:
            return tender.amount - off
    return 0


def tender_now(
    sale: Transaction, number: int, corrections: Sequence[TenderCorrection]
) -> tuple[TenderKind, str] | None:
    """What a tender is by now, as kind and type of the shop's own; None where the sale has none such."""
    said = [one for one in corrections if one.tender == number]
    if said:
        return said[-1].kind, said[-1].type
    return next(((each.kind, each.type) for each in sale.tenders if each.tender == number), None)


def post_void_told(
    done: PostVoid, moves: Sequence[StockMove], points: Sequence[PointsMove], receipt: str
) -> dict[str, object]:
    """What the journal says of it beside what moved; verify holds both against each other."""
    told: dict[str, object] = {
        "post_void": done.number.number,
        "store": done.number.store,
        "receipt": receipt,
        "reason": done.reason,
        "approver": done.approver,
        "approval": done.approval,
        "till": done.till,
        "moved": [[move.item, move.disposition.value, move.quantity] for move in moves],
    }
    if points:
        told["points"] = [[move.customer, move.kind.value, move.points] for move in points]
    return told


def correction_told(correction: TenderCorrection) -> dict[str, object]:
    """What the journal says of a correction; verify holds both against each other."""
    return {
        "tender": correction.tender,
        "number": correction.number,
        "was": [correction.was_kind.value, correction.was_type],
        "is": [correction.kind.value, correction.type],
        "amount": correction.amount,
        "reference": correction.reference,
        "reason": correction.reason,
        "approval": correction.approval,
        "till": correction.till,
    }

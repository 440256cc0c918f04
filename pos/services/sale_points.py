"""What a sale does for its customer: points come and go in its own unit of work, and nobody sells to themselves."""

from __future__ import annotations

from dataclasses import field

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.points import PointsKind, PointsMove, PointsOfSale, points_earned
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.customers import points_told
from pos.services.desk import Desk, read_payload
from pos.services.sale_customer import own_purchase


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """What completing the sale does for its customer: the language of their papers, and what the journal says."""

    language: str = ""
    points: PointsOfSale | None = None
    moves: list[PointsMove] = field(default_factory=list)
    payload: dict[str, object] = field(default_factory=dict)


def for_customer(work: UnitOfWork, desk: Desk, priced: PricedBasket, operator: Operator) -> ForCustomer | Refused:
    """Look at the customer inside the unit of work that completes the sale: no other lane spends the same points.

    Refused: OWN_PURCHASE, POINTS_BALANCE.
    """
    customer_id = priced.basket.customer
    customer = None if customer_id is None else work.customers.get(customer_id)
    if customer is None:
        return ForCustomer()
    refused = own_purchase(work, customer, {operator.id, *(line.operator for line in priced.basket.lines)})
    if refused is not None:
        return refused
    rules, spent = desk.rules, priced.points
    if spent > customer.points:
        return Refused(Code.POINTS_BALANCE, {"points": spent, "balance": customer.points})
    # The staff's own purchases have their own rule instead.
    earned = 0 if customer.staff or customer.erased else points_earned(_bought(priced), rules.points_every)
    moves = [
        PointsMove(customer.id, kind, points)
        for kind, points in ((PointsKind.REDEEMED, -spent), (PointsKind.EARNED, earned))
        if points
    ]
    payload: dict[str, object] = points_told(moves)
    if customer.staff:
        payload["staff_purchase"] = customer.staff
    points = None
    if rules.points_every or rules.point_worth:
        points = PointsOfSale(earned, spent, customer.points + earned - spent)
        payload["points_left"] = points.left
    return ForCustomer(customer.language, points, moves, payload)


def _bought(priced: PricedBasket) -> int:
    """What the goods come to: a deposit, and what is put on a card, is the customer's own money."""
    return sum(line.total for line in priced.lines if not line.line.container and line.line.stored is None)


def points_of_sale(work: UnitOfWork, transaction_id: str) -> PointsOfSale | None:
    """What a completed sale did to points, as the journal keeps it; None where there was no customer or no points."""
    entries = work.journal.of_subject(transaction_id, EntryKind.SALE_COMPLETED)
    told = read_payload(entries[0]) if entries else {}
    if "points_left" not in told:
        return None
    moves = told.get("points")
    moved = {kind: points for _, kind, points in moves} if isinstance(moves, list) else {}
    return PointsOfSale(
        earned=moved.get(PointsKind.EARNED.value, 0),
        spent=-moved.get(PointsKind.REDEEMED.value, 0),
        left=int(str(told["points_left"])),
    )

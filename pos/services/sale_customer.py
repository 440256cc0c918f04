"""Who the open sale is for, and which of their points it takes: changes of the basket like any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos.domain.basket import Basket
from pos.domain.points import POINTS_MAX
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk

if TYPE_CHECKING:
    from pos.domain.customer import Customer


def with_customer(desk: Desk, basket: Basket, customer_id: str | None) -> Basket | Refused:
    """The basket as somebody's, or with None nobody's; it may be the first thing of a sale.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN, CUSTOMER_FORGOTTEN, OWN_PURCHASE.
    """
    operator = desk.permit(Permission.SELL)
    if isinstance(operator, Refused):
        return operator
    if customer_id is not None:
        with desk.shop.books.reading() as work:
            found = work.customers.get(customer_id)
            if found is None:
                return Refused(Code.CUSTOMER_UNKNOWN, {"customer": customer_id.strip()[:40]})
            refused = _closed_to(work, found, {operator.id, *(line.operator for line in basket.lines)})
        if refused is not None:
            return refused
    return replace(basket, customer=customer_id, points=0)


def with_points(desk: Desk, basket: Basket, points: int) -> Basket | Refused:
    """The basket spending so many of its customer's points, 0 for none; what they are worth is the shop's rule.

    Refused: POINTS_INVALID, POINTS_NOT_TAKEN, CUSTOMER_MISSING, POINTS_BALANCE.
    """
    if not 0 <= points <= POINTS_MAX:
        return Refused(Code.POINTS_INVALID, {"points": points})
    if points and not desk.rules.point_worth:
        return Refused(Code.POINTS_NOT_TAKEN)
    with desk.shop.books.reading() as work:
        found = None if basket.customer is None else work.customers.get(basket.customer)
    if found is None:
        return Refused(Code.CUSTOMER_MISSING)
    if points > found.points:
        return Refused(Code.POINTS_BALANCE, {"points": points, "balance": found.points})
    return replace(basket, points=points)


def _closed_to(work: UnitOfWork, customer: Customer, sellers: set[str]) -> Refused | None:
    """Why these people may not sell to this customer."""
    if customer.erased:
        return Refused(Code.CUSTOMER_FORGOTTEN, {"number": customer.id})
    return own_purchase(work, customer, sellers)


def own_purchase(work: UnitOfWork, customer: Customer, sellers: set[str]) -> Refused | None:
    """Nobody sells to themselves: not a line, not the whole."""
    if not customer.staff or customer.staff not in sellers:
        return None
    person = work.staff.find(customer.staff)
    return Refused(Code.OWN_PURCHASE, {"name": customer.name if person is None else person.operator.name})

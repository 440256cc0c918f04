"""Containers that go with goods, and cash paid out where more comes back than is bought."""

from __future__ import annotations

from pos.domain.item import Item
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit
from pos.domain.staff import Operator
from pos.domain.tender import cash_handed_over
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk


def carried(desk: Desk, item: Item) -> tuple[tuple[Item, int], ...]:
    """The containers one unit of the item goes with, and how many of each, at today's deposits."""
    if not item.deposits:
        return ()
    with desk.shop.books.reading() as work:
        found = work.items.get_many([deposit.item for deposit in item.deposits], desk.now())
    return tuple((found[deposit.item], deposit.count) for deposit in item.deposits if deposit.item in found)


def pay_out_refused(work: UnitOfWork, desk: Desk, priced: PricedBasket, operator: Operator) -> Refused | None:
    """Why the cash this sale pays out may not be: more than the role pays out by itself, or than the till holds.

    Refused: PAY_OUT_LIMIT, TILL_SHORT.
    """
    return cash_out_refused(work, desk, operator, priced.change - cash_handed_over(priced.basket.tenders))


def cash_out_refused(work: UnitOfWork, desk: Desk, operator: Operator, out: int) -> Refused | None:
    """The same of an amount in minor units."""
    if out <= 0:
        return None
    currency = desk.rules.currency
    amount = Money(out, currency)
    most = operator.rights.limit(Limit.PAY_OUT)
    if most is not None and out > most:
        return Refused(Code.PAY_OUT_LIMIT, {"amount": amount, "most": Money(most, currency)})
    till = work.tills.open_till(desk.number)
    there = 0 if till is None else work.tills.cash_in(till.id)
    if desk.till_runs_short and till is not None and there < out:
        return Refused(Code.TILL_SHORT, {"amount": amount, "there": Money(there, currency)})
    return None

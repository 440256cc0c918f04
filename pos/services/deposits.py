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


def pays_out(priced: PricedBasket) -> int:
    """The cash that leaves the till with this sale, in minor units: what goes back beyond the cash handed over."""
    return max(0, priced.change - cash_handed_over(priced.basket.tenders))


def pay_out_refused(work: UnitOfWork, desk: Desk, priced: PricedBasket, operator: Operator) -> Refused | None:
    """Why the cash this sale pays out may not be: more than the role pays out by itself, and nobody agreed to it; or
    more than the till holds.

    Refused: PAY_OUT_LIMIT, TILL_SHORT.
    """
    out = pays_out(priced)
    if not operator.reaches(Limit.PAY_OUT, out) and work.approvals.used_up(priced.basket.id, Limit.PAY_OUT, out):
        return till_short(work, desk, out)
    return cash_out_refused(work, desk, operator, out)


def cash_out_refused(work: UnitOfWork, desk: Desk, operator: Operator, out: int) -> Refused | None:
    """The same of an amount in minor units, which nobody can agree to."""
    most = operator.rights.limit(Limit.PAY_OUT)
    if out > 0 and most is not None and out > most:
        currency = desk.rules.currency
        return Refused(Code.PAY_OUT_LIMIT, {"amount": Money(out, currency), "most": Money(most, currency)})
    return till_short(work, desk, out)


def till_short(work: UnitOfWork, desk: Desk, out: int) -> Refused | None:
    """TILL_SHORT where the till holds less than is to go out, in minor units."""
    till = work.tills.open_till(desk.number) if out > 0 and desk.till_runs_short else None
    there = 0 if till is None else work.tills.cash_in(till.id)
    if till is None or out <= there:
        return None
    currency = desk.rules.currency
    return Refused(Code.TILL_SHORT, {"amount": Money(out, currency), "there": Money(there, currency)})

"""What another system sold, as the journal lists it: heads only, newest first, as the shop's own receipts of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, false, func, or_, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.persistence.moments import from_text, to_text
from pos.persistence.receipt_list import Sought
from pos.persistence.tables_customers import customer_word
from pos.persistence.tables_taken_over import taken_over_line, taken_over_sale, taken_over_tender

_SALE = taken_over_sale.c


@dataclass(frozen=True, slots=True)
class ImportedHead:
    """One imported sale without its lines, under the number it had there; `paid` in minor units."""

    id: str
    receipt: str
    at: datetime
    paid: int
    currency: str
    lines: int
    customer: str
    operator: str


class TakenOverList:
    """Imported sales by the day on the shop's clock. The index `taken_over_sale_day` gives a day's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_day(
        self, day: date, *, sought: Sought | None, before: tuple[datetime, str] | None, limit: int
    ) -> tuple[ImportedHead, ...]:
        """At most `limit` sales of a day, newest first, from the one after `before` (moment, identity)."""
        return tuple(
            ImportedHead(
                id=row.id,
                receipt=row.receipt,
                at=from_text(row.at),
                paid=row.paid,
                currency=row.currency,
                lines=row.lines,
                customer=row.customer,
                operator=row.operator,
            )
            for row in self._connection.execute(_of_day(day, sought, before).limit(limit))
        )

    def plan_of_day(self, day: date) -> tuple[str, ...]:
        """How the database goes about the first page of a day, in its own words."""
        spelled = _of_day(day, None, None).compile(self._connection, compile_kwargs={"literal_binds": True})
        return tuple(str(row[-1]) for row in self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}"))


def _of_day(day: date, sought: Sought | None, before: tuple[datetime, str] | None) -> Select[Any]:
    lines = select(func.count()).where(taken_over_line.c.sale == _SALE.id).scalar_subquery()
    told = (_SALE.id, _SALE.receipt, _SALE.at, _SALE.currency, _SALE.customer, _SALE.operator)
    paid = _SALE.total + _SALE.rounding
    statement = (
        select(*told, paid.label("paid"), lines.label("lines"))
        .where(_SALE.day == day.isoformat())
        .order_by(_SALE.at.desc(), _SALE.id.desc())
    )
    if before is not None:
        at = to_text(before[0])
        statement = statement.where(or_(_SALE.at < at, and_(_SALE.at == at, _SALE.id < before[1])))
    return statement if sought is None else statement.where(or_(false(), *_ways(sought)))


def _ways(sought: Sought) -> list[ColumnElement[bool]]:
    """What of an imported sale a word may mean; lines and tenders are looked up by the sale's identity."""
    ways: list[ColumnElement[bool]] = []
    if sought.amount:
        ways.append(cast(_SALE.total + _SALE.rounding, Text).startswith(sought.amount, autoescape=True))
    if sought.text:
        ways += [_SALE.receipt.istartswith(sought.text, autoescape=True), _SALE.customer == sought.text]
        named = taken_over_line.c.name.icontains(sought.text, autoescape=True)
        line = or_(named, taken_over_line.c.item == sought.text)
        ways.append(exists().where(taken_over_line.c.sale == _SALE.id, line))
    if sought.folded:
        begins = and_(customer_word.c.word >= sought.folded, customer_word.c.word < sought.folded + "\U0010ffff")
        ways.append(_SALE.customer.in_(select(customer_word.c.customer).where(begins)))
    if sought.ending:
        card = taken_over_tender.c.card.endswith(sought.ending, autoescape=True)
        ways.append(exists().where(taken_over_tender.c.sale == _SALE.id, card))
    return ways

"""The receipts of a day as a list: heads only, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.engine import Connection

from pos.domain.transaction import ReceiptNumber
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import retail_transaction, sale_line, staff


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """One completed sale without its lines; `paid` in minor units."""

    id: str
    receipt: ReceiptNumber
    at: datetime
    operator: str
    operator_name: str
    paid: int
    currency: str
    lines: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a typed word may mean: the first digits of a number or an amount, or one of these people."""

    number: str = ""
    amount: str = ""
    operators: Sequence[str] = ()


class ReceiptList:
    """Receipts by business day. The index `retail_transaction_day` gives them in order, however many there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_day(
        self, day: date, *, sought: Sought | None, before: tuple[datetime, str] | None, limit: int
    ) -> tuple[ReceiptHead, ...]:
        """At most `limit` receipts of a business day, newest first, from the one after `before` (moment, identity)."""
        statement = _of_day(day, sought, before).limit(limit)
        return tuple(
            ReceiptHead(
                id=row.id,
                receipt=ReceiptNumber(row.store, row.workstation, row.number),
                at=from_text(row.at),
                operator=row.operator,
                operator_name=row.operator_name,
                paid=row.paid,
                currency=row.currency,
                lines=row.lines,
            )
            for row in self._connection.execute(statement)
        )

    def plan_of_day(self, day: date) -> tuple[str, ...]:
        """How the database goes about the first page of a day, in its own words."""
        spelled = _of_day(day, None, None).compile(self._connection, compile_kwargs={"literal_binds": True})
        rows = self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}")
        return tuple(str(row[-1]) for row in rows)


def _of_day(day: date, sought: Sought | None, before: tuple[datetime, str] | None) -> Select[tuple[object, ...]]:
    sale = retail_transaction.c
    lines = select(func.count()).where(sale_line.c.transaction_id == sale.id).scalar_subquery()
    statement: Select[tuple[object, ...]] = (
        select(retail_transaction, staff.c.name.label("operator_name"), lines.label("lines"))
        .join(staff, staff.c.id == sale.operator)
        .where(sale.business_day == day.isoformat())
        .order_by(sale.at.desc(), sale.id.desc())
    )
    if before is not None:
        at = to_text(before[0])
        statement = statement.where(or_(sale.at < at, and_(sale.at == at, sale.id < before[1])))
    if sought is not None:
        ways: list[ColumnElement[bool]] = [sale.operator.in_(list(sought.operators))]
        if sought.number:
            ways.append(cast(sale.number, Text).startswith(sought.number, autoescape=True))
        if sought.amount:
            ways.append(cast(sale.paid, Text).startswith(sought.amount, autoescape=True))
        statement = statement.where(or_(*ways))
    return statement

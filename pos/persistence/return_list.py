"""The returns of a day as a list: heads only, newest first, a page at a time, as the receipts beside them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, false, func, or_, select
from sqlalchemy.engine import Connection

from pos.domain.customer_return import ReturnNumber
from pos.domain.frozen import dataclass
from pos.persistence.moments import from_text, to_text
from pos.persistence.receipt_list import Sought
from pos.persistence.tables import staff
from pos.persistence.tables_customers import customer_word
from pos.persistence.tables_returns import customer_return, refund_tender, return_line

_RETURN = customer_return.c


@dataclass(frozen=True, slots=True)
class ReturnHead:
    """One return without its lines; `refund` in minor units, `bought` the receipt of what came back, `exchange` whether
    other goods went out for it.
    """

    id: str
    number: ReturnNumber
    at: datetime
    operator_name: str
    refund: int
    currency: str
    lines: int
    bought: str
    exchange: bool


class ReturnList:
    """Returns by business day. The index `customer_return_day` gives them in order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_day(
        self, day: date, *, sought: Sought | None, before: tuple[datetime, str] | None, limit: int
    ) -> tuple[ReturnHead, ...]:
        """At most `limit` returns of a business day, newest first, from the one after `before` (moment, identity)."""
        return self._heads(_of_day(day, sought, before).limit(limit))

    def of_ids(self, ids: Collection[str]) -> tuple[ReturnHead, ...]:
        """Those of these returns that there are, in no order."""
        return self._heads(_heads().where(_RETURN.id.in_(list(ids))))

    def _heads(self, wanted: Select[Any]) -> tuple[ReturnHead, ...]:
        return tuple(
            ReturnHead(
                id=row.id,
                number=ReturnNumber(row.store, row.workstation, row.number),
                at=from_text(row.at),
                operator_name=row.operator_name,
                refund=row.refund,
                currency=row.currency,
                lines=row.lines,
                bought=row.purchase_receipt,
                exchange=bool(row.exchange),
            )
            for row in self._connection.execute(wanted)
        )

    def plan_of_day(self, day: date) -> tuple[str, ...]:
        """How the database goes about the first page of a day, in its own words."""
        spelled = _of_day(day, None, None).compile(self._connection, compile_kwargs={"literal_binds": True})
        return tuple(str(row[-1]) for row in self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}"))


def _heads() -> Select[Any]:
    lines = select(func.count()).where(return_line.c.return_id == _RETURN.id).scalar_subquery()
    return select(customer_return, staff.c.name.label("operator_name"), lines.label("lines")).join(
        staff, staff.c.id == _RETURN.operator
    )


def _of_day(day: date, sought: Sought | None, before: tuple[datetime, str] | None) -> Select[Any]:
    statement = _heads().where(_RETURN.business_day == day.isoformat()).order_by(_RETURN.at.desc(), _RETURN.id.desc())
    if before is not None:
        at = to_text(before[0])
        statement = statement.where(or_(_RETURN.at < at, and_(_RETURN.at == at, _RETURN.id < before[1])))
    return statement if sought is None else statement.where(or_(false(), *_ways(sought)))


def _ways(sought: Sought) -> list[ColumnElement[bool]]:
    """What of a return a word may mean."""
    ways: list[ColumnElement[bool]] = [_RETURN.operator.in_(list(sought.operators))]
    if sought.returned:
        ways.append(cast(_RETURN.number, Text).startswith(sought.returned, autoescape=True))
    if sought.amount:
        ways.append(cast(_RETURN.refund, Text).startswith(sought.amount, autoescape=True))
    if sought.text:
        line = return_line.c
        named = or_(
            line.name.icontains(sought.text, autoescape=True), line.item == sought.text, line.serial == sought.text
        )
        ways.append(exists().where(line.return_id == _RETURN.id, named))
        ways += [_RETURN.customer == sought.text, _RETURN.purchase_receipt == sought.text]
    if sought.folded:
        begins = and_(customer_word.c.word >= sought.folded, customer_word.c.word < sought.folded + "\U0010ffff")
        ways.append(_RETURN.customer.in_(select(customer_word.c.customer).where(begins)))
    if sought.ending:
        tender = refund_tender.c
        ways.append(exists().where(tender.return_id == _RETURN.id, tender.card.endswith(sought.ending)))
    return ways

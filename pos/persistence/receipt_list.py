"""The receipts of a day as a list: heads only, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.post_void import PostVoidNumber
from pos.domain.transaction import ReceiptNumber
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import retail_transaction, sale_line, staff
from pos.persistence.tables_after_sale import post_void
from pos.persistence.tables_checks import tender_check
from pos.persistence.tables_customers import customer_word
from pos.persistence.tables_gift_cards import sale_line_stored
from pos.persistence.tables_tenders import tender_detail


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
    voided: PostVoidNumber | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a typed word may mean: the first digits of a number or an amount, one of these people, a part of an item's
    name or its identity, the first letters of a customer's name or their number, the end of a card or an account.

    `number` is that of a sale, `returned` that of a return; digits alone may be either.
    """

    number: str = ""
    amount: str = ""
    operators: Sequence[str] = ()
    text: str = ""
    folded: str = ""
    ending: str = ""
    returned: str = ""


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
                voided=None if row.void is None else PostVoidNumber(row.void_store, row.workstation, row.void),
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
        select(
            retail_transaction,
            staff.c.name.label("operator_name"),
            lines.label("lines"),
            post_void.c.number.label("void"),
            post_void.c.store.label("void_store"),
        )
        .join(staff, staff.c.id == sale.operator)
        .outerjoin(post_void, post_void.c.transaction_id == sale.id)
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
        statement = statement.where(or_(*ways, *_of_parts(sought)))
    return statement


def _of_parts(sought: Sought) -> list[ColumnElement[bool]]:
    """What of a sale beside its head a word may mean; each is looked up by the sale's identity, within its day."""
    sale = retail_transaction.c
    ways: list[ColumnElement[bool]] = []
    if sought.text:
        named = sale_line.c.name.icontains(sought.text, autoescape=True)
        line = or_(named, sale_line.c.item == sought.text, sale_line.c.scanned == sought.text)
        ways.append(exists().where(sale_line.c.transaction_id == sale.id, line))
        ways.append(sale.customer == sought.text)
    if sought.folded:
        # Every letter after the last: the words that begin so stand together in their index.
        begins = and_(customer_word.c.word >= sought.folded, customer_word.c.word < sought.folded + "\U0010ffff")
        ways.append(sale.customer.in_(select(customer_word.c.customer).where(begins)))
    if sought.ending:
        tender, check, stored = tender_detail.c, tender_check.c, sale_line_stored.c
        ways.append(
            exists().where(tender.transaction_id == sale.id, tender.shown.endswith(sought.ending, autoescape=True))
        )
        ways.append(
            exists().where(
                check.transaction_id == sale.id, or_(check.account_end == sought.ending, check.number == sought.ending)
            )
        )
        ways.append(
            exists().where(stored.transaction_id == sale.id, stored.shown.endswith(sought.ending, autoescape=True))
        )
    return ways

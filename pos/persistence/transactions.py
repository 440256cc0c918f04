"""Completed transactions: written once with all their parts, read back as they were charged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, text
from sqlalchemy.engine import Connection

from pos.domain.check import Check
from pos.domain.tax import TaxExemption
from pos.domain.tender import TenderKind, tender_facts
from pos.domain.transaction import ReceiptNumber, SaleLine, TenderLine, Transaction, TransactionKind
from pos.persistence.checks import add_checks, read_checks
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.sale_lines import add_lines, read_lines
from pos.persistence.tables import retail_transaction, sale_line_detail, sale_note, staff, tender_line
from pos.persistence.tables_taxes import sale_exemption
from pos.persistence.tables_tenders import tender_detail

_HEADERS: Select[tuple[object, ...]] = select(retail_transaction, staff.c.name.label("operator_name")).join(
    staff, staff.c.id == retail_transaction.c.operator
)
_BY_ID = Prepared(_HEADERS.where(retail_transaction.c.id == bindparam("id")))
_HIGHEST = Prepared(
    select(func.max(retail_transaction.c.number).label("number")).where(
        retail_transaction.c.workstation == bindparam("workstation")
    )
)
_NOTE = Prepared(select(sale_note.c.note).where(sale_note.c.transaction_id == bindparam("transaction_id")))
_DETAILS = ("id", "type", "reference", "cash_back", "account", "shown", "attempt", "change")
_TENDERS = Prepared(
    select(
        tender_line,
        *(tender_detail.c[name] for name in _DETAILS),
    )
    .outerjoin(
        tender_detail,
        (tender_detail.c.transaction_id == tender_line.c.transaction_id)
        & (tender_detail.c.tender == tender_line.c.tender),
    )
    .where(tender_line.c.transaction_id == bindparam("transaction_id"))
    .order_by(tender_line.c.tender)
)
_EXEMPTION = Prepared(select(sale_exemption).where(sale_exemption.c.transaction_id == bindparam("transaction_id")))
_ADD = Prepared(insert(retail_transaction))
_ADD_TENDER = Prepared(insert(tender_line))
_ADD_DETAIL = Prepared(insert(tender_detail))
_ADD_NOTE = Prepared(insert(sale_note))
_ADD_EXEMPTION = Prepared(insert(sale_exemption))

# SQLite does not look at CHECKs in a file that is open for reading only: another value is unreadable here.
_FLAGS = {0: False, 1: True}


_TAKINGS = """
    WITH mine AS (
      SELECT id, change FROM retail_transaction
      WHERE (:workstation IS NULL OR workstation = :workstation)
        AND id NOT IN (SELECT transaction_id FROM post_void)
    )
    SELECT kind, SUM(amount) AS amount FROM (
      SELECT d.kind, d.amount FROM tender_line d JOIN mine t ON t.id = d.transaction_id
      UNION ALL SELECT 'cash', -change FROM mine
      UNION ALL SELECT 'cash', 0
      UNION ALL SELECT c.kind, c.amount FROM tender_correction c JOIN mine t ON t.id = c.transaction_id
      UNION ALL SELECT c.was_kind, -c.amount FROM tender_correction c JOIN mine t ON t.id = c.transaction_id
    ) GROUP BY kind
"""


class Transactions:
    """Transactions by identity, by receipt number and by the token of their barcode."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, workstation: int) -> int:
        """The receipt number that follows; asked for inside the unit of work that uses it."""
        row = _HIGHEST.first(self._connection, {"workstation": workstation})
        return int(row.number or 0) + 1 if row is not None else 1

    def add(self, sale: Transaction) -> None:
        _ADD.run(self._connection, _header(sale))
        add_lines(self._connection, sale.id, sale.lines)
        _ADD_TENDER.run_many(self._connection, [_tender(sale.id, tender) for tender in sale.tenders])
        if details := [_detail(sale.id, tender) for tender in sale.tenders if tender_facts(tender)]:
            _ADD_DETAIL.run_many(self._connection, details)
        add_checks(self._connection, sale.id, sale.tenders)
        if sale.note:
            _ADD_NOTE.run(self._connection, {"transaction_id": sale.id, "note": sale.note})
        if sale.exemption is not None:
            row = {"certificate": sale.exemption.certificate, "given_by": sale.exemption.by}
            _ADD_EXEMPTION.run(self._connection, {"transaction_id": sale.id, **row})

    def get(self, transaction_id: str) -> Transaction | None:
        row = _BY_ID.first(self._connection, {"id": transaction_id})
        return None if row is None else self._with_parts(row)

    def find(self, receipt: ReceiptNumber) -> Transaction | None:
        return self._one(
            _HEADERS.where(
                retail_transaction.c.store == receipt.store,
                retail_transaction.c.workstation == receipt.workstation,
                retail_transaction.c.number == receipt.number,
            )
        )

    def find_by_token(self, token: str) -> Transaction | None:
        return self._one(_HEADERS.where(retail_transaction.c.token == token))

    def last(self, workstation: int) -> Transaction | None:
        return self._one(
            _HEADERS.where(retail_transaction.c.workstation == workstation)
            .order_by(retail_transaction.c.number.desc())
            .limit(1)
        )

    def ids(self) -> Iterator[tuple[str, int, int]]:
        """Identity, workstation and number of every transaction, by workstation and number."""
        rows = self._connection.execute(
            select(retail_transaction.c.id, retail_transaction.c.workstation, retail_transaction.c.number)
            .order_by(retail_transaction.c.workstation, retail_transaction.c.number)
            .execution_options(yield_per=1000)
        )
        for row in rows:
            yield row.id, row.workstation, row.number

    def extent(self) -> tuple[int, date | None]:
        """How many transactions there are, and the last business day one of them was made in."""
        many, last = self._connection.execute(
            select(func.count(), func.max(retail_transaction.c.business_day)).select_from(retail_transaction)
        ).one()
        return int(many), None if last is None else date.fromisoformat(last)

    def has_serial(self, serial: str) -> bool:
        """Whether a thing with this serial number was sold."""
        column = sale_line_detail.c.serials
        # Spelled as the index spells it, so that it serves.
        wanted = select(sale_line_detail.c.line).where(text("sale_line_detail.serials <> ''"))
        wanted = wanted.where((" " + column + " ").contains(f" {serial} ", autoescape=True))
        return self._connection.execute(wanted.limit(1)).first() is not None

    def takings(self, workstation: int | None = None) -> dict[str, int]:
        """Σ tenders less change by tender kind, in minor units, as corrected; what was taken back is not in it."""
        rows = self._connection.exec_driver_sql(_TAKINGS, {"workstation": workstation})
        takings = {row.kind: int(row.amount) for row in rows}
        return {kind: amount for kind, amount in takings.items() if amount or kind == TenderKind.CASH.value}

    def _one(self, statement: Select[tuple[object, ...]]) -> Transaction | None:
        row = self._connection.execute(statement).first()
        return None if row is None else self._with_parts(row)

    def _with_parts(self, row: Any) -> Transaction:
        of_it = {"transaction_id": row.id}
        note = _NOTE.first(self._connection, of_it)
        exempt = _EXEMPTION.first(self._connection, of_it)
        tenders = _TENDERS.rows(self._connection, of_it)
        checks: dict[int, Check] = {}
        if any(tender.kind == TenderKind.CHECK for tender in tenders):
            checks = read_checks(self._connection, row.id)
        return _transaction(
            row,
            read_lines(self._connection, row.id),
            tuple(_tender_line(tender, checks.get(tender.tender)) for tender in tenders),
            "" if note is None else str(note.note),
            None if exempt is None else TaxExemption(exempt.certificate, exempt.given_by),
        )


def _header(sale: Transaction) -> dict[str, object]:
    return {
        "id": sale.id,
        "kind": sale.kind.value,
        "store": sale.receipt.store,
        "workstation": sale.receipt.workstation,
        "number": sale.receipt.number,
        "at": to_text(sale.at),
        "utc_offset_minutes": sale.utc_offset_minutes,
        "business_day": sale.business_day.isoformat(),
        "operator": sale.operator,
        "till": sale.till,
        "customer": sale.customer,
        "currency": sale.currency,
        "rules_version": sale.rules_version,
        "prices_hold_tax": int(sale.prices_hold_tax),
        "token": sale.token,
        "subtotal": sale.subtotal,
        "discount": sale.discount,
        "net": sale.net,
        "tax": sale.tax,
        "total": sale.total,
        "rounding": sale.rounding,
        "paid": sale.paid,
        "change": sale.change,
    }


def _tender(transaction_id: str, tender: TenderLine) -> dict[str, object]:
    return {
        "transaction_id": transaction_id,
        "tender": tender.tender,
        "kind": tender.kind.value,
        "amount": tender.amount,
    }


def _detail(transaction_id: str, tender: TenderLine) -> dict[str, object]:
    said = {name: getattr(tender, name) for name in _DETAILS}
    return {"transaction_id": transaction_id, "tender": tender.tender, **said, "change": int(tender.change)}


def _tender_line(row: Any, check: Check | None) -> TenderLine:
    plain = TenderLine(TenderKind(row.kind), row.amount, tender=row.tender, check=check)
    if row.id is None:
        return plain
    said = {name: getattr(row, name) for name in _DETAILS}
    return replace(plain, **said | {"change": _FLAGS[row.change]})


def _transaction(
    row: Any,
    lines: tuple[SaleLine, ...],
    tenders: tuple[TenderLine, ...],
    note: str,
    exemption: TaxExemption | None,
) -> Transaction:
    return Transaction(
        id=row.id,
        kind=TransactionKind(row.kind),
        receipt=ReceiptNumber(row.store, row.workstation, row.number),
        at=from_text(row.at),
        utc_offset_minutes=row.utc_offset_minutes,
        business_day=date.fromisoformat(row.business_day),
        operator=row.operator,
        operator_name=row.operator_name,
        till=row.till,
        customer=row.customer,
        currency=row.currency,
        rules_version=row.rules_version,
        prices_hold_tax=_FLAGS[row.prices_hold_tax],
        token=row.token,
        subtotal=row.subtotal,
        discount=row.discount,
        net=row.net,
        tax=row.tax,
        total=row.total,
        rounding=row.rounding,
        paid=row.paid,
        change=row.change,
        lines=lines,
        tenders=tenders,
        note=note,
        exemption=exemption,
    )

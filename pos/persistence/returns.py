"""Returns as they were completed: by number and barcode, by purchase, by who brought them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, insert, select, text
from sqlalchemy.engine import Connection

from pos.domain.customer_return import CustomerReturn, ReturnLine, ReturnNumber, ReturnTender
from pos.domain.money import Quantity, Unit
from pos.domain.return_decision import Deduction
from pos.domain.tax import LineTax
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import staff
from pos.persistence.tables_returns import (
    customer_return,
    refund_tender,
    return_deduction,
    return_line,
    return_line_tax,
)

_WHOLE_RETURN = -1
# When pieces of that serial number came in, and went out: sold and not taken back whole, or handed out for another one.
# CROSS JOIN keeps the order: the few lines with numbers first.
_CAME = """
    SELECT MAX(r.at), COUNT(*) FROM return_line l JOIN customer_return r ON r.id = l.return_id
    WHERE l.serial <> '' AND l.item = :item AND instr(' ' || replace(l.serial, ',', ' ') || ' ', ' ' || :serial || ' ')
"""
_WENT = """
    SELECT MAX(at), COUNT(*) FROM (
      SELECT t.at FROM sale_line_detail d
      CROSS JOIN sale_line s ON s.transaction_id = d.transaction_id AND s.line = d.line AND s.item = :item
      JOIN retail_transaction t ON t.id = d.transaction_id
      WHERE d.serials <> '' AND instr(' ' || d.serials || ' ', ' ' || :serial || ' ')
        AND NOT EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = t.id)
      UNION ALL SELECT r.at FROM return_line l JOIN customer_return r ON r.id = l.return_id
      WHERE l.instead = :item AND l.instead_serial <> ''
        AND instr(' ' || replace(l.instead_serial, ',', ' ') || ' ', ' ' || :serial || ' '))
"""


def _parts_of(table: Table, *order: str) -> Prepared:
    return Prepared(
        select(table).where(table.c.return_id == bindparam("id")).order_by(*(table.c[name] for name in order))
    )


_LINES, _TENDERS = _parts_of(return_line, "place"), _parts_of(refund_tender, "tender")
_TAXES = _parts_of(return_line_tax, "place", "position")
_DEDUCTIONS = _parts_of(return_deduction, "place", "position")
_RETURNS = select(customer_return, staff.c.name.label("operator_name")).join(
    staff, staff.c.id == customer_return.c.operator
)


class Returns:
    """Returns by identity, number and barcode, and by the purchase they are of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, workstation: int) -> int:
        """The number of the next return there; asked inside the unit of work that writes it."""
        highest = select(func.max(customer_return.c.number)).where(customer_return.c.workstation == workstation)
        return int(self._connection.execute(highest).scalar() or 0) + 1

    def add(self, done: CustomerReturn, head: JournalHead) -> None:
        """Write one with all its parts, under its journal entry."""
        self._connection.execute(insert(customer_return).values(**_header(done), sequence=head.sequence))
        for table, rows in (
            (return_line, [_line(done.id, line) for line in done.lines]),
            (return_line_tax, [row for line in done.lines for row in _taxes(done.id, line)]),
            (return_deduction, _deductions(done)),
            (refund_tender, [_tender(done.id, tender) for tender in done.tenders]),
        ):
            if rows:
                self._connection.execute(insert(table), rows)

    def get(self, return_id: str) -> CustomerReturn | None:
        return self._one(_RETURNS.where(customer_return.c.id == return_id))

    def find(self, number: ReturnNumber) -> CustomerReturn | None:
        return self._one(
            _RETURNS.where(
                customer_return.c.store == number.store,
                customer_return.c.workstation == number.workstation,
                customer_return.c.number == number.number,
            )
        )

    def find_by_token(self, token: str) -> CustomerReturn | None:
        return self._one(_RETURNS.where(customer_return.c.token == token))

    def of_exchange(self, transaction_id: str) -> CustomerReturn | None:
        """The returned half of the exchange that this sale is the other half of."""
        return self._one(_RETURNS.where(customer_return.c.exchange == transaction_id))

    def of_purchase(self, purchase: str) -> tuple[CustomerReturn, ...]:
        """What came back of a purchase, in order."""
        return self._many(_RETURNS.where(customer_return.c.purchase == purchase))

    def tied_to(self, sale: str) -> tuple[CustomerReturn, ...]:
        """What came back of a sale, and the return whose other half it is, in order."""
        return self._many(_RETURNS.where((customer_return.c.purchase == sale) | (customer_return.c.exchange == sale)))

    def of_day(self, day: date) -> tuple[CustomerReturn, ...]:
        """The returns of a business day, in order."""
        return self._many(_RETURNS.where(customer_return.c.business_day == day.isoformat()))

    def known_by(self, *, customer: str, id_key: str, tokens: Sequence[str], since: date) -> tuple[CustomerReturn, ...]:
        """Returns from a business day on that can be told again: by a customer, the hash of an ID, a card's token."""
        wanted = _RETURNS.where(customer_return.c.business_day >= since.isoformat())
        ways: list[Select[Any]] = []
        if customer:
            ways.append(wanted.where(customer_return.c.customer == customer))
        if id_key:
            ways.append(wanted.where(customer_return.c.id_key == id_key))
        if tokens:
            of_cards = select(refund_tender.c.return_id).where(refund_tender.c.token.in_(list(tokens)))
            ways.append(wanted.where(customer_return.c.id.in_(of_cards)))
        return tuple({one.id: one for way in ways for one in self._many(way)}.values())

    def paid_out(self, workstation: int) -> dict[str, int]:
        """The money that went out at a workstation, by kind of tender."""
        tender, head = refund_tender, customer_return
        rows = self._connection.execute(
            select(tender.c.kind, func.sum(tender.c.amount).label("amount"))
            .join(head, head.c.id == tender.c.return_id)
            .where(head.c.workstation == workstation)
            .group_by(tender.c.kind)
        )
        return {row.kind: int(row.amount) for row in rows}

    def ids(self) -> Iterator[str]:
        """Every return, by workstation and number."""
        rows = self._connection.execute(
            select(customer_return.c.id).order_by(customer_return.c.workstation, customer_return.c.number)
        )
        yield from rows.scalars().all()

    def purchases(self) -> tuple[str, ...]:
        """Every purchase something came back of."""
        wanted = select(customer_return.c.purchase).where(customer_return.c.purchase != "").distinct()
        return tuple(self._connection.execute(wanted).scalars())

    def numbers(self) -> tuple[tuple[int, int, int, int], ...]:
        """For each workstation: how many returns, the least and the highest number."""
        number = customer_return.c.number
        wanted = select(customer_return.c.workstation, func.count(), func.min(number), func.max(number))
        rows = self._connection.execute(wanted.group_by(customer_return.c.workstation))
        return tuple((row[0], row[1], row[2], row[3]) for row in rows)

    def lies_here(self, item: str, serial: str) -> bool:
        """Whether that very piece came back and did not go out since, as far as these books know."""
        piece = {"item": item, "serial": serial}
        came, returned = self._connection.execute(text(_CAME), piece).one()
        if came is None:
            return False
        went, sold = self._connection.execute(text(_WENT), piece).one()
        # In one and the same moment it lies where it went last, which only the numbers tell.
        return went is None or (went, int(sold)) < (came, int(returned) + 1)

    def entry_of(self, return_id: str) -> tuple[int, int] | None:
        """Workstation and sequence of the journal entry it was written under."""
        columns = (customer_return.c.workstation, customer_return.c.sequence)
        row = self._connection.execute(select(*columns).where(customer_return.c.id == return_id)).first()
        return None if row is None else (row.workstation, row.sequence)

    def _one(self, wanted: Select[Any]) -> CustomerReturn | None:
        found = self._many(wanted.limit(1))
        return found[0] if found else None

    def _many(self, wanted: Select[Any]) -> tuple[CustomerReturn, ...]:
        heads = self._connection.execute(
            wanted.order_by(customer_return.c.at, customer_return.c.workstation, customer_return.c.number)
        ).all()
        return tuple(self._with_parts(head) for head in heads)

    def _with_parts(self, head: Any) -> CustomerReturn:
        of = {"id": head.id}
        taxes: dict[int, list[LineTax]] = {}
        for row in _TAXES.rows(self._connection, of):
            of_line = taxes.setdefault(row.place, [])
            of_line.append(LineTax(row.code, row.rate_millionths, row.base, row.amount))
            _in_order(row.position, of_line)
        kept: dict[int, list[Deduction]] = {}
        for row in _DEDUCTIONS.rows(self._connection, of):
            of_place = kept.setdefault(row.place, [])
            of_place.append(Deduction(row.code, row.amount))
            _in_order(row.position, of_place)
        if head.deducted != sum(one.amount for deductions in kept.values() for one in deductions):
            raise ValueError(f"the deductions of {head.id} do not add up")
        return _return(
            head,
            tuple(
                _read_line(row, tuple(taxes.get(row.place, ())), tuple(kept.get(row.place, ())))
                for row in _LINES.rows(self._connection, of)
            ),
            tuple(_read_tender(row) for row in _TENDERS.rows(self._connection, of)),
            tuple(kept.get(_WHOLE_RETURN, ())),
        )


def _in_order(position: int, so_far: Sequence[object]) -> None:
    if position != len(so_far):
        raise ValueError(f"position {position} where {len(so_far)} stands")


def _header(done: CustomerReturn) -> dict[str, object]:
    lines = sum(one.amount for line in done.lines for one in line.deductions)
    return {
        "id": done.id,
        "store": done.number.store,
        "workstation": done.number.workstation,
        "number": done.number.number,
        "token": done.token,
        "at": to_text(done.at),
        "utc_offset_minutes": done.utc_offset_minutes,
        "business_day": done.business_day.isoformat(),
        "operator": done.operator,
        "till": done.till,
        "currency": done.currency,
        "customer": done.customer,
        "purchase": done.purchase,
        "purchase_receipt": done.purchase_receipt,
        "purchase_day": "" if done.purchase_day is None else done.purchase_day.isoformat(),
        "shown_by": done.shown_by,
        "id_kind": done.id_kind,
        "id_key": done.id_key,
        "id_shown": done.id_shown,
        "policy": done.policy,
        "policy_version": done.policy_version,
        "reason": done.reason,
        "merchandise": done.merchandise,
        "tax": done.tax,
        "fee": done.fee,
        "fee_tax": done.fee_tax,
        "deducted": lines + sum(one.amount for one in done.deductions),
        "rounding": done.rounding,
        "refund": done.refund,
        "approval": done.approval,
        "approver": done.approver,
        "exchange": done.exchange,
    }


def _line(return_id: str, line: ReturnLine) -> dict[str, object]:
    return {
        "return_id": return_id,
        "place": line.place,
        "line": line.line,
        "item": line.item,
        "name": line.name,
        "quantity": line.quantity.thousandths,
        "unit": line.quantity.unit.value,
        "condition": line.condition,
        "reason": line.reason,
        "disposition": line.disposition,
        "serial": line.serial,
        "unit_price": line.unit_price,
        "discount": line.discount,
        "merchandise": line.merchandise,
        "tax": line.tax,
        "fee": line.fee,
        "fee_tax": line.fee_tax,
        "instead": line.instead,
        "instead_name": line.instead_name,
        "instead_serial": line.instead_serial,
        "rules": " ".join(line.rules),
        "account": line.account,
    }


def _taxes(return_id: str, line: ReturnLine) -> Iterator[dict[str, object]]:
    for position, tax in enumerate(line.taxes, start=1):
        yield {
            "return_id": return_id,
            "place": line.place,
            "position": position,
            "code": tax.code,
            "rate_millionths": tax.rate_millionths,
            "base": tax.base,
            "amount": tax.amount,
        }


def _deductions(done: CustomerReturn) -> list[dict[str, object]]:
    kept = [(_WHOLE_RETURN, done.deductions), *((line.place, line.deductions) for line in done.lines)]
    return [
        {"return_id": done.id, "place": place, "position": position, "code": one.code, "amount": one.amount}
        for place, deductions in kept
        for position, one in enumerate(deductions, start=1)
    ]


def _tender(return_id: str, tender: ReturnTender) -> dict[str, object]:
    return {
        "return_id": return_id,
        "tender": tender.tender,
        "kind": tender.kind,
        "amount": tender.amount,
        "of": tender.of,
        "type": tender.type,
        "card": tender.card,
        "account": tender.account,
        "attempt": tender.attempt,
        "token": tender.token,
        "method": tender.method,
        "id": tender.id,
    }


def _read_line(row: Any, taxes: tuple[LineTax, ...], kept: tuple[Deduction, ...]) -> ReturnLine:
    return ReturnLine(
        place=row.place,
        line=row.line,
        item=row.item,
        name=row.name,
        quantity=Quantity(row.quantity, Unit(row.unit)),
        condition=row.condition,
        reason=row.reason,
        disposition=row.disposition,
        serial=row.serial,
        unit_price=row.unit_price,
        discount=row.discount,
        merchandise=row.merchandise,
        tax=row.tax,
        fee=row.fee,
        fee_tax=row.fee_tax,
        taxes=taxes,
        deductions=kept,
        instead=row.instead,
        instead_name=row.instead_name,
        instead_serial=row.instead_serial,
        rules=tuple(row.rules.split()),
        account=row.account,
    )


def _read_tender(row: Any) -> ReturnTender:
    return ReturnTender(
        kind=row.kind,
        amount=row.amount,
        of=row.of,
        type=row.type,
        card=row.card,
        account=row.account,
        attempt=row.attempt,
        token=row.token,
        method=row.method,
        tender=row.tender,
        id=row.id,
    )


def _return(
    head: Any, lines: tuple[ReturnLine, ...], tenders: tuple[ReturnTender, ...], kept: tuple[Deduction, ...]
) -> CustomerReturn:
    return CustomerReturn(
        id=head.id,
        number=ReturnNumber(head.store, head.workstation, head.number),
        token=head.token,
        at=from_text(head.at),
        utc_offset_minutes=head.utc_offset_minutes,
        business_day=date.fromisoformat(head.business_day),
        operator=head.operator,
        operator_name=head.operator_name,
        till=head.till,
        currency=head.currency,
        customer=head.customer,
        purchase=head.purchase,
        purchase_receipt=head.purchase_receipt,
        purchase_day=date.fromisoformat(head.purchase_day) if head.purchase_day else None,
        shown_by=head.shown_by,
        id_kind=head.id_kind,
        id_key=head.id_key,
        id_shown=head.id_shown,
        policy=head.policy,
        policy_version=head.policy_version,
        reason=head.reason,
        merchandise=head.merchandise,
        tax=head.tax,
        fee=head.fee,
        fee_tax=head.fee_tax,
        rounding=head.rounding,
        refund=head.refund,
        lines=lines,
        tenders=tenders,
        deductions=kept,
        approval=head.approval,
        approver=head.approver,
        exchange=head.exchange,
    )

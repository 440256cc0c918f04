"""The lines of a completed transaction with all that stands under them: taxes, details, discounts, overrides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.engine import Connection

from pos.domain.discount import Discount, DiscountSource, PriceOverride
from pos.domain.money import Quantity, Unit
from pos.domain.purchase import NO_TERMS, SoldTerms
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tax import LineTax, is_plain
from pos.domain.transaction import NO_DETAIL, LineDetail, SaleLine
from pos.persistence.prepared import Prepared
from pos.persistence.tables import sale_line, sale_line_detail, sale_line_tax
from pos.persistence.tables_deposits import sale_line_container
from pos.persistence.tables_discounts import sale_line_discount, sale_line_override
from pos.persistence.tables_gift_cards import sale_line_stored
from pos.persistence.tables_taxes import sale_line_tax_detail
from pos.persistence.tables_terms import sale_line_terms

Row = dict[str, object]

_ADD_LINE = Prepared(insert(sale_line))
_ADD_TAX = Prepared(insert(sale_line_tax))
_ADD_TAX_DETAIL = Prepared(insert(sale_line_tax_detail))
_ADD_DETAIL = Prepared(insert(sale_line_detail))
_ADD_DISCOUNT = Prepared(insert(sale_line_discount))
_ADD_OVERRIDE = Prepared(insert(sale_line_override))
_ADD_CONTAINER = Prepared(insert(sale_line_container))
_ADD_STORED = Prepared(insert(sale_line_stored))
_ADD_TERMS = Prepared(insert(sale_line_terms))


def _of_sale(table: Table, *order: str) -> Prepared:
    """The rows of one transaction in a table."""
    wanted = select(table).where(table.c.transaction_id == bindparam("transaction_id"))
    return Prepared(wanted.order_by(*(table.c[column] for column in order)))


# The books are verified sale by sale: what is asked of each is spelled once.
_LINES = _of_sale(sale_line, "line")
_TAXES = _of_sale(sale_line_tax, "line", "position")
_TAX_DETAILS = _of_sale(sale_line_tax_detail)
_DETAILS = _of_sale(sale_line_detail)
_DISCOUNTS = _of_sale(sale_line_discount, "line", "position")
_OVERRIDES = _of_sale(sale_line_override)
_CONTAINERS = _of_sale(sale_line_container)
_STORED = _of_sale(sale_line_stored)
_TERMS = _of_sale(sale_line_terms)


def add_lines(connection: Connection, transaction_id: str, lines: Sequence[SaleLine]) -> None:
    """Write the lines; what no line has costs no statement."""
    _ADD_LINE.run_many(connection, [_line(transaction_id, line) for line in lines])
    _ADD_TAX.run_many(
        connection,
        [
            _tax(transaction_id, line.line, position, tax)
            for line in lines
            for position, tax in enumerate(line.taxes, start=1)
        ],
    )
    for add, rows in _beside(transaction_id, lines):
        if rows:
            add.run_many(connection, rows)


def _beside(transaction_id: str, lines: Sequence[SaleLine]) -> Iterator[tuple[Prepared, list[Row]]]:
    """What only some lines have, table by table."""
    yield (
        _ADD_TAX_DETAIL,
        [
            _tax_detail(transaction_id, line.line, position, tax)
            for line in lines
            for position, tax in enumerate(line.taxes, start=1)
            if not is_plain(tax)
        ],
    )
    yield _ADD_DETAIL, [_detail(transaction_id, line) for line in lines if line.detail != NO_DETAIL]
    yield (
        _ADD_DISCOUNT,
        [
            _discount(transaction_id, line.line, position, discount)
            for line in lines
            for position, discount in enumerate(line.discounts, start=1)
        ],
    )
    yield (
        _ADD_OVERRIDE,
        [_override(transaction_id, line.line, line.override) for line in lines if line.override is not None],
    )
    yield (
        _ADD_CONTAINER,
        [
            {"transaction_id": transaction_id, "line": line.line, "belongs_to": line.belongs_to}
            for line in lines
            if line.container
        ],
    )
    yield (
        _ADD_STORED,
        [
            {
                "transaction_id": transaction_id,
                "line": line.line,
                "act": line.stored.act.value,
                "account": line.stored.account,
                "shown": line.stored.shown,
            }
            for line in lines
            if line.stored is not None
        ],
    )
    yield _ADD_TERMS, [_terms(transaction_id, line) for line in lines if line.terms != NO_TERMS]


def read_lines(connection: Connection, transaction_id: str) -> tuple[SaleLine, ...]:
    """The lines as they were written, in their order."""

    def rows(wanted: Prepared) -> list[Any]:
        return wanted.rows(connection, {"transaction_id": transaction_id})

    taxes: dict[int, list[LineTax]] = {}
    unlike = {(row.line, row.position): (row.unit_amount, bool(row.included)) for row in rows(_TAX_DETAILS)}
    for row in rows(_TAXES):
        unit_amount, included = unlike.get((row.line, row.position), (None, False))
        tax = LineTax(row.code, row.rate_millionths, row.base, row.amount, unit_amount, included)
        taxes.setdefault(row.line, []).append(tax)
    discounts: dict[int, list[Discount]] = {}
    for row in rows(_DISCOUNTS):
        discounts.setdefault(row.line, []).append(_read_discount(row))
    details = {row.line: _read_detail(row) for row in rows(_DETAILS)}
    overrides = {row.line: PriceOverride(row.price_was, row.reason, row.given_by) for row in rows(_OVERRIDES)}
    containers = {row.line: row.belongs_to for row in rows(_CONTAINERS)}
    stored = {row.line: StoredValue(StoredAct(row.act), row.account, row.shown) for row in rows(_STORED)}
    terms = {row.line: SoldTerms(bool(row.final_sale), tuple(row.flags.split()), row.family) for row in rows(_TERMS)}
    return tuple(
        SaleLine(
            line=row.line,
            item=row.item,
            name=row.name,
            scanned=row.scanned,
            department=row.department,
            quantity=Quantity(row.quantity, Unit(row.unit)),
            unit_price=row.unit_price,
            extended=row.extended,
            discount=row.discount,
            net=row.net,
            tax=row.tax,
            total=row.total,
            taxes=tuple(taxes.get(row.line, ())),
            operator=row.operator,
            detail=details.get(row.line, NO_DETAIL),
            discounts=tuple(discounts.get(row.line, ())),
            override=overrides.get(row.line),
            container=row.line in containers,
            belongs_to=containers.get(row.line, 0),
            stored=stored.get(row.line),
            terms=terms.get(row.line, NO_TERMS),
        )
        for row in rows(_LINES)
    )


def _line(transaction_id: str, line: SaleLine) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line.line,
        "item": line.item,
        "name": line.name,
        "scanned": line.scanned,
        "department": line.department,
        "quantity": line.quantity.thousandths,
        "unit": line.quantity.unit.value,
        "unit_price": line.unit_price,
        "extended": line.extended,
        "discount": line.discount,
        "net": line.net,
        "tax": line.tax,
        "total": line.total,
        "operator": line.operator,
    }


def _tax(transaction_id: str, line: int, position: int, tax: LineTax) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line,
        "position": position,
        "code": tax.code,
        "rate_millionths": tax.rate_millionths,
        "base": tax.base,
        "amount": tax.amount,
    }


def _tax_detail(transaction_id: str, line: int, position: int, tax: LineTax) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line,
        "position": position,
        "unit_amount": tax.unit_amount,
        "included": int(tax.included),
    }


def _detail(transaction_id: str, line: SaleLine) -> Row:
    detail = line.detail
    return {
        "transaction_id": transaction_id,
        "line": line.line,
        # A serial number is one word.
        "serials": " ".join(detail.serials),
        "note": detail.note,
        "price_source": detail.price_source,
        "weight_source": detail.weight_source,
        "weight_reason": detail.weight_reason,
        "tare": detail.tare,
        "expires": detail.expires,
        "age_checked": detail.age_checked,
    }


def _read_detail(row: Any) -> LineDetail:
    return LineDetail(
        serials=tuple(row.serials.split()),
        note=row.note,
        price_source=row.price_source,
        weight_source=row.weight_source,
        weight_reason=row.weight_reason,
        tare=row.tare,
        expires=row.expires,
        age_checked=row.age_checked,
    )


def _discount(transaction_id: str, line: int, position: int, discount: Discount) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line,
        "position": position,
        "source": discount.source.value,
        "discount_id": discount.id,
        "version": discount.version,
        "name": discount.name,
        "amount": discount.amount,
        "given_by": discount.by,
    }


def _read_discount(row: Any) -> Discount:
    return Discount(
        DiscountSource(row.source), row.discount_id, row.amount, name=row.name, version=row.version, by=row.given_by
    )


def _terms(transaction_id: str, line: SaleLine) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line.line,
        "final_sale": int(line.terms.final_sale),
        # A flag is one word.
        "flags": " ".join(line.terms.flags),
        "family": line.terms.family,
    }


def _override(transaction_id: str, line: int, override: PriceOverride) -> Row:
    return {
        "transaction_id": transaction_id,
        "line": line,
        "price_was": override.was,
        "reason": override.reason,
        "given_by": override.by,
    }

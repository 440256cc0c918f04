"""What was taken over from another system: written once in bulk, read sale by sale as a purchase."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, Table, and_, bindparam, func, insert, or_, select
from sqlalchemy.engine import Connection

from pos.domain.journal import canonical
from pos.domain.purchase import Purchase
from pos.domain.taken_over import TakenOver, TakenReturn
from pos.domain.transaction import JournalHead
from pos.persistence.prepared import Prepared
from pos.persistence.tables_taken_over import (
    taken_over_line,
    taken_over_return,
    taken_over_return_line,
    taken_over_return_tender,
    taken_over_sale,
    taken_over_serial,
    taken_over_tender,
)
from pos.persistence.taken_over_rows import (
    Row,
    purchase_from,
    return_from,
    return_line_rows,
    return_row,
    return_tender_rows,
    sale_line_rows,
    sale_row,
    sale_tender_rows,
    serial_rows,
)

# Each table with the header its rows hang on, in the order they are digested.
_OF_SALE = (taken_over_line, taken_over_serial, taken_over_tender)
_OF_RETURN = (taken_over_return_line, taken_over_return_tender)
_ENTRY = ("workstation", "sequence")
_CHUNK = 500
_NAMES_MAX = 4
_ADD = {table.name: Prepared(insert(table)) for table in (taken_over_sale, *_OF_SALE, taken_over_return, *_OF_RETURN)}


class TakenHeading(NamedTuple):
    """A purchase as a list shows it: money in minor units, `items` what its first goods are called."""

    id: str
    receipt: str
    at: str
    day: str
    total: int
    customer: str
    items: tuple[str, ...]


class TakenPlace(NamedTuple):
    """Where a receipt leads: to a purchase; `lines` are its lines by the receipt's own numbers where those differ."""

    purchase: str
    lines: dict[int, int]


class TakenSales:
    """Purchases of another system and what came back of them there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- Writing -----------------------------------------------------------------------------------------------------

    def add(self, taken: TakenOver, entry: JournalHead) -> None:
        """`entry` is the journal entry that says so, with the digest of the same rows."""
        for table, rows in _rows_of(taken):
            self.add_rows(table, rows, entry)

    def add_rows(self, table: Table, rows: Iterable[Row], entry: JournalHead) -> None:
        """Some rows of one table; the rows of `ROWS_OF` are added in its order, heads before what hangs on them."""
        said = {"workstation": entry.workstation, "sequence": entry.sequence}
        with_entry = said if table in (taken_over_sale, taken_over_return) else {}
        _ADD[table.name].run_many(self._connection, ({**row, **with_entry} for row in rows))

    def known(self, receipts: Sequence[str]) -> set[str]:
        """Which of these receipts were taken over before."""
        found: set[str] = set()
        for start in range(0, len(receipts), _CHUNK):
            some = list(receipts[start : start + _CHUNK])
            for table in (taken_over_sale, taken_over_return):
                rows = self._connection.execute(select(table.c.receipt).where(table.c.receipt.in_(some)))
                found |= {row.receipt for row in rows}
        return found

    # --- Reading -----------------------------------------------------------------------------------------------------

    def get(self, purchase_id: str) -> Purchase | None:
        """The purchase as it was sold, without what came back since; None where it was not taken over."""
        of = {"id": purchase_id}
        head = _SALE.first(self._connection, of)
        if head is None:
            return None
        lines, serials, tenders = (each.rows(self._connection, of) for each in (_LINES, _SERIALS, _TENDERS))
        return purchase_from(head, lines, serials, tenders)

    def returns_of(self, purchase_id: str) -> tuple[TakenReturn, ...]:
        """What the other system took back of it, in the order it did."""
        heads = _RETURNS_OF.rows(self._connection, {"sale": purchase_id})
        return tuple(self._whole_return(head) for head in heads)

    def returns_like(self, *, id_key: str = "", customer: str = "", since: date) -> tuple[TakenReturn, ...]:
        """What was taken back from this day on, known again by an identity document or a customer."""
        named = [
            column == value
            for column, value in ((taken_over_return.c.id_key, id_key), (taken_over_return.c.customer, customer))
            if value
        ]
        if not named:
            return ()
        rows = self._connection.execute(
            select(taken_over_return)
            .where(or_(*named), taken_over_return.c.day >= since.isoformat())
            .order_by(taken_over_return.c.at, taken_over_return.c.id)
        )
        return tuple(self._whole_return(row) for row in rows)

    def returns_on_card(self, token: str, since: date) -> tuple[TakenReturn, ...]:
        """What was taken back from this day on of purchases paid with that card."""
        rows = self._connection.execute(
            select(taken_over_return)
            .where(
                taken_over_return.c.sale.in_(
                    select(taken_over_tender.c.sale).where(taken_over_tender.c.token == token)
                ),
                taken_over_return.c.day >= since.isoformat(),
            )
            .order_by(taken_over_return.c.at, taken_over_return.c.id)
        )
        return tuple(self._whole_return(row) for row in rows) if token else ()

    def by_receipt(self, receipt: str) -> TakenPlace | None:
        """The purchase a receipt of the other system leads to: its own, or the one a return or an exchange was of.

        The receipt of an even exchange leads to the purchase whose line the new goods stand for.
        """
        own = _BY_RECEIPT.first(self._connection, {"receipt": receipt})
        if own is not None:
            return TakenPlace(own.id, {})
        back = _RETURN_BY_RECEIPT.first(self._connection, {"receipt": receipt})
        if back is None or back.sale is None:
            return None
        lines = self._whole_return(back).lines
        return TakenPlace(back.sale, {line.new_line: line.line for line in lines if line.swapped})

    def swapped_onto(self, receipt: str, line: int) -> tuple[str, int] | None:
        """The purchase and line for which this line of an exchange's receipt stands."""
        back = _RETURN_BY_RECEIPT.first(self._connection, {"receipt": receipt})
        if back is None or back.sale is None:
            return None
        stands = (each.line for each in self._whole_return(back).lines if each.swapped and each.new_line == line)
        return next(((back.sale, number) for number in stands), None)

    def by_card(self, token: str, most: int) -> list[TakenHeading]:
        """Purchases paid with this card, the newest first."""
        paid = select(taken_over_tender.c.sale).where(taken_over_tender.c.token == token)
        return self._headings(taken_over_sale.c.id.in_(paid), most) if token else []

    def by_customer(self, customer: str, most: int) -> list[TakenHeading]:
        """Purchases of this customer, the newest first."""
        return self._headings(taken_over_sale.c.customer == customer, most) if customer else []

    def by_item(self, items: Sequence[str], days: tuple[date, date], most: int) -> list[TakenHeading]:
        """Purchases of any of these items between these days, the first and the last, the newest first."""
        held = select(taken_over_line.c.sale).where(taken_over_line.c.item.in_(list(items)))
        first, last = days
        then = taken_over_sale.c.day.between(first.isoformat(), last.isoformat())
        return self._headings(and_(then, taken_over_sale.c.id.in_(held)), most)

    def has_serial(self, serial: str) -> bool:
        """Whether a unit with this serial number was sold there."""
        return _BY_SERIAL.first(self._connection, {"serial": serial}) is not None

    # --- For verify --------------------------------------------------------------------------------------------------

    def under_entries(self) -> set[tuple[int, int]]:
        """The entries under which anything was taken over."""
        found: set[tuple[int, int]] = set()
        for table in (taken_over_sale, taken_over_return):
            rows = self._connection.execute(select(table.c.workstation, table.c.sequence).distinct())
            found |= {(row.workstation, row.sequence) for row in rows}
        return found

    def digest_of(self, workstation: int, sequence: int) -> tuple[str, int]:
        """The digest of everything stored under an entry, made anew from the tables, and how many rows that is."""
        return _digest((table, self._stored(table, workstation, sequence)) for table, _ in ROWS_OF)

    def totals_of(self, workstation: int, sequence: int) -> dict[str, int]:
        """The totals of what hangs on an entry, added up from the tables; named as `TakenOver.totals` names them."""
        said = {"workstation": workstation, "sequence": sequence}
        sold = self._connection.execute(_SOLD_TOTALS, said).one()
        lines = self._connection.execute(_LINE_TOTALS, said).one()
        back = self._connection.execute(_BACK_TOTALS, said).one()
        return dict(
            zip(
                ("sales", "total", "lines", "tax", "returns", "refunded"),
                map(int, (*sold, *lines, *back)),
                strict=True,
            )
        )

    def rows_held(self) -> int:
        """How many rows the tables hold; each hangs on one entry."""
        tables = [table for table, _ in ROWS_OF]
        return sum(int(self._connection.execute(select(func.count()).select_from(one)).scalar() or 0) for one in tables)

    def _stored(self, table: Table, workstation: int, sequence: int) -> Iterator[Row]:
        head, at = (taken_over_sale, "sale") if table in _OF_SALE else (taken_over_return, "taken_return")
        statement = select(table).order_by(*table.primary_key)
        if table in _OF_SALE or table in _OF_RETURN:
            statement = statement.join(head, head.c.id == table.c[at])
        else:
            head = table
        statement = statement.where(head.c.workstation == workstation, head.c.sequence == sequence)
        for row in self._connection.execute(statement).yield_per(1000):
            yield row._asdict()

    def _whole_return(self, head: Any) -> TakenReturn:
        of = {"id": head.id}
        return return_from(head, _RETURN_LINES.rows(self._connection, of), _RETURN_TENDERS.rows(self._connection, of))

    def _headings(self, which: Any, most: int) -> list[TakenHeading]:
        columns: list[Column[Any]] = [taken_over_sale.c[name] for name in TakenHeading._fields if name != "items"]
        rows = self._connection.execute(
            select(*columns).where(which).order_by(taken_over_sale.c.at.desc(), taken_over_sale.c.id).limit(most)
        )
        return [TakenHeading(**row._asdict(), items=self._first_names(row.id)) for row in rows.all()]

    def _first_names(self, purchase_id: str) -> tuple[str, ...]:
        return tuple(row.name for row in _NAMES.rows(self._connection, {"sale": purchase_id, "most": _NAMES_MAX}))


def taken_over_digest(taken: TakenOver) -> str:
    """What the journal's entry says of these: SHA-256 over every row they will be stored as."""
    return _digest(_rows_of(taken))[0]


def _rows_of(taken: TakenOver) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of each table, sorted as the tables give them back."""
    for table, (of_sale, of_return) in ROWS_OF:
        if of_sale is not None:
            rows = [row for sale in taken.sales for row in of_sale(sale)]
        else:
            rows = [row for one in taken.returns for row in of_return(one)]
        keys = [column.name for column in table.primary_key]
        yield table, sorted(rows, key=lambda row, keys=keys: [row[key] for key in keys])  # type: ignore[misc]


def _digest(tables: Iterable[tuple[Table, Iterable[Row]]]) -> tuple[str, int]:
    made = hashlib.sha256()
    count = 0
    for table, rows in tables:
        columns = told_columns(table)
        for row in rows:
            made.update(told(table, row, columns))
            count += 1
    return made.hexdigest(), count


def told_columns(table: Table) -> list[str]:
    """What of a row is digested: all but the entry that it hangs on."""
    return [column.name for column in table.columns if column.name not in _ENTRY]


def told(table: Table, row: Row, columns: Sequence[str]) -> bytes:
    """The line that is digested for a row; `columns` are those of its table."""
    return canonical({"table": table.name, "row": [row[name] for name in columns]}) + b"\n"


def _of(table: Table, column: str) -> Select[*tuple[Any, ...]]:
    return select(table).where(table.c[column] == bindparam("id")).order_by(*table.primary_key)


ROWS_OF: Any = (
    (taken_over_sale, (lambda sale: [sale_row(sale)], None)),
    (taken_over_line, (sale_line_rows, None)),
    (taken_over_serial, (serial_rows, None)),
    (taken_over_tender, (sale_tender_rows, None)),
    (taken_over_return, (None, lambda one: [return_row(one)])),
    (taken_over_return_line, (None, return_line_rows)),
    (taken_over_return_tender, (None, return_tender_rows)),
)


def _under_entry(head: Table, *sums: Any) -> Select[*tuple[Any, ...]]:
    return select(func.count(), *(func.coalesce(func.sum(one), 0) for one in sums)).where(
        head.c.workstation == bindparam("workstation"), head.c.sequence == bindparam("sequence")
    )


_SOLD_TOTALS = _under_entry(taken_over_sale, taken_over_sale.c.total).select_from(taken_over_sale)
_LINE_TOTALS = _under_entry(taken_over_sale, taken_over_line.c.tax).select_from(
    taken_over_line.join(taken_over_sale, taken_over_sale.c.id == taken_over_line.c.sale)
)
_BACK_TOTALS = _under_entry(taken_over_return, taken_over_return.c.refund).select_from(taken_over_return)
_SALE = Prepared(_of(taken_over_sale, "id"))
_LINES = Prepared(_of(taken_over_line, "sale"))
_NAMES = Prepared(
    select(taken_over_line.c.name)
    .where(taken_over_line.c.sale == bindparam("sale"), taken_over_line.c.line <= bindparam("most"))
    .order_by(taken_over_line.c.line)
)
_SERIALS = Prepared(_of(taken_over_serial, "sale"))
_TENDERS = Prepared(_of(taken_over_tender, "sale"))
_RETURN_LINES = Prepared(_of(taken_over_return_line, "taken_return"))
_RETURN_TENDERS = Prepared(_of(taken_over_return_tender, "taken_return"))
_RETURNS_OF = Prepared(
    select(taken_over_return)
    .where(taken_over_return.c.sale == bindparam("sale"))
    .order_by(taken_over_return.c.at, taken_over_return.c.id)
)
_BY_RECEIPT = Prepared(select(taken_over_sale.c.id).where(taken_over_sale.c.receipt == bindparam("receipt")))
_RETURN_BY_RECEIPT = Prepared(select(taken_over_return).where(taken_over_return.c.receipt == bindparam("receipt")))
_BY_SERIAL = Prepared(select(taken_over_serial.c.sale).where(taken_over_serial.c.serial == bindparam("serial")))

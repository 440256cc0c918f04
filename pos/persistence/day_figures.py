"""The figures of a till's day, summed by the database from the facts: ten thousand sales take a moment."""

# ruff: noqa: S608 - every piece of these statements is written in this file, values are bound
from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from pos.domain.day_report import DepartmentSum, MoveSum, Tally, TaxSum, TenderSum
from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A till and the entries of its workstation's journal that belong to it: after `since`, up to `until`."""

    till: str
    workstation: int
    business_day: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class SalesSum:
    """The sales of a till: `first` and `last` are receipt numbers, 0 where nothing was sold."""

    sales: Tally
    net: int
    tax: int
    rounding: int
    change: int
    first: int
    last: int
    exempt: Tally


# The business day stands first in an index; the till picks its own sales among those of the day.
_OF_TILL = "t.business_day = :day AND t.till = :till AND t.kind = 'sale'"
# What was taken back by then is in no sum but its own.
_MINE = f"""{_OF_TILL}
    AND NOT EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = t.id AND v.sequence <= :until)
"""
_ENTRIES = "j.workstation = :workstation AND j.sequence > :since AND j.sequence <= :until"

_TOTALS = f"""
    SELECT COUNT(*), COALESCE(SUM(t.total), 0), COALESCE(SUM(t.net), 0), COALESCE(SUM(t.tax), 0),
      COALESCE(SUM(t.rounding), 0), COALESCE(SUM(t.change), 0)
    FROM retail_transaction t WHERE {_MINE}
"""
_NUMBERS = f"""
    SELECT COALESCE(MIN(t.number), 0), COALESCE(MAX(t.number), 0) FROM retail_transaction t WHERE {_OF_TILL}
"""
_POST_VOIDS = """
    SELECT COUNT(*), COALESCE(SUM(t.total), 0) FROM retail_transaction t
    JOIN post_void v ON v.transaction_id = t.id
    WHERE t.business_day = :day AND t.till = :till AND v.sequence <= :until
"""
_CORRECTIONS = f"""
    SELECT COUNT(*), COALESCE(SUM(c.amount), 0) FROM retail_transaction t
    JOIN tender_correction c ON c.transaction_id = t.id WHERE {_MINE} AND c.sequence <= :until
"""
_EXEMPT = f"""
    SELECT COUNT(*), COALESCE(SUM(t.total), 0) FROM retail_transaction t
    JOIN sale_exemption e ON e.transaction_id = t.id WHERE {_MINE}
"""
_DEPARTMENTS = f"""
    SELECT l.department, SUM(CASE WHEN c.line IS NOT NULL OR g.line IS NOT NULL THEN 0
      WHEN l.unit = 'piece' THEN l.quantity / 1000 ELSE 1 END), SUM(l.total)
    FROM retail_transaction t JOIN sale_line l ON l.transaction_id = t.id
    LEFT JOIN sale_line_container c ON c.transaction_id = l.transaction_id AND c.line = l.line
    LEFT JOIN sale_line_stored g ON g.transaction_id = l.transaction_id AND g.line = l.line
    WHERE {_MINE} GROUP BY l.department ORDER BY l.department
"""
_TAXES = f"""
    SELECT x.code, x.rate_millionths, d.unit_amount, SUM(x.base), SUM(x.amount)
    FROM retail_transaction t JOIN sale_line_tax x ON x.transaction_id = t.id
    LEFT JOIN sale_line_tax_detail d ON d.transaction_id = x.transaction_id AND d.line = x.line
      AND d.position = x.position
    WHERE {_MINE} AND NOT EXISTS (SELECT 1 FROM sale_exemption e WHERE e.transaction_id = t.id)
    GROUP BY x.code, x.rate_millionths, d.unit_amount ORDER BY x.code, x.rate_millionths, d.unit_amount
"""
_TENDERS = f"""
    SELECT kind, type, SUM(many), SUM(amount) FROM (
      SELECT d.kind, COALESCE(x.type, '') AS type, 1 AS many, d.amount
      FROM retail_transaction t JOIN tender_line d ON d.transaction_id = t.id
      LEFT JOIN tender_detail x ON x.transaction_id = d.transaction_id AND x.tender = d.tender WHERE {_MINE}
      UNION ALL
      SELECT c.was_kind, c.was_type, -1, -c.amount FROM retail_transaction t
      JOIN tender_correction c ON c.transaction_id = t.id WHERE {_MINE} AND c.sequence <= :until
      UNION ALL
      SELECT c.kind, c.type, 1, c.amount FROM retail_transaction t
      JOIN tender_correction c ON c.transaction_id = t.id WHERE {_MINE} AND c.sequence <= :until
    ) GROUP BY 1, 2 ORDER BY 1, 2
"""
_STORED = f"""
    SELECT COUNT(*), COALESCE(SUM(l.total), 0) FROM retail_transaction t
    JOIN sale_line_stored g ON g.transaction_id = t.id
    JOIN sale_line l ON l.transaction_id = g.transaction_id AND l.line = g.line WHERE {_MINE}
"""
_DISCOUNTS = f"""
    SELECT COUNT(DISTINCT t.id), COALESCE(SUM(l.discount), 0)
    FROM retail_transaction t JOIN sale_line l ON l.transaction_id = t.id WHERE {_MINE} AND l.discount <> 0
"""
# What a price lowered by hand took off: quantity × the usual price, rounded as the till does, less what was charged.
_REDUCTIONS = f"""
    SELECT COUNT(*), COALESCE(SUM((2 * o.price_was * l.quantity + 1000) / 2000 - l.extended), 0)
    FROM retail_transaction t JOIN sale_line l ON l.transaction_id = t.id
    JOIN sale_line_override o ON o.transaction_id = l.transaction_id AND o.line = l.line
    WHERE {_MINE} AND o.price_was > l.unit_price
"""
_BACK = "r.business_day = :day AND r.till = :till AND r.sequence <= :until"
_RETURNS = f"""
    SELECT COUNT(*), COALESCE(SUM(r.merchandise + r.tax), 0) FROM customer_return r WHERE {_BACK}
"""
# Made good what an earlier return kept is kept less than nothing.
_KEPT = f"""
    SELECT COUNT(*), COALESCE(SUM(r.fee + r.fee_tax + r.deducted), 0) FROM customer_return r
    WHERE {_BACK} AND r.fee + r.fee_tax + r.deducted <> 0
"""
# Money a card did not take back went out another way, of the till it was handed out from.
_INSTEAD = "n.till = :till AND n.sequence <= :until"
_REFUND_ROUNDING = f"""
    SELECT COUNT(*), COALESCE(SUM(rounding), 0) FROM (
      SELECT r.rounding FROM customer_return r WHERE {_BACK}
      UNION ALL
      SELECT n.amount - n.failed FROM refund_instead n WHERE {_INSTEAD}
    )
"""
_REFUNDS = f"""
    SELECT kind, type, SUM(many), SUM(amount) FROM (
      SELECT d.kind, CASE WHEN d.kind = 'other' THEN d.type ELSE '' END AS type, 1 AS many, d.amount
      FROM customer_return r JOIN refund_tender d ON d.return_id = r.id WHERE {_BACK}
      UNION ALL
      SELECT d.kind, '', -1, -n.failed FROM refund_instead n
      JOIN refund_tender d ON d.return_id = n.return_id AND d.tender = n.tender WHERE {_INSTEAD}
      UNION ALL
      SELECT n.kind, '', 1, n.amount FROM refund_instead n WHERE {_INSTEAD}
    ) GROUP BY 1, 2 HAVING SUM(many) <> 0 OR SUM(amount) <> 0 ORDER BY 1, 2
"""
# The tax of a fee that was kept stays under the first tax of the goods it was kept for, as it is posted.
_RETURNED_TAXES = f"""
    SELECT code, rate, NULL, SUM(base), SUM(amount) FROM (
      SELECT x.code, x.rate_millionths AS rate, x.base, x.amount
      FROM customer_return r JOIN return_line_tax x ON x.return_id = r.id WHERE {_BACK}
      UNION ALL
      SELECT COALESCE(x.code, 'fee'), COALESCE(x.rate_millionths, 0), -l.fee, -l.fee_tax
      FROM customer_return r JOIN return_line l ON l.return_id = r.id
      LEFT JOIN return_line_tax x ON x.return_id = l.return_id AND x.place = l.place AND x.position = 1
      WHERE {_BACK} AND l.fee_tax <> 0
    ) GROUP BY 1, 2 ORDER BY 1, 2
"""
_COPIES = f"""
    SELECT COUNT(*), COALESCE(SUM(COALESCE(t.total, r.merchandise + r.tax)), 0)
    FROM journal_entry j LEFT JOIN retail_transaction t ON t.id = j.subject
    LEFT JOIN customer_return r ON r.id = j.subject
    WHERE {_ENTRIES} AND j.kind IN ('ReceiptCopied', 'EReceiptIssued') AND j.payload ->> 'copy' > 0
      AND j.payload ->> 'document' IN ('sale_receipt', 'e_receipt', 'return_receipt', 'e_return_receipt')
"""
_UNFINISHED = f"""
    SELECT COUNT(*), COALESCE(SUM(j.payload ->> 'total'), 0) FROM journal_entry j
    WHERE {_ENTRIES} AND j.kind = 'SaleVoided'
"""
_VOIDED_LINES = f"""
    SELECT COUNT(*), COALESCE(SUM(j.payload ->> '$.line[2]'), 0) FROM journal_entry j
    WHERE {_ENTRIES} AND j.kind = 'LineVoided'
"""
_ENTRY_COUNT = f"SELECT COUNT(*) FROM journal_entry j WHERE {_ENTRIES} AND j.kind = :kind"
_MOVEMENTS = """
    SELECT m.kind, COALESCE(j.payload ->> 'reason', ''), COUNT(*), SUM(m.amount) FROM till_movement m
    JOIN journal_entry j ON j.workstation = m.workstation AND j.sequence = m.sequence
    WHERE m.workstation = :workstation AND m.sequence >= :since AND m.sequence <= :until AND m.till = :till
      AND NOT (m.kind = 'cash_back' AND EXISTS (SELECT 1 FROM post_void v
        WHERE v.transaction_id = j.subject AND v.sequence <= :until))
      AND m.kind NOT IN ('sale', 'float', 'close', 'post_void', 'tender_corrected', 'return')
    GROUP BY 1, 2 ORDER BY 1, 2
"""
_EXPECTED = """
    SELECT COALESCE(SUM(amount), 0) FROM till_movement
    WHERE workstation = :workstation AND sequence >= :since AND sequence <= :until AND till = :till
      AND kind <> 'close'
"""
_WAITING = "SELECT COUNT(*), COALESCE(SUM(total), 0) FROM suspended_sale WHERE resumed_at IS NULL"


class DayFigures:
    """Sums over the facts of one till."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sales(self, stretch: Stretch) -> SalesSum:
        number, total, net, tax, rounding, change = self._one(_TOTALS, stretch)
        first, last = self._one(_NUMBERS, stretch)
        exempt = self._tally(_EXEMPT, stretch)
        return SalesSum(Tally(number, total), net, tax, rounding, change, first, last, exempt)

    def departments(self, stretch: Stretch) -> tuple[DepartmentSum, ...]:
        return tuple(DepartmentSum(*row) for row in self._all(_DEPARTMENTS, stretch))

    def taxes(self, stretch: Stretch) -> tuple[TaxSum, ...]:
        return tuple(TaxSum(*row) for row in self._all(_TAXES, stretch))

    def tenders(self, stretch: Stretch, change: int) -> tuple[TenderSum, ...]:
        """By kind and the shop's own type, as corrected; `change` goes off what was taken in cash."""
        sums = [TenderSum(*row) for row in self._all(_TENDERS, stretch)]
        if change and all(one.kind != "cash" for one in sums):
            # More empties came back than was bought, and no customer gave cash: change is all there is of it.
            sums.append(TenderSum("cash", "", 0, 0))
        taken = (
            TenderSum(one.kind, one.type, one.number, one.amount - (change if one.kind == "cash" else 0))
            for one in sums
        )
        # All that was rung up so was something else.
        return tuple(one for one in taken if one.number or one.amount)

    def post_voids(self, stretch: Stretch) -> Tally:
        """Sales taken back after they were paid, and what they came to."""
        return self._tally(_POST_VOIDS, stretch)

    def corrections(self, stretch: Stretch) -> Tally:
        """Tenders put right."""
        return self._tally(_CORRECTIONS, stretch)

    def discounts(self, stretch: Stretch) -> Tally:
        return self._tally(_DISCOUNTS, stretch)

    def stored(self, stretch: Stretch) -> Tally:
        """Lines that put money on a card or an account."""
        return self._tally(_STORED, stretch)

    def reductions(self, stretch: Stretch) -> Tally:
        """Prices lowered by hand."""
        return self._tally(_REDUCTIONS, stretch)

    def returns(self, stretch: Stretch) -> Tally:
        return self._tally(_RETURNS, stretch)

    def kept(self, stretch: Stretch) -> Tally:
        """Fees and deductions kept of returns."""
        return self._tally(_KEPT, stretch)

    def refund_rounding(self, stretch: Stretch) -> int:
        """What cash rounding added to refunds, minor units."""
        return self._tally(_REFUND_ROUNDING, stretch).amount

    def refunds(self, stretch: Stretch) -> tuple[TenderSum, ...]:
        """What went out for returns, by kind and the shop's own type."""
        return tuple(TenderSum(*row) for row in self._all(_REFUNDS, stretch))

    def returned_taxes(self, stretch: Stretch) -> tuple[TaxSum, ...]:
        """The tax given back, less that of fees that were kept."""
        return tuple(TaxSum(*row) for row in self._all(_RETURNED_TAXES, stretch))

    def copies(self, stretch: Stretch) -> Tally:
        """Copies of receipts, and what the receipts copied come to."""
        return self._tally(_COPIES, stretch)

    def unfinished(self, stretch: Stretch) -> Tally:
        """Sales given up before they were paid."""
        return self._tally(_UNFINISHED, stretch)

    def voided_lines(self, stretch: Stretch) -> Tally:
        return self._tally(_VOIDED_LINES, stretch)

    def entries(self, stretch: Stretch, kind: str) -> int:
        """How many entries of one kind there are."""
        return int(self._one(_ENTRY_COUNT, stretch, kind=kind)[0])

    def movements(self, stretch: Stretch) -> tuple[MoveSum, ...]:
        """Cash moved by hand, by kind and reason."""
        return tuple(MoveSum(*row) for row in self._all(_MOVEMENTS, stretch))

    def expected(self, stretch: Stretch) -> int:
        """The cash that should be in the drawer: the sum of what moved."""
        return int(self._one(_EXPECTED, stretch)[0])

    def suspended(self) -> Tally:
        """What waits in the whole shop at this moment."""
        return Tally(*self._connection.exec_driver_sql(_WAITING).one())

    def _tally(self, sql: str, stretch: Stretch) -> Tally:
        return Tally(*self._one(sql, stretch))

    def _one(self, sql: str, stretch: Stretch, **more: str) -> Any:
        return self._all(sql, stretch, **more)[0]

    def _all(self, sql: str, stretch: Stretch, **more: str) -> list[Any]:
        values = {
            "till": stretch.till,
            "workstation": stretch.workstation,
            "day": stretch.business_day,
            "since": stretch.since,
            "until": stretch.until,
        }
        return [tuple(row) for row in self._connection.exec_driver_sql(sql, values | more)]

"""Control totals of an import of sales, by day: rows in are rows out, money in is what was taken and what refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pos.domain.sale_cells import in_nanos
from pos.domain.sale_rows import RefusedSaleRow, SaleRow


@dataclass(slots=True)
class DayTotals:
    """One day of a file, or all of it: money in thousand-millionths of the currency as the file says it.

    `stored` is the money taken as the books hold it, so it differs from `taken` by `rounded` alone. Rows whose
    amount cannot be read are in `unread`, and their money in none of the sums.
    """

    taken_rows: int = 0
    refused_rows: int = 0
    unread: int = 0
    taken: int = 0
    refused: int = 0
    stored: int = 0

    @property
    def rows(self) -> int:
        return self.taken_rows + self.refused_rows

    @property
    def money(self) -> int:
        """What the file says of these rows."""
        return self.taken + self.refused

    @property
    def rounded(self) -> int:
        """What rounding to the currency's smallest unit added."""
        return self.stored - self.taken

    def add(self, other: DayTotals) -> None:
        """Count these with the others."""
        self.taken_rows += other.taken_rows
        self.refused_rows += other.refused_rows
        self.unread += other.unread
        self.taken += other.taken
        self.refused += other.refused
        self.stored += other.stored


@dataclass(slots=True)
class SaleTotals:
    """The totals of each day; rows without a readable day stand under None."""

    currency: str
    days: dict[date | None, DayTotals] = field(default_factory=dict)

    def take(self, row: SaleRow) -> None:
        """A row that is taken."""
        day = self.days.setdefault(row.at.date(), DayTotals())
        day.taken_rows += 1
        day.taken += row.nanos
        day.stored += in_nanos(-row.total if row.thousandths < 0 else row.total, self.currency)

    def refuse(self, row: RefusedSaleRow) -> None:
        """A row that is not."""
        day = self.days.setdefault(row.day, DayTotals())
        day.refused_rows += 1
        if row.nanos is None:
            day.unread += 1
        else:
            day.refused += row.nanos

    def whole(self) -> DayTotals:
        """All days together."""
        return summed(self.days.values())

    def in_order(self) -> tuple[tuple[date | None, DayTotals], ...]:
        """By day, what has none last."""
        return tuple(sorted(self.days.items(), key=lambda each: (each[0] is None, each[0] or date.min)))


def summed(totals: Iterable[DayTotals]) -> DayTotals:
    """All of these as one."""
    whole = DayTotals()
    for one in totals:
        whole.add(one)
    return whole

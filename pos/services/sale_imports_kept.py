"""The report of every import of sales that is in the books, kept in its journal entry, so that it can be read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.journal import JournalEntry
from pos.domain.refusal import Refused
from pos.domain.sale_cells import NANOS, DateSpelling
from pos.domain.sale_gathering import Unmatched
from pos.domain.sale_rows import RefusedSaleRow, SaleFault
from pos.domain.sale_totals import DayTotals, summed
from pos.domain.staff import Permission
from pos.services.desk import Desk, read_payload
from pos.services.sale_import import REPORT, SaleImportReport


@dataclass(frozen=True, slots=True)
class KeptImport:
    """An import that is in the books: when on the shop's clock and by whom (empty: the command line), with its report.

    `whole` is False for one that was made before reports were kept: only its totals are known.
    """

    id: str
    at: datetime
    operator_name: str
    report: SaleImportReport
    whole: bool


def kept_imports(desk: Desk) -> tuple[KeptImport, ...] | Refused:
    """Every import of sales from a file that wrote anything, newest first.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED.
    """
    permitted = desk.permit(Permission.MANAGE_SHOP)
    if isinstance(permitted, Refused):
        return permitted
    with desk.shop.books.reading() as work:
        people = {record.operator.id: record.operator.name for record in work.staff.all()}
        entries = [work.journal.entry(*where) for where in work.taken_over.under_entries()]
    found = [kept for entry in entries if entry is not None and (kept := _kept(desk, entry, people)) is not None]
    return tuple(sorted(found, key=lambda kept: (kept.at, kept.id), reverse=True))


def _kept(desk: Desk, entry: JournalEntry, people: Mapping[str, str]) -> KeptImport | None:
    """None for sales that came from no file."""
    said = read_payload(entry)
    if "file" not in said:
        return None
    who = "" if entry.operator is None else people.get(entry.operator, entry.operator)
    told = said.get(REPORT)
    report = _report(said, told) if isinstance(told, dict) else _totals_alone(said, desk.rules.currency)
    return KeptImport(
        f"{entry.workstation}/{entry.sequence}", desk.local(entry.at), who, report, whole=told is not None
    )


def _report(said: Mapping[str, Any], told: Mapping[str, Any]) -> SaleImportReport:
    """The report as it was."""
    days = tuple((_day(day), DayTotals(*totals)) for day, *totals in told["days"])
    totals = summed(one for _, one in days)
    return SaleImportReport(
        file=said["file"],
        currency=told["currency"],
        encoding=told["encoding"],
        order=DateSpelling(told["order"]) if told["order"] else None,
        totals=totals,
        days=days,
        rows_read=totals.rows,
        money_read=totals.money,
        sales=told["sales"],
        cancellations=told["cancellations"],
        matched_rows=told["matched"],
        unmatched_rows=told["unmatched"],
        unmatched=tuple(Unmatched(*one) for one in told["unmatched_rows"]),
        refused=tuple(_refused(one) for one in told["refused_rows"]),
        items_unknown=told["items_unknown"],
        rounds=told["rounds"],
        take_good=True,
        written=True,
    )


def _refused(told: Sequence[Any]) -> RefusedSaleRow:
    line, receipt, fault, facts, day, nanos = told
    return RefusedSaleRow(line, receipt, SaleFault(fault), facts, _day(day), nanos)


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def _nanos(text: str) -> int:
    return int(Decimal(text) * NANOS)


def _totals_alone(said: Mapping[str, Any], currency: str) -> SaleImportReport:
    """What an entry of before says: its rows and its money."""
    taken = _nanos(said["money_taken"])
    totals = DayTotals(
        taken_rows=said["rows"] - said["refused"],
        refused_rows=said["refused"],
        taken=taken,
        refused=_nanos(said["money_refused"]),
        stored=taken + _nanos(said["rounded"]),
    )
    return SaleImportReport(
        said["file"],
        currency,
        totals=totals,
        rows_read=totals.rows,
        money_read=totals.money,
        sales=said["sales"],
        cancellations=said["returns"],
        take_good=True,
        written=True,
    )

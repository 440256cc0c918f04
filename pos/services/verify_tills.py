"""What verify asks of the tills beside SQL: what each movement posts, and every Z report reckoned anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, replace

from pos.domain.check_deposit import deposit_postings
from pos.domain.day_report import OF_ITS_MOMENT, DayReport, ReportKind
from pos.domain.finding import Finding, Violation
from pos.domain.journal import CashMovement, EntryKind, JournalEntry
from pos.domain.ledger import LedgerEntry, close_postings, moved_postings
from pos.domain.till import MovementKind
from pos.persistence.till_days import StoredReport
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.day_reports import with_figures
from pos.services.desk import read_payload
from pos.services.till_moves import ENTRIES

_KINDS = {entry: kind for kind, entry in ENTRIES.items()}
POSTS = (*_KINDS, EntryKind.TILL_CLOSED)


def till_postings(
    work: UnitOfWork, entry: JournalEntry, movement: CashMovement | None
) -> tuple[LedgerEntry, ...] | None:
    """What an entry of `POSTS` posts; None where the fact it tells of is gone."""
    if entry.kind is EntryKind.TILL_CLOSED:
        close = work.till_days.closed(entry.subject or "")
        if close is None:
            return None
        checks = work.check_deposits.amount_of(close.till)
        return close_postings(close.expected, close.counted) + deposit_postings(checks)
    if movement is None or movement.till != entry.subject or movement.kind != _KINDS[entry.kind]:
        return None
    return moved_postings(MovementKind(movement.kind), movement.amount, str(read_payload(entry)["reason"]))


def report_violations(work: UnitOfWork) -> Iterator[Violation]:
    """Every report is the one the journal names, and every figure of a Z comes out again from the facts (I-15)."""
    said = {
        (entry.workstation, entry.sequence): read_payload(entry)["body"]
        for entry in work.journal.of_kind(EntryKind.TILL_REPORTED)
    }
    for kind in ReportKind:
        for stored in work.till_days.reports(kind):
            report = stored.report
            where = f"{kind.value} {report.register}-{report.number}"
            digest = hashlib.sha256(stored.body.encode()).hexdigest()
            kept = said.get((report.workstation, stored.sequence)) == digest
            if not kept or (kind is ReportKind.Z and _differs(report, _anew(work, stored))):
                yield Violation("I-15", where, Finding.REPORT_FIGURES)


def _anew(work: UnitOfWork, stored: StoredReport) -> DayReport | None:
    """The Z report as the facts say it today; its head is that of the till it was made of."""
    report, till = stored.report, work.tills.get(stored.report.till)
    if till is None:
        return None
    head = replace(
        report,
        workstation=till.workstation,
        currency=till.currency,
        business_day=till.business_day,
        opened_at=till.opened_at,
        opened_by=till.opened_by,
    )
    return with_figures(work, head, work.rules.version(report.rules_version), until=stored.sequence - 1)


def _differs(report: DayReport, anew: DayReport | None) -> bool:
    """Whether any figure is another; those of its moment alone are not reckoned again."""
    names = [field.name for field in fields(DayReport) if field.name not in OF_ITS_MOMENT]
    return anew is None or any(getattr(report, name) != getattr(anew, name) for name in names)

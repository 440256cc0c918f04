"""X and Z reports: made from the books in the unit of work that keeps them, and printed from what was kept for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pos.domain.check_deposit import checks_amount
from pos.domain.day_report import DayReport, DepartmentSum, ReportKind, Tally, report_body
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import JournalHead
from pos.persistence.day_figures import Stretch
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.copies import Issued, written
from pos.services.desk import Desk, Fact, read_payload, record
from pos.services.open_matters import MatterKind, OpenMatter, open_matters, tally
from pos.services.papers import day_report_job, day_report_of
from receipts.document import Document


@dataclass(frozen=True, slots=True)
class Made:
    """A report that is in the books, where the journal stood with it, and the paper that waits."""

    report: DayReport
    head: JournalHead
    paper: str


class DayReports:
    """The reports of this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def x_report(self) -> Made | Refused:
        """The figures of the open till as they stand; ends nothing. Its paper waits in the queue.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TILL_CLOSED.
        """
        operator = self._desk.permit(Permission.X_REPORT)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            till = work.tills.open_till(self._desk.number)
            if till is None:
                return Refused(Code.TILL_CLOSED)
            matters = open_matters(work, self._desk)
            made = write_report(work, self._desk, till, kind=ReportKind.X, operator=operator, matters=matters)
            work.commit()
        self._desk.shop.anchor(made.head)
        return made

    def last_z(self) -> DayReport | Refused:
        """The Z report of the till that was closed last here.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, REPORT_UNKNOWN where none was closed yet.
        """
        operator = self._desk.permit(Permission.Z_REPORT)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            stored = work.till_days.last_report(self._desk.number, ReportKind.Z)
        return Refused(Code.REPORT_UNKNOWN) if stored is None else stored.report

    def find(
        self, number: int, kind: ReportKind = ReportKind.Z, *, workstation: int | None = None
    ) -> DayReport | Refused:
        """One report as it was made, of this workstation or another one. Refused as `last_z`."""
        operator = self._desk.permit(_PERMISSIONS[kind])
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            stored = work.till_days.report(workstation or self._desk.number, kind, number)
        return Refused(Code.REPORT_UNKNOWN) if stored is None else stored.report

    def history(self) -> tuple[DayReport, ...] | Refused:
        """Every Z report of the shop, the newest first. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.Z_REPORT)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return tuple(stored.report for stored in work.till_days.reports(ReportKind.Z))

    def print_again(
        self, number: int, kind: ReportKind = ReportKind.Z, *, workstation: int | None = None
    ) -> Issued | Refused:
        """Queue a copy of a report: the same figures for ever, marked as a copy. Refused as `last_z`."""
        operator = self._desk.permit(_PERMISSIONS[kind])
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            stored = work.till_days.report(workstation or self._desk.number, kind, number)
            if stored is None:
                return Refused(Code.REPORT_UNKNOWN)
            copy = 1 + len(work.journal.of_subject(_named(stored.report), EntryKind.TILL_REPORT_COPIED))
            job = day_report_job(self._desk, stored.report, copy_number=copy)
            work.paper_jobs.add(job)
            fact = Fact(
                EntryKind.TILL_REPORT_COPIED, self._desk.now(), operator.id, _named(stored.report), {"copy": copy}
            )
            head = record(work, self._desk, fact)
            work.commit()
        self._desk.shop.anchor(head)
        return Issued(job.id, copy)

    def document(
        self, number: int, kind: ReportKind = ReportKind.Z, *, workstation: int | None = None
    ) -> Document | Refused:
        """A report as its paper, for the screen or a file. Refused as `last_z`."""
        operator = self._desk.permit(_PERMISSIONS[kind])
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            stored = work.till_days.report(workstation or self._desk.number, kind, number)
            return Refused(Code.REPORT_UNKNOWN) if stored is None else day_report_of(work, self._desk, stored)

    def save(
        self, number: int, folder: Path, kind: ReportKind = ReportKind.Z, *, workstation: int | None = None
    ) -> Path | Refused:
        """A report as a PDF in `folder`; the same report gives the same file again. Refused as `last_z`.

        Raises KnownError FILE_UNREADABLE where the folder cannot be written.
        """
        document = self.document(number, kind, workstation=workstation)
        if isinstance(document, Refused):
            return document
        register = f"{self._desk.rules.store}-{workstation or self._desk.number:02d}"
        return written(document, folder, f"{kind.value}-report-{register}-{number}.pdf")


_PERMISSIONS = {ReportKind.X: Permission.X_REPORT, ReportKind.Z: Permission.Z_REPORT}


def write_report(
    work: UnitOfWork,
    desk: Desk,
    till: TillSession,
    *,
    kind: ReportKind,
    operator: Operator,
    matters: Sequence[OpenMatter],
) -> Made:
    """Make a report inside the unit of work: its number is given here, so that numbers have no gap (I-13)."""
    now = desk.now()
    begun = DayReport(
        kind=kind,
        number=work.till_days.next_number(desk.number, kind),
        store=desk.rules.store,
        workstation=till.workstation,
        till=till.id,
        rules_version=desk.rules.version,
        currency=till.currency,
        business_day=till.business_day,
        opened_at=till.opened_at,
        made_at=now,
        utc_offset_minutes=desk.offset_minutes(now),
        opened_by=till.opened_by,
        made_by=operator.id,
        suspended=tally(matters, MatterKind.SUSPENDED),
        unknown=tally(matters, MatterKind.UNKNOWN_OUTCOME),
    )
    report = with_figures(work, begun, desk.rules, until=work.journal.head(desk.number).sequence)
    body = report_body(report)
    payload: dict[str, object] = {
        "kind": kind.value, "number": report.number, "body": hashlib.sha256(body.encode()).hexdigest(),
    }  # fmt: skip
    head = record(work, desk, Fact(EntryKind.TILL_REPORTED, now, operator.id, till.id, payload))
    work.till_days.add_report(report, body, head)
    job = day_report_job(desk, report)
    work.paper_jobs.add(job)
    return Made(report, head, job.id)


def with_figures(work: UnitOfWork, begun: DayReport, rules: ShopRules, *, until: int) -> DayReport:
    """The report with every figure of its till from the facts, up to an entry of its workstation's journal.

    `rules` are those of the report's version. Writes nothing.
    """
    opened = work.journal.entry_of(begun.till, EntryKind.TILL_OPENED)
    since = 0 if opened is None else opened.sequence
    stretch = Stretch(begun.till, begun.workstation, begun.business_day.isoformat(), since, until)
    return _with_entries(work, _with_sales(work, begun, rules, stretch), stretch)


def _with_sales(work: UnitOfWork, begun: DayReport, rules: ShopRules, stretch: Stretch) -> DayReport:
    """What was sold and taken, and the grand totals with it."""
    figures = work.day_figures
    sold, departments, returns = figures.sales(stretch), figures.departments(stretch), figures.returns(stretch)
    before = work.till_days.z_before(begun.workstation, begun.till)
    return replace(
        begun,
        sales=sold.sales,
        net=sold.net,
        tax=sold.tax,
        rounding=sold.rounding,
        exempt=sold.exempt,
        stored=figures.stored(stretch),
        first_receipt=sold.first,
        last_receipt=sold.last,
        departments=departments,
        goods=_pieces(departments, rules.service_departments, services=False),
        services=_pieces(departments, rules.service_departments, services=True),
        taxes=figures.taxes(stretch),
        tenders=figures.tenders(stretch, sold.change),
        returns=returns,
        kept=figures.kept(stretch),
        refund_rounding=figures.refund_rounding(stretch),
        refunds=figures.refunds(stretch),
        returned_taxes=figures.returned_taxes(stretch),
        discounts=figures.discounts(stretch),
        reductions=figures.reductions(stretch),
        post_voids=figures.post_voids(stretch),
        corrections=figures.corrections(stretch),
        grand_sales=(0 if before is None else before.grand_sales) + sold.sales.amount,
        grand_returns=(0 if before is None else before.grand_returns) + returns.amount,
    )


def _with_entries(work: UnitOfWork, begun: DayReport, stretch: Stretch) -> DayReport:
    """What the journal counts, and the drawer."""
    figures = work.day_figures
    till, close = work.tills.get(begun.till), work.till_days.closed(begun.till)
    ended, deposits = work.journal.of_subject(begun.till, EntryKind.TILL_CLOSED), work.check_deposits
    checks = deposits.held(begun.till) if close is None else deposits.of_till(begun.till)
    return replace(
        begun,
        opening_float=0 if till is None else till.float_minor,
        drawer_openings=figures.entries(stretch, EntryKind.DRAWER_OPENED.value),
        no_sales=figures.entries(stretch, EntryKind.NO_SALE.value),
        copies=figures.copies(stretch),
        # What is practised is in books of its own.
        training=Tally(),
        voided_lines=figures.voided_lines(stretch),
        unfinished=figures.unfinished(stretch),
        movements=figures.movements(stretch),
        expected=figures.expected(stretch),
        counted=None if close is None else close.counted,
        next_float=None if close is None else close.next_float,
        checks=Tally(len(checks), checks_amount(checks)),
        note=str(read_payload(ended[0]).get("note", "")) if ended and close is not None else "",
    )


def _pieces(departments: Sequence[DepartmentSum], of_services: Sequence[str], *, services: bool) -> int:
    return sum(each.pieces for each in departments if (each.name in of_services) is services)


def _named(report: DayReport) -> str:
    """What the journal calls a report."""
    return f"{report.kind.value} {report.register}-{report.number}"

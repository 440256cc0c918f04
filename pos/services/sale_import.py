"""Take another system's sales into the books from a file: all of it as it stands, or the good rows alone, or nothing.

The file is read twice: once to know what is in it, once to make its sales, which wait on the disk until the last one is
made. The books are locked only while these rows are written, in one unit of work under one journal entry. Nothing is
priced again, and neither till, stock, ledger nor receipt numbers know of it.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, field, replace
from datetime import date
from pathlib import Path

from pos.domain.card_number import redacted
from pos.domain.frozen import dataclass
from pos.domain.identifiers import lookup_keys
from pos.domain.item_columns import FileFault, FileProblem, FileRefused
from pos.domain.journal import EntryKind
from pos.domain.refusal import Refused
from pos.domain.sale_cells import DateSpelling, nanos_text
from pos.domain.sale_columns import choose_sale_columns
from pos.domain.sale_gathering import Gathering, KnownItem, Unmatched
from pos.domain.sale_matching import NewSale, Sold, SoldLine, keys_by
from pos.domain.sale_rows import RefusedSaleRow, SaleFault, SaleReading, SaleRow, SaleRowReader
from pos.domain.sale_tenders import NotPaid
from pos.domain.sale_totals import DayTotals, SaleTotals
from pos.domain.staff import Permission
from pos.domain.tax import PriceMode
from pos.persistence.taken_over_staging import Staging, staging
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.file_import import SHOWN_MAX, Cancelled, FileWork, Progress, Stage, run_import, shown_name
from pos.services.item_file import FileRow, open_item_file
from pos.services.purchases import purchase_of
from pos.services.sale_scan import Scan, scan_sales

ROWS_MAX = 5_000_000
# Under this name the journal's entry keeps what a report shows one by one.
REPORT = "report"
# How far back among a customer's earlier sales a cancellation of theirs is looked for.
_SALES_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class SaleImportOptions:
    """How a file is meant. `maps` are "field=column", "field=" for no column at all. `order` is "", "day_first" or
    "month_first"; `encoding` as Python calls it, "" to be told by the file. `rounds`: amounts finer than the currency
    are taken to the nearest unit, half up, instead of refused.
    """

    maps: tuple[str, ...] = ()
    order: str = ""
    encoding: str = ""
    rounds: bool = False
    take_good: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class SaleImportReport:
    """What an import did, or would have done where `written` is not set.

    `refused` and `unmatched` hold the first of their kind, the counts count all; `matched_rows` are the lines of
    cancellations whose sale is known. `items_unknown` counts the codes that are no item's here.
    """

    file: str
    currency: str
    problem: FileProblem | None = None
    encoding: str = ""
    order: DateSpelling | None = None
    totals: DayTotals = field(default_factory=DayTotals)
    days: tuple[tuple[date | None, DayTotals], ...] = ()
    rows_read: int = 0
    money_read: int = 0
    sales: int = 0
    cancellations: int = 0
    matched_rows: int = 0
    unmatched_rows: int = 0
    unmatched: tuple[Unmatched, ...] = ()
    refused: tuple[RefusedSaleRow, ...] = ()
    reasons: Mapping[SaleFault, int] = field(default_factory=dict)
    items_unknown: int = 0
    rounds: bool = False
    take_good: bool = False
    dry_run: bool = False
    cancelled: bool = False
    written: bool = False

    @property
    def adds_up(self) -> bool:
        """Rows in are rows out, and money in is what was taken and what was refused."""
        return self.totals.rows == self.rows_read and self.totals.money == self.money_read

    @property
    def good(self) -> bool:
        """What was asked for was done, or would be: the exit status of the command line."""
        # Of the good rows alone there has to be one: else nothing came of it.
        kept_out = self.totals.rows if self.take_good else 1
        return self.problem is None and not self.cancelled and self.totals.refused_rows < kept_out


def import_sales(
    desk: Desk,
    path: Path,
    options: SaleImportOptions,
    *,
    from_command_line: bool = False,
    progress: Progress = lambda stage, rows: None,
    cancelled: Cancelled = lambda: False,
) -> SaleImportReport | Refused:
    """Import the sales of a CSV file (packed with gzip or not) in one unit of work with one journal entry.

    What it brings can be returned for money, so whoever may run the shop is asked for.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError for what a disk does, FILE_UNREADABLE for the file.
    """
    work = _SaleImport(desk, path, options, progress, cancelled)
    return run_import(desk, Permission.MANAGE_SHOP, work, from_command_line=from_command_line)


class _SaleImport(FileWork[SaleImportReport]):
    """One import on its way."""

    def __init__(
        self, desk: Desk, path: Path, options: SaleImportOptions, progress: Progress, cancelled: Cancelled
    ) -> None:
        super().__init__(desk, path, progress, cancelled)
        self._options = options
        self._totals = SaleTotals(desk.rules.currency)
        self._refused: list[RefusedSaleRow] = []
        self._reasons: Counter[SaleFault] = Counter()
        self._unmatched: list[Unmatched] = []
        self._sales = self._cancellations = self._matched = 0

    def nothing(self, problem: FileProblem | None = None, *, cancelled: bool = False) -> SaleImportReport:
        currency = self._desk.rules.currency
        return SaleImportReport(shown_name(self._path), currency, problem, cancelled=cancelled)

    def run(self, operator: str | None) -> SaleImportReport:
        rules, options = self._desk.rules, self._options
        reading = SaleReading(
            currency=rules.currency,
            tax_included=rules.price_mode is PriceMode.TAX_INCLUDED,
            today=self._desk.local(self._desk.now()).date(),
            order=DateSpelling(options.order) if options.order else None,
            rounds=options.rounds,
        )
        scan = scan_sales(
            self._path, options.maps, reading, options.encoding, lambda rows: self._step(Stage.READING, rows)
        )
        if scan.rows > ROWS_MAX:
            raise FileRefused(FileFault.TOO_MANY_ROWS, limit=str(ROWS_MAX))
        with staging() as staged:
            with self._desk.shop.books.reading() as work:
                known = work.taken_over.known(list(scan.rows_of))
                gathering = self._gathering(work, scan)
                self._gather(scan, replace(reading, order=scan.order), known, gathering, staged)
            report = self._report(scan, gathering)
            if not report.adds_up:
                raise ArithmeticError(f"the rows of {report.file} do not add up to the file")
            if options.dry_run or not report.good or not (self._sales or self._cancellations):
                return report
            self._write(report, scan, staged, operator)
            return replace(report, written=True)

    # --- Making the sales ---------------------------------------------------------------------------------------------

    def _gathering(self, work: UnitOfWork, scan: Scan) -> Gathering:
        sold, items = Sold(scan.wanted), self._items(work, scan)
        if work.taken_over.rows_held():
            codes: dict[str, list[str]] = {}
            for code, item in items.items():
                codes.setdefault(item.id, []).append(code)
            for customer in sorted(scan.customers - {""}):
                self._hold_earlier(work, customer, sold, codes)
        return Gathering(secrets.token_hex(8), self._desk.rules, self._desk.zone, items, sold, scan.rows_of)

    def _hold_earlier(self, work: UnitOfWork, customer: str, sold: Sold, codes: Mapping[str, Sequence[str]]) -> None:
        """What a customer bought before this file, so that its cancellations find that too; `codes` are the file's for
        each item.
        """
        for heading in work.taken_over.by_customer(customer, _SALES_LOOKED_AT):
            purchase = purchase_of(work, self._desk, heading.id)
            if purchase is not None:
                sold.hold_tenders(purchase.id, purchase.tenders)
            for line in () if purchase is None else purchase.lines:
                assert purchase is not None
                sale = NewSale(purchase.id, purchase.receipt, purchase.at)
                worth = line.total - line.returned_net - line.returned_tax
                left = line.left.thousandths
                serials = tuple(one for one in line.serials if one not in line.back_serials)
                kept = SoldLine(sale, line.line, line.item, line.unit_price, left, worth, serials)
                named = {code.casefold() for code in (line.item, *codes.get(line.item, ()))}
                keys = [each for item in named for each in keys_by(item, customer, purchase.receipt)]
                sold.hold([key for key in keys if key in sold.wanted], kept)

    def _items(self, work: UnitOfWork, scan: Scan) -> dict[str, KnownItem]:
        """By the file's codes the items this shop has; the first reading of a code that is one counts."""
        keys = {code: lookup_keys(code) for code in scan.codes if code}
        owners = work.items.owners(sorted({key for each in keys.values() for key in each}))
        ids = {code: next((owners[key] for key in each if key in owners), "") for code, each in keys.items()}
        items = work.items.get_many(sorted(set(ids.values()) - {""}), self._desk.now())
        return {
            code: KnownItem(item.id, item.department, item.family, item.unit)
            for code, item_id in ids.items()
            if (item := items.get(item_id)) is not None
        }

    def _gather(self, scan: Scan, reading: SaleReading, known: set[str], gathering: Gathering, staged: Staging) -> None:
        """Every row once more; a sale is made when its last row was read, cancellations after all sales."""
        left = Counter(scan.rows_of)
        waiting: dict[str, list[SaleRow]] = {}
        back: list[tuple[str, list[SaleRow]]] = []
        with open_item_file(self._path, scan.encoding) as file:
            reader = SaleRowReader(choose_sale_columns(file.header, self._options.maps), reading)
            count = 0
            for row in file.rows():
                count += 1
                if count % 1000 == 0:
                    self._step(Stage.CHECKING, count)
                if not isinstance(row, FileRow):
                    self._refuse(RefusedSaleRow(row.line, "", SaleFault.ROW_TORN, {}))
                    continue
                receipt = reader.receipt_of(row.cells)
                result = reader.read(row.line, row.cells)
                if isinstance(result, SaleRow) and receipt in known:
                    facts = {"receipt": result.receipt}
                    result = reader.refused(row.line, row.cells, SaleFault.RECEIPT_KNOWN, facts)
                if isinstance(result, SaleRow):
                    waiting.setdefault(receipt, []).append(result)
                else:
                    self._refuse(result)
                left[receipt] -= 1
                if not left[receipt] and (rows := waiting.pop(receipt, None)):
                    self._make(receipt, rows, gathering, staged, back)
            self._step(Stage.CHECKING, count)
            if count != scan.rows or file.sha256 != scan.sha256:
                raise FileRefused(FileFault.FILE_CHANGED)
        for receipt, rows in sorted(back, key=lambda each: (each[1][0].at, each[1][0].line)):
            self._cancel(receipt, rows, gathering, staged)

    def _make(
        self,
        receipt: str,
        rows: list[SaleRow],
        gathering: Gathering,
        staged: Staging,
        back: list[tuple[str, list[SaleRow]]],
    ) -> None:
        sold = [row for row in rows if row.thousandths > 0]
        gone = [row for row in rows if row.thousandths < 0]
        if sold:
            try:
                paid = gathering.how_paid(sold, alone=not gone)
            except NotPaid as error:
                self._refuse_sale(rows, error)
                return
            staged.add_sale(gathering.sale(receipt, sold, paid))
            self._sales += 1
        for row in rows:
            self._totals.take(row)
        if gone:
            back.append((gathering.beside(receipt, 2) if sold else receipt, gone))

    def _cancel(self, receipt: str, rows: list[SaleRow], gathering: Gathering, staged: Staging) -> None:
        before = len(self._unmatched)
        for one in gathering.cancellation(receipt, rows, self._unmatched):
            staged.add_return(one)
        self._cancellations += 1
        self._matched += len(rows) - (len(self._unmatched) - before)

    def _refuse_sale(self, rows: list[SaleRow], why: NotPaid) -> None:
        """All rows of a sale whose tenders do not come to its total."""
        facts = {
            "paid": nanos_text(why.paid, self._desk.rules.currency),
            "total": nanos_text(why.due, self._desk.rules.currency),
        }
        for row in rows:
            fault = SaleFault.TENDERS_NOT_THE_TOTAL
            self._refuse(RefusedSaleRow(row.line, row.receipt, fault, facts, row.at.date(), row.nanos))

    def _refuse(self, row: RefusedSaleRow) -> None:
        self._totals.refuse(row)
        self._reasons[row.fault] += 1
        if len(self._refused) < SHOWN_MAX:
            self._refused.append(row)

    # --- The books ----------------------------------------------------------------------------------------------------

    def _write(self, report: SaleImportReport, scan: Scan, staged: Staging, operator: str | None) -> None:
        payload = _payload(report, scan, staged)
        with self._desk.shop.books.writing() as work:
            if work.taken_over.known(list(scan.rows_of)) and not report.reasons.get(SaleFault.RECEIPT_KNOWN):
                # Somebody took the same file in while this one was read.
                raise FileRefused(FileFault.FILE_CHANGED)
            fact = Fact(EntryKind.SALES_TAKEN_OVER, self._desk.now(), operator, None, payload)
            head = record(work, self._desk, fact)
            written = 0
            for table, rows in staged.steps():
                work.taken_over.add_rows(table, rows, head)
                written += len(rows)
                self._step(Stage.WRITING, written)
            work.commit()
        self._desk.shop.anchor(head)

    def _report(self, scan: Scan, gathering: Gathering) -> SaleImportReport:
        return replace(
            self.nothing(),
            encoding=scan.encoding,
            order=scan.order,
            totals=self._totals.whole(),
            days=self._totals.in_order(),
            rows_read=scan.rows,
            money_read=scan.money,
            sales=self._sales,
            cancellations=self._cancellations,
            matched_rows=self._matched,
            unmatched_rows=len(self._unmatched),
            unmatched=tuple(self._unmatched[:SHOWN_MAX]),
            refused=tuple(sorted(self._refused, key=lambda row: row.line)),
            reasons=dict(self._reasons),
            items_unknown=len(scan.codes - {""} - set(gathering.items)),
            rounds=self._options.rounds,
            take_good=self._options.take_good,
            dry_run=self._options.dry_run,
        )


def _payload(report: SaleImportReport, scan: Scan, staged: Staging) -> dict[str, object]:
    """What the journal's entry says: the totals of the books, those of the file, and what both were made of."""
    totals, currency = report.totals, report.currency
    return {
        **staged.totals,
        "digest": staged.digest(),
        "file": report.file,
        "sha256": scan.sha256,
        "rows": totals.rows,
        "refused": totals.refused_rows,
        "money": nanos_text(totals.money, currency),
        "money_taken": nanos_text(totals.taken, currency),
        "money_refused": nanos_text(totals.refused, currency),
        "rounded": nanos_text(totals.rounded, currency),
        REPORT: _told(report),
    }


def _told(report: SaleImportReport) -> dict[str, object]:
    """The report as it can be read again; of refused rows and of cancellations of no sale as many as it shows. A card's
    number that stood in a wrong column stays out of the books.
    """
    return {
        "currency": report.currency,
        "encoding": report.encoding,
        "order": "" if report.order is None else report.order.value,
        "rounds": report.rounds,
        "days": [[_day(day), *astuple(totals)] for day, totals in report.days],
        "sales": report.sales,
        "cancellations": report.cancellations,
        "matched": report.matched_rows,
        "unmatched": report.unmatched_rows,
        "items_unknown": report.items_unknown,
        "refused_rows": [
            [row.line, redacted(row.receipt), row.fault.value, _without_cards(row.facts), _day(row.day), row.nanos]
            for row in report.refused
        ],
        "unmatched_rows": [
            list(one._replace(receipt=redacted(one.receipt), name=redacted(one.name))) for one in report.unmatched
        ],
    }


def _without_cards(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    return {name: redacted(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

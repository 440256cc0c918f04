"""Take a file of items into the catalogue: read it, hold every row against the rules, then write all of it at once.

The books are locked only while rows are written that were held against the catalogue before; a catalogue that changed
in between is held against once more. Either every row is good and taken, or nothing is,
unless the good ones alone are asked for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache
from importlib import resources
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.item_cells import read_unit
from pos.domain.item_columns import Column, FileFault, FileProblem, FileRefused, choose_columns
from pos.domain.item_rows import (
    DEPARTMENT_LENGTH_MAX,
    Defaults,
    ItemRow,
    RefusedRow,
    RowFault,
    RowProblem,
    RowReader,
    read_price,
    read_tax,
    tax_codes,
    text_fault,
)
from pos.domain.journal import EntryKind
from pos.domain.refusal import Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact
from pos.services.file_import import (
    SHOWN_MAX,
    Cancelled,
    FileWork,
    Progress,
    Stage,
    run_import,
    shown_name,
)
from pos.services.item_file import FileRow, ItemFile, open_item_file
from pos.services.item_plan import ItemChange, Plan, plan_items
from pos.services.price_facts import record_prices

# What a plan was made of may have changed since one of these.
CATALOGUE_ENTRIES = (
    EntryKind.ITEMS_IMPORTED,
    EntryKind.ITEM_ADDED,
    EntryKind.ITEM_CHANGED,
    EntryKind.PRICE_SET,
    EntryKind.OPEN_BOX_SHELVED,
)
ROWS_MAX = 1_000_000
_STEP = 5_000


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is meant; text as somebody typed it. `maps` are "field=column", "field=" for no column at all."""

    maps: tuple[str, ...] = ()
    default_price: str = ""
    tax: str = ""
    unit: str = ""
    department: str = ""
    allow_free: bool = False
    take_good: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would have done where `written` is not set.

    `refused` holds the first of the refused rows, `reasons` counts every reason; `problem` is why the file was not
    read at all. `tax` is what new items got where the file says none.
    """

    file: str
    problem: FileProblem | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_rows: int = 0
    refused: tuple[RefusedRow, ...] = ()
    reasons: Mapping[RowFault, int] = field(default_factory=dict)
    changes: tuple[ItemChange, ...] = ()
    tax: tuple[str, ...] = ()
    currency: str = ""
    take_good: bool = False
    dry_run: bool = False
    cancelled: bool = False
    written: bool = False

    @property
    def good(self) -> bool:
        """What was asked for was done, or would be: the exit status of the command line."""
        # Of the good rows alone there has to be one: else nothing came of it.
        kept_out = self.rows if self.take_good else 1
        return self.problem is None and not self.cancelled and self.refused_rows < kept_out


def import_items(
    desk: Desk,
    path: Path,
    options: ImportOptions,
    *,
    from_command_line: bool = False,
    progress: Progress = lambda stage, rows: None,
    cancelled: Cancelled = lambda: False,
) -> ImportReport | Refused:
    """Import the items of a CSV file (packed with gzip or not) in one unit of work with one journal entry.

    In the windows a signed-on person who may manage items is needed.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError for what a disk does, FILE_UNREADABLE for the file.
    """
    work = _Import(desk, path, options, progress, cancelled)
    return run_import(desk, Permission.MANAGE_ITEMS, work, from_command_line=from_command_line)


class _Import(FileWork[ImportReport]):
    """One import on its way."""

    def __init__(
        self, desk: Desk, path: Path, options: ImportOptions, progress: Progress, cancelled: Cancelled
    ) -> None:
        super().__init__(desk, path, progress, cancelled)
        self._options = options
        self._rows: list[ItemRow] = []
        self._row_count = 0
        self._refused: list[RefusedRow] = []
        self._refused_count = 0
        self._reasons: Counter[RowFault] = Counter()
        self._sha256 = ""

    def run(self, operator: str | None) -> ImportReport:
        defaults = _defaults(self._options, self._desk.rules)
        with open_item_file(self._path) as file:
            columns = choose_columns(file.header, self._options.maps, price_needed=defaults.price is None)
            self._read(file, RowReader(columns, defaults, self._desk.rules, _icons()))
            self._sha256 = file.sha256
        if not self._row_count:
            raise FileRefused(FileFault.NO_ROWS)
        fallback = _fallback_tax(self._desk.rules)
        tax_in_file = Column.TAX in columns.single
        with self._desk.shop.books.reading() as work:
            heads = work.journal.heads()
            plan = self._plan(work, fallback, tax_in_file=tax_in_file)
        if self._writes(plan):
            with self._desk.shop.books.writing() as work:
                if work.journal.has_since(heads, CATALOGUE_ENTRIES):
                    # Somebody changed the catalogue meanwhile: the tills wait until it is planned anew.
                    plan = self._plan(work, fallback, tax_in_file=tax_in_file)
                head = self._write(work, plan, operator) if self._writes(plan) else None
            if head is not None:
                self._desk.shop.anchor(head)
                return self._planned(plan, fallback, written=True)
        return self._planned(plan, fallback)

    def nothing(self, problem: FileProblem | None = None, *, cancelled: bool = False) -> ImportReport:
        return ImportReport(shown_name(self._path), problem, rows=self._row_count, cancelled=cancelled)

    def _read(self, file: ItemFile, reader: RowReader) -> None:
        for row in file.rows():
            self._row_count += 1
            if self._row_count % 1000 == 0:
                self._step(Stage.READING, self._row_count)
            if self._row_count > ROWS_MAX:
                raise FileRefused(FileFault.TOO_MANY_ROWS, limit=str(ROWS_MAX))
            if isinstance(row, FileRow):
                result = reader.read(row.line, row.cells)
            else:
                result = reader.torn(row.line, row.beginning)
            if isinstance(result, ItemRow):
                self._rows.append(result)
            else:
                self._refuse(result)
        self._step(Stage.READING, self._row_count)

    def _refuse(self, row: RefusedRow) -> None:
        self._refused_count += 1
        self._reasons.update(problem.fault for problem in row.problems)
        if len(self._refused) < SHOWN_MAX:
            self._refused.append(row)

    def _plan(self, work: UnitOfWork, fallback: tuple[str, ...] | None, *, tax_in_file: bool) -> Plan:
        plan = plan_items(work.items, self._rows, fallback, self._desk.now())
        if plan.tax_missing and not tax_in_file:
            # One sentence about the file, not one for each of its rows.
            raise FileRefused(FileFault.TAX_NEEDED, taxes=tax_codes(self._desk.rules))
        return plan

    def _writes(self, plan: Plan) -> bool:
        kept_out = (self._refused_count or plan.refused) and not self._options.take_good
        return plan.writes and not kept_out and not self._options.dry_run

    def _write(self, work: UnitOfWork, plan: Plan, operator: str | None) -> JournalHead:
        now = self._desk.now()
        fact = Fact(EntryKind.ITEMS_IMPORTED, now, operator, None, self._payload(plan))
        repriced = [change for change in plan.changes if change.repriced]
        head = record_prices(
            work,
            self._desk,
            fact,
            [(change.after.id, replace(change.after.shelf_price, starts_at=now)) for change in repriced],
            {change.before.id: change.before.shelf_price for change in repriced},
        )
        written = 0
        for start in range(0, len(plan.new), _STEP):
            work.items.add_many(plan.new[start : start + _STEP])
            written += len(plan.new[start : start + _STEP])
            self._step(Stage.WRITING, written)
        for start in range(0, len(plan.changes), _STEP):
            changes = plan.changes[start : start + _STEP]
            work.items.change_many([change.after for change in changes])
            work.items.add_codes((code, change.after.id) for change in changes for code in change.added_codes)
            written += len(changes)
            self._step(Stage.WRITING, written)
        work.commit()
        return head

    def _payload(self, plan: Plan) -> dict[str, object]:
        return {
            "file": shown_name(self._path),
            "sha256": self._sha256,
            "new": len(plan.new),
            "changed": len(plan.changes),
            "unchanged": plan.unchanged,
            "refused": self._refused_count + len(plan.refused),
        }

    def _planned(self, plan: Plan, fallback: tuple[str, ...] | None, *, written: bool = False) -> ImportReport:
        for row in plan.refused:
            self._refuse(row)
        return ImportReport(
            file=shown_name(self._path),
            rows=self._row_count,
            new=len(plan.new),
            changed=len(plan.changes),
            unchanged=plan.unchanged,
            refused_rows=self._refused_count,
            refused=tuple(sorted(self._refused, key=lambda row: row.line)),
            reasons=dict(self._reasons),
            changes=tuple(plan.changes[:SHOWN_MAX]),
            tax=fallback or () if plan.tax_assumed else (),
            currency=self._desk.rules.currency,
            take_good=self._options.take_good,
            dry_run=self._options.dry_run,
            written=written,
        )


def _defaults(options: ImportOptions, rules: ShopRules) -> Defaults:
    """What was typed, read. Raises FileRefused for what cannot be."""
    price = None
    if options.default_price:
        read = read_price(options.default_price.strip(), rules.currency, allow_free=options.allow_free)
        if isinstance(read, RowProblem):
            raise FileRefused(FileFault.DEFAULT_PRICE_INVALID, price=options.default_price, currency=rules.currency)
        price = read
    taxes = tuple(dict.fromkeys(read_tax(tax, rules) or "" for tax in options.tax.replace("|", " ").split()))
    if "" in taxes:
        raise FileRefused(FileFault.DEFAULT_TAX_UNKNOWN, tax=options.tax, taxes=tax_codes(rules))
    unit = read_unit(options.unit.strip())
    if options.unit.strip() and unit is None:
        raise FileRefused(FileFault.DEFAULT_UNIT_UNKNOWN, unit=options.unit)
    department = " ".join(options.department.split())
    if len(department) > DEPARTMENT_LENGTH_MAX or text_fault(department):
        raise FileRefused(FileFault.DEFAULT_DEPARTMENT_INVALID, limit=str(DEPARTMENT_LENGTH_MAX))
    return Defaults(price, taxes or None, unit, department or None, options.allow_free)


def _fallback_tax(rules: ShopRules) -> tuple[str, ...] | None:
    """The tax of a new item nobody named one for: the only one of the shop, none where it has none, else unknown."""
    return None if len(rules.tax_rates) > 1 else tuple(rate.code for rate in rules.tax_rates)


@cache
def _icons() -> frozenset[str]:
    """The icons that ship, by name."""
    text = resources.files("pos").joinpath("assets", "icons", "codepoints.json").read_text("utf-8")
    return frozenset(json.loads(text))

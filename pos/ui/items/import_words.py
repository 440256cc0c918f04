"""Words of the import: what a column is called, how far it is, and what a file lacks, as a window says it."""

from __future__ import annotations

from pos.domain.item_columns import NAME_COLUMNS, Column, FileFault, FileProblem
from pos.domain.names import StrEnum
from pos.services.file_import import Stage
from pos.services.item_import import ImportReport
from pos.services.item_report import report_lines
from pos.speech import N_
from pos.ui.items.words import LANGUAGE_NAMES
from pos.wording import Wording

COLUMNS: dict[StrEnum, str] = {
    Column.NAME: N_("Item name"),
    Column.PRICE: N_("Price"),
    Column.GTIN: N_("Barcode"),
    Column.UPC_E: N_("Short barcode (UPC-E)"),
    Column.PLU: N_("PLU"),
    Column.CODE: N_("The shop’s own code"),
    Column.ID: N_("Number"),
    Column.UNIT: N_("Sold by"),
    Column.TAX: N_("Tax"),
    Column.DEPARTMENT: N_("Department"),
    Column.ICON: N_("Icon"),
    Column.AGE: N_("Age asked for"),
    Column.SERIAL: N_("Asks for a serial number"),
    Column.OPEN_PRICE: N_("Price is typed at the sale"),
    Column.FINAL_SALE: N_("Does not come back"),
    Column.NOT_DISCOUNTABLE: N_("No discounts"),
    Column.FAMILY: N_("Family"),
    Column.VARIANT: N_("Variant"),
    Column.FLAGS: N_("Flags"),
    Column.MEASURE_CODE: N_("Weight code"),
    Column.PICTURE: N_("Picture"),
    Column.CONTENT: N_("Content"),
    Column.STOCK_MIN: N_("Low below"),
    Column.ACTIVE: N_("On sale"),
    Column.CONTAINER: N_("Container with a deposit"),
    Column.DEPOSITS: N_("Goes with"),
    Column.QUANTITY_PRICES: N_("Prices by quantity"),
    Column.COST: N_("Cost"),
    **{NAME_COLUMNS[language]: title for language, title in LANGUAGE_NAMES.items()},
}
# What the command line answers with its options, a window answers with its fields.
_LACKS = {
    FileFault.NAME_COLUMN_MISSING: N_("No column holds the name of the item. Nothing is read yet. Choose one below."),
    FileFault.PRICE_COLUMN_MISSING: N_(
        "No column holds the price. Nothing is read yet. Choose one below, or give one price for all."
    ),
    FileFault.CODE_COLUMN_MISSING: N_(
        "No column holds a code. Nothing is read yet. Choose one below: barcode, PLU or the shop’s own code."
    ),
    FileFault.TAX_NEEDED: N_(
        "The file names no tax for new items, and the shop has several. Nothing was changed. Choose one below."
    ),
}


def problem_said(problem: FileProblem, name: str, words: Wording) -> str:
    """Why a file cannot be read so far."""
    if problem.fault in _LACKS:
        return words.say(_LACKS[problem.fault])
    return report_lines(ImportReport(name, problem), words)[-1]


def report_said(report: ImportReport, words: Wording) -> list[str]:
    """The report, its advice for the window instead of the command line."""
    if report.problem is not None:
        return [problem_said(report.problem, report.file, words)]
    lines = report_lines(report, words)
    if not (report.good or report.cancelled or report.take_good):
        lines[-1] = words.say(
            "Nothing was written, because rows are refused. Correct them in the file, or take the good rows alone."
        )
    # The counts and the outcome are what a person looks for first.
    return [*lines[-2:], *lines[:-2]]


def progress_said(stage: str, rows: int, words: Wording) -> str:
    """How far the work is."""
    if stage == Stage.CHECKING:
        return words.count("{n} row checked", "{n} rows checked", rows)
    if stage == Stage.WRITING:
        return words.count("{n} item written", "{n} items written", rows)
    return words.count("{n} row read", "{n} rows read", rows)

"""Words of the import of sales: what a column is called, and what a file lacks, as a window says it."""

from __future__ import annotations

from pos.domain.item_columns import FileFault, FileProblem
from pos.domain.names import StrEnum
from pos.domain.sale_columns import SaleColumn
from pos.services.item_report import file_problem_said
from pos.services.sale_import import SaleImportReport
from pos.services.sale_imports_kept import KeptImport
from pos.services.sale_report import sale_report_lines
from pos.speech import N_
from pos.wording import Wording

SALE_COLUMNS: dict[StrEnum, str] = {
    SaleColumn.RECEIPT: N_("Number of the sale"),
    SaleColumn.DATE: N_("Date"),
    SaleColumn.TIME: N_("Time of day"),
    SaleColumn.CODE: N_("Item code"),
    SaleColumn.NAME: N_("Item name"),
    SaleColumn.QUANTITY: N_("Quantity"),
    SaleColumn.PRICE: N_("Price of one"),
    SaleColumn.AMOUNT: N_("Paid for the line"),
    SaleColumn.TAX: N_("Tax of the line"),
    SaleColumn.CUSTOMER: N_("Customer number"),
    SaleColumn.TENDER: N_("Paid with"),
    SaleColumn.CURRENCY: N_("Currency"),
    SaleColumn.DEPARTMENT: N_("Department"),
    SaleColumn.CANCELS: N_("Cancels sale"),
    SaleColumn.SERIAL: N_("Serial numbers"),
    SaleColumn.PAID_CASH: N_("Paid in cash"),
    SaleColumn.PAID_CHECK: N_("Paid by check"),
    SaleColumn.PAID_CREDIT: N_("Paid by credit card"),
    SaleColumn.PAID_DEBIT: N_("Paid by debit card"),
}
# What the command line answers with its options, a window answers with its fields.
_LACKS = {
    FileFault.RECEIPT_COLUMN_MISSING: N_(
        "No column holds the number of the sale. Nothing is read yet. Choose one below."
    ),
    FileFault.DATE_COLUMN_MISSING: N_("No column holds the date. Nothing is read yet. Choose one below."),
    FileFault.ITEM_COLUMN_MISSING: N_("No column holds the item. Nothing is read yet. Choose one below: code or name."),
    FileFault.QUANTITY_COLUMN_MISSING: N_("No column holds the quantity. Nothing is read yet. Choose one below."),
    FileFault.AMOUNT_COLUMN_MISSING: N_(
        "No column holds the money. Nothing is read yet. Choose one below: the price of one, or what was paid."
    ),
}


def sale_problem_said(problem: FileProblem, words: Wording) -> str:
    """Why a file cannot be read so far."""
    lacks = _LACKS.get(problem.fault)
    return file_problem_said(problem, words) if lacks is None else words.say(lacks)


def kept_report_said(kept: KeptImport, words: Wording) -> list[str]:
    """The report of an import that is in the books: its totals first, then all that was listed."""
    totals, _, *rest = sale_report_said(kept.report, words)
    if kept.whole:
        return [totals, *rest]
    return [totals, words.say("It was made before reports were kept: only its totals are known.")]


def sale_report_said(report: SaleImportReport, words: Wording) -> list[str]:
    """The report, its advice for the window instead of the command line; totals and outcome first."""
    if report.problem is not None:
        return [sale_problem_said(report.problem, words)]
    lines = sale_report_lines(report, words)
    if not (report.good or report.cancelled or report.take_good):
        lines[-1] = words.say(
            "Nothing was written, because rows are refused. Correct them in the file, or take the good rows alone."
        )
    return [*lines[-2:], *lines[:-2]]

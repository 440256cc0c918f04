"""What an import says to the person who asked for it: sentences, one a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from pos.domain.item_columns import FileFault, FileProblem
from pos.domain.item_rows import RefusedRow, RowFault
from pos.domain.money import Money
from pos.services.item_import import ImportReport
from pos.services.item_plan import ItemChange
from pos.wording import Wording

_CHANGES_SHOWN_MAX = 20

_Facts = Mapping[str, object]


class _Ended(Protocol):
    """What every report of an import says of how it ended."""

    @property
    def file(self) -> str: ...
    @property
    def problem(self) -> FileProblem | None: ...
    @property
    def cancelled(self) -> bool: ...


def report_lines(report: ImportReport, words: Wording) -> list[str]:
    """The whole report: each refused row with its reasons, some of the changes, the counts, and what was written."""
    if nothing := came_to_nothing(report, words):
        return nothing
    lines = [line for row in report.refused for line in _refused(row, words)]
    if hidden := report.refused_rows - len(report.refused):
        lines.append(words.count("… and {n} more row is refused.", "… and {n} more rows are refused.", hidden))
    lines += [_change(change, report.currency, words) for change in report.changes[:_CHANGES_SHOWN_MAX]]
    if (hidden := report.changed - _CHANGES_SHOWN_MAX) > 0:
        lines.append(words.count("… and {n} more item changes.", "… and {n} more items change.", hidden))
    if report.tax:
        lines.append(
            words.say("The file names no tax: new items take the shop’s only one, {tax}.", tax=", ".join(report.tax))
        )
    lines.append(_counts(report, words))
    lines.append(_outcome(report, words))
    return lines


def came_to_nothing(report: _Ended, words: Wording) -> list[str]:
    """What is said of an import that was not begun or was stopped; nothing of one that went to its end."""
    if report.problem is not None:
        said = words.say("{file} was not imported. Nothing was changed.", file=report.file)
        return [said, file_problem_said(report.problem, words)]
    if report.cancelled:
        return [words.say("The import of {file} was stopped. Nothing was changed.", file=report.file)]
    return []


def file_problem_said(problem: FileProblem, words: Wording) -> str:
    """Why a file was not read at all."""
    return _FILE_FAULTS[problem.fault](words, problem.facts)


def _counts(report: ImportReport, words: Wording) -> str:
    return words.count(
        "{file}: {n} row, {new} new, {changed} changed, {unchanged} unchanged, {refused} refused.",
        "{file}: {n} rows, {new} new, {changed} changed, {unchanged} unchanged, {refused} refused.",
        report.rows,
        file=report.file,
        new=words.number(report.new),
        changed=words.number(report.changed),
        unchanged=words.number(report.unchanged),
        refused=words.number(report.refused_rows),
    )


def _outcome(report: ImportReport, words: Wording) -> str:
    if report.refused_rows == report.rows and report.take_good:
        return words.say("Nothing was written: no row is good.")
    if not report.good:
        return words.say(
            "Nothing was written, because rows are refused. Correct them, or take the good rows alone: --take-good."
        )
    if report.dry_run:
        return words.say("Nothing was written: this was a trial.")
    if not report.written:
        return words.say("Nothing had to be written.")
    return words.count("{n} item was written.", "{n} items were written.", report.new + report.changed)


def _refused(row: RefusedRow, words: Wording) -> list[str]:
    """One line a reason, each beginning with the row it speaks of."""
    sentences = [_ROW_FAULTS[problem.fault](words, problem.facts) for problem in row.problems]
    if not row.code:
        return [words.say("Line {line}: {reason}", line=row.line, reason=sentence) for sentence in sentences]
    return [
        words.say("Line {line}, “{code}”: {reason}", line=row.line, code=row.code, reason=sentence)
        for sentence in sentences
    ]


def _change(change: ItemChange, currency: str, words: Wording) -> str:
    before, after = change.before, change.after
    if before.unit_price_minor == after.unit_price_minor:
        return words.say("“{item}” changes.", item=after.name)
    return words.say(
        "“{item}” changes: {before} becomes {after}.",
        item=after.name,
        before=words.money(Money(before.unit_price_minor, currency)),
        after=words.money(Money(after.unit_price_minor, currency)),
    )


_FILE_FAULTS: dict[FileFault, Callable[[Wording, _Facts], str]] = {
    FileFault.NOT_A_FILE: lambda w, f: w.say("This is a folder or a device. Name a CSV file."),
    FileFault.EMPTY: lambda w, f: w.say("The file is empty. Export it again."),
    FileFault.NOT_TEXT: lambda w, f: w.say("This is not a text file. Save the list as CSV."),
    FileFault.SPREADSHEET: lambda w, f: w.say(
        "This is a spreadsheet or an archive. Open it and save the list as CSV (UTF-8)."
    ),
    FileFault.UTF_16: lambda w, f: w.say("The file is written in UTF-16. Save it as CSV (UTF-8)."),
    FileFault.PACKING_DAMAGED: lambda w, f: w.say("The packed file is damaged or cut off. Fetch it again."),
    FileFault.TOO_LARGE: lambda w, f: w.say("The file is larger than {gigabytes} GB. Split it.", **f),
    FileFault.TOO_MANY_ROWS: lambda w, f: w.say("The file has more than {limit} rows. Split it.", **f),
    FileFault.NO_ROWS: lambda w, f: w.say("The file has a heading but no row. Export it again."),
    FileFault.HEADER_UNREADABLE: lambda w, f: w.say(
        "The first line, which names the columns, cannot be read. Save the list as CSV (UTF-8)."
    ),
    FileFault.MAP_UNREADABLE: lambda w, f: w.say(
        "“{map}” says of no column what it holds. Write it as name=Description.", **f
    ),
    FileFault.FIELD_UNKNOWN: lambda w, f: w.say("There is no field “{field}”. There are: {fields}.", **f),
    FileFault.FIELD_TWICE: lambda w, f: w.say("Two columns are named for “{field}”. Name one.", **f),
    FileFault.COLUMN_UNKNOWN: lambda w, f: w.say("The file has no column “{column}”. It has: {columns}.", **f),
    FileFault.COLUMN_TWICE: lambda w, f: w.say(
        "Two columns are headed “{column}”. Give one another heading, so that it is clear which is meant.", **f
    ),
    FileFault.NAME_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the name of the item. Say which: --map name=COLUMN. The file has: {columns}.", **f
    ),
    FileFault.PRICE_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the price. Say which: --map price=COLUMN, or give one price for all: --price. "
        "The file has: {columns}.",
        **f,
    ),
    FileFault.CODE_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds a code. Say which: --map gtin=COLUMN for barcodes, plu=COLUMN for produce, "
        "code=COLUMN for the shop’s own codes. The file has: {columns}.",
        **f,
    ),
    FileFault.DEFAULT_PRICE_INVALID: lambda w, f: w.say("“{price}” is not a price in {currency}.", **f),
    FileFault.DEFAULT_TAX_UNKNOWN: lambda w, f: w.say("The shop has no tax “{tax}”. It has: {taxes}.", **f),
    FileFault.DEFAULT_UNIT_UNKNOWN: lambda w, f: w.say("“{unit}” is not a unit items are sold in.", **f),
    FileFault.DEFAULT_DEPARTMENT_INVALID: lambda w, f: w.say(
        "A department has up to {limit} letters and no control characters.", **f
    ),
    FileFault.TAX_NEEDED: lambda w, f: w.say(
        "The file names no tax for new items, and the shop has several. "
        "Say which: --tax CODE, or --map tax=COLUMN. The shop has: {taxes}.",
        **f,
    ),
    FileFault.ENCODING_UNKNOWN: lambda w, f: w.say(
        "“{encoding}” is no way of writing letters that can be read here. There are: {encodings}.", **f
    ),
    FileFault.FILE_CHANGED: lambda w, f: w.say("The file or the books changed meanwhile. Import it again."),
    FileFault.RECEIPT_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the number of the sale. Say which: receipt=COLUMN. The file has: {columns}.", **f
    ),
    FileFault.DATE_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the date. Say which: date=COLUMN. The file has: {columns}.", **f
    ),
    FileFault.ITEM_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the item. Say which: code=COLUMN or name=COLUMN. The file has: {columns}.", **f
    ),
    FileFault.QUANTITY_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the quantity. Say which: quantity=COLUMN. The file has: {columns}.", **f
    ),
    FileFault.AMOUNT_COLUMN_MISSING: lambda w, f: w.say(
        "No column holds the money. Say which: price=COLUMN for one unit, amount=COLUMN for the line. "
        "The file has: {columns}.",
        **f,
    ),
    FileFault.DATE_ORDER_NEEDED: lambda w, f: w.say(
        "“{date}” may be read with the day or with the month first. Say which.", **f
    ),
    FileFault.DATE_ORDERS_MIXED: lambda w, f: w.say(
        "Some dates of the file have the day first, others the month. Say which, and the others are refused."
    ),
}

_ROW_FAULTS: dict[RowFault, Callable[[Wording, _Facts], str]] = {
    RowFault.ROW_TORN: lambda w, f: w.say("a quotation mark is left open, or the row is far too long."),
    RowFault.ROW_WIDTH: lambda w, f: w.say("the row has {found} fields, the heading has {wanted}.", **f),
    RowFault.NOT_UTF_8: lambda w, f: w.say("the text is not UTF-8. Save the list as CSV (UTF-8)."),
    RowFault.CONTROL_CHARACTER: lambda w, f: w.say("the text holds a control character. Type it again."),
    RowFault.ID_TOO_LONG: lambda w, f: w.say("the id has more than {limit} characters.", **f),
    RowFault.NAME_MISSING: lambda w, f: w.say("the name is missing."),
    RowFault.NAME_TOO_LONG: lambda w, f: w.say("the name has more than {limit} letters.", **f),
    RowFault.PRICE_MISSING: lambda w, f: w.say("the price is missing."),
    RowFault.PRICE_UNREADABLE: lambda w, f: w.say("the price “{price}” cannot be read. Write it as 1234.50.", **f),
    RowFault.PRICE_NEGATIVE: lambda w, f: w.say("the price {price} is below zero.", **f),
    RowFault.PRICE_ZERO: lambda w, f: w.say("the price is zero: the item would be given away."),
    RowFault.PRICE_TOO_FINE: lambda w, f: w.say(
        "the price {price} is finer than the smallest unit of {currency}.", **f
    ),
    RowFault.PRICE_TOO_LARGE: lambda w, f: w.say("the price {price} is larger than a till can take.", **f),
    RowFault.CODE_MISSING: lambda w, f: w.say("the code is missing."),
    RowFault.CODE_TOO_LONG: lambda w, f: w.say("the code is too long."),
    RowFault.CODE_UNREADABLE: lambda w, f: w.say("the code holds characters that no scanner sends."),
    RowFault.CODE_ZEROS: lambda w, f: w.say("the barcode is all zeros."),
    RowFault.GTIN_NOT_DIGITS: lambda w, f: w.say("the barcode {code} has other signs than digits.", **f),
    RowFault.GTIN_LENGTH: lambda w, f: w.say("the barcode {code} does not have 8, 12, 13 or 14 digits.", **f),
    RowFault.GTIN_CHECK_DIGIT: lambda w, f: w.say("the check digit of the barcode {code} is wrong.", **f),
    RowFault.GTIN_IS_UPC_E: lambda w, f: w.say(
        "the check digit of the barcode {code} is wrong. It would be right for a short UPC-E: map upc_e as well.", **f
    ),
    RowFault.UPC_E_INVALID: lambda w, f: w.say("{code} is not a UPC-E of 6, 7 or 8 digits.", **f),
    RowFault.PLU_INVALID: lambda w, f: w.say("{code} is not a PLU of 4 or 5 digits.", **f),
    RowFault.CODE_TWICE: lambda w, f: w.say("the code {code} stands on line {line} already.", **f),
    RowFault.CODE_TAKEN: lambda w, f: w.say("the code {code} belongs to “{item}”.", **f),
    RowFault.ITEM_TWICE: lambda w, f: w.say("line {line} speaks of the same item.", **f),
    RowFault.ID_TAKEN: lambda w, f: w.say("{id} is the id of “{item}”, which has other codes.", **f),
    RowFault.TAX_MISSING: lambda w, f: w.say("the tax is missing."),
    RowFault.TAX_UNKNOWN: lambda w, f: w.say("the shop has no tax “{tax}”. It has: {taxes}.", **f),
    RowFault.UNIT_UNKNOWN: lambda w, f: w.say("“{unit}” is not a unit. There are: {units}.", **f),
    RowFault.DEPARTMENT_TOO_LONG: lambda w, f: w.say("the department has more than {limit} letters.", **f),
    RowFault.ICON_UNKNOWN: lambda w, f: w.say("there is no icon “{icon}”.", **f),
    RowFault.CELL_UNREADABLE: lambda w, f: w.say("“{text}” cannot be the {column} of an item.", **f),
}

"""What an import of sales says to the person who asked for it: sentences, one a line, and the whole of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pos.domain.money import Money, Quantity, Unit
from pos.domain.sale_cells import DateSpelling, in_minor, nanos_text
from pos.domain.sale_gathering import Unmatched
from pos.domain.sale_rows import RefusedSaleRow, SaleFault
from pos.domain.sale_totals import DayTotals
from pos.services.item_file import UTF_8
from pos.services.item_report import came_to_nothing
from pos.services.sale_import import SaleImportReport
from pos.services.whole_file import plain_cell, write_whole
from pos.wording import Wording

REFUSED_SHOWN_MAX = 100
UNMATCHED_SHOWN_MAX = 20
# What ways of writing letters are called.
ENCODINGS_SAID = {UTF_8: "UTF-8", "cp1250": "Windows-1250", "cp1252": "Windows-1252"}

_Facts = Mapping[str, object]


def sale_report_lines(report: SaleImportReport, words: Wording) -> list[str]:
    """The whole report: refused rows, cancellations of no known sale, how it was read, the days, the totals."""
    if nothing := came_to_nothing(report, words):
        return nothing
    return [
        *_refused_lines(report, words),
        *_unmatched_lines(report, words),
        *_how_read(report, words),
        *(_day_line(day, totals, report.currency, words) for day, totals in report.days),
        *_totals(report, words),
        _outcome(report, words),
    ]


def write_sale_report(report: SaleImportReport, path: Path, words: Wording) -> None:
    """Everything that is shown one by one, and the days, as a table for a spreadsheet. Raises KnownError."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("what", "day", "line", "receipt", "rows", "taken", "refused", "rounded", "why"))
    currency = report.currency
    for day, totals in (*report.days, ("", report.totals)):
        money = (totals.taken, totals.refused, totals.rounded)
        shown = [nanos_text(each, currency) for each in money]
        table.writerow(("total" if day == "" else "day", day or "", "", "", totals.rows, *shown, ""))
    for row in report.refused:
        refused = "" if row.nanos is None else nanos_text(row.nanos, currency)
        table.writerow(
            ("refused", row.day or "", row.line, plain_cell(row.receipt), 1, "", refused, "", row_said(row, words))
        )
    for one in report.unmatched:
        table.writerow(("unmatched", "", one.line, plain_cell(one.receipt), 1, "", "", "", plain_cell(one.name)))
    write_whole(path, text.getvalue())


def row_said(row: RefusedSaleRow, words: Wording) -> str:
    """Why a row is not taken."""
    return _FAULTS[row.fault](words, row.facts)


def _refused_lines(report: SaleImportReport, words: Wording) -> Iterator[str]:
    for row in report.refused[:REFUSED_SHOWN_MAX]:
        reason = row_said(row, words)
        if row.receipt:
            yield words.say("Line {line}, “{code}”: {reason}", line=row.line, code=row.receipt, reason=reason)
        else:
            yield words.say("Line {line}: {reason}", line=row.line, reason=reason)
    if (hidden := report.totals.refused_rows - REFUSED_SHOWN_MAX) > 0:
        yield words.count("… and {n} more row is refused.", "… and {n} more rows are refused.", hidden)


def _unmatched_lines(report: SaleImportReport, words: Wording) -> Iterator[str]:
    for one in report.unmatched[:UNMATCHED_SHOWN_MAX]:
        yield unmatched_said(one, report.currency, words)
    if (hidden := report.unmatched_rows - UNMATCHED_SHOWN_MAX) > 0:
        yield words.count(
            "… and {n} more cancelled line is of no sale that is known.",
            "… and {n} more cancelled lines are of no sale that is known.",
            hidden,
        )


def unmatched_said(one: Unmatched, currency: str, words: Wording) -> str:
    """A cancelled line whose sale is not known."""
    whole = one.thousandths % 1000 == 0
    return words.say(
        "Line {line}, “{receipt}”: {quantity} × {item} for {amount} cancels no sale that is known.",
        line=one.line,
        receipt=one.receipt,
        quantity=words.quantity(Quantity.pieces(one.thousandths // 1000)) if whole else _part(one, words),
        item=one.name,
        amount=words.money(Money(one.total, currency)),
    )


def _part(one: Unmatched, words: Wording) -> str:
    return words.quantity(Quantity(one.thousandths, Unit.PIECE))


def _how_read(report: SaleImportReport, words: Wording) -> Iterator[str]:
    if report.encoding != UTF_8:
        name = ENCODINGS_SAID.get(report.encoding, report.encoding)
        yield words.say("The file is not UTF-8. It was read as {encoding}: look at its letters.", encoding=name)
    if report.order is DateSpelling.DAY_FIRST:
        yield words.say("Dates were read with the day first.")
    elif report.order is DateSpelling.MONTH_FIRST:
        yield words.say("Dates were read with the month first.")
    if report.rounds:
        yield words.say(
            "Amounts finer than {currency} has were taken to the nearest unit, half up: {amount} in all.",
            currency=report.currency,
            amount=money_said(report.totals.rounded, report.currency, words),
        )
    if report.items_unknown:
        yield words.count(
            "{n} code is no item of this shop: it is kept as the file calls it.",
            "{n} codes are no items of this shop: they are kept as the file calls them.",
            report.items_unknown,
        )


def _day_line(day: object, totals: DayTotals, currency: str, words: Wording) -> str:
    return words.say(
        "{day}: {rows} in, {taken} taken with {money}, {refused} refused with {lost}.",
        day=words.say("No day") if day is None else str(day),
        rows=words.number(totals.rows),
        taken=words.number(totals.taken_rows),
        money=money_said(totals.taken, currency, words),
        refused=words.number(totals.refused_rows),
        lost=money_said(totals.refused, currency, words),
    )


def _totals(report: SaleImportReport, words: Wording) -> Iterator[str]:
    totals, currency = report.totals, report.currency
    yield words.say(
        "{sales}, {cancellations}. Cancelled lines of a sale that is known: {matched}, of none: {unmatched}.",
        sales=words.count("{n} sale", "{n} sales", report.sales),
        cancellations=words.count("{n} cancellation", "{n} cancellations", report.cancellations),
        matched=words.number(report.matched_rows),
        unmatched=words.number(report.unmatched_rows),
    )
    if totals.unread:
        yield words.count(
            "{n} row has no amount that can be read: the sums are without it.",
            "{n} rows have no amount that can be read: the sums are without them.",
            totals.unread,
        )
    yield words.count(
        "{file}: {n} row with {money} in; {taken} with {kept} taken, {refused} with {lost} refused.",
        "{file}: {n} rows with {money} in; {taken} with {kept} taken, {refused} with {lost} refused.",
        totals.rows,
        file=report.file,
        money=money_said(totals.money, currency, words),
        taken=words.number(totals.taken_rows),
        kept=money_said(totals.taken, currency, words),
        refused=words.number(totals.refused_rows),
        lost=money_said(totals.refused, currency, words),
    )


def _outcome(report: SaleImportReport, words: Wording) -> str:
    if report.totals.refused_rows == report.totals.rows and report.take_good:
        return words.say("Nothing was written: no row is good.")
    if not report.good:
        return words.say(
            "Nothing was written, because rows are refused. Correct them, or take the good rows alone: --take-good."
        )
    if report.dry_run:
        return words.say("Nothing was written: this was a trial.")
    if not report.written:
        return words.say("Nothing had to be written.")
    return words.say("They are in the books.")


def money_said(nanos: int, currency: str, words: Wording) -> str:
    """An amount of a file, exact: with more digits than the currency has where the file has more."""
    minor, exact = in_minor(nanos, currency)
    if exact:
        return words.money(Money(minor, currency))
    return f"{nanos_text(nanos, currency).replace('.', words.decimal_sign)} {currency}"


_FAULTS: dict[SaleFault, Callable[[Wording, _Facts], str]] = {
    SaleFault.ROW_TORN: lambda w, f: w.say("a quotation mark is left open, or the row is far too long."),
    SaleFault.ROW_WIDTH: lambda w, f: w.say("the row has {found} fields, the heading has {wanted}.", **f),
    SaleFault.NOT_DECODED: lambda w, f: w.say(
        "the text holds letters that cannot be read. Save the list as CSV (UTF-8)."
    ),
    SaleFault.CONTROL_CHARACTER: lambda w, f: w.say("the text holds a control character. Type it again."),
    SaleFault.RECEIPT_MISSING: lambda w, f: w.say("the number of the sale is missing."),
    SaleFault.RECEIPT_KNOWN: lambda w, f: w.say("the sale {receipt} was imported before.", **f),
    SaleFault.TEXT_TOO_LONG: lambda w, f: w.say("the {column} has more than {limit} characters.", **f),
    SaleFault.DATE_UNREADABLE: lambda w, f: w.say(
        "the date “{date}” cannot be read. Write it as 2026-01-31 15:04.", **f
    ),
    SaleFault.DATE_AHEAD: lambda w, f: w.say("the day {date} has not come yet.", **f),
    SaleFault.ITEM_MISSING: lambda w, f: w.say("neither code nor name of the item is there."),
    SaleFault.QUANTITY_UNREADABLE: lambda w, f: w.say("the quantity “{text}” cannot be read.", **f),
    SaleFault.QUANTITY_ZERO: lambda w, f: w.say("the quantity is zero: nothing was sold."),
    SaleFault.STOCK_ONLY: lambda w, f: w.say("goods went out for no money: that is a matter of stock, no sale."),
    SaleFault.AMOUNT_UNREADABLE: lambda w, f: w.say("the amount “{text}” cannot be read. Write it as 1234.50.", **f),
    SaleFault.AMOUNT_NEGATIVE: lambda w, f: w.say("the price is below zero. What came back has a quantity below zero."),
    SaleFault.AMOUNT_TOO_FINE: lambda w, f: w.say("the amount is finer than the smallest unit of {currency}.", **f),
    SaleFault.AMOUNT_TOO_LARGE: lambda w, f: w.say("the amount is larger than a till can take."),
    SaleFault.TAX_TOO_LARGE: lambda w, f: w.say("the tax is more than what was paid."),
    SaleFault.CURRENCY_OTHER: lambda w, f: w.say("the amount is in {found}; this shop sells in {currency}.", **f),
    SaleFault.TENDER_UNREADABLE: lambda w, f: w.say(
        "“{tender}” is no way to pay that can be taken over. There are: {tenders}.", **f
    ),
    SaleFault.TENDERS_NOT_THE_TOTAL: lambda w, f: w.say(
        "the tenders of its sale come to {paid}, its rows to {total}.", **f
    ),
    SaleFault.SERIALS_TOO_MANY: lambda w, f: w.say("there are more serial numbers than pieces, or one stands twice."),
    SaleFault.CUSTOMER_NAMED: lambda w, f: w.say(
        "the customer is no number. A name could never be erased again: leave the column out."
    ),
}

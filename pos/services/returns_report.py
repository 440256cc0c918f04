"""What came back in a stretch of days: by reason, goods, people, rules and money, down to each return; and as a file.

Every figure is summed from the facts when it is asked for; nothing is kept that could come to differ from them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.frozen import dataclass
from pos.domain.money import minor_text
from pos.domain.refusal import Refused
from pos.domain.returns_report import Cut, Part, ReturnsReport, ReturnsTotals
from pos.domain.staff import Permission
from pos.persistence.returns_summary import (
    Condition,
    Group,
    RefusalNote,
    ReturnsSummary,
    Span,
    has_line,
    has_no_lines,
    has_person,
    has_reason,
    has_rule,
    has_tender,
)
from pos.services.desk import Desk
from pos.services.whole_file import plain_cell, write_privately

if TYPE_CHECKING:
    import _csv

    from pos.persistence.return_list import ReturnHead
    from pos.persistence.unit_of_work import UnitOfWork

# As many returns of a row are listed; a file has them all.
LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """One return or refusal behind a row: what it is found by in the journal, when on the shop's clock, whose it was,
    what was bought where that is known, and the refund in minor units. A refusal gives nothing, and is found by the
    receipt it was about; where none was shown it is found by nothing.
    """

    number: str
    at: datetime
    operator_name: str
    bought: str
    refund: int
    refused: bool = False


def make_report(desk: Desk, since: date, until: date) -> ReturnsReport | Refused:
    """The returns of these business days, both included, in whichever order they are named.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED.
    """
    operator = desk.permit(Permission.SEE_REPORTS)
    if isinstance(operator, Refused):
        return operator
    span = Span(min(since, until), max(since, until))
    with desk.shop.books.reading() as work:
        found = work.returns_summary
        people = {record.operator.id: record.operator.name for record in work.staff.all()}
        alone, by_tender = found.of_no_goods(span), found.by_tender(span)
        by_item = found.by_line(span, "item")
        cuts = {
            Cut.REASON: _added(found.by_line(span, "reason"), alone),
            Cut.ITEM: _added(by_item, _together(alone)),
            Cut.GOODS: _added(found.by_line(span, "disposition"), _together(alone)),
            Cut.CASHIER: _named(found.by_person(span, "operator"), people),
            Cut.APPROVER: _named(found.by_person(span, "approver"), people),
            Cut.RULE: _apart(found.by_rules(span)),
            Cut.TENDER: _added(by_tender),
            Cut.REFUSED: _refused(_notes(found, span)),
            Cut.OVERRULED: _apart(found.by_rules(span, agreed=True)),
        }
        heads = found.heads(span)
    went = sum(each.amount for each in by_tender)
    totals = ReturnsTotals(
        returns=heads.returns,
        lines=sum(each.lines for each in by_item),
        goods=heads.goods,
        tax=heads.tax,
        fees=heads.fees,
        kept=heads.kept,
        rounding=heads.rounding,
        refund=heads.refund,
        switched=went - heads.refund,
        alone=sum(each.returns for each in alone),
    )
    return ReturnsReport(span.since, span.until, desk.rules.currency, totals, cuts)


def cases_of(desk: Desk, report: ReturnsReport, cut: Cut, key: str) -> tuple[ReturnCase, ...] | Refused:
    """The returns, or refusals, behind one row, the newest first, at most LISTED_MAX.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED.
    """
    operator = desk.permit(Permission.SEE_REPORTS)
    if isinstance(operator, Refused):
        return operator
    span = Span(report.since, report.until)
    with desk.shop.books.reading() as work:
        if cut is Cut.REFUSED:
            people = {record.operator.id: record.operator.name for record in work.staff.all()}
            notes = [note for note in _notes(work.returns_summary, span) if key in _spoken(note)]
            return tuple(_refusal(note, people) for note in reversed(notes[-LISTED_MAX:]))
        ids = work.returns_summary.returns_of(span, _CONDITIONS[cut](key), LISTED_MAX)
        found = {head.id: head for head in work.return_list.of_ids(ids)}
    return tuple(_case(desk, found[each]) for each in ids)


def _of_item(key: str) -> Condition:
    return has_line("item", key) if key else has_no_lines()


def _of_goods(key: str) -> Condition:
    return has_line("disposition", key) if key else has_no_lines()


_CONDITIONS: Mapping[Cut, Callable[[str], Condition]] = {
    Cut.REASON: has_reason,
    Cut.ITEM: _of_item,
    Cut.GOODS: _of_goods,
    Cut.CASHIER: partial(has_person, "operator"),
    Cut.APPROVER: partial(has_person, "approver"),
    Cut.RULE: has_rule,
    Cut.TENDER: has_tender,
    Cut.OVERRULED: partial(has_rule, agreed=True),
}


# --- The parts --------------------------------------------------------------------------------------------------------


def _added(*found: Iterable[Group]) -> tuple[Part, ...]:
    """Rows of one key made one, the dearest first."""
    parts: dict[str, Part] = {}
    for one in (each for groups in found for each in groups):
        known = parts.get(one.key, Part(one.key, 0, 0, 0))
        parts[one.key] = Part(
            one.key,
            known.returns + one.returns,
            known.lines + one.lines,
            known.amount + one.amount,
            known.name or one.name,
        )
    return _in_order(parts.values())


def _together(alone: Iterable[Group]) -> tuple[Group, ...]:
    """Money without goods as one row, which has no goods to be named by."""
    return tuple(Group("", each.returns, 0, each.amount) for each in alone)


def _named(groups: Iterable[Group], people: Mapping[str, str]) -> tuple[Part, ...]:
    return _in_order(
        Part(each.key, each.returns, each.lines, each.amount, people.get(each.key, each.key)) for each in groups
    )


def _apart(groups: Iterable[Group]) -> tuple[Part, ...]:
    """A row for each rule that spoke, though lines name several: each is told with all of its lines."""
    return _added(Group(spoken, one.returns, one.lines, one.amount) for one in groups for spoken in one.key.split())


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.amount, -part.returns, part.name, part.key)))


# --- Refusals ---------------------------------------------------------------------------------------------------------


def _notes(found: ReturnsSummary, span: Span) -> tuple[RefusalNote, ...]:
    """The notes of these days on the clock the shop had when they were made."""
    return tuple(note for note in found.refusals(span) if span.since <= _shop_time(note).date() <= span.until)


def _shop_time(note: RefusalNote) -> datetime:
    return note.at.astimezone(timezone(timedelta(minutes=note.offset_minutes)))


def _spoken(note: RefusalNote) -> Counter[str]:
    """The rules that stood in the way, each with the lines it stood in the way of; of the whole it counts none."""
    told = json.loads(note.told)
    spoken: Counter[str] = Counter(_key(reason) for line in told["lines"] for reason in line["reasons"])
    for reason in told["reasons"]:
        spoken[_key(reason)] += 0
    return spoken


def _key(reason: Mapping[str, object]) -> str:
    return f"{reason['rule']}:{reason['code']}"


def _refused(notes: Iterable[RefusalNote]) -> tuple[Part, ...]:
    times: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for note in notes:
        spoken = _spoken(note)
        times.update(spoken.keys())
        lines.update(spoken)
    return _in_order(Part(key, count, lines[key], 0) for key, count in times.items())


# --- Behind a row -----------------------------------------------------------------------------------------------------


def _case(desk: Desk, head: ReturnHead) -> ReturnCase:
    return ReturnCase(str(head.number), desk.local(head.at), head.operator_name, head.bought, head.refund)


def _refusal(note: RefusalNote, people: Mapping[str, str]) -> ReturnCase:
    receipt = str(json.loads(note.told)["receipt"])
    return ReturnCase(receipt, _shop_time(note), people.get(note.operator, note.operator), receipt, 0, refused=True)


# --- As a file --------------------------------------------------------------------------------------------------------

_PARTS = ("cut", "key", "name", "returns", "lines", "amount", "currency")
_LINES = (
    *("return", "day", "time", "receipt", "bought", "place", "item", "name", "quantity", "unit", "reason", "condition"),
    *("goods", "merchandise", "tax", "fee", "fee_tax", "kept", "currency", "rules", "cashier", "approver", "tenders"),
)


def save_report(desk: Desk, report: ReturnsReport, path: Path, *, each_line: bool = False) -> int | Refused:
    """Write the report as CSV, a row for each part of each cut; with `each_line` a row for every line that came back,
    and one for money without goods. Amounts are in the currency's own units with a point. Answers with the rows.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError FILE_UNREADABLE.
    """
    operator = desk.permit(Permission.SEE_REPORTS)
    if isinstance(operator, Refused):
        return operator
    text = StringIO(newline="")
    made = _write_lines(desk, report, csv.writer(text)) if each_line else _write_parts(report, csv.writer(text))
    # The mark in front tells a spreadsheet that this is UTF-8.
    write_privately(path, text.getvalue().encode("utf-8-sig"))
    return made


def _write_parts(report: ReturnsReport, rows: _csv.Writer) -> int:
    rows.writerow(_PARTS)
    written = 0
    for cut, parts in report.cuts.items():
        for part in parts:
            amount = "" if cut is Cut.REFUSED else minor_text(part.amount, report.currency)
            rows.writerow(
                (cut.value, part.key, plain_cell(part.name), part.returns, part.lines, amount, report.currency)
            )
            written += 1
    return written


def _write_lines(desk: Desk, report: ReturnsReport, rows: _csv.Writer) -> int:
    rows.writerow(_LINES)
    written = 0
    day = report.since
    with desk.shop.books.reading() as work:
        people = {record.operator.id: record.operator.name for record in work.staff.all()}
        while day <= report.until:
            for cells in _lines_of(work, desk, day, people):
                rows.writerow(cells)
                written += 1
            day += timedelta(days=1)
    return written


def _lines_of(work: UnitOfWork, desk: Desk, day: date, people: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """The rows of a business day, in the order of the returns."""
    for done in work.returns.of_day(day):
        currency = done.currency
        head = (str(done.number), day.isoformat(), f"{desk.local(done.at):%H:%M}", done.purchase_receipt)
        bought = "" if done.purchase_day is None else done.purchase_day.isoformat()
        approver = people.get(done.approver, done.approver)
        tenders = "|".join(f"{one.kind} {minor_text(one.amount, currency)}" for one in done.tenders)
        tail = (currency, done.operator_name, approver, tenders)
        if not done.lines:
            money = (minor_text(done.merchandise, currency), minor_text(done.tax, currency))
            yield (*head, bought, "", "", "", "", "", done.reason, "", "", *money, "", "", "", tail[0], "", *tail[1:])
        for line in done.lines:
            kept = sum(one.amount for one in line.deductions)
            amounts = (line.merchandise, line.tax, line.fee, line.fee_tax, kept)
            yield (
                *(*head, bought, line.place + 1, plain_cell(line.item), plain_cell(line.name)),
                *(line.quantity.text(), line.quantity.unit.value, line.reason, line.condition, line.disposition),
                *(*(minor_text(each, currency) for each in amounts), tail[0], "|".join(line.rules), *tail[1:]),
            )

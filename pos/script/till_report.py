"""The figures of a day report by name, as a step's result: amounts as text with all digits, counts as numbers."""

from __future__ import annotations

from collections import defaultdict

from pos.domain.day_report import DayReport, Tally
from pos.script.compare import Figure
from pos.script.results import Result, money
from pos.script.till_fields import AMOUNTS, AT_THE_END, COUNTS, MOVES, TALLIES


def figures(report: DayReport) -> Result:
    """Every figure. What only a Z has is `null` in an X."""
    currency = report.currency

    def amount(minor: int) -> Figure:
        return money(minor, currency)

    def tally(each: Tally) -> Result:
        return {"number": Figure(str(each.number)), "amount": amount(each.amount)}

    taxes: defaultdict[str, int] = defaultdict(int)
    for tax in report.taxes:
        taxes[tax.code] += tax.amount
    tenders: defaultdict[str, int] = defaultdict(int)
    for tender in report.tenders:
        tenders[tender.type or tender.kind] += tender.amount
    refunds: defaultdict[str, int] = defaultdict(int)
    for refund in report.refunds:
        refunds[refund.type or refund.kind] += refund.amount
    moved: defaultdict[str, int] = defaultdict(int)
    for move in report.movements:
        moved[move.kind] += abs(move.amount)
    ends = {name: getattr(report, name) for name in AT_THE_END}
    return {
        "number": Figure(str(report.number)),
        "register": report.register,
        "till": report.till,
        "business_day": report.business_day.isoformat(),
        "sales": amount(report.sales.amount),
        "receipts": Figure(str(report.sales.number)),
        **{name: amount(getattr(report, name)) for name in AMOUNTS},
        "exempt": tally(report.exempt),
        "departments": {each.name: amount(each.amount) for each in report.departments},
        "taxes": {code: amount(minor) for code, minor in taxes.items()},
        "tenders": {kind: amount(minor) for kind, minor in tenders.items()},
        "refunds": {kind: amount(minor) for kind, minor in refunds.items()},
        "float": amount(report.opening_float),
        **{name: Figure(str(getattr(report, name))) for name in COUNTS},
        **{name: tally(getattr(report, name)) for name in TALLIES},
        **{kind: amount(moved[kind]) for kind in MOVES},
        **{name: None if minor is None else amount(minor) for name, minor in ends.items()},
    }

"""The X and the Z report: every figure of a till's day as one frozen value, made from the books and kept as it is.

The figures are those Swedish law asks of a day report, the longest list there is (SKVFS 2014:9, 7:3), and those of the
drawer. Money is in minor units of `currency`, amounts of sales hold their tax.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.journal import moment_text
from pos.domain.names import StrEnum


class ReportKind(StrEnum):
    """X looks at the open till and ends nothing; Z is that of a till that was closed, once."""

    X = "x"
    Z = "z"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, and what they come to."""

    number: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class DepartmentSum:
    """What was sold of a department: pieces (anything weighed counts as one), and the amount with tax."""

    name: str
    pieces: int
    amount: int


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One tax at one rate: `unit_amount` where it is an amount a unit. `base` is what it was reckoned on."""

    code: str
    rate_millionths: int
    unit_amount: int | None
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class TenderSum:
    """What was taken with one kind of tender, change taken off, or went out by it; `type` is the shop's own type, empty
    for none.
    """

    kind: str
    type: str
    number: int
    amount: int


@dataclass(frozen=True, slots=True)
class MoveSum:
    """Cash moved by hand for one reason: in positive, out negative."""

    kind: str
    reason: str
    number: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """One report. `number` runs from 1 without a gap for each workstation and kind.

    `sales` are receipts and what they come to; `net` and `tax` make that up. `stored` of it went onto gift cards and
    accounts and bought nothing yet. `reductions` are prices lowered by hand,
    `unfinished` sales given up before they were paid. `post_voids` are sales taken back after they were paid: no other
    figure holds them. `corrections` are tenders put right: `tenders` are what they really were.
    `returns` came back, as their receipts say; `refunds` is what went out for them by tender (money a card
    did not take under what it went out as), `returned_taxes` the tax
    given back with them. `kept` are fees and deductions, `refund_rounding` is what cash rounding added: `returns` less
    `kept` with it are the sum of `refunds`. Neither is taken off `tenders` or `taxes`, which are those of sales.
    What was `suspended` waits in the whole shop, `unknown` are card
    amounts nobody knows the outcome of. `grand_sales`, `grand_returns` and `grand_net` go on for ever at this
    workstation. Only a Z has `counted` and what follows from it. `checks` lie in the till, or went with the close;
    `note` is what was said of its difference.
    """

    kind: ReportKind
    number: int
    store: str
    workstation: int
    till: str
    rules_version: int
    currency: str
    business_day: date
    opened_at: datetime
    made_at: datetime
    utc_offset_minutes: int
    opened_by: str
    made_by: str
    sales: Tally = Tally()
    net: int = 0
    tax: int = 0
    rounding: int = 0
    exempt: Tally = Tally()
    stored: Tally = Tally()
    departments: tuple[DepartmentSum, ...] = ()
    taxes: tuple[TaxSum, ...] = ()
    tenders: tuple[TenderSum, ...] = ()
    opening_float: int = 0
    goods: int = 0
    services: int = 0
    first_receipt: int = 0
    last_receipt: int = 0
    drawer_openings: int = 0
    no_sales: int = 0
    copies: Tally = Tally()
    training: Tally = Tally()
    returns: Tally = Tally()
    kept: Tally = Tally()
    refund_rounding: int = 0
    refunds: tuple[TenderSum, ...] = ()
    returned_taxes: tuple[TaxSum, ...] = ()
    discounts: Tally = Tally()
    reductions: Tally = Tally()
    post_voids: Tally = Tally()
    corrections: Tally = Tally()
    voided_lines: Tally = Tally()
    unfinished: Tally = Tally()
    suspended: Tally = Tally()
    unknown: Tally = Tally()
    grand_sales: int = 0
    grand_returns: int = 0
    movements: tuple[MoveSum, ...] = ()
    expected: int = 0
    counted: int | None = None
    next_float: int | None = None
    checks: Tally = Tally()
    note: str = ""

    @property
    def register(self) -> str:
        """The register's identity: store and workstation, as its receipts begin."""
        return f"{self.store}-{self.workstation:02d}"

    @property
    def grand_net(self) -> int:
        return self.grand_sales - self.grand_returns

    @property
    def over_short(self) -> int | None:
        """Counted less expected: positive is over."""
        return None if self.counted is None else self.counted - self.expected

    @property
    def deposit(self) -> int | None:
        """What goes to the bank or the safe: counted less the next float."""
        return None if self.counted is None or self.next_float is None else self.counted - self.next_float


# What a report says of its moment and no later reckoning from the books of the till finds again.
OF_ITS_MOMENT = ("suspended", "unknown")

_PARTS: Mapping[str, Any] = {
    "departments": DepartmentSum,
    "taxes": TaxSum,
    "tenders": TenderSum,
    "refunds": TenderSum,
    "returned_taxes": TaxSum,
    "movements": MoveSum,
}


def report_body(report: DayReport) -> str:
    """The report as the books keep it: JSON with sorted names."""
    body = asdict(report) | {
        "kind": report.kind.value,
        "business_day": report.business_day.isoformat(),
        "opened_at": moment_text(report.opened_at),
        "made_at": moment_text(report.made_at),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_report(body: str) -> DayReport:
    """A report as it was kept; a figure a later program added is nothing in it.

    Raises ValueError, KeyError or TypeError where it is damaged.
    """
    found: dict[str, Any] = json.loads(body)
    for field in fields(DayReport):
        if field.name in found and isinstance(field.default, Tally):
            found[field.name] = Tally(**found[field.name])
    for name, part in _PARTS.items():
        found[name] = tuple(part(**each) for each in found.get(name, ()))
    return DayReport(
        **found
        | {
            "kind": ReportKind(found["kind"]),
            "business_day": date.fromisoformat(found["business_day"]),
            "opened_at": datetime.fromisoformat(found["opened_at"]),
            "made_at": datetime.fromisoformat(found["made_at"]),
        }
    )

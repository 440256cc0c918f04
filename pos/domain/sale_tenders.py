"""How a sale of another system was paid: columns that hold what each kind of tender gave, or what its rows say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.came_back import BackTender
from pos.domain.purchase import PurchaseTender
from pos.domain.sale_cells import in_minor, in_nanos
from pos.domain.sale_rows import SaleRow
from pos.domain.shop import CashRounding
from pos.domain.tender import TenderKind

_Given = dict[TenderKind, int]


class NotPaid(ValueError):
    """The tenders do not come to the total: what they come to and what was to be paid, as files are counted."""

    def __init__(self, paid: int, due: int) -> None:
        super().__init__(f"{paid} for {due}")
        self.paid = paid
        self.due = due


@dataclass(frozen=True, slots=True)
class HowPaid:
    """The tenders of a sale in minor units, and what cash rounding added to its total."""

    tenders: tuple[PurchaseTender, ...]
    rounding: int = 0


def how_paid(rows: Sequence[SaleRow], currency: str, cash: CashRounding) -> HowPaid:
    """How the rows of one sale were paid; all of them sold something. Raises NotPaid.

    Amounts of tenders stand on each row for its line, or for the whole sale: once, or again on each of its rows. Cash
    given above the total is change, unless it is what cash rounding adds. Where only kinds are named each line was paid
    as its row says; one kind named anywhere is that of the whole sale.
    """
    total = sum(row.total for row in rows)
    if any(row.paid for row in rows):
        given, rounding = _fitting(rows, currency, cash)
        return HowPaid(_numbered(_in_minor(given, total + rounding, currency)), rounding)
    named: _Given = {}
    for row in rows:
        kind = row.tender or TenderKind.UNKNOWN
        named[kind] = named.get(kind, 0) + row.total
    said = named.keys() - {TenderKind.UNKNOWN}
    if len(said) <= 1:
        named = {next(iter(said), TenderKind.UNKNOWN): total}
    return HowPaid(_numbered(named))


def _fitting(rows: Sequence[SaleRow], currency: str, cash: CashRounding) -> tuple[_Given, int]:
    """What was given by kind, in nanos without change, and the rounding in minor units."""
    due = sum(row.nanos for row in rows)
    once = dict(rows[0].paid)
    summed: _Given = {}
    for row in rows:
        for kind, nanos in row.paid:
            summed[kind] = summed.get(kind, 0) + nanos
    readings = [summed]
    if len(rows) > 1 and all(row.paid == rows[0].paid for row in rows):
        readings.append(once)
    for given in readings:
        if sum(given.values()) == due:
            return given, 0
    given = readings[-1]
    over = sum(given.values()) - due
    in_cash = given.get(TenderKind.CASH, 0)
    if in_cash and 2 * abs(over) <= in_nanos(cash.step, currency):
        minor, exact = in_minor(over, currency)
        if exact:
            return given, minor
    if 0 < over <= in_cash:
        return {**given, TenderKind.CASH: in_cash - over}, 0
    raise NotPaid(sum(given.values()), due)


def _in_minor(given: _Given, total: int, currency: str) -> _Given:
    """In minor units; what rounding leaves lies on the largest, so that they come to `total`."""
    minor = {kind: in_minor(nanos, currency)[0] for kind, nanos in given.items()}
    largest = max(minor, key=lambda kind: minor[kind])
    minor[largest] += total - sum(minor.values())
    return minor


def _numbered(given: _Given) -> tuple[PurchaseTender, ...]:
    left = {kind: amount for kind, amount in given.items() if amount} or dict(list(given.items())[:1])
    return tuple(PurchaseTender(number, kind, amount) for number, (kind, amount) in enumerate(left.items(), start=1))


@dataclass(slots=True)
class TenderLeft:
    """What may still go back to one of several tenders of a sale, in minor units."""

    tender: int
    kind: TenderKind
    left: int


def given_back(kind: TenderKind, worth: int, tenders: Sequence[TenderLeft]) -> tuple[BackTender, ...]:
    """What of `worth` came off which of the sale's several tenders: those of the same kind first, then in order."""
    found: list[BackTender] = []
    rest = worth
    for tender in sorted(tenders, key=lambda one: one.kind is not kind):
        share = min(rest, tender.left)
        if share:
            tender.left -= share
            found.append(BackTender(kind.value, share, tender.tender))
            rest -= share
    return (*found, BackTender(kind.value, rest, tenders[0].tender)) if rest or not found else tuple(found)

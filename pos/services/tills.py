"""The accountable tray of cash: opened with its float before the first sale."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from pos.domain.journal import EntryKind
from pos.domain.ledger import float_postings
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.tills import MovementKind, TillSession
from pos.services.desk import Desk, Fact, record

FLOAT_MAX = 10**9


@dataclass(frozen=True, slots=True)
class TillView:
    """The open till: `expected` is the cash that should lie in it, derived from the facts."""

    id: str
    business_day: date
    opened_by: str
    expected: Money


class Tills:
    """The till of this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> TillView | None:
        """The open till, or None before the first opening."""
        with self._desk.shop.books.reading() as work:
            till = work.tills.open_till(self._desk.number)
            return None if till is None else _view(till, work.tills.cash_in(till.id))

    def open_till(self, float_minor: int) -> TillView | Refused:
        """Open the till with its float in minor units; the business day is today's date in the shop.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, AMOUNT_INVALID, TILL_OPEN.
        """
        operator = self._desk.permit(Permission.OPEN_TILL)
        if isinstance(operator, Refused):
            return operator
        currency = self._desk.rules.currency
        if not 0 <= float_minor <= FLOAT_MAX:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(float_minor, currency)})
        now = self._desk.now()
        till = TillSession(
            id=uuid.uuid4().hex,
            workstation=self._desk.number,
            business_day=self._desk.local(now).date(),
            opened_at=now,
            opened_by=operator.id,
            currency=currency,
            float_minor=float_minor,
        )
        fact = Fact(
            EntryKind.TILL_OPENED,
            now,
            operator.id,
            till.id,
            {"business_day": till.business_day.isoformat(), "currency": currency, "float": float_minor},
            float_postings(float_minor),
            (till.id, MovementKind.FLOAT, float_minor),
        )
        with self._desk.shop.books.writing() as work:
            if work.tills.open_till(self._desk.number) is not None:
                return Refused(Code.TILL_OPEN)
            work.tills.add(till)
            head = record(work, self._desk, fact)
            work.commit()
        self._desk.shop.anchor(head)
        return _view(till, float_minor)


def _view(till: TillSession, expected: int) -> TillView:
    return TillView(till.id, till.business_day, till.opened_by, Money(expected, till.currency))

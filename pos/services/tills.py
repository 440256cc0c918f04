"""The accountable tray of cash: opened with its float before the first sale."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.ledger import float_postings
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.till import CASH_MAX, MovementKind, day_refused
from pos.persistence.tills import TillSession
from pos.services import open_matters as late_open_matters
from pos.services.counts import CountView, count_view
from pos.services.desk import Desk, Fact, record

if TYPE_CHECKING:
    from pos.domain.check_deposit import HeldCheck

FLOAT_MAX = CASH_MAX


@dataclass(frozen=True, slots=True)
class TillView:
    """The open till: `expected` is the cash that should lie in it, derived from the facts."""

    id: str
    business_day: date
    opened_by: str
    expected: Money


@dataclass(frozen=True, slots=True)
class MoveView:
    """Cash that moved by hand, or the float: `number` as on its slip, `amount` negative where it went out."""

    number: str
    kind: MovementKind
    amount: Money
    at: datetime
    operator: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class TillOverview:
    """The open till as the cash office reads it; times are on the shop's clock.

    `expected` is None while it is not to be seen. `pickup_due`: more cash than the shop wants in a drawer. `count` is
    the last one, `matters` what would stay open if the till were closed now, `checks` what would go to the bank then.
    """

    id: str
    business_day: date
    opened_at: datetime
    opened_by: str
    opening_float: Money
    expected: Money | None
    pickup_due: bool
    count: CountView | None
    moves: tuple[MoveView, ...]
    matters: tuple[late_open_matters.OpenMatter, ...]
    checks: tuple[HeldCheck, ...] = ()


class Tills:
    """The till of this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> TillView | None:
        """The open till, or None where none is open."""
        with self._desk.shop.books.reading() as work:
            till = work.tills.open_till(self._desk.number)
            return None if till is None else _view(till, work.tills.cash_in(till.id))

    @property
    def is_open(self) -> bool:
        """Whether a till is open. A scan waits for it: what lies in the till is not added up."""
        with self._desk.shop.books.glancing() as work:
            return work.tills.open_till(self._desk.number) is not None

    def overview(self) -> TillOverview | None:
        """The open till with all that is known of it, None where none is open.

        What should be in it is left out where the shop counts blind and whoever is signed on may not see it.
        """
        desk, operator = self._desk, self._desk.operator
        with desk.shop.books.reading() as work:
            till = work.tills.open_till(desk.number)
            if till is None:
                return None
            expected = work.tills.cash_in(till.id)
            count = count_view(work, desk, till)
            sees = not desk.rules.blind_count or (operator is not None and operator.may(Permission.SEE_EXPECTED))
            told = sees or (count is not None and count.stands)
            limit = desk.rules.drawer_limit
            people = {found.operator.id: found.operator.name for found in work.staff.all()}
            return TillOverview(
                id=till.id,
                business_day=till.business_day,
                opened_at=desk.local(till.opened_at),
                opened_by=people.get(till.opened_by, till.opened_by),
                opening_float=Money(till.float_minor, till.currency),
                expected=Money(expected, till.currency) if told else None,
                pickup_due=bool(limit) and expected > limit,
                count=count,
                moves=tuple(
                    MoveView(
                        number=f"{move.workstation}/{move.sequence}",
                        kind=move.kind,
                        amount=Money(move.amount, till.currency),
                        at=desk.local(move.at),
                        operator=people.get(move.operator, move.operator),
                        reason=move.reason,
                        note=move.note,
                    )
                    for move in work.till_days.moves(till.id)
                ),
                matters=late_open_matters.open_matters(work, desk),
                checks=work.check_deposits.held(till.id),
            )

    def proposed_float(self) -> Money:
        """With how much the next till begins: what the last one left, else what the shop's rule says."""
        with self._desk.shop.books.reading() as work:
            last = work.till_days.last_close(self._desk.number)
        rules = self._desk.rules
        return Money(rules.next_float if last is None else last.next_float, rules.currency)

    def open_till(self, float_minor: int) -> TillView | Refused:
        """Open the till with its float in minor units; the business day is today's date in the shop.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, AMOUNT_INVALID, TILL_OPEN, DAY_BEFORE_LAST.
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
            refused = day_refused(till.business_day, work.tills.last_day(self._desk.number))
            if refused is not None:
                return refused
            work.tills.add(till)
            head = record(work, self._desk, fact)
            work.commit()
        self._desk.shop.anchor(head)
        return _view(till, float_minor)


def _view(till: TillSession, expected: int) -> TillView:
    return TillView(till.id, till.business_day, till.opened_by, Money(expected, till.currency))

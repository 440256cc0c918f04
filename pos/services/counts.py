"""The drawer counted, as often as somebody likes: what was counted is a fact, what should be there is derived."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.till import TillCount, counted_amount, read_count
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record


@dataclass(frozen=True, slots=True)
class CountView:
    """A count of the open till: `at` on the shop's clock, `pieces` (denomination, how many), largest first.

    `over_short` = counted − expected. `within`: no signature is needed. `stands`: no cash moved since, so the till can
    be closed on it.
    """

    id: str
    till: str
    at: datetime
    counted_by: str
    pieces: tuple[tuple[int, int], ...]
    counted: Money
    expected: Money
    over_short: Money
    tolerance: Money
    stands: bool

    @property
    def within(self) -> bool:
        return abs(self.over_short.minor) <= self.tolerance.minor


class Counts:
    """Counts of this workstation's open till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def count(self, typed: Mapping[str, str]) -> CountView | Refused:
        """Keep what was counted: how many of each note and coin, as typed ({"20.00": "5", "0.25": "8"}).

        Each count is a new fact; the last one is what a close goes by. Only now what should be there is told.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TILL_CLOSED, DENOMINATION_UNKNOWN, COUNT_INVALID.
        """
        operator = self._desk.permit(Permission.COUNT_TILL)
        if isinstance(operator, Refused):
            return operator
        pieces = read_count(typed, self._desk.rules.currency)
        if isinstance(pieces, Refused):
            return pieces
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            till = work.tills.open_till(self._desk.number)
            if till is None:
                return Refused(Code.TILL_CLOSED)
            count = TillCount(uuid.uuid4().hex, till.id, operator.id, now, pieces, counted_amount(pieces))
            payload: dict[str, object] = {
                "count": count.id,
                "pieces": [list(piece) for piece in pieces],
                "amount": count.amount,
                "expected": work.tills.cash_in(till.id),
            }
            head = record(work, self._desk, Fact(EntryKind.TILL_COUNTED, now, operator.id, till.id, payload))
            work.till_days.add_count(count, head)
            view = count_view(work, self._desk, till)
            work.commit()
        self._desk.shop.anchor(head)
        assert view is not None, "it was just counted"
        return view

    def last(self) -> CountView | None:
        """The last count of the open till; None where it was not counted, or none is open."""
        with self._desk.shop.books.reading() as work:
            till = work.tills.open_till(self._desk.number)
            return None if till is None else count_view(work, self._desk, till)


def count_view(work: UnitOfWork, desk: Desk, till: TillSession) -> CountView | None:
    """The last count of a till against what should be in it now."""
    found = work.till_days.last_count(till.id)
    if found is None:
        return None
    count, sequence = found
    expected = work.tills.cash_in(till.id)
    return CountView(
        id=count.id,
        till=till.id,
        at=desk.local(count.counted_at),
        counted_by=count.counted_by,
        pieces=count.pieces,
        counted=Money(count.amount, till.currency),
        expected=Money(expected, till.currency),
        over_short=Money(count.amount - expected, till.currency),
        tolerance=Money(desk.rules.count_tolerance, till.currency),
        stands=not work.till_days.moved_since(till.workstation, till.id, sequence),
    )

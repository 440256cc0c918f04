"""The till as an accountable tray: what moves cash in it, how it is counted, and what is left at its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pos.domain.cash import denominations
from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money
from pos.domain.names import StrEnum
from pos.domain.refusal import Code, Refused

# More pieces of one note or coin than any drawer holds: a slip of the hand is seen.
PIECES_MAX = 100_000
# The most cash that moves at once, in minor units.
CASH_MAX = 10**9


class MovementKind(StrEnum):
    """Why cash moved. `CLOSE` takes out all that should be in the till when it ends; what was counted says the rest."""

    FLOAT = "float"
    SALE = "sale"
    POST_VOID = "post_void"
    TENDER_CORRECTED = "tender_corrected"
    RETURN = "return"
    LOAN = "loan"
    PICKUP = "pickup"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    CASH_BACK = "cash_back"
    CASH_OUT = "cash_out"
    CHECK_SETTLED = "check_settled"
    CLOSE = "close"


# What a person moves by hand, and whether it comes in or goes out.
BY_HAND: Mapping[MovementKind, int] = {
    MovementKind.LOAN: 1,
    MovementKind.PICKUP: -1,
    MovementKind.PAID_IN: 1,
    MovementKind.PAID_OUT: -1,
}


@dataclass(frozen=True, slots=True)
class TillCount:
    """What somebody counted in the drawer: (denomination, how many), largest first; `amount` in minor units."""

    id: str
    till: str
    counted_by: str
    counted_at: datetime
    pieces: tuple[tuple[int, int], ...]
    amount: int


@dataclass(frozen=True, slots=True)
class TillClose:
    """The end of a till, in minor units: `over_short` = counted − expected, counted = next float + deposit.

    `expected` is the sum of the till's movements before; `approval` the request a manager signed, empty for none.
    """

    till: str
    count: str
    closed_by: str
    closed_at: datetime
    expected: int
    counted: int
    next_float: int
    approval: str = ""

    @property
    def over_short(self) -> int:
        return self.counted - self.expected

    @property
    def deposit(self) -> int:
        return self.counted - self.next_float


def read_count(typed: Mapping[str, str], currency: str) -> tuple[tuple[int, int], ...] | Refused:
    """How many of each note and coin were typed, largest first; a note left out, or empty, was not there.

    Refused: DENOMINATION_UNKNOWN for what is no note or coin of the currency, COUNT_INVALID for letters, a sign,
    a part of a piece or more than a drawer holds.
    """
    known = denominations(currency)
    pieces: dict[int, int] = {}
    for name, text in typed.items():
        denomination = _denomination(name, currency)
        if denomination not in known:
            return Refused(Code.DENOMINATION_UNKNOWN, {"typed": name[:40], "currency": currency})
        many = text.strip() or "0"
        if not (many.isascii() and many.isdigit() and len(many) <= 9 and int(many) <= PIECES_MAX):
            value = Money(denomination, currency)
            return Refused(Code.COUNT_INVALID, {"typed": text[:40], "piece": value, "most": PIECES_MAX})
        pieces[denomination] = pieces.get(denomination, 0) + int(many)
    return tuple((denomination, pieces[denomination]) for denomination in known if pieces.get(denomination))


def counted_amount(pieces: tuple[tuple[int, int], ...]) -> int:
    """What the pieces come to, in minor units."""
    return sum(denomination * many for denomination, many in pieces)


def day_refused(today: date, last: date | None) -> Refused | None:
    """Why no till may be opened for this day: the clock stands before the last day there was (reliability I-14)."""
    if last is None or today >= last:
        return None
    return Refused(Code.DAY_BEFORE_LAST, {"day": today, "last": last})


def _denomination(name: str, currency: str) -> int:
    try:
        return Money.read(name, currency).minor
    except AmountUnreadable:
        return 0

"""The demo shop's past week: invented sales made by the same services as every sale, each at its own hour.

Each day was sold at a workstation of its own (11 to 17) and its till closed at night, so that workstation 1 begins
with a closed till and an own first number. The draw is the same every time; keys, tokens and identities are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from pos.domain.cash import denominations, hand_over
from pos.domain.item import Item
from pos.domain.money import Quantity, Unit, minor_text
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator
from pos.persistence.shop_folder import OpenShop
from pos.services.approvals import Approvals
from pos.services.counts import Counts
from pos.services.desk import Desk
from pos.services.paperwork import Devices, Paperwork
from pos.services.sale import Sale
from pos.services.stock import Stock, StockLine
from pos.services.till_close import TillClosing
from pos.services.till_moves import TillMoves
from pos.services.tills import Tills
from receipts.printers import PROFILES

DAYS = 7
FIRST_WORKSTATION = 11
_FLOAT = 20_000
_PICKUP = 30_000
_SALES_ON_WEEKDAYS, _SALES_ON_WEEKENDS = 28, 38
_OPENS, _CLOSES = 8, 20
# How busy each hour from eight to seven is: coffee in the morning, lunch, and the way home.
_HOURS = (5, 7, 5, 4, 8, 6, 4, 4, 6, 9, 8, 4)
_PIECES = (1, 1, 1, 1, 1, 1, 2, 2, 3)
_BEST_SELLERS = 12
# So many of each lay on the shelf when the week began.
_MOST, _SOME = 180, 40
_LINES = (1, 1, 2, 2, 2, 3, 3, 4, 5)


@dataclass(slots=True)
class _HandClock:
    """The clock of a day that is over."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def first_moment(now: datetime) -> datetime:
    """When the demo shop is founded: before the first of the days it sold on."""
    return now - timedelta(days=DAYS + 1)


def sell_a_week(
    shop: OpenShop,
    rules: ShopRules,
    *,
    manager: Operator,
    delivered: Sequence[Item],
    staff: Sequence[Operator],
    items: Sequence[Item],
    now: datetime,
) -> None:
    """Sell on each of the seven days before today, part of the founding of the demo shop."""
    draw = Random(952)  # noqa: S311 - shopping baskets, no secrets
    clock = _HandClock(first_moment(now))
    _receive(Desk(shop, FIRST_WORKSTATION, clock, rules), delivered, best=items[:_BEST_SELLERS], by=manager)
    for back in range(DAYS, 0, -1):
        desk = Desk(shop, FIRST_WORKSTATION + DAYS - back, clock, rules)
        day = desk.local(now).date() - timedelta(days=back)
        _sell_a_day(desk, clock, draw, day=day, staff=staff, items=items)


def _receive(desk: Desk, items: Sequence[Item], *, best: Sequence[Item], by: Operator) -> None:
    """Shelves that are full before the first customer: what is bought most lies there most."""
    desk.operator = by
    lines = [
        StockLine(item.id, (_MOST if item in best or item.unit is not Unit.PIECE else _SOME) * 1000)
        for item in items
        if not (item.open_price or item.container)
    ]
    Stock(desk).receive(lines, "The first delivery")


def _sell_a_day(
    desk: Desk, clock: _HandClock, draw: Random, *, day: date, staff: Sequence[Operator], items: Sequence[Item]
) -> None:
    early, late = draw.sample(list(staff), 2)
    clock.moment = _at(desk, day, _OPENS * 3600 - 600)
    # Put at the desk as `sign_on` does after a PIN; nobody typed one in this week.
    desk.operator = early
    Tills(desk).open_till(_FLOAT)
    sale = Sale(desk)
    for seconds in _moments(draw, many=_SALES_ON_WEEKENDS if day.weekday() >= 5 else _SALES_ON_WEEKDAYS):
        clock.moment = _at(desk, day, seconds)
        desk.operator = early if seconds < (_OPENS + _CLOSES) // 2 * 3600 else late
        _sell(sale, draw, items)
    desk.operator = late
    clock.moment = _at(desk, day, _CLOSES * 3600 + 900)
    _close(desk)
    Paperwork(desk, Devices(None, None, next(iter(PROFILES.values())))).print_waiting()


def _close(desk: Desk) -> None:
    """Take what is too much to the safe, count to the cent, close."""
    till = Tills(desk).current()
    assert till is not None, "the day was opened"
    approvals = Approvals(desk)
    if till.expected.minor > _FLOAT + _PICKUP:
        TillMoves(desk, approvals).pickup(_PICKUP, "safe")
    expected = Tills(desk).current()
    assert expected is not None, "a pickup closes nothing"
    pieces = hand_over(expected.expected.minor, denominations(desk.rules.currency))
    typed = {minor_text(piece, desk.rules.currency): str(many) for piece, many in pieces}
    Counts(desk).count(typed)
    TillClosing(desk, approvals).close(next_float=_FLOAT)


def _sell(sale: Sale, draw: Random, items: Sequence[Item]) -> None:
    # What stands first is bought most often: the quick keys, then food.
    weights = [30 if place < _BEST_SELLERS else 6 if "food" in item.taxes else 2 for place, item in enumerate(items)]
    for item in draw.choices(items, weights, k=draw.choice(_LINES)):
        weighed = item.unit is not Unit.PIECE
        amount = Quantity(draw.randrange(200, 3500, 5), item.unit) if weighed else Quantity.pieces(draw.choice(_PIECES))
        sale.scan(item.codes[0], amount)
    due = sale.view.priced.due_cash
    note = next(note for note in (500, 1000, 2000, 5000, 10_000, 100_000, 10**9) if note >= due)
    sale.tender_cash(due if draw.random() < 0.3 else note)
    sale.complete()


def _moments(draw: Random, *, many: int) -> list[int]:
    """The seconds of the day at which customers came to the till, in order."""
    hours = draw.choices(range(_OPENS, _CLOSES), _HOURS, k=many)
    return sorted(hour * 3600 + draw.randrange(3600) for hour in hours)


def _at(desk: Desk, day: date, seconds: int) -> datetime:
    """A moment of a day on the shop's clock."""
    midnight = datetime.combine(day, time(), tzinfo=desk.zone)
    return (midnight + timedelta(seconds=seconds)).astimezone(UTC)


def sold_by_hand(item: Item) -> bool:
    """Whether a plain scan sells the item: nothing else has to be asked, and it is no container that comes back."""
    return not (item.age or item.serial or item.open_price or item.container)

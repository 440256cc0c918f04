"""Everything a return is judged by, gathered beforehand: the decision asks nobody and looks nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.promotion import Promotion
from pos.domain.purchase import NO_TERMS, Purchase, SoldTerms
from pos.domain.return_request import ReturnRequest
from pos.domain.shop import CashRounding
from pos.domain.tender_rules import TenderRule


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """An item as the shop knows it today, for goods on the counter: prices with tax or without, as the shop's are.

    `prices` are shelf prices by the day they began, the oldest first, the one before any day under date.min;
    `taxes` its tax codes with their rates of today in millionths, for what has no receipt to say it.
    """

    item: str
    name: str
    category: str
    unit_price: int
    terms: SoldTerms = NO_TERMS
    serial: bool = False
    prices: tuple[tuple[date, int], ...] = ()

    def lowest(self, since: date, today: date) -> int:
        """The lowest shelf price that held on any day from `since` to today."""
        found = [self.unit_price]
        for number, (begins, price) in enumerate(self.prices):
            ends = self.prices[number + 1][0] if number + 1 < len(self.prices) else date.max
            if begins <= today and ends > since:
                found.append(price)
        return min(found)


@dataclass(frozen=True, slots=True)
class PastReturn:
    """An earlier return, as the counters see it: when (the shop's day), how much money, how many pieces, how it was
    shown, by what keys it can be told again (the hash of an ID, a card's token, a customer), which sale it was of.
    """

    day: date
    amount: int
    pieces: int
    with_receipt: bool
    keys: frozenset[str]
    purchase: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """Who stands at the counter, as the shop knows them today."""

    id: str
    name: str = ""
    tier: str = ""
    group: str = ""
    open_bad_check: bool = False


@dataclass(frozen=True, slots=True)
class CardAccount:
    """A card of the shop that money may go back onto: `room` is how much it may still be given, None without bound.

    `used`: something was taken from it since it was sold.
    """

    id: str
    shown: str
    kind: str
    balance: int
    usable: bool = True
    used: bool = False
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody who may has agreed to: the codes that no longer stand in the way, and the option they chose."""

    codes: frozenset[str]
    option: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """One request with all that is known about it at `now` (on the shop's clock).

    `goods` are today's facts by item. `business_days` says of a day whether it is one in this region; `holidays` are
    the days that are none beside Saturday and Sunday. `drawer` is the cash in the till in minor units, None where it
    never runs short. `past` are earlier returns by anything this request can be told by. `cards` are the cards of the
    shop it speaks of, by identity. `operator` is who is at the till; `item_taxes` are today's by item: tax code and
    rate in millionths. `promotions` are those the sale was made with, in the versions of then. `tender_rules` are the
    shop's own, `cash_out_below` its own bound in minor units below which what is on a card of the shop may go out in
    cash; None: as the law says.
    `bad_check`: who bought it owes the money of a check, or a check it was paid with came back.
    `in_the_shop` are the pieces asked for, by item and serial number, that came back and were not sold since.
    `own_purchase`: whoever is at the till bought it. `buyer_points` are the points of who bought, None where nobody is
    known; `point_worth` is what one pays today in minor units.
    `new_total` is what goes out in an exchange comes to (goods replaced even apart), None where nothing goes out.
    """

    request: ReturnRequest
    now: datetime
    currency: str
    region: str
    operator: str
    workstation: int
    prices_hold_tax: bool
    cash_rounding: CashRounding
    purchase: Purchase | None = None
    goods: Mapping[str, GoodsFacts] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    customer: CustomerFacts | None = None
    past: tuple[PastReturn, ...] = ()
    cards: Mapping[str, CardAccount] = field(default_factory=dict)
    drawer: int | None = None
    item_taxes: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    agreed: Agreed | None = None
    promotions: tuple[Promotion, ...] = ()
    tender_rules: tuple[TenderRule, ...] = ()
    cash_out_below: int | None = None
    own_purchase: bool = False
    bad_check: bool = False
    in_the_shop: frozenset[tuple[str, str]] = frozenset()
    buyer_points: int | None = None
    point_worth: int = 0
    new_total: int | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def is_business_day(self, day: date) -> bool:
        """Neither Saturday nor Sunday nor a holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def next_business_day(self, day: date) -> date:
        """This day, or the first business day after it."""
        while not self.is_business_day(day):
            day = date.fromordinal(day.toordinal() + 1)
        return day

"""What whoever decides about a return may want to know of it: counts, amounts and coincidences, never a judgement.

Each is a plain fact of the books. How it usually is in this shop stands beside it (`Usual`), since a number alone
accuses: three returns in a month are many here and few there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Policy
from pos.domain.return_case import PastReturn, ReturnCase
from pos.domain.return_counters import known_by
from pos.domain.return_line import lines_of
from pos.domain.return_rules import Approval, CountLimit, Per

# What is counted where the policy names no while and no minutes of its own.
WHILES = (30, 365)
# How far back somebody's purchases are counted.
BOUGHT_DAYS = 365
SOON_MINUTES = 15
_COUNTED_BY = (Per.CUSTOMER, Per.ID, Per.CARD)


class Noticed(StrEnum):
    """The kinds of facts, in the order they are told."""

    CUSTOMER = "customer"
    PAST_RETURNS = "past_returns"
    RECEIPT_USED = "receipt_used"
    SAME_CASHIER = "same_cashier"
    SOON_AFTER_SALE = "soon_after_sale"
    SERIAL_NOT_ON_RECEIPT = "serial_not_on_receipt"
    SERIAL_NEVER_SOLD = "serial_never_sold"


@dataclass(frozen=True, slots=True)
class Usual:
    """How it usually is here. Of PAST_RETURNS `count` is the median among the `of` who returned anything in the same
    while; of CUSTOMER something came back of `count` of the `of` purchases of all known customers; else `count` of the
    last `of` returns (of RECEIPT_USED: of the receipts something came back of) were so.
    """

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases of somebody: how many for how much, of how many something came back for how much, in minor units.

    `since` is the day of the first of all the books know, of whatever day; None where there is none.
    """

    since: date | None
    purchases: int
    amount: int
    returned_of: int
    returned: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact: `count` returns of `amount` minor units in the last `days` days, today counted, as far as each fits the
    kind. `about` is a Per of PAST_RETURNS; `minutes` since the sale; `within` what counts as soon.
    """

    code: Noticed
    about: str = ""
    days: int = 0
    count: int = 0
    amount: int = 0
    minutes: int = 0
    within: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)
    usual: Usual | None = None
    bought: Bought | None = None


def noticed(
    case: ReturnCase, policy: Policy, *, earlier: int, sold: Mapping[str, bool], bought: Bought | None
) -> tuple[Signal, ...]:
    """Every fact there is. `earlier` returns were made of this purchase; `sold` says of serial numbers that are on no
    receipt shown whether the shop ever sold them; `bought` is what the customer did in BOUGHT_DAYS, where one is known.
    """
    return (
        *_customer(bought),
        *_past(case, policy),
        *_used(case, earlier),
        *_same_cashier(case),
        *_soon(case, policy),
        *_serials(case, sold),
    )


def unproven_serials(case: ReturnCase) -> tuple[str, ...]:
    """The serial numbers asked for that no receipt stands behind."""
    return tuple(
        dict.fromkeys(serial for line in lines_of(case) if line.sold is None for serial in _given(line.asked.serial))
    )


def _customer(bought: Bought | None) -> Iterator[Signal]:
    if bought is not None:
        count, amount = bought.returned_of, bought.returned
        yield Signal(Noticed.CUSTOMER, days=BOUGHT_DAYS, count=count, amount=amount, bought=bought)


def _past(case: ReturnCase, policy: Policy) -> Iterator[Signal]:
    """Earlier returns by whatever this one can be told by: in the shortest while, and in a longer one where it holds
    more; what two ways of telling both find is told once.
    """
    told: list[list[int]] = []
    for per in _COUNTED_BY:
        keys = known_by(case, frozenset({per}))
        if not keys:
            continue
        found = [place for place, one in enumerate(case.past) if one.keys & keys]
        if found in told:
            continue
        told.append(found)
        before = -1
        for days in _whiles(policy):
            within = [case.past[place] for place in found if _in_the_last(case, case.past[place], days)]
            if len(within) > before:
                amount = sum(one.amount for one in within)
                yield Signal(Noticed.PAST_RETURNS, per.value, days, len(within), amount)
            before = len(within)


def _whiles(policy: Policy) -> tuple[int, ...]:
    named = {rule.limit.days for rule in policy.of(CountLimit)}
    return tuple(sorted(named)) or WHILES


def _in_the_last(case: ReturnCase, past: PastReturn, days: int) -> bool:
    return timedelta() <= case.today - past.day < timedelta(days=days)


def _used(case: ReturnCase, earlier: int) -> Iterator[Signal]:
    purchase = case.purchase
    if purchase is not None and earlier:
        yield Signal(Noticed.RECEIPT_USED, count=earlier, amount=purchase.refunded, facts={"receipt": purchase.receipt})


def _same_cashier(case: ReturnCase) -> Iterator[Signal]:
    purchase = case.purchase
    if purchase is not None and purchase.operator and purchase.operator == case.operator:
        yield Signal(Noticed.SAME_CASHIER)


def _soon(case: ReturnCase, policy: Policy) -> Iterator[Signal]:
    purchase = case.purchase
    if purchase is None or (case.now.tzinfo is None) != (purchase.at.tzinfo is None):
        return
    within = max((rule.within for rule in policy.of(Approval) if rule.within is not None), default=SOON_MINUTES)
    passed = case.now - purchase.at
    if timedelta() <= passed < timedelta(minutes=within):
        yield Signal(Noticed.SOON_AFTER_SALE, minutes=passed // timedelta(minutes=1), within=within)


def _serials(case: ReturnCase, sold: Mapping[str, bool]) -> Iterator[Signal]:
    receipt = "" if case.purchase is None else case.purchase.receipt
    for line in lines_of(case):
        for serial in _given(line.asked.serial):
            facts: dict[str, object] = {"item": line.name, "serial": serial}
            if line.sold is not None and serial not in line.sold.serials:
                yield Signal(Noticed.SERIAL_NOT_ON_RECEIPT, facts={**facts, "receipt": receipt})
            elif line.sold is None and not sold.get(serial, True):
                yield Signal(Noticed.SERIAL_NEVER_SOLD, facts=facts)


def _given(serial: str) -> list[str]:
    return serial.replace(",", " ").split()

"""The decision of a return of twenty lines: some come back at once, some wait, under a policy of fifteen rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch, turn_by_turn
from pos.domain.money import Quantity
from pos.domain.policy_rule import Policy
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender, Source
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Decision
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.returning import decide
from pos.domain.shop import CashRounding
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind
from pos.services.policy_file import parse_policy

NAME = "decision"
LINES = 20
_LIMIT_MS = 5.0
_WARM_UP = 20
_CASES = 20
_SOLD = date(2026, 1, 10)
# Home goods come back, opened media only for the same, food never.
_CATEGORIES = (*("home",) * 12, *("electronics",) * 5, *("media",) * 2, "food")
_POLICY = """policy: 1
rules:
  - {id: R1, window: {days: 30, after: {days: 60, answer: store_credit}}}
  - {id: R2, window: {days: 30, after: {answer: manager}}, for: {category: electronics}}
  - {id: R3, window: {days: 60}, for: {tier: plus}}
  - {id: R4, season: {return_by: 2026-01-31}, for: {sold_from: 2025-11-01, sold_until: 2025-12-31}}
  - {id: R5, final_sale: {}, for: {flag: clearance}, override: none}
  - {id: R6, non_returnable: {}, for: {category: [food, plants]}}
  - {id: R7, condition: {accept: [unopened, opened]}}
  - {id: R8, condition: {accept: [unopened], answer: same_item}, for: {category: media}}
  - {id: R9, proof: {accept: [receipt, e_receipt, card_lookup, gift_receipt]}}
  - {id: R10, no_receipt: {limit: {days: 365, amount: "100.00"}}}
  - {id: R11, missing_parts: {}}
  - {id: R12, restocking_fee: {percent: 15, unless: [unopened, defective]}, for: {category: electronics}}
  - {id: R13, approval: {above: "2000.00"}}
  - {id: R14, count_limit: {limit: {days: 30, times: 5}}}
  - {id: R15, cash_limit: {most: "200.00"}}
"""


def policy() -> Policy:
    return parse_policy(_POLICY, "USD")


def case(number: int) -> ReturnCase:
    """One of several returns, `number` days after its sale."""
    lines = tuple(_line(place, number) for place in range(1, LINES + 1))
    total = sum(line.total for line in lines)
    half = total // 2
    tenders = (PurchaseTender(1, TenderKind.CREDIT, half), PurchaseTender(2, TenderKind.CASH, total - half))
    purchase = Purchase(
        id=f"sale-{number}",
        receipt=f"0142-03-{number:04d}",
        source=Source.BOOKS,
        at=datetime(2026, 1, 10, 10, tzinfo=UTC),
        day=_SOLD,
        currency="USD",
        prices_hold_tax=False,
        total=total,
        lines=lines,
        tenders=tenders,
    )
    asked = tuple(LineAsked(line.line, Quantity.pieces(1), condition="opened", reason="changed_mind") for line in lines)
    return ReturnCase(
        request=ReturnRequest(purchase.id, lines=asked),
        now=datetime(2026, 1, 11 + number % _CASES, 12, tzinfo=UTC),
        currency="USD",
        region="",
        operator="101",
        workstation=3,
        prices_hold_tax=False,
        cash_rounding=CashRounding(),
        purchase=purchase,
    )


def measure(_home: Path, *, quick: bool) -> Figure:
    """Each round decides another return anew, all of it: every rule, every remedy, and what a yes would bring."""
    rounds = _WARM_UP + (20 if quick else 500)
    house = policy()
    program = Stopwatch()

    def decided(number: int) -> None:
        # A case of its own each time: what was found of another is no help.
        one = case(number)
        with program.running():
            decide(one, house)

    turn_by_turn(rounds, decided)
    times = program.sample(_WARM_UP)
    return Figure(NAME, times, None, (Check(What.P50, times.p50 * 1000, _LIMIT_MS, Measure.MILLISECONDS),))


def decision(number: int) -> Decision:
    """What one of them comes to."""
    return decide(case(number), policy())


def _line(place: int, number: int) -> PurchaseLine:
    price = 2_000 + 100 * (place + number % _CASES)
    tax = price * 8 // 100
    return PurchaseLine(
        line=place,
        item=f"ITEM{place}",
        name=f"Item {place}",
        category=_CATEGORIES[place - 1],
        quantity=Quantity.pieces(2),
        unit_price=price // 2,
        extended=price,
        discount=0,
        net=price,
        tax=tax,
        total=price + tax,
        taxes=(LineTax("standard", 80_000, price, tax),),
    )

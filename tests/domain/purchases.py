"""Sales as a return sees them, made short for tests: amounts in minor units."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pos.domain.came_back import Back, BackLine, BackTender, with_back
from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Quantity, Unit
from pos.domain.policy_rule import Policy, Rule
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender, SoldTerms, Source
from pos.domain.refund import Planned
from pos.domain.return_case import GoodsFacts, ReturnCase
from pos.domain.return_request import LineAsked, ReturnRequest, ShownBy
from pos.domain.shop import CashRounding
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind
from pos.domain.valued_line import ValuedLines

SOLD = date(2026, 1, 10)
NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)


def sold(number: int, extended: int, **more: Any) -> PurchaseLine:
    """A line as charged: `off` is (promotion, amount) pairs, `tax` an amount added to the price, `qty` pieces."""
    off = more.pop("off", ())
    tax, rate = more.pop("tax", 0), more.pop("rate", 0)
    quantity = more.pop("quantity", Quantity.pieces(more.pop("qty", 1)))
    held = more.pop("held", False)
    discounts = tuple(Discount(DiscountSource.PROMOTION, name, amount, name) for name, amount in off)
    price = extended - sum(one.amount for one in discounts)
    net = price - tax if held else price
    pieces = max(1, quantity.thousandths // 1000) if quantity.unit is Unit.PIECE else 1
    line = PurchaseLine(
        line=number,
        item=more.pop("item", f"ITEM{number}"),
        name=more.pop("name", f"Item {number}"),
        category=more.pop("category", ""),
        quantity=quantity,
        unit_price=extended // pieces,
        extended=extended,
        discount=extended - price,
        net=net,
        tax=tax,
        total=net + tax,
        taxes=(LineTax("standard", rate, net, tax),) if tax or rate else (),
        discounts=discounts,
        terms=SoldTerms(family=more.pop("family", ""), flags=more.pop("flags", ())),
    )
    return replace(line, **more)


def paid(number: int, kind: TenderKind | str, amount: int, **more: Any) -> PurchaseTender:
    """A tender of a sale."""
    kind = TenderKind(kind)
    if kind in {TenderKind.CREDIT, TenderKind.DEBIT}:
        more = {"card": f"card-{number}", "attempt": f"attempt-{number}", **more}
    return PurchaseTender(number, kind, amount, **more)


def bought(*lines: PurchaseLine, tenders: tuple[PurchaseTender, ...] = (), **more: Any) -> Purchase:
    """A sale of these lines; paid in cash where nothing else is said."""
    total = sum(line.total for line in lines)
    rounding = more.pop("rounding", 0)
    if not tenders:
        tenders = (paid(1, TenderKind.CASH, total + rounding),)
    purchase = Purchase(
        id="sale-1",
        receipt="0142-01-0001",
        source=Source.BOOKS,
        at=datetime(2026, 1, 10, 10, 0, tzinfo=UTC),
        day=SOLD,
        currency=more.pop("currency", "USD"),
        prices_hold_tax=more.pop("prices_hold_tax", False),
        total=total,
        lines=lines,
        tenders=tenders,
        rounding=rounding,
    )
    return replace(purchase, **more)


def asked(line: int = 0, qty: int = 1, **more: Any) -> LineAsked:
    """A line that is to come back, in pieces."""
    return LineAsked(line, more.pop("quantity", Quantity.pieces(qty)), **more)


_OF_REQUEST = (
    *("shown_by", "refund_to", "account", "send_to", "amount", "exchange", "id_shown", "whole", "facts", "reason"),
    *("new_items", "new_total", "waive"),
)


def case_of(purchase: Purchase | None, *lines: LineAsked, **more: Any) -> ReturnCase:
    """A case ten days after the sale. What belongs to the request (`shown_by`, `refund_to` …) may stand beside it."""
    of_request = {key: more.pop(key) for key in _OF_REQUEST if key in more}
    of_request.setdefault("shown_by", ShownBy.RECEIPT if purchase else ShownBy.NONE)
    request = ReturnRequest(purchase=purchase.id if purchase else "", lines=lines, **of_request)
    case = ReturnCase(
        request=request,
        now=NOW,
        currency=purchase.currency if purchase else "USD",
        region="US-NY",
        operator="101",
        workstation=1,
        prices_hold_tax=purchase.prices_hold_tax if purchase else False,
        cash_rounding=CashRounding(),
        purchase=purchase,
    )
    return replace(case, **more)


def goods(item: str, price: int, **more: Any) -> GoodsFacts:
    """An item as the shop knows it today."""
    return GoodsFacts(item, more.pop("name", item), more.pop("category", ""), price, **more)


def policy(*rules: Rule) -> Policy:
    """A policy of these rules."""
    return Policy("House rules", 1, rules)


def went_out(planned: Planned) -> list[tuple[str, int]]:
    """Kind and amount of every tender."""
    return [(tender.kind, tender.amount) for tender in planned.tenders]


def given_back(case: ReturnCase, valued: ValuedLines, planned: Planned) -> Purchase:
    """The sale after this return, as the books tell it."""
    assert case.purchase is not None
    back = Back(
        lines=tuple(
            BackLine(line.line, line.quantity.thousandths, line.merchandise, line.tax) for line in valued.lines
        ),
        tenders=tuple(BackTender(one.kind, one.amount, one.of) for one in planned.tenders if one.kind != "exchange"),
        rounding=planned.rounding,
        used=sum(one.amount for one in planned.tenders if one.kind == "exchange"),
    )
    return with_back(case.purchase, [back])

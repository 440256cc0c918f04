"""Sales and what is asked to come back of them, drawn for property tests of the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from pos.domain.purchase import Buyer, Channel, Purchase, SoldTerms
from pos.domain.return_case import CustomerFacts, PastReturn, ReturnCase
from pos.domain.return_request import IdShown, LineAsked, ShownBy
from pos.domain.tender import TenderKind
from tests.domain.policies import CATEGORIES, STATES
from tests.domain.purchases import SOLD, asked, bought, case_of, goods, paid, sold

PROOFS = (ShownBy.RECEIPT, ShownBy.RECEIPT, ShownBy.CARD_LOOKUP, ShownBy.GIFT_RECEIPT, ShownBy.NONE)
_CARDS = (TenderKind.CREDIT, TenderKind.DEBIT)
_KINDS = {
    TenderKind.CREDIT: (TenderKind.CREDIT, TenderKind.DEBIT, TenderKind.CHECK),
    TenderKind.CASH: (TenderKind.CASH, TenderKind.CASH, TenderKind.CHECK),
}
REGIONS = ("US-TX", "US-NY", "US-CA", "CZ", "SE", "")


@st.composite
def sales(draw: st.DrawFn) -> Purchase:
    """One to four lines, parts of which may be back already, paid with one or two tenders."""
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        quantity = draw(st.integers(1, 3))
        back = draw(st.integers(0, quantity)) if draw(st.booleans()) else 0
        price = draw(st.integers(1, 60_000)) * quantity
        flags = draw(st.sampled_from([(), ("clearance",), ("custom",)]))
        line = sold(number, price, qty=quantity, tax=price * 8 // 100, category=draw(st.sampled_from(CATEGORIES)))
        returned_net, returned_tax = line.net * back // quantity, line.tax * back // quantity
        lines.append(
            replace(
                line,
                terms=SoldTerms(final_sale=draw(st.booleans()), flags=flags),
                exchanged=draw(st.integers(0, 1)),
                returned=back * 1000,
                returned_net=returned_net,
                returned_tax=returned_tax,
            )
        )
    total = sum(line.total for line in lines)
    refunded = sum(line.returned_net + line.returned_tax for line in lines)
    card = draw(st.integers(0, total))
    tenders = [paid(1, "credit", card, refunded=min(card, refunded)) if card else None]
    tenders.append(paid(2, "cash", total - card, refunded=refunded - min(card, refunded)) if total - card else None)
    return bought(
        *lines,
        tenders=tuple(one for one in tenders if one is not None),
        refunded=refunded,
        cash_exact=refunded - min(card, refunded),
        cash_paid=refunded - min(card, refunded),
        buyer=Buyer("C1", tier=draw(st.sampled_from(["", "plus"]))),
        channel=draw(st.sampled_from(list(Channel))),
        delivered=draw(st.none() | st.just(SOLD + timedelta(days=3))),
        region=draw(st.sampled_from(REGIONS)),
        operator=draw(st.sampled_from(["101", "102"])),
    )


@st.composite
def lines_asked(draw: st.DrawFn, purchase: Purchase) -> tuple[LineAsked, ...]:
    """What is to come back, sometimes more than is left."""
    return tuple(
        asked(
            line.line,
            draw(st.integers(1, 3)),
            condition=draw(st.sampled_from(["", *STATES])),
            reason=draw(st.sampled_from(["", "changed_mind"])),
            missing=draw(st.sampled_from([(), (), ("lid",)])),
            code_missing=draw(st.booleans()),
            facts=draw(st.sampled_from([{}, {"worn": "no"}, {"looks_used": "yes"}])),
        )
        for line in purchase.lines
        if draw(st.booleans()) or line.line == 1
    )


@st.composite
def paid_otherwise(draw: st.DrawFn) -> ReturnCase:
    """The same with every kind of tender, what the customer wants instead, and what a till may lack."""
    case = draw(cases())
    assert case.purchase is not None
    tenders = tuple(
        replace(
            one,
            kind=(kind := draw(st.sampled_from(_KINDS[one.kind]))),
            card="card" if kind in _CARDS else "",
            open=draw(st.sampled_from([True, True, False])) if kind in _CARDS else True,
            settled=draw(st.booleans()) if kind in _CARDS else True,
        )
        for one in case.purchase.tenders
    )
    wish = draw(st.sampled_from(["", "", "original", "cash", "store_credit", "credit", "mailed_check"]))
    purchase = replace(case.purchase, tenders=tenders, cash_exact=0, cash_paid=0)
    owes = draw(st.sampled_from([False, False, True]))
    return replace(
        case,
        purchase=purchase,
        request=replace(case.request, refund_to=wish, customer="C1"),
        customer=CustomerFacts("C1", open_bad_check=owes),
        drawer=draw(st.sampled_from([None, None, 0, 2_000])),
    )


@st.composite
def cases(draw: st.DrawFn, *, known: bool = True) -> ReturnCase:
    """A return at some day after the sale."""
    purchase = draw(sales()) if known or draw(st.booleans()) else None
    now = datetime(2026, 1, 10, 12, tzinfo=UTC) + timedelta(
        days=draw(st.sampled_from([0, 3, 10, 14, 17, 31, 100, 800]))
    )
    past = tuple(
        PastReturn(now.date() - timedelta(days=days), 2500, 1, with_receipt=False, keys=frozenset({"C1", "ann"}))
        for days in draw(st.lists(st.integers(0, 400), max_size=2))
    )
    more = {
        "now": now,
        "past": past,
        "shown_by": draw(st.sampled_from(PROOFS)) if purchase is not None else ShownBy.NONE,
        "id_shown": draw(st.none() | st.just(IdShown("passport", "ann"))),
        "whole": draw(st.booleans()),
        "waive": draw(st.booleans()),
        "exchange": draw(st.booleans()),
        "own_purchase": draw(st.booleans()),
        "region": draw(st.sampled_from(REGIONS)),
    }
    if purchase is None:
        lines = (asked(item="CUP", qty=draw(st.integers(1, 2))),)
        return case_of(None, *lines, goods={"CUP": goods("CUP", 2000, category="home")}, **more)
    known_goods = {line.item: goods(line.item, line.unit_price) for line in purchase.lines}
    return case_of(purchase, *draw(lines_asked(purchase)), goods=known_goods, **more)

"""What another system sold and took back, for tests that need some in the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from pos.domain.came_back import BackTender
from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Quantity
from pos.domain.purchase import Buyer, Channel, Earned, Purchase, PurchaseLine, PurchaseTender, SoldTerms, Source
from pos.domain.return_request import IdShown
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.taken_over import TakenOver, TakenReturn, TakenReturnLine
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind
from pos.services.taken_over import take_over
from pos.workstation import Workstation

AT = datetime(2026, 1, 10, 15, 0, tzinfo=UTC)
LINE = PurchaseLine(
    line=1,
    item="KETTLE",
    name="Kettle",
    category="home",
    quantity=Quantity.pieces(2),
    unit_price=3_000,
    extended=6_000,
    discount=600,
    net=5_400,
    tax=479,
    total=5_879,
    taxes=(LineTax("standard", 88_750, 5_400, 479),),
    discounts=(Discount(DiscountSource.PROMOTION, "P", 600, "P"),),
    serials=("A-1", "A-2"),
    terms=SoldTerms(final_sale=True, flags=("clearance",), family="kettles"),
    facts={"rebate_paid": "true"},
    exchanged=1,
)
CARD_LINE = PurchaseLine(
    line=2,
    item="",
    name="Gift card",
    category="",
    quantity=Quantity.pieces(1),
    unit_price=1_000,
    extended=1_000,
    discount=0,
    net=1_000,
    tax=0,
    total=1_000,
    stored=StoredValue(StoredAct.SELL, "6006490000000000024"),
)
SALE = Purchase(
    id="a" * 32,
    receipt="OLD-1",
    source=Source.TAKEN_OVER,
    at=AT,
    day=date(2026, 1, 10),
    currency="USD",
    prices_hold_tax=False,
    total=6_879,
    lines=(LINE, CARD_LINE),
    tenders=(
        PurchaseTender(1, TenderKind.CREDIT, 0, card="visa-1111", token="T1", requested=5_000, declined=True),
        PurchaseTender(2, TenderKind.CREDIT, 5_000, card="visa-4242", token="T2", house_card=True, settled=False),
        PurchaseTender(3, TenderKind.DEBIT, 879, card="maestro-77", token="T3", cash_back=2_000, pin=True),
        PurchaseTender(4, TenderKind.CASH, 1_000),
    ),
    delivered=date(2026, 1, 12),
    region="US-NY",
    channel=Channel.DISTANCE,
    buyer=Buyer("C1", "member", "staff"),
    operator="101",
    workstation=7,
    earned=Earned(points_earned=68, points_spent=5, rewards_earned=1_000, rewards_spent=500),
)
# One unit of the kettle: half of what was charged, which the first slice rounds up.
RETURN = TakenReturn(
    id="b" * 32,
    receipt="OLD-2",
    at=AT.replace(day=11),
    day=date(2026, 1, 11),
    purchase=SALE.id,
    lines=(TakenReturnLine(1, "KETTLE", Quantity.pieces(1), ("A-1",), 2_700, 240),),
    tenders=(BackTender("credit", 2_940, 2),),
    customer="C1",
    operator="900",
    id_shown=IdShown("driving_licence", "D4417788"),
)
EXCHANGE = replace(
    RETURN,
    id="c" * 32,
    receipt="OLD-3",
    at=AT.replace(day=12),
    day=date(2026, 1, 12),
    lines=(
        TakenReturnLine(
            1,
            "KETTLE",
            Quantity.pieces(1),
            ("A-2",),
            2_700,
            239,
            swapped=True,
            new_line=4,
            new_item="RED",
            new_name="Red kettle",
            new_serials=("A-3",),
        ),
    ),
    tenders=(),
    id_shown=None,
    exchange=True,
)
UNKNOWN = replace(
    RETURN,
    id="d" * 32,
    receipt="OLD-4",
    purchase="",
    lines=(TakenReturnLine(0, "KETTLE", Quantity.pieces(1)),),
    tenders=(BackTender("store_credit", 2_500),),
)
TAKEN = TakenOver((SALE,), (RETURN, EXCHANGE, UNKNOWN))


def take_over_for_the_books(workstation: Workstation) -> None:
    """Everything above, in one entry of the journal."""
    with workstation.desk.shop.books.writing() as work:
        head = take_over(work, workstation.desk, TAKEN, None)
        work.commit()
    workstation.desk.shop.anchor(head)

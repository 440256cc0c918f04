"""Baskets and shops as Hypothesis draws them, for every test that prices, posts or chains a sale."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Markdown, PriceOverride
from pos.domain.money import Quantity, Unit
from pos.domain.pricing import PricedBasket
from pos.domain.shop import CashRounding, RoundingMode, ShopRules
from pos.domain.tax import PriceMode, TaxRate, TaxRounding
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import ReceiptNumber, Transaction, TransactionKind, sale_lines, tender_lines

RATES = (TaxRate("standard", 210_000), TaxRate("food", 120_000), TaxRate("city", 88_750), TaxRate("none", 0))

RULES = st.builds(
    ShopRules,
    name=st.just("Corner"),
    store=st.just("0142"),
    currency=st.sampled_from(["USD", "CZK", "JPY", "KWD"]),
    timezone=st.just("Europe/Prague"),
    price_mode=st.sampled_from([*PriceMode]),
    tax_rates=st.just(RATES),
    tax_rounding=st.sampled_from([*TaxRounding]),
    cash_rounding=st.builds(
        CashRounding,
        step=st.sampled_from([1, 5, 100]),
        mode=st.sampled_from([*RoundingMode]),
        least=st.sampled_from([0, 5]),
    ),
)


MARKDOWNS = (
    st.none()
    | st.builds(Markdown, st.just("damaged"), percent_millionths=st.integers(0, 1_000_000), amount=st.none())
    | st.builds(Markdown, st.just("goodwill"), percent_millionths=st.none(), amount=st.integers(0, 10**8))
)


@st.composite
def basket_lines(draw: st.DrawFn) -> BasketLine:
    unit = draw(st.sampled_from([*Unit]))
    thousandths = draw(st.integers(min_value=1, max_value=20_000))
    quantity = Quantity(thousandths * 1000 if unit is Unit.PIECE else thousandths, unit)
    return BasketLine(
        item=draw(st.sampled_from(["1001", "1234e567", "0"])),
        name=draw(st.text(max_size=12)),
        unit_price=draw(st.integers(min_value=0, max_value=10**7)),
        taxes=draw(st.lists(st.sampled_from([rate.code for rate in RATES]), max_size=2, unique=True).map(tuple)),
        quantity=quantity,
        scanned=draw(st.text(max_size=14)),
        operator="101",
        not_discountable=draw(st.booleans()),
        markdown=draw(MARKDOWNS),
        override=draw(st.none() | st.builds(PriceOverride, st.integers(0, 10**7), st.just("price_match"))),
    )


@st.composite
def baskets(draw: st.DrawFn) -> Basket:
    lines = draw(st.lists(basket_lines(), max_size=8))
    tenders = draw(st.lists(st.integers(min_value=0, max_value=10**9), max_size=3))
    return Basket(
        "b" * 32, tuple(lines), tuple(Tender(TenderKind.CASH, amount) for amount in tenders), markdown=draw(MARKDOWNS)
    )


def transaction(priced: PricedBasket, rules: ShopRules) -> Transaction:
    """The priced basket as a stored fact of one fixed moment."""
    return Transaction(
        id=priced.basket.id,
        kind=TransactionKind.SALE,
        receipt=ReceiptNumber(rules.store, 3, 118),
        at=datetime(2026, 11, 21, 13, 32, 5, 123_000, UTC),
        utc_offset_minutes=60,
        business_day=date(2026, 11, 21),
        operator="101",
        operator_name="Maya Reyes",
        till="t" * 32,
        customer=None,
        currency=rules.currency,
        rules_version=rules.version,
        prices_hold_tax=rules.price_mode is PriceMode.TAX_INCLUDED,
        token="A1B2C3",
        subtotal=priced.subtotal,
        discount=priced.discount,
        net=priced.net,
        tax=priced.tax,
        total=priced.total,
        rounding=priced.rounding,
        paid=priced.paid,
        change=priced.change,
        lines=sale_lines(priced),
        tenders=tender_lines(priced),
        exemption=priced.exemption,
    )

"""One pure function prices a basket; what it answers adds up, and the ledger posts exactly that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import DiscountSource, Markdown, PriceOverride
from pos.domain.item import QuantityPrice
from pos.domain.ledger import (
    CASH_IN_TILL,
    CASH_OFFICE,
    ROUNDING,
    float_postings,
    moved_postings,
    sale_postings,
    sales_group,
)
from pos.domain.money import Quantity, Unit, extend
from pos.domain.pricing import Circumstances, TaxUnknown, price
from pos.domain.promotion import Each, Promotion, Reward
from pos.domain.promotions import PreparedPromotions
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode, TaxExemption, TaxRate
from pos.domain.tender import Tender, TenderKind
from pos.domain.till import MovementKind
from tests.domain.baskets import RULES, baskets, transaction

LINE = BasketLine("1001", "Bananas", 69, ("food",), Quantity(1284, Unit.LB), "4011", "101")


@given(baskets(), RULES)
def test_a_receipt_adds_up(basket: Basket, rules: ShopRules) -> None:
    priced = price(basket, rules)
    assert priced.subtotal == sum(extend(line.unit_price, line.quantity) for line in basket.lines)
    assert priced.net + priced.tax == priced.total == sum(line.total for line in priced.lines)
    assert priced.paid + priced.due == priced.total + priced.rounding
    assert sum(tender.amount for tender in basket.tenders) == priced.paid + priced.change
    assert all(line.net + line.tax == line.total for line in priced.lines)
    assert priced.complete == (bool(basket.lines) and priced.due == 0)


@given(baskets(), RULES)
def test_the_same_basket_costs_the_same_whatever_came_before(basket: Basket, rules: ShopRules) -> None:
    before = repr(basket)
    first = price(basket, rules)
    price(replace(basket, lines=basket.lines[::-1]), rules)
    assert price(basket, rules) == first
    assert repr(basket) == before


@given(baskets(), RULES)
def test_postings_balance_and_hold_what_the_receipt_says(basket: Basket, rules: ShopRules) -> None:
    sale = transaction(price(basket, rules), rules)
    if price(basket, rules).due:
        return
    postings = sale_postings(sale)
    balances = Counter({leg.account: leg.amount for leg in postings})
    assert len(balances) == len(postings), "an account is named once"
    assert sum(balances.values()) == 0
    assert all(balances.values()), "legs of nothing are left out"
    assert balances[CASH_IN_TILL] == sale.paid
    assert balances[ROUNDING] == -sale.rounding
    assert -sum(amount for account, amount in balances.items() if account.startswith("sales:")) == sale.net
    assert -sum(amount for account, amount in balances.items() if account.startswith("tax_payable:")) == sale.tax
    assert sum(tax.amount for tax in sale.taxes()) == sale.tax


def test_float_moves_from_the_office_into_the_till() -> None:
    assert {leg.account: leg.amount for leg in float_postings(10_000)} == {CASH_IN_TILL: 10_000, CASH_OFFICE: -10_000}
    assert float_postings(0) == ()
    assert sales_group(()) == "untaxed"


@pytest.mark.parametrize(
    ("kind", "amount", "against"),
    [
        (MovementKind.LOAN, 4_000, CASH_OFFICE),
        (MovementKind.PICKUP, -2_000, CASH_OFFICE),
        (MovementKind.PAID_IN, 400, "paid_in:found"),
        (MovementKind.PAID_OUT, -400, "paid_out:found"),
    ],
)
def test_cash_by_hand_moves_against_the_office_or_its_reason(kind: MovementKind, amount: int, against: str) -> None:
    postings = {leg.account: leg.amount for leg in moved_postings(kind, amount, "found")}
    assert postings == {CASH_IN_TILL: amount, against: -amount}


def test_a_tax_the_shop_does_not_have_is_a_mistake_not_a_free_ride() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague")
    with pytest.raises(TaxUnknown):
        price(Basket("b", (LINE,)), rules)


def test_every_change_of_a_basket_leaves_the_one_before() -> None:
    empty = Basket("b")
    one = empty.with_line(LINE)
    two = one.with_line(LINE)
    assert empty.empty
    assert not one.empty
    assert two.with_quantity(1, Quantity(1, Unit.LB)).lines == (LINE, replace(LINE, quantity=Quantity(1, Unit.LB)))
    assert two.without_line(0) == one
    paid = one.with_tender(Tender(TenderKind.CASH, 5))
    assert not paid.without_tenders().tenders
    assert one == Basket("b", (LINE,))


def test_a_price_agreed_by_hand_is_not_lowered_by_a_price_for_the_quantity() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague", tax_rates=(TaxRate("food", 0),))
    many = replace(LINE, quantity=Quantity(5000, Unit.LB), quantity_prices=(QuantityPrice(2000, 50),))
    agreed = replace(many, unit_price=60, override=PriceOverride(69, "price_match"))
    assert [line.unit_price for line in price(Basket("b", (many, agreed)), rules).lines] == [50, 60]


def test_a_discount_on_the_receipt_falls_on_nothing_that_takes_none() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague", tax_rates=(TaxRate("food", 0),))
    tobacco = replace(LINE, item="2002", not_discountable=True)
    for markdown in (Markdown("goodwill", percent_millionths=500_000), Markdown("goodwill", amount=44)):
        priced = price(Basket("b", (tobacco, LINE), markdown=markdown), rules)
        assert [line.discount for line in priced.lines] == [0, markdown.of(priced.lines[1].extended)]


@pytest.mark.parametrize(("mode", "net"), [(PriceMode.TAX_ADDED, -400), (PriceMode.TAX_INCLUDED, -390)])
def test_a_tax_by_the_unit_goes_back_with_what_comes_back(mode: PriceMode, net: int) -> None:
    rules = ShopRules(
        "Corner", "0142", "USD", "Europe/Prague", price_mode=mode, tax_rates=(TaxRate("bottle", unit_amount=5),)
    )
    empties = BasketLine("PANT", "Bottle", -200, ("bottle",), Quantity.pieces(2), "PANT", "101", container=True)
    (line,) = price(Basket("b", (empties,)), rules).lines
    assert (line.net, line.tax, line.taxes[0].amount) == (net, -10, -10)


def test_what_is_sold_without_tax_stands_apart_in_the_ledger() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague", tax_rates=(TaxRate("food", 100_000),))
    exempt = Basket("b", (LINE,), exemption=TaxExemption("EX-1"), tenders=(Tender(TenderKind.CASH, 89),))
    for basket, account in ((exempt, "sales:exempt"), (replace(exempt, exemption=None), "sales:food")):
        priced = price(basket, rules)
        postings = {leg.account: leg.amount for leg in sale_postings(transaction(priced, rules))}
        assert postings[account] == -89
        assert ("tax_payable:food" in postings) == (basket.exemption is None)


HALF_OFF = Promotion("HALF", "Half off", Each(Reward(percent_millionths=500_000)), version=3)
AT_NOON = Circumstances(at=datetime(2026, 11, 21, 12, tzinfo=UTC), promotions=PreparedPromotions.of([HALF_OFF]))


@given(baskets(), RULES)
def test_promotions_come_before_what_is_given_by_hand(basket: Basket, rules: ShopRules) -> None:
    priced = price(basket, rules, AT_NOON)
    assert priced.net + priced.tax == priced.total
    assert priced.total <= price(basket, rules).total
    for line in priced.lines:
        of_promotions = [share for share in line.discounts if share.source is DiscountSource.PROMOTION]
        assert list(line.discounts[: len(of_promotions)]) == of_promotions
        assert not (of_promotions and (line.line.override or line.line.not_discountable))
        assert line.discount <= line.extended


def test_a_price_agreed_by_hand_takes_no_promotion() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague", tax_rates=(TaxRate("food", 0),))
    agreed = replace(LINE, override=PriceOverride(99, "price_match"))
    priced = price(Basket("b", (LINE, agreed)), rules, AT_NOON)
    assert [line.discount for line in priced.lines] == [45, 0]
    assert priced.lines[0].discounts[0].version == 3
    assert priced.promotions.applied[0].lines == ((0, 45),)

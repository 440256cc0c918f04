"""Deposits follow their goods, empties take off exactly what was paid, and a quantity is priced over all its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Markdown
from pos.domain.item import Deposit, Item, QuantityPrice
from pos.domain.item_cells import deposits_text, read_deposits
from pos.domain.ledger import DEPOSITS, sale_postings
from pos.domain.money import Quantity
from pos.domain.pricing import price
from pos.domain.quantity_prices import quantity_prices_text, read_quantity_prices
from pos.domain.refusal import Refused
from pos.domain.requirement import Answers, PriceSource
from pos.domain.ringing import Call, ring_up
from pos.domain.shop import CashRounding, ShopRules
from pos.domain.stock import moves_of_sale
from pos.domain.tax import PriceMode, TaxRounding
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import sale_lines
from tests.domain.baskets import RATES, RULES, baskets, transaction

BOTTLE = Item("BOTTLE3", "Bottle", 300, (), container=True)
CRATE = Item("CRATE", "Crate", 10_000, ("standard",), container=True)
BEER = Item("BEER", "Beer", 1_990, ("standard",), deposits=(Deposit("BOTTLE3", 20), Deposit("CRATE")))
SHOP = ShopRules("Corner", "0142", "CZK", "Europe/Prague", price_mode=PriceMode.TAX_INCLUDED, tax_rates=RATES)


def rung(basket: Basket, item: Item, pieces: int = 1, *, empties: bool = False) -> Basket:
    call = Call(
        item=item,
        scanned=item.id,
        quantity=Quantity.pieces(pieces),
        answers=Answers(empties=empties),
        operator="101",
        today=date(2026, 11, 21),
        currency="CZK",
        carried=((BOTTLE, 20), (CRATE, 1)) if item.deposits else (),
    )
    done = ring_up(basket, call)
    assert not isinstance(done, Refused), done
    return done


def test_a_deposit_follows_its_goods_and_goes_with_them() -> None:
    basket = rung(rung(Basket("b"), BEER, 2), BEER)
    assert [(line.item, line.quantity.thousandths) for line in basket.lines[:3]] == [
        ("BEER", 2_000),
        ("BOTTLE3", 40_000),
        ("CRATE", 2_000),
    ]
    more = basket.with_quantity(0, Quantity.pieces(3))
    assert [line.quantity.thousandths for line in more.lines] == [3_000, 60_000, 3_000, 1_000, 20_000, 1_000]
    assert [more.owner(index) for index in range(6)] == [0, 0, 0, 3, 3, 3]
    assert more.without_line(0).lines == basket.lines[3:]
    lines = sale_lines(price(basket, SHOP))
    assert [line.belongs_to for line in lines] == [0, 1, 1, 0, 4, 4]
    assert [move.position for move in moves_of_sale(lines)] == [1, 4], "containers are not counted"


def test_nothing_discounts_a_deposit() -> None:
    basket = replace(rung(Basket("b"), BEER), markdown=Markdown("goodwill", percent_millionths=1_000_000))
    priced = price(basket, SHOP)
    assert [line.discount for line in priced.lines] == [1_990, 0, 0]
    assert priced.total == 20 * 300 + 10_000


@given(st.integers(1, 40), RULES)
def test_empties_give_back_exactly_what_was_paid_for_them(pieces: int, rules: ShopRules) -> None:
    lent, back = rung(Basket("a"), BEER, pieces), rung(Basket("b"), BEER, pieces, empties=True)
    # Rounded once a receipt, a line's tax hangs on what else was bought.
    rules = replace(rules, tax_rounding=TaxRounding.LINE)
    paid, given_back = price(lent, rules), price(back, rules)
    for taken, returned in zip(paid.lines[1:], given_back.lines, strict=True):
        assert (returned.net, returned.tax, returned.total) == (-taken.net, -taken.tax, -taken.total)
    rounding = rules.cash_rounding
    assert rounding.rounded(given_back.total) == -rounding.rounded(-given_back.total)


@given(
    baskets(), RULES, st.lists(st.tuples(st.sampled_from([BOTTLE, CRATE]), st.integers(1, 50)), min_size=1, max_size=4)
)
def test_a_sale_with_empties_adds_up_and_posts_what_it_says(
    basket: Basket, rules: ShopRules, empties: list[tuple[Item, int]]
) -> None:
    basket = replace(basket, tenders=())
    for item, pieces in empties:
        basket = rung(basket, item, pieces)
    open_sale = price(basket, rules)
    paid = basket.with_tender(Tender(TenderKind.CASH, max(0, open_sale.due_cash)))
    priced = price(paid, rules)
    assert priced.complete
    assert priced.net + priced.tax == priced.total
    assert all(line.net + line.tax == line.total for line in priced.lines)
    assert all(line.total < 0 for line in priced.lines if line.line.container)
    assert priced.paid == priced.total + priced.rounding
    assert priced.change == max(0, -priced.paid)
    postings = {leg.account: leg.amount for leg in sale_postings(transaction(priced, rules))}
    assert sum(postings.values()) == 0
    assert postings[DEPOSITS] == -sum(line.net for line in priced.lines if line.line.container)


TIERS = (QuantityPrice(6_000, 89), QuantityPrice(12_000, 79))
ROLL = BasketLine("ROLL", "Roll", 99, ("food",), Quantity.pieces(1), "ROLL", "101", quantity_prices=TIERS)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6))
def test_a_quantity_is_priced_over_all_lines_of_its_item(pieces: list[int]) -> None:
    basket = Basket("b", tuple(replace(ROLL, quantity=Quantity.pieces(each)) for each in pieces))
    unit = 79 if sum(pieces) >= 12 else 89 if sum(pieces) >= 6 else 99
    priced = price(basket, SHOP)
    assert {line.unit_price for line in priced.lines} == {unit}
    assert priced.total == unit * sum(pieces)
    by_quantity = {line.detail.price_source == PriceSource.QUANTITY for line in sale_lines(priced)}
    assert by_quantity == {unit != 99}
    assert price(replace(basket, lines=basket.lines[::-1]), SHOP).total == priced.total


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), max_size=6, unique_by=lambda pair: pair[0]),
    st.sampled_from(["USD", "JPY", "KWD"]),
)
def test_prices_by_quantity_are_read_as_they_are_written(pairs: list[tuple[int, int]], currency: str) -> None:
    prices = tuple(QuantityPrice(starts, minor) for starts, minor in sorted(pairs))
    if prices:
        assert read_quantity_prices(quantity_prices_text(prices, currency), currency) == prices
    deposits = tuple(Deposit(f"B{starts}", starts % 999 + 1) for starts, _ in pairs[:4])
    if deposits:
        assert read_deposits(deposits_text(deposits)) == deposits


def test_rounding_of_cash_and_of_tax_keeps_the_sign() -> None:
    rules = replace(SHOP, tax_rounding=TaxRounding.RECEIPT, cash_rounding=CashRounding(step=100))
    priced = price(rung(Basket("b"), CRATE, 3), rules)
    assert (priced.total, priced.tax) == (-30_000, -5_207)

"""Buying on account: up to the limit whoever races, owed in the ledger alone, paid off as a line of a sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.money import Money
from pos.domain.refusal import Code
from pos.services.customers import found_customers
from pos.services.house_accounts import HouseAccountView
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up
from tests.services.test_gift_cards import refused


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    with lane.desk.shop.books.writing() as work:
        found_customers(work, lane.desk, [Customer("C1", "Ann", account_limit=100_000), Customer("C2", "Bob")])
        work.commit()
    yield lane
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def owed(lane: Workstation, customer: str = "C1") -> int:
    view = lane.house_accounts.view(customer)
    assert isinstance(view, HouseAccountView)
    return view.owed.minor


def buys(lane: Workstation, code: str = "BREAD", customer: str = "C1") -> None:
    assert isinstance(lane.sale.set_customer(customer), SaleView)
    assert isinstance(lane.sale.scan(code), SaleView)


def test_what_somebody_owes_is_their_account_in_the_ledger(lane: Workstation) -> None:
    buys(lane)
    assert isinstance(lane.house_accounts.take(), SaleView)
    assert owed(lane) == 0, "nothing is owed before the sale is in the books"
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert owed(lane) == 4_290
    assert verify_books(lane.desk.shop).balances["house_accounts:C1"] == 4_290
    view = lane.house_accounts.view("C1")
    assert isinstance(view, HouseAccountView)
    assert view.room == Money(95_710, "CZK")


def test_a_tender_given_back_leaves_nothing(lane: Workstation) -> None:
    buys(lane)
    lane.house_accounts.take(1_000)
    assert isinstance(lane.tendering.give_back(1), SaleView)
    assert isinstance(lane.house_accounts.take(), SaleView)
    lane.sale.void_sale()
    assert owed(lane) == 0


def test_who_has_no_account_and_who_is_at_the_limit(lane: Workstation) -> None:
    lane.sale.scan("BREAD")
    assert refused(lane.house_accounts.take()) is Code.CUSTOMER_MISSING
    lane.sale.set_customer("C2")
    assert refused(lane.house_accounts.take()) is Code.HOUSE_ACCOUNT_NONE
    lane.sale.set_customer("C1")
    lane.sale.scan("09520000000011")
    assert refused(lane.house_accounts.take(100_001)) is Code.HOUSE_ACCOUNT_LIMIT
    assert isinstance(lane.house_accounts.take(), SaleView)
    assert refused(lane.house_accounts.take(1)) is Code.HOUSE_ACCOUNT_LIMIT
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert owed(lane) == 100_000


def test_of_two_lanes_that_reach_the_limit_together_one_is_turned_away(lane: Workstation) -> None:
    second = open_up(lane.desk.shop.folder, number=2)
    for each in (lane, second):
        buys(each, "09520000000011")
        assert isinstance(each.house_accounts.take(60_000), SaleView)
        each.sale.tender_cash(each.sale.view.priced.due_cash)
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert refused(second.sale.complete()) is Code.HOUSE_ACCOUNT_LIMIT
    assert owed(lane) == 60_000
    second.close()


def test_it_is_paid_off_as_a_line_and_never_more_than_is_owed(lane: Workstation) -> None:
    buys(lane)
    lane.house_accounts.take()
    lane.sale.complete()
    assert refused(lane.house_accounts.pay_off()) is Code.CUSTOMER_MISSING
    lane.sale.set_customer("C1")
    assert refused(lane.house_accounts.pay_off(4_291)) is Code.HOUSE_ACCOUNT_OWED
    assert refused(lane.house_accounts.pay_off(0)) is Code.AMOUNT_INVALID
    assert isinstance(lane.house_accounts.pay_off(), SaleView)
    assert refused(lane.house_accounts.pay_off(1)) is Code.STORED_VALUE_FIXED
    assert refused(lane.house_accounts.take()) is Code.TENDER_NOT_FOR
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale)
    (line,) = done.transaction.lines
    assert (line.net, line.tax, line.name) == (4_290, 0, "Payment to account")
    assert owed(lane) == 0


def test_only_a_manager_gives_an_account(lane: Workstation) -> None:
    bob = Customer("C2", "Bob", account_limit=5_000)
    lane.desk.operator = CASHIER
    assert refused(lane.customers.change(bob)) is Code.NOT_PERMITTED
    lane.desk.operator = MANAGER
    assert lane.customers.change(bob) == bob
    assert refused(lane.customers.change(Customer("C2", "Bob", account_limit=-1))) is Code.SETTING_RANGE

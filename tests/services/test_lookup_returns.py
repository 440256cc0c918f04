"""Returns stand among the receipts of their day, found by number, barcode and all a receipt is found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.customer_return import CustomerReturn
from pos.domain.refusal import Code, Refused
from pos.services.lookup import ReceiptPage
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, HandClock, new_shop, open_up, sell
from tests.services.test_returns import KETTLE, back, sold_on_card, taken


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def till(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), clock=clock, terminal="simulated")
    yield workstation
    workstation.close()


def listed(till: Workstation, typed: str = "", limit: int = 50) -> list[str]:
    page = till.lookup.page(typed=typed, limit=limit)
    assert isinstance(page, ReceiptPage)
    return [str(one.receipt) for one in page.receipts]


def some_returns(till: Workstation, clock: HandClock) -> tuple[CustomerReturn, CustomerReturn]:
    """Two sales, each with its return, a minute apart."""
    by_card = sold_on_card(till)
    clock.moment += timedelta(minutes=1)
    first = taken(till, back(by_card.id, 1)).done
    clock.moment += timedelta(minutes=1)
    in_cash = sell(till, "BREAD").transaction
    clock.moment += timedelta(minutes=1)
    return first, taken(till, back(in_cash.id, 1)).done


def test_returns_are_rows_of_their_own_newest_first_page_by_page(till: Workstation, clock: HandClock) -> None:
    first, second = some_returns(till, clock)
    everything = [str(second.number), "0142-01-0002", str(first.number), "0142-01-0001"]
    assert listed(till) == everything
    seen: list[str] = []
    after = None
    while True:
        page = till.lookup.page(after=after, limit=1)
        assert isinstance(page, ReceiptPage)
        seen += [str(one.receipt) for one in page.receipts]
        after = page.more
        if after is None:
            break
    assert seen == everything
    row = page.receipts[0]
    assert (row.returned, row.paid > 0) == (False, True)
    whole = till.lookup.page()
    assert isinstance(whole, ReceiptPage)
    newest = whole.receipts[0]
    assert newest.returned
    assert (newest.paid, newest.bought, newest.operator_name) == (-second.refund, second.purchase_receipt, CASHIER.name)


def test_what_is_typed_narrows_to_returns_too(till: Workstation, clock: HandClock) -> None:
    first, second = some_returns(till, clock)
    assert listed(till, "R2") == [str(second.number)]
    assert listed(till, "r0001") == [str(first.number)]
    assert listed(till, str(first.number)) == [str(first.number)]
    assert listed(till, "0142-01-0001") == [str(first.number), "0142-01-0001"], "the sale and what came back of it"
    assert listed(till, "2") == [str(second.number), "0142-01-0002"]
    assert str(second.number) in listed(till, str(second.refund))
    assert set(listed(till, "kettle")) == {str(first.number), "0142-01-0001"}
    assert listed(till, KETTLE)[0] == "0142-01-0001", "a code is that of what was sold"
    card = first.tenders[0].card[-4:]
    assert set(listed(till, card)) == {str(first.number), "0142-01-0001"}
    assert set(listed(till, CASHIER.name.split()[0])) == set(listed(till))
    assert listed(till, "nobody%_") == []


def test_a_return_by_its_code_and_its_number(till: Workstation, clock: HandClock) -> None:
    _, second = some_returns(till, clock)
    for typed in (second.code, str(second.number), "R2", " r0002 "):
        found = till.lookup.find_return(typed)
        assert isinstance(found, CustomerReturn), typed
        assert found.id == second.id
    for typed in ("KV" + "A" * 16, "0142-01-R0009", "R99"):
        assert till.lookup.find_return(typed) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": typed})
    for typed in ("2", "0142-01-0002", "KV", "bread", ""):
        assert till.lookup.find_return(typed) is None


def test_returns_of_other_days_are_the_manager_s(till: Workstation, clock: HandClock) -> None:
    first, _ = some_returns(till, clock)
    folder = till.desk.shop.folder
    till.close()
    clock.moment += timedelta(days=1)
    later = open_up(folder, number=2, clock=clock)
    assert later.lookup.find_return(first.code) == Refused(Code.RECEIPT_OTHER_DAY, {"receipt": str(first.number)})
    later.desk.operator = MANAGER
    assert isinstance(later.lookup.find_return(first.code), CustomerReturn)
    later.close()


def test_the_returns_of_a_day_are_read_from_their_index(till: Workstation, clock: HandClock) -> None:
    first, _ = some_returns(till, clock)
    with till.desk.shop.books.reading() as work:
        plan = work.return_list.plan_of_day(first.business_day)
    assert any("customer_return_day" in step for step in plan)
    assert not any("SCAN customer_return" in step or "TEMP B-TREE" in step for step in plan)


def test_a_return_is_never_post_voided_and_it_is_said_why(till: Workstation, clock: HandClock) -> None:
    first, _ = some_returns(till, clock)
    till.desk.operator = MANAGER
    assert till.post_voids.refused(first.id) == Refused(Code.RETURN_STANDS, {"receipt": str(first.number)})


def test_a_return_is_found_by_its_customer(till: Workstation) -> None:
    till.desk.operator = MANAGER
    customer = till.customers.add(Customer("", "Zdeňka Říhová"))
    assert isinstance(customer, Customer), customer
    till.desk.operator = CASHIER
    sale = sell(till, "BREAD").transaction
    done = taken(till, replace(back(sale.id, 1), customer=customer.id)).done
    for typed in ("riho", "Zdeňka", customer.id):
        assert str(done.number) in listed(till, typed), typed
    assert str(done.number) not in listed(till, "Novak")

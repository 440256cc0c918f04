"""What is typed at the journal finds a sale by what is in it: items, people, customers, cards, gift cards, checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.refusal import Refused
from pos.domain.transaction import Transaction
from pos.services.customers import found_customers
from pos.services.lookup import ReceiptPage
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from tests.corner_shop import CHECK, GIFT_CARD, new_shop, open_up, pay_by_card, sell


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    with workstation.desk.shop.books.writing() as work:
        found_customers(work, workstation.desk, [Customer("C77", "Ann Dvořáková")])
        work.commit()
    yield workstation
    workstation.close()


def completed(till: Workstation) -> Transaction:
    done = till.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done.transaction


def found(till: Workstation, typed: str) -> list[str]:
    page = till.lookup.page(typed=typed)
    assert isinstance(page, ReceiptPage)
    return [receipt.id for receipt in page.receipts]


def test_by_item_and_by_its_code(till: Workstation) -> None:
    bread, kettle = sell(till, "BREAD").transaction, sell(till, "09520000000011").transaction
    assert found(till, "kettl") == [kettle.id]
    assert found(till, "bread") == [bread.id]
    assert found(till, "09520000000011") == [kettle.id]
    assert found(till, "100%_") == []


def test_by_customer_s_name_and_number(till: Workstation) -> None:
    sell(till, "BREAD")
    till.sale.scan("BREAD")
    till.sale.set_customer("C77")
    hers = sell(till, "BREAD").transaction
    for typed in ("dvorak", "Dvořák", "ann", "C77"):
        assert found(till, typed) == [hers.id], typed


def test_by_the_end_of_a_card(till: Workstation) -> None:
    sell(till, "BREAD")
    till.sale.scan("BREAD")
    pay_by_card(till)
    paid = completed(till)
    ending = paid.tenders[0].shown[-4:]
    assert ending.isdigit()
    assert paid.id in found(till, ending)


def test_by_the_end_of_a_gift_card_sold_and_used(till: Workstation) -> None:
    assert not isinstance(till.gift_cards.sell(50_000, GIFT_CARD), Refused)
    bought = sell(till, "BREAD").transaction
    till.sale.scan("BREAD")
    assert not isinstance(till.gift_card_tenders.take(GIFT_CARD), Refused)
    used = completed(till)
    sell(till, "4135")
    assert found(till, GIFT_CARD[-4:]) == [used.id, bought.id]


def test_by_a_check_s_account_and_number(till: Workstation) -> None:
    sell(till, "BREAD")
    till.sale.scan("BREAD")
    assert not isinstance(till.checks.take(CHECK), Refused)
    paid = completed(till)
    assert paid.id in found(till, CHECK.account[-4:])
    assert paid.id in found(till, CHECK.number)

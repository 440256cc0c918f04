"""Completed sales are found by day, by what is typed, by number and by the code on the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.domain.transaction import Transaction
from pos.services.lookup import ReceiptPage
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, TRAINEE, HandClock, new_shop, open_up, sell


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    workstation.close()


def page(till: Workstation, day: date | None = None, **options: object) -> ReceiptPage:
    found = till.lookup.page(day, **options)  # type: ignore[arg-type]
    assert isinstance(found, ReceiptPage)
    return found


def numbers(found: ReceiptPage) -> list[int]:
    return [int(str(each.receipt).rpartition("-")[2]) for each in found.receipts]


def test_the_day_newest_first_in_pages(till: Workstation) -> None:
    assert page(till).receipts == ()
    for _ in range(5):
        sell(till, "BREAD", "4135")
    first = page(till, limit=2)
    assert (numbers(first), first.day, first.receipts[0].lines) == ([5, 4], date(2026, 11, 21), 2)
    second = page(till, limit=2, after=first.more)
    third = page(till, limit=2, after=second.more)
    assert (numbers(second), numbers(third), third.more) == ([3, 2], [1], None)
    assert first.receipts[0].operator_name == CASHIER.name


def test_what_is_typed_narrows(till: Workstation) -> None:
    cheap = sell(till, "DEPOSIT").transaction
    till.desk.operator = MANAGER
    dear = sell(till, "09520000000011").transaction
    assert (cheap.paid, dear.paid) == (300, 129_900)
    assert numbers(page(till, typed="1299")) == [2]
    assert numbers(page(till, typed="1299,0")) == [2]
    assert numbers(page(till, typed="dana")) == [2]
    assert numbers(page(till, typed="MAY")) == [1]
    assert numbers(page(till, typed="0142-01-0001")) == [1]
    assert numbers(page(till, typed="0001")) == [1]
    assert numbers(page(till, typed="nobody%_")) == []


def test_a_receipt_by_its_code_and_its_number(till: Workstation) -> None:
    sale = sell(till, "BREAD").transaction
    for typed in (sale.receipt_code, str(sale.receipt), "1", " 0001 "):
        found = till.lookup.find(typed)
        assert isinstance(found, Transaction)
        assert found.id == sale.id
    for typed in ("KRNONE", "0142-01-0002", "9999-01-0001", "", "x" * 500, "²"):
        assert till.lookup.find(typed) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": typed[:40]})


def test_cashiers_see_today_and_managers_every_day(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    clock = HandClock()
    till = open_up(folder, clock=clock)
    sale = sell(till, "BREAD").transaction
    till.close()
    clock.moment += timedelta(days=1)
    later = open_up(folder, number=2, clock=clock)
    assert later.lookup.today == date(2026, 11, 22)
    assert page(later).receipts == ()
    assert later.lookup.page(sale.business_day) == Refused(Code.NOT_PERMITTED)
    other_day = Refused(Code.RECEIPT_OTHER_DAY, {"receipt": str(sale.receipt)})
    assert later.lookup.find(sale.receipt_code) == other_day
    later.desk.operator = MANAGER
    assert numbers(page(later, sale.business_day)) == [1]
    assert isinstance(later.lookup.find(sale.receipt_code), Transaction)
    later.close()


@pytest.mark.parametrize("person", [None, TRAINEE])
def test_who_may_not_look(till: Workstation, person: Operator | None) -> None:
    till.desk.operator = person
    no = Refused(Code.NOT_PERMITTED if person else Code.NOT_SIGNED_ON)
    assert till.lookup.page() == no
    assert till.lookup.find("1") == no


def test_a_day_is_read_from_its_index(till: Workstation) -> None:
    with till.desk.shop.books.reading() as work:
        plan = work.receipt_list.plan_of_day(date(2026, 11, 21))
    assert any("retail_transaction_day" in step for step in plan)
    assert not any("SCAN retail_transaction" in step or "TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20.11.2026", date(2026, 11, 20)),
        ("20. 11.", date(2026, 11, 20)),
        ("20.12.", date(2025, 12, 20)),
        ("11/20/2026", date(2026, 11, 20)),
        ("11/20", date(2026, 11, 20)),
        ("0142-01-12", None),
        ("20.11", None),
        ("31.2.2026", None),
        ("29.2.", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_day_is_named_as_people_write_it(till: Workstation, typed: str, named: date | None) -> None:
    assert till.lookup.day_named(typed) == named

"""The tray of cash: opened once with its float, and what it should hold follows from the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.shop import Mode
from pos.services.tills import FLOAT_MAX, TillView
from pos.services.verify import verify_books
from pos.settings import read_settings
from pos.workstation import Workstation, open_workstation
from tests.corner_shop import CASHIER, HandClock, contents, new_shop, sell


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Workstation]:
    folder = new_shop(tmp_path / "shop")
    workstation = open_workstation(folder, number=1, mode=Mode.LIVE, settings=read_settings(folder), clock=HandClock())
    workstation.desk.operator = CASHIER
    yield workstation
    workstation.close()


@pytest.mark.parametrize("amount", [-1, FLOAT_MAX + 1])
def test_a_float_that_cannot_be(closed: Workstation, amount: int) -> None:
    before = contents(closed.desk.shop.folder)
    assert closed.tills.open_till(amount) == Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, "CZK")})
    assert contents(closed.desk.shop.folder) == before
    assert closed.tills.current() is None


@pytest.mark.parametrize("amount", [0, 1, FLOAT_MAX])
def test_a_till_is_opened_once(closed: Workstation, amount: int) -> None:
    opened = closed.tills.open_till(amount)
    assert isinstance(opened, TillView)
    assert (opened.expected, opened.opened_by) == (Money(amount, "CZK"), "101")
    assert closed.tills.open_till(5) == Refused(Code.TILL_OPEN)
    assert closed.tills.current() == opened
    assert verify_books(closed.desk.shop).sound


def test_expected_cash_is_float_and_takings(closed: Workstation) -> None:
    closed.tills.open_till(50_000)
    paid = [sell(closed).transaction.paid, sell(closed, "09520000000011").transaction.paid]
    current = closed.tills.current()
    assert current is not None
    assert current.expected.minor == 50_000 + sum(paid)
    balances = verify_books(closed.desk.shop).balances
    assert balances["cash_in_till"] == current.expected.minor
    assert sum(balances.values()) == 0


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 23, 1, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 6, 21, 22, 1, tzinfo=UTC), date(2026, 6, 22)),
    ],
)
def test_the_business_day_is_the_shop_s_own_date(closed: Workstation, utc: datetime, day: date) -> None:
    clock = closed.desk.clock
    assert isinstance(clock, HandClock)
    clock.moment = utc
    opened = closed.tills.open_till(0)
    assert isinstance(opened, TillView)
    assert opened.business_day == day
    assert sell(closed).transaction.business_day == day

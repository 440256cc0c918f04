"""Cash: rounding to the smallest coin, keys for what is likely handed over, and what goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cash import DENOMINATIONS, FAST_CASH_KEYS, denominations, fast_cash, hand_over
from pos.domain.pricing import settle
from pos.domain.shop import CashRounding, RoundingMode

AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12)
ROUNDINGS = st.builds(
    CashRounding,
    step=st.sampled_from([1, 5, 10, 50, 100]),
    mode=st.sampled_from([*RoundingMode]),
    least=st.sampled_from([0, 5, 100]),
)
CURRENCIES = st.sampled_from([*DENOMINATIONS, "XYZ"])


@given(AMOUNTS, ROUNDINGS)
def test_a_sale_and_its_return_cancel_to_nothing(amount: int, rounding: CashRounding) -> None:
    assert rounding.rounded(-amount) == -rounding.rounded(amount)


@given(AMOUNTS, ROUNDINGS)
def test_a_rounded_amount_lies_on_the_step_or_is_the_least(amount: int, rounding: CashRounding) -> None:
    size = abs(rounding.rounded(amount))
    assert size % rounding.step == 0 or size == rounding.least
    if amount:
        assert size >= rounding.least
    if abs(amount) >= rounding.least:
        assert abs(size - abs(amount)) < max(rounding.step, 2) or size == rounding.least
    assert rounding.rounded(0) == 0


@pytest.mark.parametrize(
    ("mode", "amount", "rounded"),
    [
        (RoundingMode.HALF_UP, 7_50, 8_00),
        (RoundingMode.HALF_DOWN, 7_50, 7_00),
        (RoundingMode.HALF_DOWN, 7_51, 8_00),
        (RoundingMode.UP, 7_01, 8_00),
        (RoundingMode.DOWN, 7_99, 7_00),
        (RoundingMode.UP, 7_00, 7_00),
    ],
)
def test_each_way_of_rounding(mode: RoundingMode, amount: int, rounded: int) -> None:
    rounding = CashRounding(step=100, mode=mode)
    assert rounding.rounded(amount) == rounded
    assert rounding.rounded(-amount) == -rounded


def test_a_purchase_that_is_not_nothing_costs_at_least_the_least() -> None:
    rounding = CashRounding(step=5, least=5)
    assert [rounding.rounded(amount) for amount in (0, 1, 2, 3, 8, -1)] == [0, 5, 5, 5, 10, -5]


TENDERS = st.lists(st.integers(min_value=0, max_value=10**9), max_size=5)


@given(st.integers(min_value=0, max_value=10**9), TENDERS, ROUNDINGS)
def test_tenders_change_and_rounding_meet_the_total(total: int, cash: list[int], rounding: CashRounding) -> None:
    settled = settle(total, cash, rounding)
    assert settled.paid + settled.due == total + settled.rounding
    assert sum(cash) == settled.paid + settled.change
    assert settled.change >= 0
    assert settled.due >= 0
    if settled.due:
        assert settled.change == 0
    if sum(cash) < total:
        assert settled.rounding == 0, "rounding is a line of its own once cash reached the total"
    if settled.change:
        assert settled.paid == rounding.rounded(total)


@given(st.integers(min_value=0, max_value=10**9), ROUNDINGS)
def test_exact_cash_ends_a_sale(total: int, rounding: CashRounding) -> None:
    open_sale = settle(total, [], rounding)
    assert open_sale.due == total
    ended = settle(total, [open_sale.due_cash], rounding)
    assert (ended.due, ended.due_cash, ended.change) == (0, 0, 0)


def test_cash_between_the_total_and_what_it_rounds_up_to_leaves_the_rest_due() -> None:
    for handed, missing in ((103, 2), (104, 1)):
        settled = settle(103, [handed], CashRounding(step=5))
        assert (settled.rounding, settled.due, settled.due_cash) == (2, missing, missing)


def test_a_total_that_rounds_away_still_wants_a_tender_of_nothing() -> None:
    rounding = CashRounding(step=5)
    assert settle(2, [], rounding).due == 2
    assert settle(2, [0], rounding).rounding == -2


@given(st.integers(min_value=0, max_value=10**7), CURRENCIES)
def test_fast_cash_keys_are_few_rising_and_enough(due: int, currency: str) -> None:
    keys = fast_cash(due, currency)
    assert len(keys) <= FAST_CASH_KEYS
    assert list(keys) == sorted(set(keys))
    assert all(key > due for key in keys)


def test_fast_cash_as_a_cashier_knows_it() -> None:
    assert fast_cash(13865, "USD") == (13900, 14000, 15000, 16000, 20000)
    assert fast_cash(14000, "USD") == (14100, 15000, 16000, 20000, 30000)
    assert fast_cash(18950, "CZK") == (20000, 50000, 100000, 200000, 500000)
    assert fast_cash(12345, "XYZ") == (12350, 12400, 13000, 20000, 100000)


@given(st.integers(min_value=0, max_value=10**7), CURRENCIES)
def test_handed_over_pieces_make_the_change(change: int, currency: str) -> None:
    pieces = denominations(currency)
    parts = hand_over(change, pieces)
    left = change - sum(piece * count for piece, count in parts)
    assert 0 <= left < pieces[-1]
    assert [piece for piece, _ in parts] == sorted({piece for piece, _ in parts}, reverse=True)
    assert all(count > 0 for _, count in parts)

"""Cash: rounding to the smallest coin, keys for what is likely handed over, and what goes back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cash import (
    DENOMINATIONS,
    FAST_CASH_KEYS,
    ROLLS,
    SMALLEST_NOTE,
    can_come_back,
    cash_most,
    denominations,
    fast_cash,
    hand_over,
    roll_readable,
    rolls,
)
from pos.domain.pricing import settle
from pos.domain.shop import CashRounding, RoundingMode, RoundingOf
from pos.domain.tender import Tender, TenderKind, cash_handed_over

AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12)
ROUNDINGS = st.builds(
    CashRounding,
    step=st.sampled_from([1, 5, 10, 50, 100]),
    mode=st.sampled_from([*RoundingMode]),
    least=st.sampled_from([0, 5, 100]),
    of=st.sampled_from([*RoundingOf]),
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


def cash(*amounts: int) -> list[Tender]:
    return [Tender(TenderKind.CASH, amount) for amount in amounts]


@given(st.integers(min_value=0, max_value=10**9), TENDERS, ROUNDINGS)
def test_tenders_change_and_rounding_meet_the_total(total: int, given_cash: list[int], rounding: CashRounding) -> None:
    settled = settle(total, cash(*given_cash), rounding)
    assert settled.paid + settled.due == total + settled.rounding
    assert sum(given_cash) == settled.paid + settled.change
    assert settled.change >= 0
    assert settled.due >= 0
    if settled.due:
        assert settled.change == 0
    if sum(given_cash) < total and rounding.of is RoundingOf.CASH_PART:
        assert settled.rounding == 0, "rounding is a line of its own once cash reached the total"
    if settled.change:
        assert settled.paid == rounding.rounded(total)


SPLITS = st.lists(st.tuples(st.sampled_from(TenderKind), st.integers(min_value=0, max_value=10**6)), max_size=6)


@given(st.integers(min_value=-(10**6), max_value=10**6), SPLITS, ROUNDINGS)
def test_a_split_meets_the_total_whatever_it_is_made_of(
    total: int, split: list[tuple[TenderKind, int]], rounding: CashRounding
) -> None:
    tenders: list[Tender] = []
    for kind, wanted in split:
        due = settle(total, tenders, rounding).due
        # Nothing but cash is taken beyond what is due.
        tenders.append(Tender(kind, wanted if kind is TenderKind.CASH else max(0, min(wanted, due))))
    settled = settle(total, tenders, rounding)
    assert settled.paid + settled.due == total + settled.rounding
    assert sum(tender.amount for tender in tenders) == settled.paid + settled.change
    assert settled.change >= 0
    if total >= 0:
        assert settled.due >= 0
        assert settled.change <= cash_handed_over(tenders)
    if not any(tender.kind is TenderKind.CASH for tender in tenders):
        assert settled.rounding == 0, "only cash is rounded"


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=0, max_value=10**6), ROUNDINGS)
def test_only_the_cash_part_is_rounded_unless_the_rule_says_the_total(
    total: int, by_card: int, rounding: CashRounding
) -> None:
    card = Tender(TenderKind.CREDIT, min(by_card, total))
    left = settle(total, [card], rounding)
    ended = settle(total, [card, *(cash(left.due_cash) if left.due else [])], rounding)
    assert ended.due == 0
    rest = total - card.amount
    whole = rounding.of is RoundingOf.TOTAL
    wanted = max(0, rounding.rounded(total) - card.amount) if whole else rounding.rounded(rest)
    assert ended.rounding == (wanted - rest if rest else 0)


@pytest.mark.parametrize(
    ("of", "tenders", "expected"),
    [
        (RoundingOf.CASH_PART, [("credit", 500), ("cash", 500)], (-2, 0, 0)),
        (RoundingOf.CASH_PART, [("cash", 500), ("credit", 502)], (0, 0, 0)),
        (RoundingOf.TOTAL, [("cash", 500), ("credit", 500)], (-2, 0, 0)),
        (RoundingOf.TOTAL, [("cash", 500)], (-2, 500, 0)),
        (RoundingOf.CASH_PART, [("credit", 1002)], (0, 0, 0)),
    ],
)
def test_a_split_of_cash_and_card(
    of: RoundingOf, tenders: list[tuple[str, int]], expected: tuple[int, int, int]
) -> None:
    settled = settle(1002, [Tender(TenderKind(kind), amount) for kind, amount in tenders], CashRounding(5, of=of))
    assert (settled.rounding, settled.due, settled.change) == expected


def test_what_gives_change_gives_it_in_cash_that_exists() -> None:
    voucher = Tender(TenderKind.OTHER, 1000, "voucher", change=True)
    settled = settle(897, [voucher], CashRounding(5))
    assert (settled.rounding, settled.paid, settled.due, settled.change) == (-2, 895, 0, 105)


@given(st.integers(min_value=0, max_value=10**9), ROUNDINGS)
def test_exact_cash_ends_a_sale(total: int, rounding: CashRounding) -> None:
    open_sale = settle(total, [], rounding)
    assert open_sale.due == total
    ended = settle(total, cash(open_sale.due_cash), rounding)
    assert (ended.due, ended.due_cash, ended.change) == (0, 0, 0)


def test_cash_between_the_total_and_what_it_rounds_up_to_leaves_the_rest_due() -> None:
    for handed, missing in ((103, 2), (104, 1)):
        settled = settle(103, cash(handed), CashRounding(step=5))
        assert (settled.rounding, settled.due, settled.due_cash) == (2, missing, missing)


def test_a_total_that_rounds_away_still_wants_a_tender_of_nothing() -> None:
    rounding = CashRounding(step=5)
    assert settle(2, [], rounding).due == 2
    assert settle(2, cash(0), rounding).rounding == -2


def test_the_law_bounds_cash_by_region_and_day() -> None:
    assert cash_most("CZ", "CZK", date(2026, 1, 1)) == 27_000_000
    assert cash_most("CZ", "CZK", date(2014, 11, 30)) is None
    assert cash_most("DE", "EUR", date(2027, 7, 9)) is None
    assert cash_most("DE", "EUR", date(2027, 7, 10)) == 1_000_000
    assert cash_most("FR", "EUR", date(2027, 7, 10)) == 100_000, "the lower bound holds"
    assert cash_most("US-NY", "USD", date(2026, 1, 1)) is None


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


@pytest.mark.parametrize("cash", [0, 1])
def test_a_check_within_the_rounded_total_gives_no_cash_back(cash: int) -> None:
    """Rounded up to the least there is, as soon as there is cash: the check pays a part of that."""
    rounding = CashRounding(least=5, of=RoundingOf.TOTAL)
    tenders = [Tender(TenderKind.CASH, cash), Tender(TenderKind.CHECK, 2)]
    settled = settle(1, tenders, rounding)
    assert (settled.change, settled.due, settled.rounding) == (0, 3 - cash, 4)
    done = settle(1, [*tenders, Tender(TenderKind.CASH, 10)], rounding)
    assert (done.change, done.due, done.paid) == (10 + cash - 3, 0, 5)


@pytest.mark.parametrize("currency", sorted(ROLLS))
def test_rolls_are_of_coins_largest_first(currency: str) -> None:
    known = rolls(currency)
    assert [coin for coin, _ in known] == sorted(ROLLS[currency], reverse=True)
    assert all(coin in denominations(currency) and coin < SMALLEST_NOTE[currency] for coin, _ in known)


def test_a_shop_says_how_its_coins_are_rolled() -> None:
    assert rolls("CZK") == ()
    said = ("50 x 1", "50×10.00", "20 x 20", "40 x 100", "50 x 3", "none")
    assert rolls("CZK", said) == ((2_000, 20), (1_000, 50), (100, 50)), "no notes, no coins there are not"
    assert rolls("USD", ("40 x 0.25",)) == ((25, 40),)


@pytest.mark.parametrize("line", ["40 x 0.25", "40x0.25", " 25 × 10 ", "1000 x 1"])
def test_a_line_about_a_roll_is_read(line: str) -> None:
    assert roll_readable(line)


@pytest.mark.parametrize("line", ["", "x 0.25", "0 x 1", "40 0.25", "40 x", "-4 x 1", "4 x 1,5", "40 x 0.25 x"])
def test_what_says_nothing_of_a_roll_is_not(line: str) -> None:
    assert not roll_readable(line)


@pytest.mark.parametrize(
    ("change", "currency", "believed"),
    [
        (0, "USD", True),
        (999_999, "USD", True),
        (1_000_000, "USD", False),
        (1_000_000, "JPY", False),
        (999_999, "JPY", True),
        (50_000_000, "CZK", False),
        # Nobody told the program how large the notes of this one are.
        (10**12, "IDR", True),
    ],
)
def test_what_a_hundred_of_the_largest_note_come_back_of_was_never_handed_over(
    change: int, currency: str, believed: bool
) -> None:
    assert can_come_back(change, currency) is believed

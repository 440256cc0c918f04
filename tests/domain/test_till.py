"""What is typed while a drawer is counted, and what the pieces come to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cash import DENOMINATIONS, denominations
from pos.domain.ledger import close_postings, moved_postings
from pos.domain.money import minor_text
from pos.domain.refusal import Code, Refused
from pos.domain.till import BY_HAND, PIECES_MAX, TillClose, counted_amount, day_refused, read_count
from tests.corner_shop import OPENED

CURRENCIES = st.sampled_from([*DENOMINATIONS, "CHF"])


@given(CURRENCIES, st.data())
def test_pieces_come_to_their_amount(currency: str, data: st.DataObject) -> None:
    known = denominations(currency)
    counts = data.draw(st.dictionaries(st.sampled_from(known), st.integers(0, PIECES_MAX)))
    typed = {minor_text(piece, currency): f" {many} " for piece, many in counts.items()}
    pieces = read_count(typed, currency)
    assert not isinstance(pieces, Refused)
    assert counted_amount(pieces) == sum(piece * many for piece, many in counts.items())
    assert list(pieces) == sorted(((piece, many) for piece, many in counts.items() if many), reverse=True)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_counted_or_refused(text: str) -> None:
    answer = read_count({"20.00": text}, "USD")
    if isinstance(answer, Refused):
        assert answer.code is Code.COUNT_INVALID
    else:
        assert 0 <= counted_amount(answer) <= 2_000 * PIECES_MAX
    named = read_count({text: "1"}, "USD")
    if isinstance(named, Refused):
        assert named.code is Code.DENOMINATION_UNKNOWN
    else:
        assert counted_amount(named) in denominations("USD")


@pytest.mark.parametrize(
    "text", ["-1", "+1", "1.5", "1,5", "one", "1e2", "٣", "²", "1 0", str(PIECES_MAX + 1), "9" * 400]
)
def test_what_is_no_number_of_pieces(text: str) -> None:
    answer = read_count({"20.00": text}, "USD")
    assert isinstance(answer, Refused)
    assert answer.code is Code.COUNT_INVALID
    assert len(str(answer.facts["typed"])) <= 40


def test_the_same_piece_named_twice_is_added_up_and_nothing_typed_is_none() -> None:
    assert read_count({"20": "1", "20.00": "2", "5.00": ""}, "USD") == ((2_000, 3),)
    assert read_count({}, "USD") == ()


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_a_close_balances_and_posts_the_difference(expected: int, counted: int) -> None:
    legs = {leg.account: leg.amount for leg in close_postings(expected, counted)}
    assert sum(legs.values()) == 0
    assert -legs.get("cash_in_till", 0) == expected
    assert legs.get("over_short", 0) == expected - counted
    assert 0 not in legs.values()
    close = TillClose("t", "c", "101", OPENED, expected, counted, next_float=0)
    assert (close.over_short, close.deposit) == (counted - expected, counted)


@given(st.integers(1, 10**9))
def test_what_is_moved_by_hand_balances(amount: int) -> None:
    for move, sign in BY_HAND.items():
        till, against = moved_postings(move, sign * amount, "why")
        assert (till.account, till.amount, against.amount) == ("cash_in_till", sign * amount, -sign * amount)
        assert against.account in {"cash_office", f"{move.value}:why"}


def test_a_day_is_never_before_the_last() -> None:
    last = date(2026, 11, 21)
    assert day_refused(last, None) is None
    assert day_refused(last, last) is None
    assert day_refused(date(2026, 11, 22), last) is None
    assert day_refused(date(2026, 11, 20), last) == Refused(
        Code.DAY_BEFORE_LAST, {"day": date(2026, 11, 20), "last": last}
    )

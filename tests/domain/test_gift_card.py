"""A gift card's number proves itself, its state says whether it pays, and the law says when it ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.gift_card import (
    GiftCard,
    GiftCardFacts,
    GiftCardKind,
    GiftCardState,
    Origin,
    number_fits,
    number_from,
    number_known_elsewhere,
    number_of,
    pay_refused,
    pin_from,
    pin_readable,
)
from pos.domain.gift_card_law import cash_out_below, last_day, never_expires
from pos.domain.refusal import Code, Refused

FACTS = GiftCardFacts("c1", GiftCardKind.GIFT_CARD, "0" * 64, "0024", "", Origin.RACK)
TODAY = date(2026, 11, 22)


@given(st.integers(0, 10**40))
def test_every_number_made_here_is_one(random_number: int) -> None:
    number = number_from(random_number)
    assert len(number) == 19
    assert number_fits(number)
    assert pin_readable(pin_from(random_number))


@given(st.integers(0, 10**12 - 1), st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(random_number: int, place: int, more: int) -> None:
    number = number_from(random_number)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not number_fits(wrong)


@pytest.mark.parametrize("number", ["", "600649", "6006490000000000025", "60064900000000000240", "600649000000000002A"])
def test_what_is_no_number(number: str) -> None:
    assert not number_fits(number)


def test_numbers_as_they_are_scanned_and_typed() -> None:
    assert number_of(" 6006 4900 0000 0000 024\r\n") == "6006490000000000024"
    assert number_of("]C16006490000000000024") == "6006490000000000024"
    assert number_fits("6006490000000000024")
    assert number_known_elsewhere("OLD-7781")
    # What looks like one of ours proves itself also where it is taken over.
    assert not number_known_elsewhere("6006490000000000025")


@pytest.mark.parametrize(
    ("card", "state", "code"),
    [
        (GiftCard(FACTS), GiftCardState.UNSOLD, Code.GIFT_CARD_UNSOLD),
        (GiftCard(FACTS, 500, sold=True), GiftCardState.ACTIVE, None),
        (GiftCard(FACTS, 0, sold=True), GiftCardState.ACTIVE, Code.GIFT_CARD_EMPTY),
        (GiftCard(FACTS, 500, sold=True, disabled=True), GiftCardState.DISABLED, Code.GIFT_CARD_DISABLED),
        (GiftCard(FACTS, 500, date(2026, 11, 22), sold=True), GiftCardState.ACTIVE, None),
        (GiftCard(FACTS, 500, date(2026, 11, 21), sold=True), GiftCardState.EXPIRED, Code.GIFT_CARD_EXPIRED),
    ],
)
def test_which_card_pays(card: GiftCard, state: GiftCardState, code: Code | None) -> None:
    assert card.state(TODAY) is state
    refused = pay_refused(card, TODAY)
    assert (None if refused is None else refused.code) is code


def test_a_card_nobody_knows_pays_nothing() -> None:
    assert pay_refused(None, TODAY) == Refused(Code.GIFT_CARD_UNKNOWN)


@pytest.mark.parametrize(
    ("region", "day", "below"),
    [
        ("US-CA", date(2026, 3, 31), 1000),
        ("US-CA", date(2026, 4, 1), 1500),
        ("US-CO", TODAY, 501),
        ("US-NY", date(2022, 12, 9), 0),
        ("US-NY", TODAY, 500),
        ("US-TX", TODAY, 0),
        ("SE", TODAY, 0),
        ("", TODAY, 0),
    ],
)
def test_below_what_the_rest_goes_out_in_cash(region: str, day: date, below: int) -> None:
    assert cash_out_below(region, "USD", day) == below
    assert cash_out_below(region, "EUR", day) == 0


@pytest.mark.parametrize(
    ("region", "months", "last"),
    [
        ("US-TX", 12, date(2031, 11, 22)),
        ("US-TX", 72, date(2032, 11, 22)),
        ("US-NY", 12, date(2035, 11, 22)),
        ("US-CA", 12, None),
        ("US", 0, None),
        ("SE", 12, date(2027, 11, 22)),
        ("CZ", 6, date(2027, 5, 22)),
        ("IE", 12, date(2031, 11, 22)),
        ("DE", 12, date(2029, 12, 31)),
        ("FR", 12, None),
        ("", 12, None),
    ],
)
def test_the_last_day_the_law_allows(region: str, months: int, last: date | None) -> None:
    assert last_day(region, TODAY, months) == last


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert last_day("SE", date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert last_day("SE", date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_where_no_card_may_end() -> None:
    assert never_expires("US-CA", TODAY)
    assert not never_expires("US-TX", TODAY)
    assert not never_expires("ZZ", TODAY)

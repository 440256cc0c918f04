"""What may be kept of a customer, what they are found by, and points that never come from nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.customer import (
    CHANGEABLE,
    Customer,
    asked_words,
    card_acceptable,
    card_of,
    forgotten,
    refusal_of,
    search_words,
)
from pos.domain.points import points_earned, points_spendable
from pos.domain.refusal import Code

LANGUAGES = ("en", "cs", "sv")
ANN = Customer("C1", "Ann Nováková", phone="+420 777 123 456", email="ann@example.com", card="KC-1A2B3C4D")


def test_a_whole_customer_can_be_kept() -> None:
    assert refusal_of(ANN, LANGUAGES) is None
    assert refusal_of(Customer("C2", "Bo"), LANGUAGES) is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"id": ""}, Code.CUSTOMER_NUMBER),
        ({"id": "C 1"}, Code.CUSTOMER_NUMBER),
        ({"name": ""}, Code.CUSTOMER_NAME),
        ({"name": "A\x07"}, Code.CUSTOMER_NAME),
        ({"name": "x" * 81}, Code.CUSTOMER_NAME),
        ({"phone": "call me"}, Code.CUSTOMER_PHONE),
        ({"phone": "12"}, Code.CUSTOMER_PHONE),
        ({"email": "ann"}, Code.CUSTOMER_EMAIL),
        ({"email": "a b@c.d"}, Code.CUSTOMER_EMAIL),
        ({"card": "KB-0123456789"}, Code.CARD_UNFIT),
        ({"card": "KRABCDEFGHIJKLMNOP"}, Code.CARD_UNFIT),
        ({"card": "6006490000000000024"}, Code.CARD_UNFIT),
        ({"card": "AB"}, Code.CARD_UNFIT),
        ({"tier": "x" * 41}, Code.CUSTOMER_TEXT),
        ({"note": "a\nb"}, Code.CUSTOMER_TEXT),
        ({"language": "tlh"}, Code.SETTING_CHOICE),
    ],
)
def test_what_cannot_be_kept_is_named(wrong: dict[str, Any], code: Code) -> None:
    refused = refusal_of(replace(ANN, **wrong), LANGUAGES)
    assert refused is not None
    assert refused.code is code


@pytest.mark.parametrize(
    "typed", ["nova", "NOVÁK", "ann", "777 123", "+420777", "777123456", "kc-1a2", "example", "c1"]
)
def test_somebody_is_found_by_the_beginning_of_any_word(typed: str) -> None:
    known = search_words(ANN)
    assert all(any(word.startswith(asked) for word in known) for asked in asked_words(typed))


def test_a_scan_and_a_typed_card_are_one() -> None:
    assert card_of("]C1kc-1a2b3c4d") == card_of(" KC-1A2B3C4D ") == ANN.card
    assert card_acceptable("2900000000018")


def test_nothing_of_a_person_is_left_when_they_are_forgotten() -> None:
    gone = forgotten(replace(ANN, points=12, group="vip", tier="gold", note="tall", staff="101", language="cs"))
    assert gone == Customer("C1", "", points=12, erased=True)
    assert not any(getattr(gone, name) for name in CHANGEABLE)


@given(st.integers(-(10**12), 10**15), st.integers(-5, 10**9))
def test_points_are_earned_for_whole_steps_only(total: int, every: int) -> None:
    points = points_earned(total, every)
    assert points >= 0
    if every > 0 and 0 < total < 10**9:
        assert points * every <= total < (points + 1) * every
    if every <= 0 or total <= 0:
        assert points == 0


@given(st.integers(0, 10**9), st.integers(0, 10**12), st.integers(-1, 10**6))
def test_points_pay_for_no_more_than_there_is_of_either(balance: int, total: int, worth: int) -> None:
    points = points_spendable(balance, total, worth)
    assert 0 <= points <= balance
    assert points * max(worth, 0) <= total
    if worth <= 0:
        assert points == 0

"""Card numbers are found wherever they are typed, and the shop's own numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from pos.domain.card_number import looks_like_card_number, redacted

# The networks' own published test numbers.
_CARDS = [
    "4111111111111111",
    "4000000000000000006",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "36227206271667",
    "6011000990139424",
    "3566002020360505",
    "6200000000000005",
    "6759649826438453",
    "5018000000000009",
]
_NONE = [
    "",
    "4111111111111112",
    "4006381333931",
    "04006381333931",
    "6006490000000000024",
    "8835513921644842",
    "1234567890123452",
    "2026-11-22 10.47.16",
    "11111111111111111111111111",
    "4222222222222",
]


@pytest.mark.parametrize("number", _CARDS)
def test_a_number_of_every_network_is_found(number: str) -> None:
    assert luhn.is_valid(number)
    assert looks_like_card_number(number)
    assert looks_like_card_number(f"card {number[:4]} {number[4:8]} {number[8:12]} {number[12:]}, exp 12/28")
    assert looks_like_card_number(f";{number}=25121010000012345?")


@pytest.mark.parametrize("text", _NONE)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert not looks_like_card_number(text)
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("4111-1111-1111-1111", "****-****-****-1111"),
        ("pay 3 4111111111111111 now", "pay 3 ************1111 now"),
        ("3782 822463 10005 and 5555555555554444", "**** ****** *0005 and ************4444"),
        ("４１１１１１１１１１１１１１１１", "************1111"),
        ("no 4111111111111111X", "no ************1111X"),
    ],
)
def test_only_the_last_four_digits_are_left(text: str, left: str) -> None:
    assert redacted(text) == left
    assert not looks_like_card_number(left)


def test_a_number_the_shop_knows_is_none() -> None:
    asked: list[str] = []

    def known(digits: str) -> bool:
        asked.append(digits)
        return digits == "4111111111111111"

    assert not looks_like_card_number("4111 1111 1111 1111", known=known)
    assert asked == ["4111111111111111"]
    assert redacted("4111111111111111 5555555555554444", known=known) == "4111111111111111 ************4444"


@given(st.text(), st.sampled_from(_CARDS), st.text())
def test_it_is_found_between_anything(before: str, number: str, after: str) -> None:
    """Anything but a digit or a sign that groups digits: those would make it part of a longer number."""
    text = f"{before} : {number} : {after}"
    assert looks_like_card_number(text)
    left = redacted(text)
    assert number not in left
    assert len(left) == len(text)
    assert redacted(left) == left


@given(st.text(alphabet="0123456789 -.\n\u00a0a", max_size=200))
def test_nothing_redacted_looks_like_a_card_any_more(text: str) -> None:
    assert not looks_like_card_number(redacted(text))


def test_digits_side_by_side_in_an_identity_are_no_card_number() -> None:
    identity = "00d36816776449578c2d46a38a130de3"
    assert looks_like_card_number("36816776449578"), "alone it would be one"
    told = f'{{"attempt": "{identity}"}}'
    assert not looks_like_card_number(told)
    assert redacted(told) == told
    for typed in (f"{identity} 36816776449578", f"x{identity}", identity[:-1], f"card36816776449578of{identity}"):
        assert looks_like_card_number(typed), typed

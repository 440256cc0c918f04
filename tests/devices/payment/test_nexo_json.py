"""Amounts stay exact both ways, and what is no message is said to be none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.payment.nexo_json import Unreadable, amount, decimal, plain, read, written


@given(st.integers(0, 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_comes_back_as_it_went(minor: int, currency: str) -> None:
    text = written({"RequestedAmount": decimal(minor, currency)})
    assert "e" not in text.lower().replace("requestedamount", "")
    assert amount(read(text.encode()), "RequestedAmount", currency) == minor


def test_amounts_stand_digit_for_digit() -> None:
    assert written({"A": decimal(10, "USD"), "B": [True, None, 'a"é'], "C": {}}) == (
        '{"A":0.10,"B":[true,null,"a\\"\\u00e9"],"C":{}}'
    )
    assert read(b'{"A": 0.1}') == {"A": Decimal("0.1")}


@pytest.mark.parametrize(
    "number",
    ["0.001", "-1", "true", '"1.00"', "[]", "{}", "1e400", "1e-400", "1E999999999", "1e-999999999", "9" * 40, "1e17"],
)
def test_what_is_no_amount(number: str) -> None:
    with pytest.raises(Unreadable):
        amount(read(b'{"A": %s}' % number.encode()), "A", "USD")


@pytest.mark.parametrize(
    ("number", "minor"),
    [("1", 100), ("1.0", 100), ("1.10", 110), ("0", 0), ("0.00", 0), ("1e2", 10_000), ("null", None)],
)
def test_what_is_one(number: str, minor: int | None) -> None:
    assert amount(read(b'{"A": %s}' % number.encode()), "A", "USD") == minor


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\x00",
        b'{"A": 1}\x00',
        b'{"A": NaN}',
        b'{"A": Infinity}',
        b'{"A": 1, "A": 2}',
        b'{"A": "\xff"}',
        b'{"A": 1}{"B": 2}',
        b"[" * 100_000,
        b'{"A":' * 100_000,
        b'{"A": ' + b"9" * 5000 + b"}",
        b'{"A": 1e9999999999999999999999}',
        "﻿{}".encode(),
    ],
)
def test_what_is_no_message(frame: bytes) -> None:
    with pytest.raises(Unreadable):
        read(frame)


def test_text_is_made_plain() -> None:
    assert plain(" a\x00b\nc\x1b ") == "a b c"
    assert plain("4111 1111 1111 1111") == "**** **** **** 1111"
    assert len(plain("x" * 10_000)) == 200

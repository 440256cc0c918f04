"""What of a check can be read, what is refused, and what may be kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.domain.check import (
    CheckRules,
    ChecksTaken,
    ReadCheck,
    TypedCheck,
    account_end,
    account_hash,
    kept,
    read_check,
    read_day,
    routing_valid,
)
from pos.domain.refusal import Code

TODAY = date(2026, 11, 21)
RULES = CheckRules()
GOOD = TypedCheck(routing="021000021", account="123456", number="1042", id_seen="driving_licence")
LINE = "T021000021T 123456U 1042"
KEY = b"k" * 32


def codes(typed: TypedCheck, rules: CheckRules = RULES) -> list[Code]:
    found = read_check(typed, rules, TODAY)
    return [] if isinstance(found, ReadCheck) else [refused.code for refused in found]


def test_typed_and_read_from_the_line_are_the_same_check() -> None:
    typed = read_check(GOOD, RULES, TODAY)
    assert typed == ReadCheck("021000021", "123456", "1042", TODAY, "driving_licence")
    assert read_check(TypedCheck(micr=LINE, id_seen="driving_licence"), RULES, TODAY) == typed
    grouped = replace(GOOD, routing="0210 0002 1", account="12-34 56", number=" 01042 ")
    assert read_check(grouped, RULES, TODAY) == typed


def test_what_is_typed_beside_the_line_fills_in_and_may_not_differ() -> None:
    bare = "T021000021T 123456789U"
    found = read_check(TypedCheck(micr=bare, number="77"), RULES, TODAY)
    assert isinstance(found, ReadCheck)
    assert (found.account, found.number) == ("123456789", "77")
    assert codes(TypedCheck(micr=bare)) == [Code.CHECK_NUMBER]
    assert codes(TypedCheck(micr=LINE, number="1043")) == [Code.CHECK_DIFFERS]
    assert codes(TypedCheck(micr=LINE, routing="122000218")) == [Code.CHECK_DIFFERS]
    assert codes(TypedCheck(micr=LINE, account="123457")) == [Code.CHECK_DIFFERS]
    assert codes(TypedCheck(micr=LINE, account="00123456", number="01042")) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"routing": "021000022"}, Code.ROUTING_INVALID),
        ({"routing": "02100002"}, Code.ROUTING_INVALID),
        ({"routing": ""}, Code.ROUTING_INVALID),
        ({"routing": "000000000"}, Code.ROUTING_INVALID),
        # Its digit checks, but there is no such district.
        ({"routing": "400000008"}, Code.ROUTING_INVALID),
        ({"routing": "O21000021"}, Code.ROUTING_INVALID),
        ({"account": ""}, Code.CHECK_ACCOUNT),
        ({"account": "123"}, Code.CHECK_ACCOUNT),
        ({"account": "0000"}, Code.CHECK_ACCOUNT),
        ({"account": "1" * 18}, Code.CHECK_ACCOUNT),
        ({"account": "12x456"}, Code.CHECK_ACCOUNT),
        ({"account": "١٢٣٤٥٦"}, Code.CHECK_ACCOUNT),
        ({"number": ""}, Code.CHECK_NUMBER),
        ({"number": "0"}, Code.CHECK_NUMBER),
        ({"number": "12345678901"}, Code.CHECK_NUMBER),
        ({"number": "ten"}, Code.CHECK_NUMBER),
        ({"written": "soon"}, Code.CHECK_DATE),
        ({"written": "2026-02-30"}, Code.CHECK_DATE),
        ({"written": "13/1/2026"}, Code.CHECK_DATE),
        ({"written": "2026-11-22"}, Code.CHECK_POST_DATED),
        ({"written": "12/01/26"}, Code.CHECK_POST_DATED),
        ({"written": "2026-05-24"}, Code.CHECK_STALE),
        ({"id_seen": "x" * 31}, Code.CHECK_ID),
        ({"id_seen": "D123-4567"}, Code.CHECK_ID),
        ({"id_seen": "a\nb"}, Code.CHECK_ID),
        ({"third_party": True}, Code.CHECK_THIRD_PARTY),
        ({"starter": True}, Code.CHECK_STARTER),
        ({"micr": "T0210?0021T 123456U 1042"}, Code.CHECK_UNREADABLE),
        ({"micr": "nothing"}, Code.CHECK_UNREADABLE),
        ({"micr": "T021000022T 123456U 1042", "routing": ""}, Code.ROUTING_INVALID),
    ],
)
def test_each_field_has_its_own_refusal(change: dict[str, object], code: Code) -> None:
    assert codes(replace(GOOD, **change)) == [code]  # type: ignore[arg-type]


def test_everything_that_is_wrong_is_told() -> None:
    wrong = TypedCheck("1", "2", "x", written="?", id_seen="123456", third_party=True, starter=True)
    assert codes(wrong) == [
        Code.CHECK_THIRD_PARTY,
        Code.CHECK_STARTER,
        Code.CHECK_DATE,
        Code.ROUTING_INVALID,
        Code.CHECK_ACCOUNT,
        Code.CHECK_NUMBER,
        Code.CHECK_ID,
    ]


def test_the_shop_decides_on_starters_and_identity() -> None:
    assert codes(replace(GOOD, starter=True), CheckRules(starter=True)) == []
    asks = CheckRules(id_over=5_000)
    unseen = replace(GOOD, id_seen="  ")
    assert isinstance(read_check(GOOD, asks, TODAY, 5_001), ReadCheck)
    assert isinstance(read_check(unseen, asks, TODAY, 5_000), ReadCheck)
    refused = read_check(unseen, asks, TODAY, 5_001)
    assert isinstance(refused, tuple)
    assert [each.code for each in refused] == [Code.CHECK_ID]
    assert isinstance(read_check(unseen, RULES, TODAY, 10**9), ReadCheck)


def test_a_check_grows_stale_with_its_last_day() -> None:
    last = TODAY - timedelta(days=180)
    assert codes(replace(GOOD, written=last.isoformat())) == []
    assert codes(replace(GOOD, written=(last - timedelta(days=1)).isoformat())) == [Code.CHECK_STALE]
    assert codes(replace(GOOD, written=last.isoformat()), CheckRules(stale_days=90)) == [Code.CHECK_STALE]


@pytest.mark.parametrize(
    ("region", "currency", "taken"),
    [("US-NY", "USD", True), ("", "USD", True), ("CZ", "CZK", False), ("SE", "SEK", False), ("CZ", "USD", False)],
)
def test_checks_are_taken_where_people_write_them(region: str, currency: str, taken: bool) -> None:
    assert RULES.taken_in(region, currency) is taken
    assert CheckRules(taken=ChecksTaken.YES).taken_in(region, currency)
    assert not CheckRules(taken=ChecksTaken.NO).taken_in(region, currency)


@pytest.mark.parametrize("text", ["2026-3-2", "3/2/2026", "03/02/26", "3-2-2026", " 3.2.26 "])
def test_a_day_as_americans_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2026, 3, 2)


def test_of_the_account_only_the_end_is_kept() -> None:
    read = read_check(replace(GOOD, account="000123456789"), RULES, TODAY)
    assert isinstance(read, ReadCheck)
    check = kept(read, KEY)
    assert check.shown == "••••6789"
    assert "123456789" not in str(check)
    assert "123456789" not in f"{read} {replace(GOOD, account='123456789', micr=LINE)}"
    assert check.account_hash == account_hash(KEY, "021000021", "123456789")
    assert check.account_hash != account_hash(b"other" * 8, "021000021", "123456789")
    assert check.account_hash != account_hash(KEY, "122000218", "123456789")
    assert (account_end("1234"), account_end("123456")) == ("34", "3456")


def test_the_routing_numbers_of_banks_there_are() -> None:
    assert all(map(routing_valid, ("021000021", "062000019", "122000218", "111000025", "322271627", "000000518")))


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, off: int) -> None:
    digits = [int(digit) for digit in GOOD.routing]
    digits[place] = (digits[place] + off) % 10
    assert not routing_valid("".join(map(str, digits)))


@given(st.builds(TypedCheck, *[st.text(max_size=20)] * 6, st.booleans(), st.booleans()))
def test_whatever_is_typed_is_a_check_or_a_refusal(typed: TypedCheck) -> None:
    found = read_check(typed, RULES, TODAY)
    assume(not isinstance(found, ReadCheck))
    assert isinstance(found, tuple)
    assert found

"""The line at the foot of a check, as every reader spells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.micr import LINE_MAX, PROFILES, Micr, MicrFault, MicrProfile, read_micr

ROUTING = "021000021"
PROFILE_NAMES = [profile.name for profile in PROFILES]


def as_sent(line: str, profile: MicrProfile) -> str:
    """A line in the canonical T, O, A, D and ? as this reader sends it."""
    signs = {"T": profile.transit, "O": profile.on_us, "A": profile.amount, "D": profile.dash, "?": profile.unreadable}
    return "".join(signs.get(sign, sign) for sign in line)


@pytest.mark.parametrize("profile", PROFILES, ids=PROFILE_NAMES)
@pytest.mark.parametrize(
    ("line", "account", "number"),
    [
        ("T021000021T 123456O 1042", "123456", "1042"),
        ("T021000021T123456O1042", "123456", "1042"),
        ("T021000021T 1234 5678 9O 1321", "123456789", "1321"),
        ("T021000021T 12D3456D7O 1321", "1234567", "1321"),
        # A business check: the number stands before, and what follows the account is the bank's own.
        ("O001042O T021000021T 123456O 10", "123456", "001042"),
        ("O1042O 2T021000021T 123456O", "123456", "1042"),
        # A personal check of some banks: the number before the account.
        ("T021000021T 1042 00123456789O", "00123456789", "1042"),
        ("T021000021T 1042O123456O", "123456", "1042"),
        # No number in the line at all: it stands in the corner only.
        ("T021000021T 123456789O", "123456789", ""),
        # Encoded by a bank already.
        ("T021000021T 123456O 1042 A0000012345A", "123456", "1042"),
    ],
)
def test_every_reader_says_the_same(profile: MicrProfile, line: str, account: str, number: str) -> None:
    assert read_micr(as_sent(line, profile)) == Micr(ROUTING, account, number)


@pytest.mark.parametrize("profile", PROFILES, ids=PROFILE_NAMES)
@pytest.mark.parametrize("line", ["T02100002?T 123456O 1042", "T021000021T 12?456O 1042", "?"])
def test_half_a_line_is_no_line(profile: MicrProfile, line: str) -> None:
    assert read_micr(as_sent(line, profile)) is MicrFault.UNREADABLE


@pytest.mark.parametrize(
    "line",
    [
        "",
        "021000021 123456 1042",
        "4111111111111111",
        "T021000021T 123456 1042",
        "T021000021 123456U 1042",
        "TT 123456U 1042",
        "T021000021T U",
        # A bank of Canada: a dash within the transit field.
        "T12345-003T 123456U 1042",
        "1U T021000021T 123456U",
        "T021000021T 123456U 1042" + " " * LINE_MAX,
        "KC-ANN00001",
        "９５２０T021000021T",
    ],
)
def test_what_is_no_check_of_this_country_says_nothing(line: str) -> None:
    assert read_micr(line) is MicrFault.NOT_A_CHECK


@given(st.text(max_size=LINE_MAX + 20) | st.text("TUOADtoad⑆⑈⑇⑉$-?*! 0123456789\r\n\t", max_size=60))
def test_rubbish_never_raises(text: str) -> None:
    found = read_micr(text)
    if isinstance(found, Micr):
        assert all(part.isascii() and part.isdigit() for part in (found.routing, found.account))
        assert found.number == "" or (found.number.isascii() and found.number.isdigit())
        assert "?" not in text


@given(
    st.sampled_from(PROFILES),
    st.from_regex(r"[0-9]{9}", fullmatch=True),
    st.from_regex(r"[0-9]{4,17}", fullmatch=True),
    st.from_regex(r"[0-9]{1,8}", fullmatch=True),
    st.booleans(),
)
def test_what_was_printed_is_what_is_read(
    profile: MicrProfile, routing: str, account: str, number: str, business: bool
) -> None:
    line = f"O{number}O T{routing}T {account}O" if business else f"T{routing}T {account}O {number}"
    assert read_micr(as_sent(line, profile)) == Micr(routing, account, number)

"""What is a signature and what is none; what is kept is read back as it was drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.refusal import Code, Refused
from pos.domain.signature import (
    HIGH,
    POINTS_MOST,
    STROKES_MOST,
    TEXT_MOST,
    WIDE,
    Signature,
    Signer,
    read_signature,
    signature_digest,
    signature_of,
)

DRAWN = [[(100, 150), (400, 60), (500, 220)], [(520, 200), (640, 210)]]
points = st.tuples(st.integers(0, WIDE), st.integers(0, HIGH))


@given(st.lists(st.lists(points, min_size=1, max_size=20), min_size=1, max_size=STROKES_MOST // 4))
def test_what_was_drawn_is_read_back_and_fits(strokes: list[list[tuple[int, int]]]) -> None:
    drawn = signature_of(strokes)
    if isinstance(drawn, Refused):
        assert drawn.code is Code.SIGNATURE_EMPTY
        return
    assert len(drawn.text()) <= TEXT_MOST
    assert read_signature(drawn.text()) == drawn


@given(st.text(max_size=200))
def test_whatever_a_table_holds_is_a_signature_or_a_no(text: str) -> None:
    assert isinstance(read_signature(text), Signature | Refused)


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ([], Code.SIGNATURE_EMPTY),
        ([[(10, 10)]], Code.SIGNATURE_EMPTY),
        ([[(10, 10), (20, 20)]], Code.SIGNATURE_EMPTY),
        ([[(0, 0), (WIDE + 1, 0)]], Code.SIGNATURE_UNREADABLE),
        ([[(-1, 0), (90, 0)]], Code.SIGNATURE_UNREADABLE),
        ([[(0, 0), (90, 0)]] * (STROKES_MOST + 1), Code.SIGNATURE_TOO_LARGE),
        ([[(0, 0), (90, 0)] * POINTS_MOST], Code.SIGNATURE_TOO_LARGE),
    ],
)
def test_what_is_no_signature_is_refused(strokes: list[list[tuple[int, int]]], code: Code) -> None:
    assert signature_of(strokes) == Refused(code)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b c,d", "1,2;;x", "٣,4 900,4", "1.5,2 900,4"])
def test_torn_text_is_refused(text: str) -> None:
    assert isinstance(read_signature(text), Refused)
    assert read_signature("1,1 " * TEXT_MOST) == Refused(Code.SIGNATURE_TOO_LARGE)


def test_the_digest_belongs_to_one_return_and_one_signer() -> None:
    drawn = signature_of(DRAWN)
    assert isinstance(drawn, Signature)
    of = {signature_digest(drawn.text(), one, signer) for one in ("A", "B") for signer in Signer}
    assert len(of) == 4

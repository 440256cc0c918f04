"""What is due is shared without a unit lost, and lines are shared with their tax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.split import PARTS_MAX, even_share


@given(due=st.integers(0, 10**12), parts=st.integers(1, PARTS_MAX))
def test_the_parts_are_the_whole_and_differ_by_one_at_most(due: int, parts: int) -> None:
    shares, left = [], due
    for number in range(parts, 0, -1):
        shares.append(even_share(left, number))
        left -= shares[-1]
    assert left == 0
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True), "who pays first pays the odd unit"


def test_there_is_at_least_one_part() -> None:
    with pytest.raises(ValueError, match="one part"):
        even_share(100, 0)

"""Which promotions are today's."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.promotion import Conditions, Hours
from pos.domain.specials import on_now, on_today

NOON = datetime.fromisoformat("2026-11-21T12:00")  # A Saturday.


def test_what_begins_later_this_day_is_todays_and_not_yet_on() -> None:
    evening = Conditions(hours=(Hours(17 * 60, 20 * 60),))
    assert on_today(evening, NOON)
    assert not on_now(evening, NOON)
    assert on_now(evening, NOON.replace(hour=17))
    assert not on_today(evening, NOON.replace(hour=20))


def test_days_and_ends_are_kept() -> None:
    assert not on_today(Conditions(weekdays=(0, 6)), NOON)
    assert on_today(Conditions(weekdays=(5,)), NOON)
    assert not on_today(Conditions(ends=NOON), NOON)
    assert not on_today(Conditions(starts=NOON + timedelta(hours=12)), NOON)
    assert on_today(Conditions(starts=NOON + timedelta(hours=11)), NOON)


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-01-01")),
    st.none() | st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-01-01")),
    st.none() | st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-01-01")),
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1]), max_size=3),
)
def test_what_is_on_now_is_always_todays(
    at: datetime, starts: datetime | None, ends: datetime | None, hours: list[tuple[int, int]]
) -> None:
    asked = Conditions(starts, ends, hours=tuple(Hours(*each) for each in hours))
    assert on_today(asked, at) or not on_now(asked, at)

"""What times come to, and in which order the sides have their turns."""

from __future__ import annotations

import pytest

from benchmarks.figure import Check, Figure, Measure, What, ratio_p50, ratio_p99
from benchmarks.measure import Sample, Stopwatch, turn_by_turn


def test_a_percentile_is_a_time_that_was_measured() -> None:
    sample = Sample.of([seconds / 1000 for seconds in range(200, 0, -1)])
    assert (sample.n, sample.p50, sample.p99, sample.max) == (200, 0.100, 0.198, 0.200)
    only = Sample.of([0.5])
    assert (only.n, only.p50, only.p99, only.max) == (1, 0.5, 0.5, 0.5)


def test_nothing_measured_is_no_sample() -> None:
    with pytest.raises(ValueError):
        Sample.of([])


def test_the_first_rounds_warm_up_and_do_not_count() -> None:
    watch = Stopwatch()
    for seconds in (9.0, 8.0, 1.0, 2.0):
        watch.note(seconds)
    assert watch.sample(2).seconds == (1.0, 2.0)
    with watch.running():
        pass
    assert 0 <= watch.sample(4).max < 5


def test_each_side_has_every_turn_and_goes_first_in_its_share_of_rounds() -> None:
    turns: list[str] = []
    turn_by_turn(3, lambda n: turns.append(f"a{n}"), lambda n: turns.append(f"b{n}"), lambda n: turns.append(f"c{n}"))
    assert turns == ["a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2"]


def test_a_figure_holds_where_every_check_does() -> None:
    quick, slow = Sample.of([0.001]), Sample.of([0.003])
    held = ratio_p50(slow, quick, 3.0)
    broken = ratio_p99(slow, quick, 2.9)
    assert held.value == pytest.approx(3.0)
    assert Check(What.P50, 3.0, 3.0, Measure.TIMES).held
    assert not broken.held
    assert not Figure("sale", slow, quick, (Check(What.P50, 3.0, 3.0, Measure.TIMES), broken)).held

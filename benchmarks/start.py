"""From the start of the process to the first painted window, and to a till that rings up a scan."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks import shops
from benchmarks.figure import Check, Figure, Measure, What, ratio_p50
from benchmarks.launch import started
from benchmarks.measure import Stopwatch, turn_by_turn

WINDOW = "window"
READY = "ready"
WINDOW_LIMIT = 1.5
READY_LIMIT = 4.0
MEMORY_LIMIT_MEGABYTES = 150.0
# "The same" with a thousand and a million items, on a machine whose starts differ by more from run to run.
SPREAD_LIMIT = 1.25


def measure_window(home: Path, *, quick: bool) -> Figure:
    """Turn by turn: a bare window, and Kassa's; nothing that comes later may be imported by then."""
    rounds = 3 if quick else 25
    program, bare = Stopwatch(), Stopwatch()
    early: list[int] = []
    home.mkdir(parents=True, exist_ok=True)

    def kassa(_: int) -> None:
        start = started("benchmarks.till_window", str(home), WINDOW)
        program.note(start.seconds)
        early.append(start.early)

    turn_by_turn(rounds, kassa, lambda _: bare.note(started("benchmarks.bare_window").seconds))
    times, bare_times = program.sample(1), bare.sample(1)
    checks = (
        ratio_p50(times, bare_times, WINDOW_LIMIT),
        Check(What.IMPORTS, float(max(early)), 0.0, Measure.COUNT),
    )
    return Figure(WINDOW, times, bare_times, checks)


def measure_ready(home: Path, *, quick: bool) -> Figure:
    """A shop of a thousand items and one of a million start in turn with a bare window."""
    rounds = 3 if quick else 12
    small, large = home.with_name("ready-small"), home.with_name("ready-large")
    for shop, items in ((small, 1_000), (large, 2_000 if quick else 1_000_000)):
        shops.open_for_sale(shops.found(shop, items)).close()
    watches = {small: Stopwatch(), large: Stopwatch()}
    megabytes: dict[Path, list[float]] = {small: [], large: []}
    bare = Stopwatch()

    def kassa(shop: Path) -> None:
        start = started("benchmarks.till_window", str(shop), READY)
        watches[shop].note(start.seconds)
        megabytes[shop].append(start.megabytes)

    turn_by_turn(
        rounds,
        lambda _: kassa(small),
        lambda _: kassa(large),
        lambda _: bare.note(started("benchmarks.bare_window").seconds),
    )
    times, small_times, bare_times = watches[large].sample(1), watches[small].sample(1), bare.sample(1)
    memory = {shop: statistics.median(found) for shop, found in megabytes.items()}
    checks = (
        ratio_p50(times, bare_times, READY_LIMIT),
        Check(What.MEMORY, memory[large], MEMORY_LIMIT_MEGABYTES, Measure.MEGABYTES),
        Check(What.SPREAD, times.p50 / small_times.p50, SPREAD_LIMIT, Measure.TIMES),
        Check(What.SPREAD, memory[large] / memory[small] if memory[small] else 1.0, SPREAD_LIMIT, Measure.TIMES),
    )
    return Figure(READY, times, bare_times, checks, (("1,000 items", small_times),))

"""What hands feel: another screen, another language or theme, the palette's first results, a step taken back.

There is no bare side to hold these against: the limits are plain times, each until what changed is painted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks import shops
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.live_till import LiveTill, Painted
from benchmarks.measure import Sample, Stopwatch

SCREEN, DRESS, PALETTE, UNDO = "screen", "dress", "palette", "undo"
LIMITS = {SCREEN: 100.0, DRESS: 300.0, PALETTE: 50.0, UNDO: 16.0}
_WARM_UP = 5
_LINES = 20


def measure_screen(home: Path, *, quick: bool) -> Figure:
    """From one place to the next, round and round. The first visit of each builds its screen and stands beside."""
    till = _till(home, quick=quick)
    shell = till.shell
    names = [place.name for place in shell.places]
    first, again = Stopwatch(), Stopwatch()

    def visit(name: str, watch: Stopwatch) -> None:
        painted = Painted(shell.top_bar, shell.key_bar)
        with watch.running():
            shell.open_place(name)
            shell.top_bar.update()
            shell.key_bar.update()
            till.wait(lambda: painted.all)

    for name in names:
        visit(name, first)
    for _ in range(5 if quick else 100):
        for name in names:
            visit(name, again)
    till.close()
    built, sample = first.sample(), again.sample()
    slowest = Check(What.MAX, built.max * 1_000, LIMITS[SCREEN], Measure.MILLISECONDS)
    return Figure(SCREEN, sample, None, (_within(SCREEN, sample), slowest), (("first visit", built),))


def measure_dress(home: Path, *, quick: bool) -> Figure:
    """Light and dark, English, Czech and Swedish, with a sale of twenty lines on the screen."""
    till = _till(home, quick=quick)
    _ring_up(till)
    window = till.window
    turns: list[Callable[[], None]] = [
        window.toggle_theme,
        lambda: window.choose_language("cs"),
        window.toggle_theme,
        lambda: window.choose_language("sv"),
        lambda: window.choose_language("en"),
    ]
    painted = Painted(till.shell.top_bar, till.sell.basket.view.viewport())
    watch = Stopwatch()
    for number in range(_WARM_UP + (10 if quick else 200)):
        painted.forget()
        with watch.running():
            turns[number % len(turns)]()
            till.wait(lambda: painted.all)
    till.close()
    return _figure(DRESS, watch.sample(_WARM_UP))


def measure_palette(home: Path, *, quick: bool) -> Figure:
    """Ctrl K and the first letters, until the first results are painted, over all items of the shop."""
    till = _till(home, quick=quick)
    palette = till.shell.overlays.palette
    painted = Painted(palette.list.viewport())
    watch = Stopwatch()
    for number in range(_WARM_UP + (10 if quick else 200)):
        painted.forget()
        with watch.running():
            till.shell.overlays.toggle_palette()
            palette.type(("p", "in", "item", "lock", "quit")[number % 5])
            till.wait(lambda: painted.all)
        assert palette.found
        palette.close_overlay()
    till.close()
    return _figure(PALETTE, watch.sample(_WARM_UP))


def measure_undo(home: Path, *, quick: bool) -> Figure:
    """Ctrl Z on a sale of twenty lines, durable and painted."""
    till = _till(home, quick=quick)
    _ring_up(till)
    painted = Painted(till.sell.basket.view.viewport(), till.sell.totals)
    watch = Stopwatch()
    for _ in range(_WARM_UP + (10 if quick else 300)):
        painted.forget()
        with watch.running():
            till.trigger("sell.keys.undo")
            till.wait(lambda: painted.all)
        till.trigger("sell.keys.redo")
        till.program.processEvents()
    till.close()
    return _figure(UNDO, watch.sample(_WARM_UP))


def _till(home: Path, *, quick: bool) -> LiveTill:
    shops.found(home, 2_000 if quick else 100_000)
    return LiveTill(home)


def _ring_up(till: LiveTill) -> None:
    for number in range(_LINES):
        till.sell.scanned(shops.invented_gtin(number))
    till.program.processEvents()


def _figure(name: str, sample: Sample) -> Figure:
    return Figure(name, sample, None, (_within(name, sample),))


def _within(name: str, sample: Sample) -> Check:
    return Check(What.P99, sample.p99 * 1_000, LIMITS[name], Measure.MILLISECONDS)

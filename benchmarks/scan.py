"""From the Enter of a scan until line and total are painted and the basket is saved, against one painted widget."""

from __future__ import annotations

from pathlib import Path

from benchmarks import shops
from benchmarks.bare_painted import BarePainted
from benchmarks.disk import OnePage
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.live_till import LiveTill, Painted
from benchmarks.measure import Sample, Stopwatch, turn_by_turn

NAME = "scan"
TIMES_P50 = 4.0
MILLISECONDS_P99 = 16.0
LINES = 20
_WARM_UP = 20


def measure(home: Path, *, quick: bool) -> Figure:
    """Sales of twenty scans each; every scan is of another item, anywhere in the catalogue."""
    items = 2_000 if quick else 1_000_000
    rounds = _WARM_UP + (40 if quick else 1_000)
    shops.found(home, items)
    till = LiveTill(home)
    painted = Painted(till.sell.basket.view.viewport(), till.sell.totals)
    bare = BarePainted()
    bare.show()
    till.wait(lambda: bare.painted > 0)
    page = OnePage(home / "page")
    program, baseline, disk = Stopwatch(), Stopwatch(), Stopwatch()

    def scan(number: int) -> None:
        if number % LINES == 0 and number:
            till.workstation.sale.void_sale()
            till.sell.enter()
            till.program.processEvents()
        till.rest()
        till.begin_scan(shops.invented_gtin(number * 7_919 % items))
        painted.forget()
        with program.running():
            till.end_scan()
            till.wait(lambda: painted.all)
        assert len(till.workstation.sale.view.priced.lines) == number % LINES + 1

    def add(number: int) -> None:
        if number % LINES == 0:
            bare.clear()
            till.program.processEvents()
        till.rest()
        before = bare.painted
        with baseline.running():
            bare.add(f"Invented item {number}", shops.invented_gtin(number), 100 + number)
            till.wait(lambda: bare.painted > before)

    def sync(_: int) -> None:
        page.write()
        with disk.running():
            page.sync()

    turn_by_turn(rounds, scan, add, sync)
    bare.close()
    page.close()
    till.close()
    return held_against(program.sample(_WARM_UP), baseline.sample(_WARM_UP), disk.sample(_WARM_UP))


def held_against(program: Sample, bare: Sample, disk: Sample) -> Figure:
    """The limits, each with one sync of the same run: the line is durable before it shows, the widget saves nothing."""
    milliseconds = 1_000
    return Figure(
        NAME,
        program,
        bare,
        (
            Check(What.P50, (program.p50 - disk.p50) / bare.p50, TIMES_P50, Measure.TIMES),
            Check(What.P99, (program.p99 - disk.p99) * milliseconds, MILLISECONDS_P99, Measure.MILLISECONDS),
        ),
        (("sync", disk),),
    )

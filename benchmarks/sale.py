"""Complete a cash sale of ten lines, against its own statements replayed with the bare driver on the same disk."""

from __future__ import annotations

from pathlib import Path

from benchmarks import shops
from benchmarks.bare import open_bare
from benchmarks.bare_sale import replay
from benchmarks.figure import Figure, ratio_p50, ratio_p99
from benchmarks.measure import Stopwatch, turn_by_turn
from benchmarks.recording import Statement, recorded
from pos.workstation import Workstation

NAME = "sale"
LINES = 10
ITEMS = 1_000
_CASH = 500_00
_WARM_UP = 5


def measure(home: Path, *, quick: bool) -> Figure:
    """Three copies of one shop: one is written down, one sells, and one hears what was written down."""
    rounds = _WARM_UP + (20 if quick else 400)
    folder = shops.found(home, ITEMS)
    shops.open_for_sale(folder).close()
    written_down = _written_down(shops.twin(folder, "written-down"), rounds)
    bare = open_bare(shops.twin(folder, "bare") / shops.DATABASE)
    selling = shops.open_for_sale(folder)
    program_watch, bare_watch = Stopwatch(), Stopwatch()

    def sell(number: int) -> None:
        _ring_up(selling, number)
        with program_watch.running():
            done = selling.sale.complete()
        shops.sold(done)

    def ask(number: int) -> None:
        before, completing = written_down[number]
        replay(bare, before)
        with bare_watch.running():
            replay(bare, completing)

    turn_by_turn(rounds, sell, ask)
    selling.close()
    bare.close()
    program, baseline = program_watch.sample(_WARM_UP), bare_watch.sample(_WARM_UP)
    return Figure(NAME, program, baseline, (ratio_p50(program, baseline, 3.0), ratio_p99(program, baseline, 2.5)))


def _written_down(folder: Path, rounds: int) -> list[tuple[tuple[Statement, ...], tuple[Statement, ...]]]:
    """What a sale asks of the driver up to its tender, and then to complete it, round by round.

    Opening the shop belongs to the first: the replayed books are then the written ones row by row.
    """
    sales = []
    with recorded() as recording:
        selling = shops.open_for_sale(folder)
        for number in range(rounds):
            _ring_up(selling, number)
            before = recording.take()
            shops.sold(selling.sale.complete())
            sales.append((before, recording.take()))
        selling.close()
    return sales


def _ring_up(workstation: Workstation, number: int) -> None:
    for line in range(LINES):
        workstation.sale.scan(shops.invented_gtin((number * LINES + line) % ITEMS))
    workstation.sale.tender_cash(_CASH)

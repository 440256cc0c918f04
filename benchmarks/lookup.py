"""Look a barcode up through the catalogue's service among a million items, against one bare statement."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks import shops
from benchmarks.bare import open_bare
from benchmarks.bare_lookup import look_up
from benchmarks.figure import Figure, ratio_p50
from benchmarks.measure import Stopwatch, turn_by_turn

NAME = "lookup"
LIMIT = 3.0
_WARM_UP = 50


def measure(home: Path, *, quick: bool) -> Figure:
    """Each round asks both sides for the same code; every code is another one, anywhere in the catalogue."""
    items = 2_000 if quick else 1_000_000
    rounds = _WARM_UP + (200 if quick else 5_000)
    folder = shops.found(home, items)
    random = Random(1)
    codes = [shops.invented_gtin(random.randrange(items)) for _ in range(rounds)]
    workstation = shops.open_for_sale(folder)
    bare = open_bare(folder / shops.DATABASE)
    program, baseline = Stopwatch(), Stopwatch()

    def find(number: int) -> None:
        code = codes[number]
        with program.running():
            item = workstation.catalogue.find(code)
        assert item is not None, code

    def ask(number: int) -> None:
        key = codes[number].zfill(14)
        with baseline.running():
            row = look_up(bare, key)
        assert row is not None, key

    turn_by_turn(rounds, find, ask)
    workstation.close()
    bare.close()
    times, bare_times = program.sample(_WARM_UP), baseline.sample(_WARM_UP)
    return Figure(NAME, times, bare_times, (ratio_p50(times, bare_times, LIMIT),))

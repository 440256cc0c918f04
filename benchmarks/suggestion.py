"""What goes with an item just rung up, among five hundred pairs of the shop, against one bare statement."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks import shops
from benchmarks.bare import open_bare
from benchmarks.bare_suggestion import look_up
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch, turn_by_turn
from pos.domain.basket import Basket
from pos.services.suggestions import advised

NAME = "suggestion"
LIMIT_MS = 1.0
_WARM_UP = 50
_PAIRS = 500


def measure(home: Path, *, quick: bool) -> Figure:
    """Each round rings up another item; every other one has a pair, and what it suggests is looked up."""
    items = 2_000 if quick else 100_000
    rounds = _WARM_UP + (100 if quick else 3_000)
    folder = shops.found(home, items)
    random = Random(1)
    workstation = shops.open_for_sale(folder)
    bare = open_bare(folder / shops.DATABASE)
    ids = [row[0] for row in bare.execute("SELECT id FROM item ORDER BY id LIMIT ?", (2 * _PAIRS,))]
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany(
        "INSERT INTO suggestion_pair VALUES (?, 'item', ?, ?, '', '', '')",
        [(1_000 + number, ids[2 * number], ids[2 * number + 1]) for number in range(_PAIRS)],
    )
    bare.execute("COMMIT")
    known = {item_id: workstation.catalogue.get(item_id) for item_id in ids}
    chosen = [random.choice(ids) for _ in range(rounds)]
    program, baseline = Stopwatch(), Stopwatch()

    def advise(number: int) -> None:
        item = known[chosen[number]]
        assert item is not None
        with program.running():
            advised(workstation.desk, Basket("b"), item)

    def ask(number: int) -> None:
        with baseline.running():
            look_up(bare, chosen[number])

    turn_by_turn(rounds, advise, ask)
    workstation.close()
    bare.close()
    times = program.sample(_WARM_UP)
    slowest = Check(What.P99, times.p99 * 1000, LIMIT_MS, Measure.MILLISECONDS)
    return Figure(NAME, times, baseline.sample(_WARM_UP), (slowest,))

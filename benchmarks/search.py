"""Type into the search, key by key, among a million items: the first twenty through the catalogue's service."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

from benchmarks import shops
from benchmarks.bare import open_bare
from benchmarks.bare_search import search
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch, turn_by_turn
from pos.domain.item import Item
from pos.domain.search_text import fold
from pos.services.item_search import FOUND_MAX
from pos.workstation import Workstation

NAME = "search"
P50_MAX_MILLISECONDS = 1.0
P99_MAX_MILLISECONDS = 5.0
_WARM_UP = 50
_STEP = 20_000
_WORDS = 50_000
_SYLLABLES = "ba če dé fi go hů chle ja ko lá má ně ol po ré sa ti ů ve zo kra pro stu řá ští åk är ön mjö smö".split()


def measure(home: Path, *, quick: bool) -> Figure:
    """Each round is one more key of something typed: words and their beginnings, a mistake, a price, a code."""
    items = 2_000 if quick else 1_000_000
    rounds = _WARM_UP + (200 if quick else 5_000)
    folder = shops.found(home)
    workstation = shops.open_for_sale(folder)
    names = fill(workstation, items)
    bare = open_bare(folder / shops.DATABASE)
    typed = [text for text, _ in zip(keystrokes(names), range(rounds), strict=False)]
    program, baseline = Stopwatch(), Stopwatch()

    def find(number: int) -> None:
        with program.running():
            workstation.catalogue.search(typed[number])

    def ask(number: int) -> None:
        # A full-text index knows words only: digits and signs are what the program adds.
        words = "".join(sign if sign.isalnum() else " " for sign in fold(typed[number])).strip() or "0"
        with baseline.running():
            search(bare, words, FOUND_MAX)

    turn_by_turn(rounds, find, ask)
    workstation.close()
    bare.close()
    times, bare_times = program.sample(_WARM_UP), baseline.sample(_WARM_UP)
    checks = (
        Check(What.P50, times.p50 * 1_000, P50_MAX_MILLISECONDS, Measure.MILLISECONDS),
        Check(What.P99, times.p99 * 1_000, P99_MAX_MILLISECONDS, Measure.MILLISECONDS),
    )
    return Figure(NAME, times, bare_times, checks)


def fill(workstation: Workstation, items: int) -> list[str]:
    """Add invented items, each of two to four words of which some are as common as "milk" is; answers with names."""
    random = Random(1)
    words = sorted({"".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4)))) for _ in range(_WORDS)})
    random.shuffle(words)
    weights = list(accumulate(1 / (10 + rank) for rank in range(len(words))))
    names: list[str] = []
    with workstation.desk.shop.books.writing() as work:
        for start in range(0, items, _STEP):
            step = range(start, min(start + _STEP, items))
            new = [
                _item(number, random.choices(words, cum_weights=weights, k=random.choice((2, 3, 4)))) for number in step
            ]
            work.items.add_many(new)
            names.extend(item.name for item in new)
        work.commit()
    return names


def keystrokes(names: list[str]) -> Iterator[str]:
    """What stands in the field after each key."""
    random = Random(2)
    while True:
        words = random.choice(names).split()
        whole = random.choice(
            (
                " ".join(random.sample(words, 2)),
                fold(" ".join(random.sample(words, 2))),
                fold(words[0]),
                fold(words[0])[1:],
                _mistyped(random, fold(words[0])),
                f"{random.randrange(1, 90)}.{random.randrange(100):02d}",
                shops.invented_gtin(random.randrange(len(names))),
            )
        )
        yield from (whole[: keys + 1] for keys in range(len(whole)))


def _mistyped(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    return word[:at] + random.choice("aeiourstln") + word[at + 1 :]


def _item(number: int, words: list[str]) -> Item:
    name = f"{' '.join(words)} {number % 1000} g"
    department = f"Oddělení {number % 12}"
    return Item(f"x{number:07d}", name, 100 + number % 9000, ("food",), department=department, codes=(_code(number),))


def _code(number: int) -> str:
    return shops.invented_gtin(number).zfill(14)

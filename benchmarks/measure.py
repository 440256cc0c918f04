"""Take times, turn by turn, and say what they come to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """Times of one thing done again and again, in seconds, the shortest first."""

    seconds: tuple[float, ...]

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Sample:
        if not seconds:
            raise ValueError("nothing was measured")
        return cls(tuple(sorted(seconds)))

    @property
    def n(self) -> int:
        return len(self.seconds)

    @property
    def p50(self) -> float:
        return self._rank(0.50)

    @property
    def p99(self) -> float:
        return self._rank(0.99)

    @property
    def max(self) -> float:
        return self.seconds[-1]

    def as_json(self) -> dict[str, float]:
        """In milliseconds."""
        times = {"p50": self.p50, "p99": self.p99, "max": self.max}
        return {"n": self.n} | {name: round(seconds * 1_000, 4) for name, seconds in times.items()}

    def _rank(self, share: float) -> float:
        """The nearest rank: a time that was really measured, never one between two."""
        return self.seconds[max(0, math.ceil(share * self.n) - 1)]


class Stopwatch:
    """Collects the times of one side."""

    def __init__(self) -> None:
        self._seconds: list[float] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time what stands inside."""
        begun = time.perf_counter()
        yield
        self._seconds.append(time.perf_counter() - begun)

    def note(self, seconds: float) -> None:
        """Add a time that was measured elsewhere."""
        self._seconds.append(seconds)

    def sample(self, warm_up: int = 0) -> Sample:
        """What was measured, without the first rounds."""
        return Sample.of(self._seconds[warm_up:])


def turn_by_turn(rounds: int, *sides: Callable[[int], None]) -> None:
    """Let every side do its part of every round, each round beginning with another side.

    Whoever goes second finds warmer caches and a busier disk: the turns share that out evenly.
    """
    for number in range(rounds):
        first = number % len(sides)
        for side in (*sides[first:], *sides[:first]):
            side(number)

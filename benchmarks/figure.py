"""What a measured figure is: the times of both sides, and what is held against which limit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from benchmarks.measure import Sample


class What(StrEnum):
    """What of a figure is held against a limit."""

    P50 = "p50"
    P99 = "p99"
    MAX = "max"
    SPREAD = "spread"
    MEMORY = "memory"
    IMPORTS = "imports"


class Measure(StrEnum):
    """In what a value and its limit are counted."""

    TIMES = "×"
    MILLISECONDS = "ms"
    SECONDS = "s"
    MEGABYTES = "MB"
    COUNT = "n"


@dataclass(frozen=True, slots=True)
class Check:
    """One value against its limit."""

    what: What
    value: float
    limit: float
    measure: Measure

    @property
    def held(self) -> bool:
        return self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `bare` is None where the limit is a plain time.

    `beside` are other times of the same run that the limits need or a reader wants, by name.
    """

    name: str
    program: Sample
    bare: Sample | None
    checks: tuple[Check, ...]
    beside: tuple[tuple[str, Sample], ...] = ()

    @property
    def held(self) -> bool:
        return all(check.held for check in self.checks)


def ratio_p50(program: Sample, bare: Sample, limit: float) -> Check:
    """The middle time as a multiple of the baseline's."""
    return Check(What.P50, program.p50 / bare.p50, limit, Measure.TIMES)


def ratio_p99(program: Sample, bare: Sample, limit: float) -> Check:
    """The slowest time but one in a hundred as a multiple of the baseline's."""
    return Check(What.P99, program.p99 / bare.p99, limit, Measure.TIMES)

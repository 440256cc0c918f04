"""Start a program as its user does, and hear from itself when it got where it is timed to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import benchmarks


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds from before the process was made, its memory then, and how many modules came too early."""

    seconds: float
    megabytes: float
    early: int


def started(module: str, *arguments: str) -> Start:
    """Run `python -m module`, which prints its clock, its memory and a count, and ends."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(Path(benchmarks.__file__).parent.parent),
    }
    # A shop's machine keeps what it compiled from one start to the next; a place that forbids it measures the compiler.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    moment, megabytes, early = done.stdout.split()
    return Start((int(moment) - begun) / 1e9, float(megabytes), int(early))


def resident_megabytes() -> float:
    """What this process holds in memory now; 0 where the system does not tell in /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

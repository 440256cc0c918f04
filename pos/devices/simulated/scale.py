"""A scale in memory that shows what it is told to."""

from __future__ import annotations

from collections import deque

from pos.devices.ports import ScaleReading, Weight


class SimulatedScale:
    """Shows `shown`; the readings of `script` come once each before it, in their order."""

    def __init__(self) -> None:
        self.shown: ScaleReading = Weight(0)
        self.script: deque[ScaleReading] = deque()

    def read(self) -> ScaleReading:
        return self.script.popleft() if self.script else self.shown

    def close(self) -> None:
        """Nothing to let go of."""

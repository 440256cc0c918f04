"""The scanner of this workstation that is no keyboard: its codes as they come, and how its line is."""

from __future__ import annotations

from pos.devices.ports import ScannerPort, ScannerState


class Scanners:
    """Reading blocks for a moment: one worker thread reads, whoever closes may be another."""

    def __init__(self, scanner: ScannerPort | None) -> None:
        self._scanner = scanner
        self.closed = scanner is None

    @property
    def has_scanner(self) -> bool:
        return self._scanner is not None

    def read(self) -> tuple[str, ...]:
        """The codes that came by now, in order; none where there is no scanner."""
        return () if self._scanner is None else self._scanner.read()

    def answers(self) -> bool | None:
        """Whether its line was there when it was last read; None without a scanner."""
        return None if self._scanner is None else self._scanner.state is ScannerState.READY

    def close(self) -> None:
        """Nothing is read after this."""
        self.closed = True
        if self._scanner is not None:
            self._scanner.close()

"""The customer display of two lines: what it shows is sent by a worker, and nobody waits for it."""

from __future__ import annotations

from pos.devices.ports import PolePort


class CustomerPole:
    """The pole of this workstation. Showing blocks for up to a second: a worker thread calls it."""

    def __init__(self, pole: PolePort | None) -> None:
        self._pole = pole
        self._answers: bool | None = None

    @property
    def has_pole(self) -> bool:
        return self._pole is not None

    @property
    def answers(self) -> bool | None:
        """Whether the last picture was sent; None before the first, and where there is no pole."""
        return self._answers

    def show(self, top: str, bottom: str) -> bool:
        """Show two lines. False where there is no pole or its line is gone."""
        if self._pole is None:
            return False
        self._answers = self._pole.show(top, bottom)
        return self._answers

    def close(self) -> None:
        """Nothing is shown after this."""
        if self._pole is not None:
            self._pole.close()

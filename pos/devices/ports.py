"""What the shop asks of its devices, and what a device may answer. Drivers block; a worker thread calls them."""

from __future__ import annotations

from typing import Protocol

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class HeldReason(StrEnum):
    """Why nothing was sent."""

    UNREACHABLE = "unreachable"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULT = "fault"
    SILENT = "silent"
    NOT_WRITABLE = "not_writable"


class UnknownWhy(StrEnum):
    """Why nobody can say whether the paper came out."""

    LINK_LOST = "link_lost"
    NO_PROOF = "no_proof"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULT = "fault"
    SILENT = "silent"
    NOT_WRITABLE = "not_writable"


@dataclass(frozen=True, slots=True)
class Printed:
    """The job is on paper; not `proven` where the device cannot say so and the job was only handed over whole."""

    proven: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """Not a byte of the job left this machine: trying again later prints it once."""

    reason: HeldReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes of the job were sent and no proof came. It may have printed or may print yet (a printer keeps what it
    holds through paper-out), so nobody sends it again by itself: a person looks, and a second paper is marked a copy.
    """

    why: UnknownWhy
    detail: str = ""


Sent = Printed | Held | Unknown


class PrinterState(StrEnum):
    """What a printer says of itself, or that it says nothing."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULT = "fault"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    NOT_WRITABLE = "not_writable"

    @property
    def can_print(self) -> bool:
        return self in {PrinterState.READY, PrinterState.PAPER_LOW}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """A state as measured now; `drawer_open` is None where the printer does not tell."""

    state: PrinterState
    drawer_open: bool | None = None
    detail: str = ""


class PrinterPort(Protocol):
    """A receipt printer. Nothing here raises for what a printer or a cable does."""

    def send(self, job: bytes, job_id: str) -> Sent:
        """Print one job, once. `job_id` names the job in files and logs and is the same on every try."""

    def status(self) -> PrinterStatus:
        """How the printer is, asked now."""


class DrawerPort(Protocol):
    """A cash drawer."""

    def kick(self, kick_id: str) -> Sent:
        """Open it. Held means it stayed shut."""

    def is_open(self) -> bool | None:
        """Whether it stands open; None where it does not tell."""


class PolePort(Protocol):
    """A customer display of two lines. Nothing here raises for what a display or a cable does."""

    def show(self, top: str, bottom: str) -> bool:
        """Show two lines; False where they could not be sent. Blocks for about a second at most."""

    def close(self) -> None:
        """Clear it and let go of the line."""


class ScannerState(StrEnum):
    """Whether the line a scanner hangs on is there."""

    READY = "ready"
    UNREACHABLE = "unreachable"


class ScannerPort(Protocol):
    """A scanner that is no keyboard. Nothing here raises for what a scanner or a cable does."""

    @property
    def state(self) -> ScannerState:
        """How the line was when it was last read."""

    def read(self) -> tuple[str, ...]:
        """The codes that came by now, in order; waits a moment where none did."""

    def close(self) -> None:
        """Let go of the line; a read that waits ends."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What lies on the scale and stands still, in thousandths of the scale's unit."""

    thousandths: int


@dataclass(frozen=True, slots=True)
class Unstable:
    """It still moves."""


@dataclass(frozen=True, slots=True)
class OverRange:
    """More than the scale bears, or less than nothing."""


@dataclass(frozen=True, slots=True)
class ScaleOffline:
    """No answer that can be read."""

    detail: str = ""


ScaleReading = Weight | Unstable | OverRange | ScaleOffline


class ScalePort(Protocol):
    """A scale. Nothing here raises for what a scale or a cable does."""

    def read(self) -> ScaleReading:
        """What it shows, asked now. Blocks for about a second at most."""

    def close(self) -> None:
        """Let go of the line."""

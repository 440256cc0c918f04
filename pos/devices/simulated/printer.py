"""A printer and a drawer in memory that fail when told to."""

from __future__ import annotations

from collections import deque

from pos.devices.drawer import kick_bytes
from pos.devices.ports import Held, HeldReason, Printed, PrinterState, PrinterStatus, Sent, Unknown, UnknownWhy
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class PrinterFault(StrEnum):
    """What a simulated printer can be told to do: stand still before a job, or lose one in the middle."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    LINK_LOST_PRINTED = "link_lost_printed"
    LINK_LOST_NOT_PRINTED = "link_lost_not_printed"
    PAPER_OUT_IN_JOB = "paper_out_in_job"


_STANDING = {
    PrinterFault.PAPER_OUT: HeldReason.PAPER_OUT,
    PrinterFault.COVER_OPEN: HeldReason.COVER_OPEN,
    PrinterFault.OFFLINE: HeldReason.OFFLINE,
    PrinterFault.UNREACHABLE: HeldReason.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One job that came out."""

    job_id: str
    job: bytes


class SimulatedPrinter:
    """Prints into `papers` and counts `kicks` of its drawer.

    `fault` stands until it is cleared; the faults of `script` happen once each, to the next jobs in their order.
    """

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.kicks = 0
        self.drawer_open = False
        self.fault: PrinterFault | None = None
        self.script: deque[PrinterFault | None] = deque()
        self._kept: list[Paper] = []

    def send(self, job: bytes, job_id: str) -> Sent:
        fault = (self.script.popleft() if self.script else None) or self.fault
        if fault in _STANDING:
            return Held(_STANDING[fault])
        paper = Paper(job_id, job)
        match fault:
            case None:
                self._come_out(paper)
                return Printed()
            case PrinterFault.LINK_LOST_PRINTED:
                self._come_out(paper)
                return Unknown(UnknownWhy.LINK_LOST)
            case PrinterFault.LINK_LOST_NOT_PRINTED:
                return Unknown(UnknownWhy.LINK_LOST)
            case _:
                self._kept.append(paper)
                self.fault = PrinterFault.PAPER_OUT
                return Unknown(UnknownWhy.PAPER_OUT)

    def status(self) -> PrinterStatus:
        if self.fault in _STANDING:
            state = PrinterState(_STANDING[self.fault].value)
            drawer = None if state is PrinterState.UNREACHABLE else self.drawer_open
            return PrinterStatus(state, drawer_open=drawer)
        return PrinterStatus(PrinterState.READY, drawer_open=self.drawer_open)

    def mend(self) -> None:
        """Load paper, close the cover, plug in: what the printer had kept comes out now, as a real one's does."""
        self.fault = None
        kept, self._kept = self._kept, []
        for paper in kept:
            self._come_out(paper)

    def close_drawer(self) -> None:
        self.drawer_open = False

    def _come_out(self, paper: Paper) -> None:
        if paper.job in {kick_bytes(2), kick_bytes(5)}:
            self.kicks += 1
            self.drawer_open = True
        else:
            self.papers.append(paper)

"""Which printer this workstation has, and the port to it. Its driver is a late room."""

from __future__ import annotations

from pathlib import Path

from pos.devices import file_printer, tcp_printer
from pos.devices.ports import PrinterPort
from pos.devices.simulated.printer import SimulatedPrinter
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class PrinterKind(StrEnum):
    """How the printer is reached."""

    TCP = "tcp"
    FILE = "file"
    NONE = "none"
    # In memory: for scripts and exercises, never named in a machine's settings.
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """One printer. `profile` names what it is like (the paper room knows the names); `answers` whether it proves a
    printed job, which only an ESC/POS printer on TCP can; `path` is a folder, a device or a single file;
    `drawer_open_is_high` what its drawer's switch means, None where no drawer tells; `limits` None are the usual ones.
    """

    kind: PrinterKind = PrinterKind.NONE
    host: str = ""
    port: int = 9100
    path: Path | None = None
    profile: str = "80mm-48-cp852"
    answers: bool = True
    drawer_open_is_high: bool | None = None
    limits: tcp_printer.TimeLimits | None = None

    def __post_init__(self) -> None:
        if self.kind is PrinterKind.TCP and not (self.host and 0 < self.port < 65536):
            raise ValueError("a TCP printer needs a host and a port")
        if self.kind is PrinterKind.FILE and self.path is None:
            raise ValueError("a file printer needs a path")


def open_printer(settings: PrinterSettings) -> PrinterPort | None:
    """The port for these settings; None where the workstation has no printer. Nothing is connected yet."""
    if settings.kind is PrinterKind.TCP:
        return tcp_printer.TcpPrinter(
            settings.host,
            settings.port,
            answers=settings.answers,
            drawer_open_is_high=settings.drawer_open_is_high,
            limits=settings.limits or tcp_printer.TimeLimits(),
        )
    if settings.kind is PrinterKind.SIMULATED:
        return SimulatedPrinter()
    if settings.kind is PrinterKind.FILE and settings.path is not None:
        return file_printer.FilePrinter(settings.path)
    return None

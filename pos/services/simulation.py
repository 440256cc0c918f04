"""Tell simulated devices how to be, in lane scripts and exercises; real ones are what they are."""

from __future__ import annotations

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.services.drawer import Drawer
from pos.services.paperwork import Devices, Paperwork


class SimulatedState(StrEnum):
    """How a simulated receipt printer can be."""

    OK = "ok"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"


class DrawerState(StrEnum):
    """How a simulated drawer can be."""

    OK = "ok"
    LEFT_OPEN = "left_open"


@dataclass(frozen=True, slots=True)
class Simulation:
    """The simulated devices of a workstation."""

    printer: SimulatedPrinter
    paperwork: Paperwork
    drawer: Drawer

    def printer_is(self, state: SimulatedState) -> None:
        """Let it fail, or work again: then what waited is printed, as it is at a till that asks its printer."""
        if state is SimulatedState.OK:
            self.printer.mend()
            self.paperwork.print_waiting()
        else:
            self.printer.fault = PrinterFault(state.value)

    def drawer_is(self, state: DrawerState) -> None:
        """Pull it open, or push it shut; it is seen at once, as it is at a till that asks its printer."""
        self.printer.drawer_open = state is DrawerState.LEFT_OPEN
        self.drawer.note(self.printer.status().drawer_open)


def simulation_of(devices: Devices, paperwork: Paperwork, drawer: Drawer) -> Simulation | None:
    """None where the devices are real."""
    return Simulation(devices.printer, paperwork, drawer) if isinstance(devices.printer, SimulatedPrinter) else None

"""Everything that is loaded after the first window is painted: the books, the services, the screens that need them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.shop import Mode
from pos.domain.trouble import KnownError
from pos.services import backup, demo_shop
from pos.services.demo_people import DEMO_WAYS_IN, demo_stands
from pos.services.desk import Clock
from pos.services.resolve import load_gs1
from pos.settings import MachineSettings, has_own_shop
from pos.ui import customer_screen, late_rooms, one_window
from pos.ui.fittings import Fittings
from pos.ui.line_scans import LineScans
from pos.ui.set_up import restore_screen
from pos.ui.set_up import screen as set_up
from pos.ui.shell import Shell
from pos.ui.touch_keyboard import TouchKeyboard
from pos.ui.trouble.screen import TroubleScreen
from pos.wording import Wording
from pos.workstation import Workstation, open_workstation

__all__ = [
    "Fittings",
    "LineScans",
    "Opened",
    "Shell",
    "TouchKeyboard",
    "TroubleScreen",
    "Wording",
    "close_books",
    "customer_screen",
    "load_later",
    "one_window",
    "open_books",
    "restore_screen",
    "set_up",
]


@dataclass(frozen=True, slots=True)
class Opened:
    """A shop that is open, and what its sign-in needs; `pins` only those of the demo shop."""

    workstation: Workstation
    pins: Mapping[str, str]
    recovered: bool
    may_set_up: bool = False


def open_books(
    settings: MachineSettings, folder: Path, number: int, *, demo: bool, clock: Clock | None = None
) -> Opened:
    """Open the shop, taking up the sale and the papers the program left when it ended. Blocks; touches no window.

    The demo shop is founded where it is missing. Raises KnownError.
    """
    if demo and not demo_stands(settings.home):
        folder = demo_shop.open_or_found(settings.home, clock)
    mode = Mode.DEMO if demo else Mode.LIVE
    workstation = open_workstation(folder, number=number, mode=mode, settings=settings, clock=clock)
    try:
        workstation.paperwork.recover()
        recovered = workstation.sale.recover() is not None
    except BaseException:
        workstation.close()
        raise
    may_set_up = demo and not has_own_shop(settings.home)
    return Opened(workstation, DEMO_WAYS_IN if demo else {}, recovered, may_set_up)


def load_later() -> None:
    """What a first scan can do without; a thread of its own loads it once the till has been ready for a while."""
    load_gs1()
    late_rooms.load_all()


def close_books(workstation: Workstation) -> KnownError | None:
    """Sign off, back the shop up and let go of it; answers what kept the backup from being made."""
    trouble: KnownError | None = None
    try:
        workstation.sign_on.sign_off()
        backup.back_up_at_end(workstation.desk.shop, workstation.desk.now())
    except KnownError as error:
        trouble = error
    workstation.close()
    return trouble

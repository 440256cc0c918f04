"""The books of a window: opened on a worker while the PIN is typed, closed in order at the end. No class of Qt in here,
nor in what this imports: see `late_rooms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.shop import Mode
from pos.domain.trouble import KnownError, of_the_system
from pos.services import backup, demo_shop
from pos.services import half_restore as late_half_restore
from pos.services.demo_people import DEMO_WAYS_IN, demo_stands
from pos.services.desk import Clock
from pos.settings import MachineSettings, has_own_shop, restored_beside
from pos.wording import Wording
from pos.workstation import Workstation, open_workstation

__all__ = ["Opened", "Wording", "close_books", "open_books"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A shop that is open, and what its sign-in needs; `pins` only those of the demo shop. `restored`: a restore that
    was interrupted had first to be finished.
    """

    workstation: Workstation
    pins: Mapping[str, str]
    recovered: bool
    may_set_up: bool = False
    restored: bool = False


def open_books(
    settings: MachineSettings, folder: Path, number: int, *, demo: bool, clock: Clock | None = None
) -> Opened:
    """Open the shop, taking up the sale and the papers the program left when it ended. Blocks; touches no window.

    The demo shop is founded where it is missing, a restore that was killed is finished. Raises KnownError.
    """
    mode = Mode.DEMO if demo else Mode.LIVE
    try:
        # Looked at here, so that nothing is loaded for what hardly ever was.
        restored = restored_beside(folder).exists() and late_half_restore.finish_restore(folder)
        if demo and not demo_stands(settings.home):
            folder = demo_shop.open_or_found(settings.home, clock)
        workstation = open_workstation(folder, number=number, mode=mode, settings=settings, clock=clock)
    except OSError as error:
        # A folder of somebody else, or one that may not be made.
        raise of_the_system(error) from error
    try:
        workstation.paperwork.recover()
        recovered = workstation.sale.recover() is not None
    except BaseException:
        workstation.close()
        raise
    may_set_up = demo and not has_own_shop(settings.home)
    return Opened(workstation, DEMO_WAYS_IN if demo else {}, recovered, may_set_up, restored)


def close_books(workstation: Workstation) -> KnownError | None:
    """Sign off, back the shop up and let go of it; answers what kept the backup from being made, or its books from
    holding.
    """
    trouble: KnownError | None = None
    try:
        workstation.sign_on.sign_off()
    except KnownError as error:
        trouble = error
    try:
        # Also where nobody could be signed off: what is in the books is worth no less.
        backup.back_up_at_end(workstation.desk.shop, workstation.desk.now())
    except KnownError as error:
        trouble = error
    workstation.close()
    return trouble

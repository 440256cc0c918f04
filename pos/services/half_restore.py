"""How a restored shop takes its place, and what becomes of a restore that was killed on the way.

The restored shop, complete and verified, stands beside the place under a name of its own; then what is in the place is
moved aside, and the restored shop moves in. Killed between the two moves no shop is left in the place: the next who
wants it finishes the second move. Killed before the first, the place is as it was, and the copy beside it is nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pos.domain.trouble import KnownError, Trouble
from pos.persistence.lane_lock import LaneLock
from pos.persistence.shop_folder import shop_exists
from pos.settings import restored_beside

_LANES = "workstation-[0-9][0-9].lock"


def finish_restore(shop_folder: Path) -> bool:
    """Put the restored shop of a killed restore in its place, where no shop is; whether there was one.

    Raises KnownError RESTORE_RUNNING, FILE_UNREADABLE.
    """
    if not restored_beside(shop_folder).exists() or shop_exists(shop_folder):
        return False
    with alone(shop_folder):
        return _finish(shop_folder)


def _finish(shop_folder: Path) -> bool:
    ready = restored_beside(shop_folder)
    if not ready.exists() or shop_exists(shop_folder):
        return False
    if shop_folder.exists():
        shop_folder.rmdir()
    ready.rename(shop_folder)
    return True


def take_place(building: Path, shop_folder: Path, kept: Path) -> None:
    """Move the finished shop in `building` to its place, and what is there to `kept`. Call it `alone`.

    Raises KnownError WORKSTATION_TAKEN where a program has the shop open, SHOP_EXISTS, OSError.
    """
    ready = restored_beside(shop_folder)
    if not _finish(shop_folder):
        # Of a restore that was killed before it moved anything.
        shutil.rmtree(ready, ignore_errors=True)
    building.rename(ready)
    try:
        with _no_lane(shop_folder):
            if os.path.lexists(kept):
                raise KnownError(Trouble.SHOP_EXISTS, folder=str(kept))
            if shop_exists(shop_folder):
                shop_folder.rename(kept)
            elif shop_folder.exists():
                shop_folder.rmdir()
            ready.rename(shop_folder)
    except BaseException:
        if shop_exists(shop_folder) or not kept.exists():
            shutil.rmtree(ready, ignore_errors=True)
        raise


@contextmanager
def alone(shop_folder: Path) -> Iterator[None]:
    """One restore of a shop at a time. Raises KnownError RESTORE_RUNNING, FILE_UNREADABLE for what a disk says."""
    path = shop_folder.with_name(f".{shop_folder.name}.restore.lock")
    try:
        shop_folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = LaneLock.of_file(path)
        if lock is None:
            raise KnownError(Trouble.RESTORE_RUNNING, folder=str(shop_folder))
        try:
            yield
        finally:
            # While it is held: whoever waits at a file that is gone looks again.
            with suppress(OSError):
                path.unlink()
            lock.release()
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(shop_folder), detail=error.strerror or str(error)) from error


def refuse_if_open(shop_folder: Path) -> None:
    """A program that has the shop open would go on selling into the books that were moved away.

    Raises KnownError WORKSTATION_TAKEN.
    """
    with _no_lane(shop_folder):
        pass


@contextmanager
def _no_lane(shop_folder: Path) -> Iterator[None]:
    """No workstation of this shop runs, and none begins meanwhile."""
    with ExitStack() as held:
        for lock in sorted(shop_folder.glob(_LANES)):
            held.callback(LaneLock.take(shop_folder, int(lock.stem[-2:])).release)
        yield

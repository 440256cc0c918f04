"""One program a workstation number: a lock the operating system drops when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.trouble import KnownError, Trouble

# Each system has only its own.
if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass(slots=True)
class LaneLock:
    """The held lock of one workstation number in one shop folder."""

    descriptor: int

    @classmethod
    def take(cls, folder: Path, number: int) -> LaneLock:
        """Take the number. Raises KnownError WORKSTATION_TAKEN where another program holds it, FILE_UNREADABLE."""
        path = folder / f"workstation-{number:02d}.lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            detail = error.strerror or str(error)
            raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=detail) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise KnownError(Trouble.WORKSTATION_TAKEN, workstation=number, folder=str(folder)) from error
        return cls(descriptor)

    @classmethod
    def of_file(cls, path: Path) -> LaneLock | None:
        """The lock of a file whose holder removes it; None where another program holds it. Raises OSError."""
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(descriptor)
            except OSError:
                os.close(descriptor)
                return None
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    return cls(descriptor)
            os.close(descriptor)

    def release(self) -> None:
        """Give the number back; twice does no harm."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

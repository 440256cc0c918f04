"""The world said no: a disk, a file, a lock. Shown with what to do, and worth another try; never a bug."""

from __future__ import annotations

from pos.domain.names import StrEnum


class Trouble(StrEnum):
    """What the world did."""

    BOOKS_MISSING = "BOOKS_MISSING"
    BOOKS_DAMAGED = "BOOKS_DAMAGED"
    BOOKS_NEWER = "BOOKS_NEWER"
    BOOKS_BEHIND = "BOOKS_BEHIND"
    BOOKS_LOCKED = "BOOKS_LOCKED"
    BOOKS_READ_ONLY = "BOOKS_READ_ONLY"
    KEYS_MISSING = "KEYS_MISSING"
    KEYS_WRONG = "KEYS_WRONG"
    DISK_FULL = "DISK_FULL"
    DISK_FAULT = "DISK_FAULT"
    WRONG_MODE = "WRONG_MODE"
    SHOP_EXISTS = "SHOP_EXISTS"
    SHOP_MISSING = "SHOP_MISSING"
    SHOP_IS_BACKUP = "SHOP_IS_BACKUP"
    WORKSTATION_TAKEN = "WORKSTATION_TAKEN"
    RESTORE_RUNNING = "RESTORE_RUNNING"
    BOOKS_UNSOUND = "BOOKS_UNSOUND"
    MIGRATION_FAILED = "MIGRATION_FAILED"
    BACKUP_UNREADABLE = "BACKUP_UNREADABLE"
    FILE_UNREADABLE = "FILE_UNREADABLE"
    SETTINGS_UNREADABLE = "SETTINGS_UNREADABLE"


class KnownError(Exception):
    """The environment is at fault, not the program. `facts` are the values the sentence needs."""

    def __init__(self, trouble: Trouble, **facts: object) -> None:
        super().__init__(f"{trouble} {facts}" if facts else str(trouble))
        self.trouble = trouble
        self.facts = facts


def of_the_system(error: OSError) -> KnownError:
    """What the operating system says of a file or folder, as a trouble. Raises the error itself where it names none."""
    if error.filename is None:
        raise error
    return KnownError(Trouble.FILE_UNREADABLE, file=str(error.filename), detail=error.strerror or str(error))

"""What kept the program's last backup from being made, noted beside the books until a backup succeeds.

Whoever starts the program from an icon sees nothing of what it says as it ends. On a full disk a file can mostly still
be made, though nothing can be written into it: an empty note says that there is no backup, if not why.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.trouble import KnownError, Trouble

NOTE = "backup-failed.json"


@dataclass(frozen=True, slots=True)
class FailedBackup:
    """When a backup failed, and why where that could be written down."""

    at: datetime
    why: KnownError | None


def note_failed_backup(shop_folder: Path, why: KnownError) -> None:
    """Note that no good backup was made just now. A folder that takes no file is said to whoever opens the shop."""
    facts = {name: value if isinstance(value, int) else str(value) for name, value in why.facts.items()}
    with suppress(OSError), open(shop_folder / NOTE, "w", encoding="utf-8", opener=_private) as file:
        json.dump({"trouble": why.trouble.value, "facts": facts}, file)


def forget_failed_backup(shop_folder: Path) -> None:
    """A backup succeeded."""
    with suppress(OSError):
        (shop_folder / NOTE).unlink(missing_ok=True)


def failed_backup(shop_folder: Path) -> FailedBackup | None:
    """What is noted; None where the last backup succeeded. One look at the disk."""
    try:
        at = datetime.fromtimestamp((shop_folder / NOTE).stat().st_mtime, UTC)
    except OSError:
        return None
    with suppress(OSError, ValueError, LookupError, TypeError):
        noted = json.loads((shop_folder / NOTE).read_text("utf-8"))
        return FailedBackup(at, KnownError(Trouble(noted["trouble"]), **noted["facts"]))
    return FailedBackup(at, None)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

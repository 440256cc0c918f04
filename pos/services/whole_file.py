"""A file for a person that is whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from pos.domain.trouble import KnownError, Trouble


def write_whole(path: Path, text: str) -> None:
    """Write a text file in place of what was there. Raises KnownError FILE_UNREADABLE."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)

"""A file for a person that is whole or not there, and what of a text a spreadsheet must not take for a formula."""

from __future__ import annotations

import os
import secrets
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


def write_privately(path: Path, content: bytes) -> None:
    """Write a file that only this user of the machine can read, its folder too. Raises KnownError FILE_UNREADABLE."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(content)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error


def plain_cell(text: str) -> str:
    """A text as a spreadsheet shows it, and never reckons with."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text

"""Printing into a folder, a device file or a single file."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path

from pos.devices.ports import Held, HeldReason, Printed, PrinterState, PrinterStatus, Sent, Unknown, UnknownWhy

_JOB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
SUFFIX = ".escpos"


class FilePrinter:
    """A path without a suffix is a folder that gets one file a job, named after it; a device gets the bytes; any other
    path is a file that holds the last job. Files appear whole or not at all, and are on disk when `send` returns.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, job: bytes, job_id: str) -> Sent:
        """Raises ValueError for a `job_id` that could name a file elsewhere."""
        if not _JOB_ID.match(job_id):
            raise ValueError(f"{job_id!r} names no print job")
        if _is_device(self._path):
            return _write_device(self._path, job)
        try:
            _write_whole(self._target(job_id), job)
        except OSError as refused:
            return Held(HeldReason.NOT_WRITABLE, str(refused))
        return Printed()

    def status(self) -> PrinterStatus:
        """Ready where a job could be written now."""
        if _is_device(self._path):
            return _state(os.access(self._path, os.W_OK))
        folder = self._path if self._is_folder() else self._path.parent
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return _state(folder.is_dir() and os.access(folder, os.W_OK | os.X_OK))

    def _is_folder(self) -> bool:
        return self._path.is_dir() or (not self._path.suffix and not self._path.exists())

    def _target(self, job_id: str) -> Path:
        return self._path / f"{job_id}{SUFFIX}" if self._is_folder() else self._path


def _state(writable: bool) -> PrinterStatus:
    return PrinterStatus(PrinterState.READY if writable else PrinterState.NOT_WRITABLE)


def _is_device(path: Path) -> bool:
    try:
        return stat.S_ISCHR(path.stat().st_mode)
    except OSError:
        return False


def _write_whole(target: Path, job: bytes) -> None:
    """Write beside, flush to disk, rename: a power cut leaves the old file or the new one."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(job)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened (Windows does not)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_device(path: Path, job: bytes) -> Sent:
    """A device takes bytes and proves nothing; once it took some, nobody knows what is on paper."""
    written = 0
    try:
        with path.open("wb", buffering=0) as device:
            while written < len(job):
                written += device.write(job[written:])
    except OSError as lost:
        if written:
            return Unknown(UnknownWhy.NOT_WRITABLE, str(lost))
        return Held(HeldReason.NOT_WRITABLE, str(lost))
    return Printed(proven=False)

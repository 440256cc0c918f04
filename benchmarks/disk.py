"""What it costs here to know that something is on the disk."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = b"\x00" * 4096
# The call SQLite makes where there is one; elsewhere the nearest to it.
_sync = getattr(os, "fdatasync", os.fsync)


class OnePage:
    """One page of a file, written and synced again and again."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def write(self) -> None:
        """Write it anew, not yet synced."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, _PAGE)

    def sync(self) -> None:
        """Wait until it is on the disk."""
        _sync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)

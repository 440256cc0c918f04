"""A bug: one hook saves a report and the screen says so plainly; the open sale was saved at every change."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion

from pos import VERSION

FOLDER_NAME = "reports"


def write_report(home: Path, error: BaseException) -> Path | None:
    """Save where in the program it failed, for its owner's eyes only; None where even that cannot be written.

    Kinds of errors and places in the source, never a message or a value: an amount, a name or a PIN may be in those.
    """
    folder = home / FOLDER_NAME
    now = datetime.now(UTC)
    lines = [
        f"Kassa {VERSION} · Python {sys.version.split()[0]} · Qt {qVersion()} · {sys.platform}",
        now.isoformat(timespec="seconds"),
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    path = folder / f"{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join((*lines, "")))
    except OSError:
        return None
    return path


def install(home: Path, tell: Callable[[Path | None], None]) -> Callable[[], None]:
    """Catch every exception nobody expected: save a report, then `tell`. Answers how to take the hook away again."""
    before = sys.excepthook
    telling = False

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal telling
        if isinstance(error, KeyboardInterrupt):
            before(kind, error, trace)
            return
        path = write_report(home, error.with_traceback(trace))
        if telling:
            return
        telling = True
        try:
            tell(path)
        finally:
            telling = False

    sys.excepthook = caught

    def remove() -> None:
        sys.excepthook = before

    return remove

"""What taking in a file has in common, whatever stands in it: who may, how far it is, and how it comes to nothing."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from pos.domain.item_columns import FileProblem, FileRefused, shown
from pos.domain.names import StrEnum
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.services.desk import Desk

# How many rows of a kind a report shows one by one; it counts them all.
SHOWN_MAX = 10_000

Report = TypeVar("Report")


class Stage(StrEnum):
    """What an import is at."""

    READING = "reading"
    CHECKING = "checking"
    WRITING = "writing"


Progress = Callable[[Stage, int], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):
    """Somebody asked to stop; nothing was committed."""


class FileWork(Generic[Report]):
    """One import on its way."""

    def __init__(self, desk: Desk, path: Path, progress: Progress, cancelled: Cancelled) -> None:
        self._desk = desk
        self._path = path
        self._progress = progress
        self._cancelled = cancelled

    @abstractmethod
    def run(self, operator: str | None) -> Report:
        """Do all of it. Raises FileRefused for a file that cannot be read, Stopped."""

    @abstractmethod
    def nothing(self, problem: FileProblem | None = None, *, cancelled: bool = False) -> Report:
        """The report of an import that came to nothing."""

    def _step(self, stage: Stage, rows: int) -> None:
        if self._cancelled():
            raise Stopped
        self._progress(stage, rows)


def run_import(
    desk: Desk, permission: Permission, work: FileWork[Report], *, from_command_line: bool
) -> Report | Refused:
    """Run it for who is signed on.

    The command line speaks for whoever owns the shop's folder: that person can do anything to the books already, so no
    sign-on stands in the way, and the journal says that nobody was signed on.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED.
    """
    operator = None
    if not from_command_line:
        permitted = desk.permit(permission)
        if isinstance(permitted, Refused):
            return permitted
        operator = permitted.id
    try:
        return work.run(operator)
    except FileRefused as error:
        return work.nothing(error.problem)
    except Stopped:
        return work.nothing(cancelled=True)


def shown_name(path: Path) -> str:
    """The file's own name without its folder, as text that can be written down whatever bytes it is made of."""
    return shown(os.fsencode(path.name).decode("utf-8", "replace"), 255)

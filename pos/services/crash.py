"""The process dies at a named point: how a lane script, an exercise or a test sees what a power cut leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from pos.domain.names import StrEnum
from pos.persistence.unit_of_work import Books, UnitOfWork
from pos.services.desk import Desk


class CrashPoint(StrEnum):
    """Where the process dies: around the commit of what is under way, before its paper is printed, or around the
    request to the card terminal: before it leaves, when it has, and when the bank has charged.
    """

    BEFORE_COMMIT = "before_commit"
    AFTER_COMMIT = "after_commit"
    BEFORE_PRINT = "before_print"
    BEFORE_TERMINAL = "before_terminal"
    AFTER_REQUEST = "after_request"
    AFTER_AUTHORISATION = "after_authorisation"


class ProcessDied(BaseException):
    """Nothing after this point ran, as after a power cut. Not an Exception: no service may mend it."""


@contextmanager
def dying_at_commit(desk: Desk, point: CrashPoint | None) -> Iterator[None]:
    """The next commit of any service at this desk dies where `point` says, for real: rows written, then rolled back."""
    if point not in {CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT}:
        yield
        return
    shop = desk.shop
    desk.shop = replace(shop, books=_DyingBooks(shop.books, commits=point is CrashPoint.AFTER_COMMIT))
    try:
        yield
    finally:
        desk.shop = shop


class _DyingBooks(Books):
    """Books whose next commit is the last thing that happens, or the first that does not."""

    def __init__(self, books: Books, *, commits: bool) -> None:
        self.path = books.path
        self._living = books
        self._commits = commits

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        with self._living.writing() as work:
            yield cast("UnitOfWork", _DyingWork(work, commits=self._commits))

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        with self._living.reading() as work:
            yield work

    @contextmanager
    def glancing(self) -> Iterator[UnitOfWork]:
        with self._living.glancing() as work:
            yield work


class _DyingWork:
    """A unit of work that is like any other up to its commit. The one beneath it is kept and serves again."""

    def __init__(self, work: UnitOfWork, *, commits: bool) -> None:
        self._work = work
        self._commits = commits

    def __getattr__(self, name: str) -> object:
        return getattr(self._work, name)

    def commit(self) -> None:
        if self._commits:
            self._work.commit()
        raise ProcessDied

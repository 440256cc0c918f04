"""Actions as entries: each QAction that has a name can be found, with its direct key, so that people learn it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction

from pos.ui.palette.entries import Entry, Group, synonyms, words_of
from pos.ui.shared.keys import key_name


def entries_of(
    actions: Iterable[QAction], detail: str, run: Callable[[QAction], Callable[[], None]], *, sleeping: bool = False
) -> list[Entry]:
    """The actions a person can name and use now.

    `sleeping` ones belong to a screen that does not show, where Qt calls all of them disabled.
    """
    return [
        _entry(action, detail, run(action))
        for action in actions
        if action.text() and action.isVisible() and (sleeping or action.isEnabled())
    ]


def _entry(action: QAction, detail: str, run: Callable[[], None]) -> Entry:
    known = synonyms().get(action.objectName())
    return Entry(
        Group.ACTIONS,
        action.text(),
        run,
        icon=known.icon if known is not None else "bolt",
        detail=detail,
        key=key_name(action.shortcut()),
        words=words_of(action.text(), *(known.words if known is not None else ())),
    )

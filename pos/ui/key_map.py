"""The shop's own keys: laid over those the screens were built with, before a person sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from pos.domain.keys import GLOBAL_KEYS, read_key, read_keys, refuse_key, write_keys
from pos.domain.refusal import Refused

_FIRST = "kassaFirstKey"
# The screen that the keys of all screens are named after.
_EVERYWHERE = "shell"


class KeyMap:
    """Which action has which key. `change` is asked with the actions that work along with it and refuses conflicts."""

    def __init__(self, text: str = "", build: Callable[[], object] = lambda: None) -> None:
        """`build` makes the screens there are not yet, for whoever wants to see all keys."""
        self._chosen: dict[str, str] = read_keys(text)
        self._build = build
        self._known: dict[str, QAction] = {}

    @property
    def text(self) -> str:
        """All chosen keys on one line, as the setting `keys` holds them."""
        return write_keys(self._chosen)

    @property
    def chosen(self) -> Mapping[str, str]:
        return dict(self._chosen)

    def apply(self, actions: Iterable[QAction]) -> None:
        """Give actions their chosen keys. A key that has come to mean two things on one screen is left as built."""
        known = list(actions)
        self._known |= {action.objectName(): action for action in known}
        for action in known:
            wanted = self._chosen.get(action.objectName())
            if wanted is not None and refuse_key(action.objectName(), wanted, keys_of(known)) is None:
                _set_first(action, wanted)

    def change(self, action: QAction, wanted: str, beside: Iterable[QAction]) -> Refused | None:
        """Give an action another key, now. Refused: KEY_UNREADABLE, KEY_RESERVED, KEY_TAKEN; nothing was changed."""
        refused = refuse_key(action.objectName(), wanted, keys_of([action, *beside]))
        if refused is not None:
            return refused
        _set_first(action, wanted)
        self._chosen[action.objectName()] = QKeySequence(wanted).toString()
        return None

    def all(self) -> list[QAction]:
        """Every action whose key can be another one, screen by screen in the order they were built."""
        self._build()
        return [
            action
            for name, action in self._known.items()
            if name and action.text() and not any(key in GLOBAL_KEYS for key in map(read_key, keys_of([action])[name]))
        ]

    def beside(self, action: QAction) -> list[QAction]:
        """Everything that works along with an action: its screen's keys and those of every screen."""
        screen = _screen_of(action)
        if screen == _EVERYWHERE:
            return list(self._known.values())
        return [other for other in self._known.values() if _screen_of(other) in (screen, _EVERYWHERE)]

    def restore(self, actions: Iterable[QAction]) -> None:
        """Give actions the keys they were built with."""
        for action in actions:
            self._chosen.pop(action.objectName(), None)
            built = action.property(_FIRST)
            if isinstance(built, str):
                action.setShortcuts([QKeySequence(built), *action.shortcuts()[1:]])


def keys_of(actions: Iterable[QAction]) -> dict[str, list[str]]:
    """The keys of actions by name, as texts."""
    return {action.objectName(): [key.toString() for key in action.shortcuts()] for action in actions}


def _screen_of(action: QAction) -> str:
    return action.objectName().partition(".")[0]


def _set_first(action: QAction, key: str) -> None:
    keys = action.shortcuts()
    if not isinstance(action.property(_FIRST), str):
        action.setProperty(_FIRST, keys[0].toString() if keys else "")
    action.setShortcuts([QKeySequence(key), *keys[1:]])

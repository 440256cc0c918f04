"""The keys that work on every screen: what they do, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pos.speech import Speech
from pos.ui.places import Place


class ShellKeys:
    """The actions a widget has for all that stands in it. A place's key works only for who may see the place."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self._actions: list[QAction] = []
        self._places: dict[str, QAction] = {}

    def add(self, name: str, key: str, trigger: Callable[[], object]) -> QAction:
        """A key of the shell; an empty one can be given a key by the shop."""
        action = QAction(self._owner)
        action.setObjectName(f"shell.keys.{name}")
        if key:
            action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _=False: trigger())
        self._owner.addAction(action)
        self._actions.append(action)
        return action

    def action(self, name: str) -> QAction:
        """The key of this name."""
        return next(action for action in self._actions if action.objectName() == f"shell.keys.{name}")

    def show(self, name: str, *, shown: bool) -> None:
        """A key for what this till may not have."""
        action = self.action(name)
        action.setEnabled(shown)
        action.setVisible(shown)

    def add_places(self, places: Iterable[Place], open_place: Callable[[str], object]) -> None:
        """A key for each place there is."""
        for place in places:
            key = f"Ctrl+{place.number}" if place.number else place.shortcut
            self._places[place.name] = self.add(f"place_{place.name}", key, partial(open_place, place.name))

    def show_places(self, places: Iterable[Place], seen: Iterable[Place], words: Speech) -> None:
        """Say the places' names, and let nobody come by key to one that is not seen."""
        names = {place.name for place in seen}
        for place in places:
            key = self._places[place.name]
            key.setText(words.say(place.title))
            key.setEnabled(place.name in names)
            key.setVisible(place.name in names)

    def set_words(self, words: Speech) -> None:
        said = shell_key_words(words)
        for action in self._actions:
            action.setText(said.get(action.objectName(), ""))


def shell_key_words(words: Speech) -> dict[str, str]:
    """By the action's object name; the places say their own names."""
    say = words.say
    return {
        "shell.keys.help": say("Help"),
        "shell.keys.palette": say("Find anything or run a command"),
        "shell.keys.region": say("Next region"),
        "shell.keys.messages": say("Messages of this sign-on"),
        "shell.keys.lock": say("Lock"),
        "shell.keys.reprint": say("Print the last receipt again"),
        "shell.keys.customer": say("Play the customer at the terminal"),
        "shell.keys.person": say("Language and colours"),
        "shell.keys.end": say("Close Kassa"),
    }

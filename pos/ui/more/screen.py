"""More: everything that is not needed every minute, as large buttons with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.screen import Screen
from pos.ui.shared.shelf import ButtonShelf
from pos.wording import Wording

_COLUMNS = 2
_KEYS_MAX = 9


@dataclass(frozen=True, slots=True)
class MoreEntry:
    """A way on, its words as the source says them: they change with the language."""

    name: str
    icon: str
    title: str
    meaning: str = ""


class MoreScreen(Screen):
    """Signals: chosen(str) the name of the entry."""

    words: Wording
    chosen = Signal(str)

    def __init__(self, words: Wording) -> None:
        super().__init__("more", words)
        self._entries: list[MoreEntry] = []
        self.buttons: list[ActionButton] = []
        self._choices: list[QAction] = [
            self.add_key(f"entry{number}", f"Alt+{number}", partial(self._choose, number - 1), in_key_bar=False)
            for number in range(1, _KEYS_MAX + 1)
        ]
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        self._shelf = ButtonShelf(across_max=_COLUMNS)
        column.addWidget(self._shelf)
        column.addStretch(1)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("More")

    def set_entries(self, entries: Sequence[MoreEntry]) -> None:
        """What this operator may open, in order."""
        if list(entries) == self._entries:
            return
        self._entries = list(entries)
        self.buttons = []
        for at, entry in enumerate(self._entries):
            key = f"Alt {at + 1}" if at < _KEYS_MAX else ""
            button = ActionButton("", entry.icon, key=key, align="left", height=88, tile="info")
            button.clicked.connect(lambda _=False, at=at: self._choose(at))
            self.name_child(button, "entries", entry.name)
            self.buttons.append(button)
        self._shelf.set_buttons(self.buttons)
        self.retranslate()

    def retranslate(self) -> None:
        self._back.setText(self.words.say("Back"))
        for button, entry in zip(self.buttons, self._entries, strict=True):
            button.set_detail(self.words.say(entry.meaning) if entry.meaning else "")
            button.set_text(self.words.say(entry.title))
        for at, choice in enumerate(self._choices):
            known = at < len(self._entries)
            choice.setVisible(known)
            choice.setText(self.words.say(self._entries[at].title) if known else "")

    def _choose(self, at: int) -> None:
        if at < len(self._entries):
            self.chosen.emit(self._entries[at].name)

"""Words side by side, one of them chosen, as the state of goods or why they come back. Alt and a number choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.shelf import ButtonShelf

BY_KEY = 9


class Chips(QWidget):
    """Signals: chosen(str) the code a person chose."""

    chosen = Signal(str)

    def __init__(self, screen: str) -> None:
        super().__init__()
        self._screen = screen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._shelf = ButtonShelf(gap=6)
        column.addWidget(self._shelf)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ActionButton] = {}

    def show_words(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Codes with their words, in order."""
        for button in self.buttons.values():
            self._group.removeButton(button)
        self.buttons = {}
        for number, (code, words) in enumerate(choices, start=1):
            button = ActionButton(words, key=f"Alt {number}" if number <= BY_KEY else "", height=48, px=15)
            button.set_checked_kind("selected")
            button.setObjectName(f"{self._screen}.chips.{code}")
            button.setChecked(code == chosen)
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
            self._group.addButton(button)
            self.buttons[code] = button
        self._shelf.set_buttons(list(self.buttons.values()))

    def choose(self, number: int) -> None:
        """The choice of this number, from 1; one that is not there changes nothing."""
        if 0 < number <= len(self.buttons):
            list(self.buttons.values())[number - 1].click()

"""Reasons side by side, one of them chosen; Alt and a number choose too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from pos.domain.reasons import Reason
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import Wording

REASONS_BY_KEY = 9


class ReasonChips(QWidget):
    """Signals: chosen(str) the code of the reason a person chose."""

    chosen = Signal(str)

    def __init__(self, screen: str) -> None:
        super().__init__()
        self._screen = screen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = Label("", 15, 600)
        self._shelf = ButtonShelf(gap=8)
        column.addWidget(self._title)
        column.addWidget(self._shelf)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ActionButton] = {}

    @property
    def choice(self) -> str:
        """The reason chosen; empty where none is yet."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def show_reasons(self, reasons: Sequence[Reason], words: Wording) -> None:
        """The shop's list; what was chosen stays so."""
        kept = self.choice
        self._title.setText(words.say("Reason"))
        for button in self.buttons.values():
            self._group.removeButton(button)
        self.buttons = {}
        for number, reason in enumerate(reasons, 1):
            key = f"Alt {number}" if number <= REASONS_BY_KEY else ""
            button = ActionButton(words.reason(reason), key=key, height=52, px=15)
            button.set_checked_kind("selected")
            button.setObjectName(f"{self._screen}.reason.{reason.code}")
            button.setChecked(reason.code == kept)
            button.clicked.connect(lambda _=False, code=reason.code: self.chosen.emit(code))
            self._group.addButton(button)
            self.buttons[reason.code] = button
        self._shelf.set_buttons(list(self.buttons.values()))

    def choose(self, number: int) -> None:
        """The reason of this number, from 1; one that is not there changes nothing."""
        if 0 < number <= len(self.buttons):
            list(self.buttons.values())[number - 1].click()

    def forget(self) -> None:
        """None is chosen any more."""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

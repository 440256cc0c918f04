"""Choices that would not stand side by side on the smallest screen: two to a row, one of them or any of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos.ui.shared.buttons import ActionButton

_HEIGHT = 44
_BLANK, _TICKED = "radio_button_unchecked", "check_circle"


class ChoiceGrid(QWidget):
    """Signals: changed() a person chose otherwise (not sent by `choose`)."""

    changed = Signal()

    def __init__(self, name: str, *, many: bool = False, columns: int = 2) -> None:
        """`name` begins the names of the buttons; `many` lets any number be chosen."""
        super().__init__()
        self._name = name
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self.buttons: dict[str, ActionButton] = {}

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and their words, in order; what was chosen stays chosen where it is still there."""
        kept = self.chosen
        if list(self.buttons) != [key for key, _ in choices]:
            self._rebuild([key for key, _ in choices])
        for key, text in choices:
            self.buttons[key].set_text(text)
        self.choose(*kept)

    def _rebuild(self, keys: Sequence[str]) -> None:
        for old in self.buttons.values():
            self._group.removeButton(old)
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for place, key in enumerate(keys):
            button = ActionButton("", _BLANK, align="left", height=_HEIGHT, px=15)
            button.set_checked_kind("soft")
            button.setObjectName(f"{self._name}.{key}")
            button.toggled.connect(lambda on, button=button: button.set_icon(_TICKED if on else _BLANK))
            button.clicked.connect(lambda _=False: self.changed.emit())
            self._group.addButton(button)
            self._grid.addWidget(button, *divmod(place, self._columns))
            self.buttons[key] = button

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys chosen now."""
        return tuple(key for key, button in self.buttons.items() if button.isChecked())

    @property
    def choice(self) -> str:
        """The one key chosen now; empty where there is none."""
        return next(iter(self.chosen), "")

    def choose(self, *keys: str) -> None:
        """These, and no others."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for key, button in self.buttons.items():
            button.setChecked(key in keys)
        self._group.setExclusive(exclusive)

    def set_enabled(self, keys: Iterable[str]) -> None:
        """Only these may be changed."""
        may = set(keys)
        for key, button in self.buttons.items():
            button.setEnabled(key in may)

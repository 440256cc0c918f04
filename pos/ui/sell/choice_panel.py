"""A panel with a few things of which one is taken: by touch, by Alt and its number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.scrolled import own_viewport
from pos.ui.shared.text import Label

_KEYS_MAX = 9


class ChoicePanel(SidePanel):
    """Signals: chosen(str) the code of what a person took."""

    chosen = Signal(str)

    def __init__(self, name: str, icon: str) -> None:
        super().__init__(name, icon)
        self._codes: list[str] = []
        self._chosen = -1
        self.buttons: list[ActionButton] = []
        self.sentence = Label("", 15, 450, tone="text2", wrap=True)
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self._list.addStretch(1)
        self._shelf = shelf = QScrollArea(self)
        own_viewport(shelf)
        shelf.setWidget(inside)
        shelf.setWidgetResizable(True)
        shelf.setFrameShape(QFrame.Shape.NoFrame)
        shelf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shelf.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.sentence)
        self.column.addWidget(shelf, 1)

    def offer(self, sentence: str, choices: Sequence[tuple[str, str, str]], *, chosen: int = -1) -> None:
        """Codes, their words and a second line, in order. With one `chosen`, the arrows and Enter choose too."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        for old in self.buttons:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._codes, self.buttons = [code for code, _, _ in choices], []
        for number, (code, text, detail) in enumerate(choices, start=1):
            key = f"Alt {number}" if number <= _KEYS_MAX else ""
            height = 60 if detail else 48
            button = ActionButton(
                text, kind="outlined", key=key, key_place="end", align="left", px=15, detail=detail, height=height
            )
            button.describe(", ".join(filter(None, (text, detail))), key or "↑ ↓ Enter")
            button.setObjectName(f"sell.{self.name}.choice{number}")
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
            self._list.insertWidget(number - 1, button)
            self.buttons.append(button)
        self._chosen = chosen
        self.step(0)

    def press(self, number: int) -> None:
        if number <= len(self._codes):
            self.chosen.emit(self._codes[number - 1])

    def step(self, by: int) -> None:
        if self._chosen < 0 or not self.buttons:
            return
        self._chosen = min(max(self._chosen + by, 0), len(self.buttons) - 1)
        for at, button in enumerate(self.buttons):
            button.set_kind("selected" if at == self._chosen else "outlined")
        self._shelf.ensureWidgetVisible(self.buttons[self._chosen])
        announce(self.buttons[self._chosen])

    def unfinished(self) -> object:
        return self._chosen

    def take_up(self, unfinished: int) -> None:
        self._chosen = unfinished
        self.step(0)

    def confirm(self) -> None:
        if 0 <= self._chosen < len(self._codes):
            self.chosen.emit(self._codes[self._chosen])

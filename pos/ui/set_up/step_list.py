"""The list of steps at the left: what is done, where one is, what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.shared.cards import Icon
from pos.ui.shared.notices import set_ground
from pos.ui.shared.rail import Logo
from pos.ui.shared.text import Label

_WIDTH = 264


class StepList(QWidget):
    """Read, not pressed: each step is held against the rules before the next is shown."""

    def __init__(self, count: int) -> None:
        super().__init__()
        set_ground(self, "rail")
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 16, 24)
        column.setSpacing(18)
        column.addWidget(Logo(56))
        self._title = Label("", 22, 700, tone="rail_on", wrap=True)
        column.addWidget(self._title)
        self._rows: list[tuple[Icon, Label]] = []
        for _ in range(count):
            row = QHBoxLayout()
            row.setSpacing(12)
            icon, label = Icon("radio_button_unchecked", 24, colour="rail_text"), Label("", 16, 500, tone="rail_text")
            row.addWidget(icon)
            row.addWidget(label, 1)
            column.addLayout(row)
            self._rows.append((icon, label))
        column.addStretch(1)

    def set_words(self, title: str, steps: Sequence[str]) -> None:
        self._title.setText(title)
        for (_, label), text in zip(self._rows, steps, strict=True):
            label.setText(text)

    def show_step(self, number: int) -> None:
        """Mark where one is; the word "done" is the check mark's, the colour says it once more."""
        for place, (icon, label) in enumerate(self._rows):
            name = "check_circle" if place < number else "radio_button_checked" if place == number else ""
            icon.set_icon(name or "radio_button_unchecked", colour="rail_on" if place <= number else "rail_text")
            label.set_tone("rail_on" if place <= number else "rail_text")

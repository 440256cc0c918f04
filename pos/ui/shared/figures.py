"""Labels with their amounts, one below the other, as on a bill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.shared.notices import set_ground
from pos.ui.shared.text import Label

Figure = tuple[str, str]


class Figures(QWidget):
    """As many as are shown; a screen reader gets them as one sentence."""

    def __init__(self) -> None:
        super().__init__()
        set_ground(self, "none")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._lines: list[tuple[Label, Label]] = []

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """These instead of what was there."""
        while len(self._lines) < len(figures):
            name, amount = Label("", 15, 450, tone="text2", wrap=True), Label("", 15, 550)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, label in enumerate((name, amount)):
                self._grid.addWidget(label, len(self._lines), column)
            self._lines.append((name, amount))
        for number, (name, amount) in enumerate(self._lines):
            shown = figures[number] if number < len(figures) else ("", "")
            name.setText(shown[0])
            amount.setText(shown[1])
            for label in (name, amount):
                label.setVisible(number < len(figures))
        self.setAccessibleName(", ".join(f"{name} {amount}" for name, amount in figures))
        self.setVisible(bool(figures))

"""The dark half of the sign-in: whose till this is, the time, and what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.cards import Card, Icon, rule
from pos.ui.shared.notices import set_ground
from pos.ui.shared.rail import Logo
from pos.ui.shared.text import ElidedLabel, Label

FACE_WIDTH_MAX = 470
FACE_WIDTH_MIN = 352
# Four lines fit the smallest window beside whatever else may stand there.
SPECIALS_MAX = 4
_EDGE, _EDGE_NARROW = 34, 16


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One measured fact: its icon, its word, what was measured."""

    icon: str
    text: str
    detail: str


class Face(QWidget):
    """Logo, shop, clock, facts; below them, in `ways`, whatever leads elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_ground(self, "rail")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 38, _EDGE, 28)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Logo(56))
        names = QVBoxLayout()
        names.setSpacing(2)
        self._name = Label("Kassa", 22, 700, tone="rail_on")
        self._shop = Label("", 15, 450, tone="rail_text", wrap=True)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._shop)
        names.addStretch(1)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addStretch(3)
        self._clock = Label("", 88, 700, tone="rail_on")
        self._day = Label("", 20, 450, tone="rail_text")
        column.addWidget(self._clock)
        column.addWidget(self._day)
        column.addSpacing(32)
        self._facts = Card("ink", padding=0, spacing=0)
        self._facts.column.setContentsMargins(18, 6, 18, 6)
        self._facts.hide()
        column.addWidget(self._facts)
        column.addStretch(2)
        self._today = self._build_today()
        column.addWidget(self._today)
        self.ways = QVBoxLayout()
        self.ways.setSpacing(10)
        column.addLayout(self.ways)
        self._words: list[tuple[Label, Label, Icon]] = []

    def _build_today(self) -> QWidget:
        today = QWidget()
        row = QHBoxLayout(today)
        row.setContentsMargins(0, 12, 0, 16)
        row.setSpacing(14)
        row.addWidget(Icon("campaign", 22, colour="rail_on", fill=1), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        self._today_title = Label("", 15, 600, tone="rail_on")
        said.addWidget(self._today_title)
        self._today_lines = [ElidedLabel("", 14, 450, tone="rail_text") for _ in range(SPECIALS_MAX)]
        for line in self._today_lines:
            said.addWidget(line)
        row.addLayout(said, 1)
        today.hide()
        return today

    def set_specials(self, title: str, lines: Sequence[str]) -> None:
        """What is on today, as many lines as there is room for; nothing shows for nothing."""
        self._today_title.setText(title)
        for at, label in enumerate(self._today_lines):
            label.setText(lines[at] if at < len(lines) else "")
            label.setVisible(at < len(lines))
        self._today.setVisible(bool(lines))

    def set_width(self, width: int) -> None:
        """A narrow one spends less of its width on its edges."""
        self.setFixedWidth(width)
        edge = _EDGE_NARROW if width < (FACE_WIDTH_MIN + FACE_WIDTH_MAX) // 2 else _EDGE
        self._column.setContentsMargins(edge, 38, edge, 28)

    def set_shop(self, text: str) -> None:
        """The shop's name and number, once the books are open."""
        self._shop.setText(text)

    def set_time(self, time: str, day: str) -> None:
        self._clock.setText(time)
        self._day.setText(day)
        self._clock.setAccessibleName(time)

    def set_facts(self, rows: Sequence[FaceRow]) -> None:
        """What was measured; nothing shows for nothing."""
        if len(rows) != len(self._words):
            self._rebuild(len(rows))
        for (text, detail, icon), row in zip(self._words, rows, strict=True):
            text.setText(row.text)
            detail.setText(row.detail)
            icon.set_icon(row.icon)
        self._facts.setVisible(bool(rows))

    def _rebuild(self, count: int) -> None:
        while (entry := self._facts.column.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.deleteLater()
        self._words = []
        for number in range(count):
            if number:
                self._facts.column.addWidget(rule())
            row = QFrame()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 10, 0, 10)
            line.setSpacing(12)
            icon = Icon("info", 22, colour="rail_text", fill=1)
            text, detail = Label("", 15, 600, tone="rail_on"), Label("", 14, tone="rail_text")
            line.addWidget(icon)
            line.addWidget(text)
            line.addStretch(1)
            line.addWidget(detail)
            self._facts.column.addWidget(row)
            self._words.append((text, detail, icon))

"""The rail: where the program can go, always at the same place. It shows what it is given and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import line, rounded
from pos.ui.shared.notices import set_ground
from pos.ui.theme import current, draw_icon, font

RAIL_WIDTH = 88
RAIL_WIDTH_NARROW = 64
# A window smaller than this leaves the words of the rail no room.
_ROOM = QSize(1200, 760)
_ENTRY = (76, 66)
_ENTRY_NARROW = (52, 52)
# DESIGN: 60 % while tendering.
_DIMMED = 0.6


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One place to go: `name` tells entries apart, `key` is its shortcut as printed."""

    name: str
    icon: str
    text: str
    key: str = ""


class Logo(QWidget):
    """The K on its square."""

    def __init__(self, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), self.width() * 0.24, t.primary, None)
        painter.setFont(font(round(self.width() * 0.52), 760, display=True))
        painter.setPen(QColor(t.onprimary))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "K")


class RailButton(PaintedButton):
    """An entry of the rail, or Lock at its foot."""

    radius = 12.0

    def __init__(self, entry: RailEntry, *, checkable: bool = True) -> None:
        super().__init__()
        self.setCheckable(checkable)
        self.setFixedSize(*_ENTRY)
        self._narrow = False
        self._dimmed = False
        self.set_entry(entry)

    def set_narrow(self, *, narrow: bool) -> None:
        """Without its word, which its name and its tooltip go on saying."""
        self._narrow = narrow
        self.setFixedSize(*(_ENTRY_NARROW if narrow else _ENTRY))
        self.update()

    def set_dimmed(self, *, dimmed: bool) -> None:
        """Fainter, and as usable as ever: what the customer is paying for comes first."""
        self._dimmed = dimmed
        self.update()

    def set_entry(self, entry: RailEntry) -> None:
        self._icon = entry.icon
        self.setText(entry.text)
        self.describe(entry.text, entry.key)
        self.setToolTip(f"{entry.text} {entry.key}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._dimmed:
            painter.setOpacity(_DIMMED)
        chosen = self.isChecked()
        if chosen or self.isDown():
            rounded(painter, rect, self.radius, t.rail_sel, None)
        if self.hasFocus():
            rounded(painter, rect, self.radius, None, t.rail_on, width=2)
        colour = t.rail_on if chosen or self.underMouse() else t.rail_text
        top = (self.height() - 26) / 2 if self._narrow else 10
        draw_icon(painter, QRectF((self.width() - 26) / 2, top, 26, 26), self._icon, colour, 1 if chosen else 0)
        if self._narrow:
            return
        line(
            painter,
            QRectF(1, 38, 74, 20),
            self.text(),
            face=font(12, 650 if chosen else 500),
            colour=colour,
            align=Qt.AlignmentFlag.AlignHCenter,
        )


class Rail(QWidget):
    """Logo, entries, Lock.

    Signals: chosen(str) the name of the entry a person chose; lock().
    """

    chosen = Signal(str)
    lock = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(RAIL_WIDTH)
        set_ground(self, "rail")
        self.setObjectName("rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 12, 6, 6)
        column.setSpacing(2)
        column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(9)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(2)
        column.addLayout(self._entries)
        column.addStretch(1)
        self.lock_button = RailButton(RailEntry("lock", "lock", ""), checkable=False)
        self.lock_button.setObjectName("rail.lock")
        self.lock_button.clicked.connect(self.lock)
        self.lock_button.hide()
        column.addWidget(self.lock_button)
        self._group = QButtonGroup(self)
        self._narrow = False
        self.buttons: dict[str, RailButton] = {}

    def set_entries(self, entries: Sequence[RailEntry], lock: RailEntry | None = None) -> None:
        """What shows, in order; Lock shows only if given. The same names again only get their new words."""
        if [entry.name for entry in entries] == list(self.buttons):
            for entry in entries:
                self.buttons[entry.name].set_entry(entry)
        else:
            self._rebuild(entries)
        self.lock_button.setVisible(lock is not None)
        if lock is not None:
            self.lock_button.set_entry(lock)

    def _rebuild(self, entries: Sequence[RailEntry]) -> None:
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._entries.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for entry in entries:
            button = RailButton(entry)
            button.set_narrow(narrow=self._narrow)
            button.setObjectName(f"rail.{entry.name}")
            button.clicked.connect(lambda _=False, name=entry.name: self.chosen.emit(name))
            self._group.addButton(button)
            self._entries.addWidget(button)
            self.buttons[entry.name] = button

    def fit(self, window: QSize) -> None:
        """Icons alone in a window that has little room."""
        narrow = window.width() < _ROOM.width() or window.height() < _ROOM.height()
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(RAIL_WIDTH_NARROW if narrow else RAIL_WIDTH)
        for button in (*self.buttons.values(), self.lock_button):
            button.set_narrow(narrow=narrow)

    def set_dimmed(self, *, dimmed: bool) -> None:
        """While somebody pays the ways elsewhere step back; they still lead there."""
        for button in (*self.buttons.values(), self.lock_button):
            button.set_dimmed(dimmed=dimmed)

    def select(self, name: str) -> None:
        """Mark where the program is."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

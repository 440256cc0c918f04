"""One of a few: segmented control and tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import focus_ring, line, rounded, text_width
from pos.ui.theme import current, font

_PX, _SMALL = 15, 13
_AROUND, _CLOSE = 24, 12


class _Segment(PaintedButton):
    """One choice; the chosen one stands on a raised ground."""

    radius = 9.0
    px = _PX

    def __init__(self, text: str, height: int) -> None:
        super().__init__()
        self._badge = ""
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.describe(text, "← →")

    def set_badge(self, badge: str) -> None:
        self._badge = badge
        self.describe(f"{self.text()}, {badge}" if badge else self.text(), "← →")
        self.updateGeometry()
        self.update()

    def _badge_width(self) -> float:
        return text_width(self._badge, font(13, 600)) + 22 if self._badge else 0

    def sizeHint(self) -> QSize:
        return self.size_at(_PX, _AROUND)

    def minimumSizeHint(self) -> QSize:
        """Where the row is short of room the words stand closer, and are smaller; they are never cut."""
        return self.size_at(_SMALL, _CLOSE)

    def size_at(self, px: int, around: int) -> QSize:
        """How large it is with words of that size, and so much room around them."""
        width = text_width(self.text(), font(px, 600)) + around + (self._badge_width() + 8 if self._badge else 0)
        return QSize(max(int(width) + 1, 56), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        if self.isChecked():
            rounded(painter, rect, self.radius, t.surface, t.border)
        if self.hasFocus():
            focus_ring(painter, rect, self.radius, t)
        face = font(self.px, 600 if self.isChecked() else 500)
        width = text_width(self.text(), face)
        badge = self._badge_width()
        left = (self.width() - width - (badge + 8 if badge else 0)) / 2
        line(
            painter,
            QRectF(left, 0, width + 2, self.height()),
            self.text(),
            face=face,
            colour=t.text if self.isChecked() else t.text2,
        )
        if badge:
            chip = QRectF(left + width + 8, self.height() / 2 - 10, badge, 20)
            rounded(painter, chip, 10, t.ok_soft, t.ok_line)
            painter.setFont(font(13, 600))
            painter.setPen(QColor(t.ok))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._badge)


class SegmentedControl(QFrame):
    """A row of choices of which one is chosen.

    Signals: chosen(str) the key of the choice a person made (not sent by `choose`).
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]] = (), *, height: int = 44) -> None:
        super().__init__()
        self.setProperty("card", "tabs")
        self._height = height
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 0, 4, 0)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, _Segment] = {}
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and their words, in order; the choice made is kept if it is still there."""
        kept = self.choice
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for key, text in choices:
            button = _Segment(text, self._height)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.buttons[key] = button
            self._group.addButton(button)
            self._row.addWidget(button)
        self.choose(kept if kept in self.buttons else next(iter(self.buttons), ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        buttons = self.buttons.values()
        room = self.width() - 8 - self._row.spacing() * (len(buttons) - 1)
        fits = sum(button.size_at(_PX, _CLOSE).width() for button in buttons) <= room
        for button in buttons:
            button.px = _PX if fits else _SMALL

    @property
    def choice(self) -> str:
        """The key chosen now; empty where there is none."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def choose_none(self) -> None:
        """What holds is none of the choices."""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_text(self, key: str, text: str) -> None:
        """New words for one choice."""
        self.buttons[key].setText(text)
        self.buttons[key].describe(text, "← →")
        self.buttons[key].updateGeometry()

    def set_badge(self, key: str, badge: str) -> None:
        """A number beside the words; empty takes it away."""
        self.buttons[key].set_badge(badge)


class Tabs(SegmentedControl):
    """The same as a full-width row above what it switches."""

    def __init__(self, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(choices, height=44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

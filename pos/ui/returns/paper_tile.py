"""One paper of a return as a tile that is ticked or not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QAction, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import broken, keycap, keycap_width, line, rounded, text_width
from pos.ui.theme import current, draw_icon, font

LEAST, MOST = 60, 92
_BOX, _LEFT = 28.0, 14.0
_WORDS = _LEFT + _BOX + 12 + 24 + 12
_LEAST_WORDS = 120


class PaperTile(PaintedButton):
    """Ticked is said by the box, the ground and the accessible name alike.

    Signals: looked() somebody points at it.
    """

    radius = 12.0
    looked = Signal()

    def __init__(self, icon: str, action: QAction | None) -> None:
        super().__init__()
        self.picture, self._detail, self._title = icon, "", ""
        self.ticked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(LEAST)
        self.setMaximumHeight(MOST)
        if action is not None:
            self.follow(action)

    def show_paper(self, title: str, detail: str, *, ticked: bool, said: str) -> None:
        """`said` is the word for being ticked or not."""
        self._title, self._detail, self.ticked = title, detail, ticked
        self.set_kind("selected" if ticked else "secondary")
        self.describe(", ".join(filter(None, (title, detail, said))), self.key)
        self.setToolTip(title)
        self.update()

    @property
    def detail(self) -> str:
        return self._detail

    def sizeHint(self) -> QSize:
        words = max(text_width(self._title, font(16, 600)), text_width(self._detail, font(13)))
        return QSize(int(_WORDS + words + keycap_width(self.key)) + 24, MOST)

    def minimumSizeHint(self) -> QSize:
        return QSize(int(_WORDS + _LEAST_WORDS + keycap_width(self.key)) + 20, LEAST)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.looked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        self.paint_ground(painter, t)
        middle = self.height() / 2
        box = QRectF(_LEFT, round(middle - _BOX / 2), _BOX, _BOX)
        if self.ticked:
            rounded(painter, box, 8, t.primary, None)
            draw_icon(painter, box.adjusted(4, 4, -4, -4), "check", t.onprimary)
        else:
            rounded(painter, box, 8, t.surface, t.control, width=2)
        colour = t.primary_text if self.ticked else t.text2
        draw_icon(painter, QRectF(_LEFT + _BOX + 12, middle - 12, 24, 24), self.picture, colour)
        right = self.width() - 14 - keycap_width(self.key)
        if self.key:
            keycap(painter, right, middle, self.key, t)
        self._paint_words(painter, right - 8 - _WORDS, middle)

    def _paint_words(self, painter: QPainter, room: float, middle: float) -> None:
        """The name in one line, or in two smaller ones where it needs them."""
        t = current()
        face, rows = font(16, 600), [self._title]
        if text_width(self._title, face) > room:
            face = font(14, 600)
            rows = broken(self._title, face, room, 2)
        lines = [(row, face, t.text, 19.0) for row in rows]
        if self._detail:
            lines.append((self._detail, font(13), t.text2, 17.0))
        top = middle - sum(high for *_, high in lines) / 2
        for text, each, colour, high in lines:
            line(painter, QRectF(_WORDS, top, room, high), text, face=each, colour=colour)
            top += high

"""One of a few ways, with what it comes to: a ring or an icon, a name with a second line, an amount and its key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import broken, keycap, keycap_width, line, text_width
from pos.ui.theme import Tokens, current, draw_icon, font

_HEIGHT = 64
_LINES = 42
_ROW = 22
_ROWS_MAX = 3


class OptionButton(PaintedButton):
    """Chosen is said by ring, edge and accessible name alike. With an `icon` it is done at once instead of chosen; then
    what it says may go on over further lines, and it grows with them.
    """

    radius = 12.0

    def __init__(self, text: str, detail: str, amount: str, key: str, *, icon: str = "", height: int = _HEIGHT) -> None:
        super().__init__()
        self.setText(text)
        self._detail, self._amount, self._key, self._icon = detail, amount, key, icon
        self._least = self._tall = height
        self._rows = [text]
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chosen = False
        self.mark("")

    def mark(self, chosen: str) -> None:
        """`chosen` is the word for being the one that is chosen; empty where it is not."""
        self._chosen = bool(chosen)
        self.set_kind("selected" if chosen else "secondary")
        self.describe(", ".join(filter(None, (self.text(), self._detail, self._amount, chosen))), self._key)

    def sizeHint(self) -> QSize:
        words = max(text_width(self.text(), font(16, 600)), text_width(self._detail, font(13)))
        return QSize(int(words + text_width(self._amount, font(18, 680)) + keycap_width(self._key)) + 110, self._tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self._tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._icon:
            self._rows = broken(self.text(), font(16, 600), self._room, _ROWS_MAX)
            self._tall = self._least + _ROW * (len(self._rows) - 1)
            self.setFixedHeight(self._tall)

    @property
    def _room(self) -> float:
        """How wide the words may be."""
        return self.width() - 51 - 16 - keycap_width(self._key) - (text_width(self._amount, font(18, 680)) + 2) - 12 - 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        self.paint_ground(painter, t)
        if self._icon:
            draw_icon(painter, QRectF(16, self._tall / 2 - 11, 22, 22), self._icon, t.text2)
        else:
            self._paint_ring(painter, t)
        right = self.width() - 16.0 - keycap_width(self._key)
        if self._key:
            keycap(painter, right, self._tall / 2, self._key, t)
        amount = text_width(self._amount, font(18, 680)) + 2
        right -= amount + 12
        words = _LINES + _ROW * (len(self._rows) - 1)
        box = QRectF(right, 0, amount, self._tall)
        line(painter, box, self._amount, face=font(18, 680), colour=t.text, align=Qt.AlignmentFlag.AlignRight)
        room, top = self._room, (self._tall - words) / 2 + (0 if self._detail else (_LINES - _ROW) / 2)
        for number, row in enumerate(self._rows):
            line(painter, QRectF(51, top + _ROW * number, room, 22), row, face=font(16, 600), colour=t.text)
        line(painter, QRectF(51, top + words - 18, room, 18), self._detail, face=font(13), colour=t.text2)

    def _paint_ring(self, painter: QPainter, t: Tokens) -> None:
        ring = QPen(QColor(t.primary_edge if self._chosen else t.control))
        ring.setWidthF(6 if self._chosen else 2)
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(27, self._tall / 2), 7 if self._chosen else 9, 7 if self._chosen else 9)

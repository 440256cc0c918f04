"""Where the basket's list meets its card: the round corners below and the scroll bar.

The list and its bar paint all that is seen in their place, the ground too, so that a scan paints none of the eight
widgets they stand on.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollBar, QWidget

from pos.ui.shared.draw import colour_of, rounded
from pos.ui.theme import ThemeName, Tokens, current, tokens

# As the style sheet says them of a card and of a scroll bar.
_RADIUS = 14
_MARGIN = 2
_HANDLE_MIN = 44
_WIDE = 8


def paint_corners(painter: QPainter, widget: QWidget, card: QWidget, t: Tokens) -> None:
    """The lower corners of the card, over what a widget inside it painted there."""
    origin = widget.mapTo(card, QPoint(0, 0))
    top = card.height() - _RADIUS - origin.y()
    left, right = _corners(t.name, widget.devicePixelRatioF())
    painter.drawPixmap(-origin.x(), top, left)
    painter.drawPixmap(card.width() - _RADIUS - origin.x(), top, right)


@lru_cache(maxsize=4)
def _corners(theme: ThemeName, ratio: float) -> tuple[QPixmap, QPixmap]:
    """The edge and the ground around it, nothing inside."""
    t, wide = tokens(theme), 4.0 * _RADIUS

    def corner(left: float) -> QPixmap:
        box = QRectF(left, _RADIUS - wide, wide, wide)
        picture = QPixmap(ceil(_RADIUS * ratio), ceil(_RADIUS * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around, inside = QPainterPath(), QPainterPath()
        around.addRect(0, 0, _RADIUS, _RADIUS)
        inside.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.fillPath(around.subtracted(inside), colour_of(t.bg))
        # The curve in the middle of the edge, which is one wide.
        rounded(painter, box, _RADIUS - 0.5, None, t.border)
        painter.end()
        return picture

    return corner(0), corner(_RADIUS - wide)


class BasketBar(QScrollBar):
    """The scroll bar as the style sheet shapes it, on the list's ground; `card` is what it lies in."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.card: QWidget | None = None

    def sizeHint(self) -> QSize:
        # A list asks four times whenever it lays out its rows; the style would read its sheet each time.
        return QSize(_WIDE + 2 * _MARGIN, _HANDLE_MIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        # Here, because Qt's style takes it back whenever it dresses the bar.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        t = current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour_of(t.surface))
        room, steps, page = self.height() - 2 * _MARGIN, self.maximum(), self.pageStep()
        length = max(room * page // (steps + page), _HANDLE_MIN)
        top = _MARGIN + round(self.sliderPosition() * (room - length) / max(steps, 1))
        rounded(painter, QRectF(_MARGIN, top, self.width() - 2 * _MARGIN, length), 4, t.control, None)
        if self.card is not None:
            paint_corners(painter, self, self.card, t)

"""A field to sign in with a pen, a finger or the mouse; what is drawn is in units of its own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.signature import HIGH, POINTS_MOST, STROKES_MOST, WIDE, Point
from pos.ui.shared.draw import line, rounded
from pos.ui.theme import font

# Paper is white in the dark theme too, and so is what is signed on.
_PAPER, _INK, _FAINT, _EDGE = "#FFFFFF", "#12161F", "#5D6779", "#7C879A"
_LEAST = QSize(280, 96)
# Nearer to the last point than this, in units, says nothing more.
_NEAR = 3


class SignPad(QWidget):
    """Signals: drawn() something is drawn or gone."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[list[Point]] = []
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_words(self, name: str, hint: str) -> None:
        """`hint` stands in the empty field."""
        self._hint = hint
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.update()

    def clear(self) -> None:
        self.strokes = []
        self.update()
        self.drawn.emit()

    def sizeHint(self) -> QSize:
        return QSize(600, 180)

    def minimumSizeHint(self) -> QSize:
        return _LEAST

    @property
    def _field(self) -> QRectF:
        """As large as it can be in the proportions of what is kept."""
        wide = min(self.width(), self.height() * WIDE / HIGH)
        high = wide * HIGH / WIDE
        return QRectF(round((self.width() - wide) / 2), round((self.height() - high) / 2), wide, high)

    def _point(self, at: QPointF) -> Point:
        field = self._field
        across = (at.x() - field.left()) / field.width() * WIDE
        down = (at.y() - field.top()) / field.height() * HIGH
        return min(max(round(across), 0), WIDE), min(max(round(down), 0), HIGH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A pen and a finger come as the mouse does."""
        if len(self.strokes) < STROKES_MOST and self._room():
            self.strokes.append([self._point(event.position())])
            self.update()
            self.drawn.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.strokes or not event.buttons() or not self._room():
            return
        x, y = self._point(event.position())
        before = self.strokes[-1][-1]
        if abs(x - before[0]) + abs(y - before[1]) >= _NEAR:
            self.strokes[-1].append((x, y))
            self.update()

    def _room(self) -> bool:
        """Whether one more point is still a signature; what comes after that is not drawn."""
        return sum(map(len, self.strokes)) < POINTS_MOST

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field
        rounded(painter, field, 12, _PAPER, _EDGE, width=2)
        foot = field.top() + field.height() * 0.78
        painter.setPen(QPen(QColor(_EDGE), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(field.left() + 24, foot), QPointF(field.right() - 24, foot))
        if not self.strokes:
            below = QRectF(field.left() + 16, foot, field.width() - 32, field.bottom() - foot)
            line(painter, below, self._hint, face=font(13), colour=_FAINT, align=Qt.AlignmentFlag.AlignHCenter)
        pen = QPen(QColor(_INK), max(field.width() / 260, 2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self.strokes:
            painter.drawPath(self._path(stroke, field))

    @staticmethod
    def _path(stroke: list[Point], field: QRectF) -> QPainterPath:
        points = [
            QPointF(field.left() + x / WIDE * field.width(), field.top() + y / HIGH * field.height()) for x, y in stroke
        ]
        path = QPainterPath(points[0])
        for point in points[1:] or points:
            path.lineTo(point)
        return path

"""Painting the picture of an item in the place of its icon."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

_KEPT = 256


@lru_cache(maxsize=_KEPT)
def _pixmap(path: str, wide: int, high: int) -> QPixmap:
    """The picture filling this many device pixels, what is too much of it cut off evenly."""
    whole = QPixmap(path)
    if whole.isNull():
        return whole
    filling = whole.scaled(
        QSize(wide, high), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return filling.copy((filling.width() - wide) // 2, (filling.height() - high) // 2, wide, high)


def draw_picture(painter: QPainter, rect: QRectF, radius: float, path: str) -> bool:
    """Paint it with rounded corners; False where there is none, so that the icon stands there."""
    if not path:
        return False
    ratio = painter.device().devicePixelRatio()
    pixmap = _pixmap(path, round(rect.width() * ratio), round(rect.height() * ratio))
    if pixmap.isNull():
        return False
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
    painter.restore()
    return True

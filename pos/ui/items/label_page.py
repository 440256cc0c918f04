"""How a page of labels will look, drawn to scale: names, prices and bars in their places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.shared.draw import line
from pos.ui.theme import current, font
from receipts.barcodes import bar_modules
from receipts.labels import Label, Sheet

# Paper and ink, the same in every theme.
_PAPER, _INK, _GREY, _CUT = "#FFFFFF", "#000000", "#555555", "#C8C8C8"
_EDGE_MM = 2.5
_BARS_MM = 9.0
_MODULE_MM = 0.33


class LabelPage(QWidget):
    """The first page of what would be printed; labels beyond it are on further ones."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[Label] = ()
        self._sheet: Sheet | None = None
        self._skip = 0
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_labels(self, labels: Sequence[Label], sheet: Sheet, skip: int, name: str) -> None:
        self._labels, self._sheet, self._skip = labels, sheet, skip % sheet.count
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 420)

    def paintEvent(self, _event: QPaintEvent) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / sheet.page_width, self.height() / sheet.page_height)
        wide, high = sheet.page_width * scale, sheet.page_height * scale
        left, top = (self.width() - wide) / 2, (self.height() - high) / 2
        painter.setPen(QColor(current().border))
        painter.setBrush(QColor(_PAPER))
        painter.drawRect(QRectF(left, top, wide, high))
        for place in range(sheet.count):
            row, column = divmod(place, sheet.across)
            box = QRectF(
                left + (sheet.left + column * sheet.width) * scale,
                top + (sheet.top + row * sheet.height) * scale,
                sheet.width * scale,
                sheet.height * scale,
            )
            painter.setPen(QColor(_CUT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            number = place - self._skip
            if 0 <= number < len(self._labels):
                _draw(painter, self._labels[number], box, scale)


def _draw(painter: QPainter, label: Label, box: QRectF, scale: float) -> None:
    edge = _EDGE_MM * scale
    inner = box.adjusted(edge, edge, -edge, -edge)
    # 8.5 point for the name, as on paper: 3 mm.
    name, small = max(round(3 * scale), 1), max(round(2.1 * scale), 1)
    line(
        painter,
        QRectF(inner.left(), inner.top(), inner.width(), name * 1.3),
        label.name,
        face=font(name, 680),
        colour=_INK,
    )
    bottom = inner.bottom()
    if label.bars is not None and label.code:
        _draw_bars(painter, label, inner, scale)
    if label.price:
        size = max(round(7 * scale * min(1.0, inner.width() / (4.2 * scale * max(len(label.price), 1)))), 1)
        place = QRectF(inner.left(), inner.top() + name * 1.4, inner.width(), size * 1.25)
        line(painter, place, label.price, face=font(size, 700), colour=_INK, align=Qt.AlignmentFlag.AlignRight)
        line(painter, place, label.comparison, face=font(small), colour=_GREY)
    if label.note:
        place = QRectF(inner.left(), bottom - small * 1.3, inner.width(), small * 1.3)
        line(painter, place, label.note, face=font(small), colour=_GREY, align=Qt.AlignmentFlag.AlignRight)


def _draw_bars(painter: QPainter, label: Label, inner: QRectF, scale: float) -> None:
    assert label.bars is not None
    bars = bar_modules(label.code, label.bars)
    modules = bars[-1][0] + bars[-1][1]
    module = min(_MODULE_MM * scale, inner.width() / (modules + 22))
    digits = 2.1 * scale
    top = inner.bottom() - digits * 1.3 - _BARS_MM * scale
    for start, length in bars:
        place = QRectF(inner.left() + (start + 11) * module, top, length * module, _BARS_MM * scale)
        painter.fillRect(place, QColor(_INK))
    place = QRectF(inner.left() + 11 * module, inner.bottom() - digits * 1.2, modules * module, digits * 1.2)
    face = font(max(round(digits), 1))
    line(painter, place, label.code, face=face, colour=_INK, align=Qt.AlignmentFlag.AlignHCenter)

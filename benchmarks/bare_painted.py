"""The baseline of a scan on the screen: one widget that paints by itself what the program's lines and totals say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_SIZE = (1366, 768)
_ROW = 60
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BarePainted(QWidget):
    """As large as the program's window; `painted` counts its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(*_SIZE)
        self.painted = 0
        self._lines: list[tuple[str, str, int]] = []
        self._text = _font(17)
        self._small = _font(13)
        self._large = _font(44)

    def add(self, name: str, code: str, price: int) -> None:
        """A line more, and the total with it."""
        self._lines.append((name, code, price))
        self.update()

    def clear(self) -> None:
        self._lines.clear()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        painter.setPen(QColor("#101010"))
        rows = self.height() // _ROW - 2
        first = max(len(self._lines) - rows, 0)
        for row, (name, code, price) in enumerate(self._lines[first:]):
            self._paint_line(painter, row * _ROW, (str(first + row + 1), name, code, f"{price / 100:.2f}"))
        total = sum(price for _, _, price in self._lines)
        painter.setFont(self._text)
        painter.drawText(QRectF(900, self.height() - 180.0, 300, 30), _LEFT, f"Subtotal · {len(self._lines)} items")
        painter.drawText(QRectF(1200, self.height() - 180.0, 140, 30), _RIGHT, f"{total / 100:.2f}")
        painter.drawText(QRectF(900, self.height() - 150.0, 100, 100), _LEFT, "Total")
        painter.setFont(self._large)
        painter.drawText(QRectF(1000, self.height() - 150.0, 340, 100), _RIGHT, f"{total / 100:.2f}")
        self.painted += 1

    def _paint_line(self, painter: QPainter, top: float, words: tuple[str, str, str, str]) -> None:
        number, name, code, amount = words
        painter.setFont(self._text)
        painter.drawText(QRectF(60, top + 8, 500, 24), _LEFT, name)
        painter.drawText(QRectF(560, top, 80, _ROW), _RIGHT, "1")
        painter.drawText(QRectF(660, top, 90, _ROW), _RIGHT, amount)
        painter.drawText(QRectF(760, top, 100, _ROW), _RIGHT, amount)
        painter.setFont(self._small)
        painter.drawText(QRectF(16, top, 30, _ROW), _LEFT, number)
        painter.drawText(QRectF(60, top + 33, 500, 18), _LEFT, code)


def _font(pixels: int) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    return font

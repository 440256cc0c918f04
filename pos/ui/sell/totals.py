"""What the sale comes to: one painted card whose geometry does not change while items are rung up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6 import QtGui
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import colour_of, line, painted_width, rounded
from pos.ui.theme import current, draw_icon, font

ROWS_MAX = 4
_ROW = 25
# Rows move together, in smaller letters, before one more of them is left out.
_ROW_MIN = 18
_SUM = 66


@dataclass(frozen=True, slots=True)
class SumRow:
    """One line above the total; `saved`: it is money the customer keeps."""

    text: str
    amount: str
    saved: bool = False


class TotalsCard(QWidget):
    """Subtotal, taxes and the total; between sales the last one's total and change stand in the same place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[SumRow] = ()
        self._label = ""
        self._total = ""
        self._last = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # It paints the ground it stands on too: at a scan nothing behind it has to be painted first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_rows_max(3)

    def set_rows_max(self, rows: int) -> None:
        """How many lines this shop's sales have above the total: room for them is kept."""
        self.setFixedHeight(min(rows, ROWS_MAX) * _ROW + _SUM + 20)

    @property
    def rows_room(self) -> int:
        """How many lines have their room above the total."""
        return (self.height() - _SUM - 20) // _ROW_MIN

    def set_sums(self, rows: Sequence[SumRow], label: str, total: str) -> None:
        """An open sale; `rows` are no more than `rows_room`."""
        self._rows, self._label, self._total, self._last = rows, label, total, ("", "")
        self._tell(" ".join(f"{row.text} {row.amount}" for row in (*rows, SumRow(label, total))))

    def set_last(self, title: str, detail: str) -> None:
        """No sale is open: say how the last one ended, or nothing."""
        self._rows, self._label, self._total, self._last = (), "", "", (title, detail)
        self._tell(f"{title} {detail}".strip())

    def _tell(self, name: str) -> None:
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleEvent(self, QtGui.QAccessible.Event.NameChanged))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour_of(t.bg))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = Qt.AlignmentFlag.AlignRight
        wide = self.width() - 34.0
        if not self._total:
            self._paint_last(painter, wide)
            return
        rounded(painter, QRectF(self.rect()), 14, t.surface, t.border)
        step = min(_ROW, (self.height() - _SUM - 20) // max(len(self._rows), 1))
        px = 15 if step == _ROW else 13
        top = self.height() - _SUM - 8.0 - len(self._rows) * step
        for row in self._rows:
            colour, bold = t.ok if row.saved else t.text2, font(px, 600)
            amount = painted_width(row.amount, bold) + 2
            named = QRectF(17, top, wide - amount - 8, step)
            line(painter, named, row.text, face=bold if row.saved else font(px), colour=colour)
            line(painter, QRectF(17, top, wide, step), row.amount, face=bold, colour=colour, align=right)
            top += step
        top = self.height() - _SUM - 5
        rounded(painter, QRectF(17, top, wide, 1), 0, t.border, None)
        room = QRectF(17, top + 4, wide, _SUM - 4)
        label = painted_width(self._label, font(18, 600)) + 12
        px = next((px for px in (44, 40, 36, 32) if painted_width(self._total, font(px, 700)) <= wide - label), 28)
        line(painter, QRectF(17, room.top(), label, room.height()), self._label, face=font(18, 600), colour=t.text)
        line(painter, room, self._total, face=font(px, 700), colour=t.text, align=right)

    def _paint_last(self, painter: QPainter, wide: float) -> None:
        title, detail = self._last
        if not title:
            return
        t = current()
        box = QRectF(0, self.height() - 64, self.width(), 64)
        rounded(painter, box, 14, t.surface, t.border)
        draw_icon(painter, QRectF(17, box.top() + 20, 24, 24), "check_circle", t.ok, 1)
        line(painter, QRectF(51, box.top() + 11, wide - 34, 22), title, face=font(16, 600), colour=t.text)
        line(painter, QRectF(51, box.top() + 34, wide - 34, 18), detail, face=font(13), colour=t.text3)

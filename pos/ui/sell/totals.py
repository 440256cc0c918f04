"""What the sale comes to: one painted card whose geometry does not change while items are rung up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil

from PySide6 import QtGui
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.frozen import dataclass
from pos.ui.sell.last_sale import HEIGHT as LAST_HEIGHT
from pos.ui.sell.last_sale import LastSale
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.draw import AT_RIGHT, Placed, colour_of, painted_width, placed, put, rounded
from pos.ui.theme import ThemeName, Tokens, current, font, tokens

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

    def __init__(self, afterwards: Afterwards, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._afterwards = afterwards
        self._rows: Sequence[SumRow] = ()
        self._label = ""
        self._total = ""
        self._last = ("", "")
        self.last = LastSale(self)
        self.last.setObjectName("sell.totals.last")
        self.last.hide()
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
        if self._last[0]:
            self.last.hide()
        self._rows, self._label, self._total, self._last = rows, label, total, ("", "")
        self._changed()

    def set_last(self, title: str, detail: str) -> None:
        """No sale is open: say how the last one ended, or nothing."""
        self._rows, self._label, self._total, self._last = (), "", "", (title, detail)
        self.last.set_words(title, detail)
        self.last.setVisible(bool(title))
        self._changed()

    def _changed(self) -> None:
        self.update()
        self._afterwards.want(self._tell)

    def _tell(self) -> None:
        """A screen reader's words for what is painted."""
        sums = (*self._rows, SumRow(self._label, self._total))
        said = self._last if not self._total else [f"{row.text} {row.amount}" for row in sums]
        name = " ".join(filter(None, said))
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleEvent(self, QtGui.QAccessible.Event.NameChanged))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.last.setGeometry(0, self.height() - LAST_HEIGHT, self.width(), LAST_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(380, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        wide, tall = self.width(), self.height()
        if not self._total:
            painter.fillRect(self.rect(), colour_of(t.bg))
            return
        painter.drawPixmap(0, 0, _ground(wide, tall, t.name, self.devicePixelRatioF()))
        for text in self._words(wide - 34, tall, t):
            put(painter, text)

    def _words(self, wide: int, tall: int, t: Tokens) -> Iterator[Placed]:
        """The rows and below them the total, as large as it fits beside its name."""
        step = min(_ROW, (tall - _SUM - 20) // max(len(self._rows), 1))
        px = 15 if step == _ROW else 13
        top = tall - _SUM - 8 - len(self._rows) * step
        for row in self._rows:
            colour, bold = t.ok if row.saved else t.text2, font(px, 600)
            room = wide - painted_width(row.amount, bold) - 10
            yield placed((17, top, room, step), row.text, bold if row.saved else font(px), colour)
            yield placed((17, top, wide, step), row.amount, bold, colour, AT_RIGHT)
            top += step
        name = font(18, 600)
        room = painted_width(self._label, name) + 12
        px = next((px for px in (44, 40, 36, 32) if painted_width(self._total, font(px, 700)) <= wide - room), 28)
        yield placed((17, tall - _SUM - 1, room, _SUM - 4), self._label, name, t.text)
        yield placed((17, tall - _SUM - 1, wide, _SUM - 4), self._total, font(px, 700), t.text, AT_RIGHT)


# A sale's, and that of the window it was in before.
@lru_cache(maxsize=2)
def _ground(wide: int, tall: int, theme: ThemeName, ratio: float) -> QPixmap:
    """The card without words, on the window's ground: copied under each new sum."""
    t = tokens(theme)
    picture = QPixmap(ceil(wide * ratio), ceil(tall * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(t.bg)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(painter, QRectF(0, 0, wide, tall), 14, t.surface, t.border)
    rounded(painter, QRectF(17, tall - _SUM - 5, wide - 34, 1), 0, t.border, None)
    painter.end()
    return picture

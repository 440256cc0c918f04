"""Amounts that are painted as large as their room allows: money is never cut short."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import line, text_width
from pos.ui.shared.text import Tone
from pos.ui.theme import current, font

_STEP = 4
_PX_MIN = 16


def fitting_px(text: str, px: int, weight: int, width: float) -> int:
    """The largest size, `px` or smaller, in which the text fits the width."""
    while px > _PX_MIN and text_width(text, font(px, weight)) > width:
        px -= _STEP
    return px


class Amount(QWidget):
    """One amount."""

    def __init__(
        self, px: int, weight: int, *, tone: Tone = "text", align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight
    ) -> None:
        super().__init__()
        self._text, self._px, self._weight, self._tone, self._align = "", px, weight, tone, align
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(px * 1.24))

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.update()

    def fits(self) -> bool:
        """Whether the whole amount shows."""
        px = fitting_px(self._text, self._px, self._weight, self.width())
        return text_width(self._text, font(px, self._weight)) <= self.width()

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self._text, font(self._px, self._weight))) + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = fitting_px(self._text, self._px, self._weight, self.width())
        colour = str(getattr(current(), self._tone))
        line(painter, QRectF(self.rect()), self._text, face=font(px, self._weight), colour=colour, align=self._align)


class FastKey(PaintedButton):
    """An amount to tap, and the key that does the same below it."""

    def __init__(self) -> None:
        super().__init__()
        self._detail = ""
        self.radius = 14
        self.setCheckable(True)
        self.setFixedHeight(76)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def detail(self) -> str:
        return self._detail

    def show_amount(self, text: str, detail: str) -> None:
        """`detail` is the key, and for the exact amount that it is exact."""
        self.setText(text)
        self._detail = detail if text else ""
        self.describe(", ".join(filter(None, (text, self._detail))), self._detail or "–")
        self.update()

    def fits(self) -> bool:
        """Whether amount and key show whole."""
        room = self.width() - 10.0
        face = font(fitting_px(self.text(), 20, 600, room), 600)
        return text_width(self.text(), face) <= room and text_width(self._detail, font(13)) <= room

    def sizeHint(self) -> QSize:
        return QSize(160, 76)

    def minimumSizeHint(self) -> QSize:
        return QSize(104, 76)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.paint_ground(painter, current())
        centre = Qt.AlignmentFlag.AlignHCenter
        room = self.width() - 10.0
        face = font(fitting_px(self.text(), 20, 600, room), 600)
        line(painter, QRectF(5, 13, room, 28), self.text(), face=face, colour=paint.text, align=centre)
        line(painter, QRectF(5, 43, room, 18), self._detail, face=font(13), colour=paint.detail, align=centre)

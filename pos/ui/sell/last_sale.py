"""Between two customers: how the last sale ended, on a card that opens its receipt in the journal."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.shared.draw import keycap, keycap_width, line, text_width
from pos.ui.shared.painted import PaintedButton
from pos.ui.theme import Tokens, current, draw_icon, font

HEIGHT = 64
_LEFT, _RIGHT, _GAP = 51, 17, 10
# The title is written smaller before any of it is left out: what was given back is what a cashier looks for.
_TITLE_PX = (16, 15, 14, 13)


class LastSale(PaintedButton):
    """Title, a smaller line below it, and where there is room the verb of what a touch does and the key that does it.

    Without a verb it only says how the sale ended: nothing happens when it is touched.
    """

    radius = 14.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._title, self._detail = "", ""
        self.opens_to("")

    def set_words(self, title: str, detail: str) -> None:
        """How the sale ended, and which one it was."""
        self._title, self._detail = title, detail
        self._describe()
        self.update()

    def opens_to(self, verb: str) -> None:
        """What a touch does, in a word; empty for nothing."""
        self.setText(verb)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not verb)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if verb else Qt.FocusPolicy.NoFocus)
        self._describe()

    def _describe(self) -> None:
        self.describe(" ".join(filter(None, (self._title, self._detail, self.text()))))

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint_kept(self._draw)

    def _draw(self, painter: QPainter) -> None:
        t = current()
        self.paint_ground(painter, t)
        draw_icon(painter, QRectF(17, 20, 24, 24), "check_circle", t.ok, 1)
        right = float(self.width() - _RIGHT)
        if self.text():
            right = self._paint_way(painter, right, t)
        room = right - _LEFT
        px = next((px for px in _TITLE_PX if self._words_width(px) <= room), _TITLE_PX[-1])
        line(painter, QRectF(_LEFT, 11, room, 22), self._title, face=font(px, 600), colour=t.text)
        line(painter, QRectF(_LEFT, 34, room, 18), self._detail, face=font(13), colour=t.text3)

    def _paint_way(self, painter: QPainter, right: float, t: Tokens) -> float:
        """The verb and the key, as far as the words leave them room: a sum is never cut short. Where they begin."""
        cap, verb = keycap_width(self.key) + _GAP, font(14, 600)
        if self._words_width(_TITLE_PX[-1]) > right - cap - _LEFT:
            return right
        right -= cap
        keycap(painter, right + _GAP, HEIGHT / 2, self.key, t)
        wide = text_width(self.text(), verb) + _GAP
        if self._words_width(_TITLE_PX[0]) > right - wide - _LEFT:
            return right
        line(painter, QRectF(right - wide + _GAP, 0, wide, HEIGHT), self.text(), face=verb, colour=t.primary_text)
        return right - wide

    def _words_width(self, px: int) -> float:
        return max(text_width(self._title, font(px, 600)), text_width(self._detail, font(13)))

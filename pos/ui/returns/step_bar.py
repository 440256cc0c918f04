"""How far a return is: its four steps side by side, those that are done ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.theme import current, draw_icon, font

_HEIGHT, _EDGE, _ROUND, _GAP, _LINE_LEAST = 52, 18.0, 26.0, 8.0, 16.0


class StepBar(QWidget):
    """Steps from left to right; where there is no room for every name, the present one keeps its own."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self._at = 0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[str], at: int, said: str) -> None:
        """`at` counts from 0; `said` is what a screen reader says of it."""
        self._steps, self._at = tuple(steps), at
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def _names(self) -> list[tuple[str, float]]:
        """What each step is called at this width, and how wide that is."""
        for px in (15, 13):
            named = [(step, text_width(step, font(px, 600)) + 2) for step in self._steps]
            if self._left_over(named) >= _LINE_LEAST:
                return named
        return [(step, wide) if at == self._at else ("", 0.0) for at, (step, wide) in enumerate(named)]

    def _left_over(self, named: Sequence[tuple[str, float]]) -> float:
        """How long the line between two steps may be."""
        around = sum(_ROUND + (_GAP + wide if wide else 0.0) for _, wide in named) + 2 * _EDGE
        between = max(len(named) - 1, 1)
        return (self.width() - around) / between - 2 * _GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), 12, t.surface, t.border)
        named = self._names()
        # All fifteen or all thirteen pixels high: whichever fitted.
        px = 15 if [wide for _, wide in named] == [text_width(s, font(15, 600)) + 2 for s in self._steps] else 13
        rest, left, middle = max(self._left_over(named), 0.0), _EDGE, _HEIGHT / 2
        for at, (step, wide) in enumerate(named):
            self._paint_round(painter, QRectF(left, middle - _ROUND / 2, _ROUND, _ROUND), at)
            left += _ROUND
            if wide:
                colour = t.text if at <= self._at else t.text3
                line(painter, QRectF(left + _GAP, 0, wide, _HEIGHT), step, face=font(px, 600), colour=colour)
                left += _GAP + wide
            if at < len(named) - 1:
                painter.fillRect(QRectF(left + _GAP, round(middle), rest, 1), t.border)
                left += rest + 2 * _GAP

    def _paint_round(self, painter: QPainter, box: QRectF, at: int) -> None:
        t = current()
        done = at < self._at
        fill = t.ok if done else t.primary if at == self._at else t.sunken
        on = t.surface if done else t.onprimary if at == self._at else t.text3
        rounded(painter, box, box.width() / 2, fill, None)
        if done:
            draw_icon(painter, box.adjusted(4, 4, -4, -4), "check", on)
        else:
            centre = Qt.AlignmentFlag.AlignHCenter
            line(painter, box, str(at + 1), face=font(13, 680), colour=on, align=centre)

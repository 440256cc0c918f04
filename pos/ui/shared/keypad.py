"""The number pad and the dots of a PIN."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import line
from pos.ui.shared.reach import reach_into_gaps
from pos.ui.theme import current, draw_icon, font

KEY_SIDE_MIN = 80
LeftKey = Literal["badge", "decimal", "clear", "none"]


class KeypadKey(PaintedButton):
    """One key of the pad; takes no focus, since the digits of the keyboard do the same."""

    def __init__(self, text: str, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.radius = 14
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(KEY_SIDE_MIN, KEY_SIDE_MIN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setText(text)
        self.describe(text)

    def sizeHint(self) -> QSize:
        return QSize(KEY_SIDE_MIN, KEY_SIDE_MIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.paint_ground(painter, current())
        rect = QRectF(self.rect())
        if self._icon:
            painter_rect = QRectF(rect.center().x() - 14, rect.center().y() - 14, 28, 28)
            draw_icon(painter, painter_rect, self._icon, paint.icon)
        else:
            line(painter, rect, self.text(), face=font(28, 600), colour=paint.text, align=Qt.AlignmentFlag.AlignHCenter)


class Keypad(QWidget):
    """Digits as on the hardware pad, 789 on top. The geometry never changes while digits are typed.

    Signals: digit(str) one of "0".."9"; decimal(); backspace(); badge(); clear().
    """

    digit = Signal(str)
    decimal = Signal()
    backspace = Signal()
    badge = Signal()
    clear = Signal()

    def __init__(
        self,
        *,
        left: LeftKey = "decimal",
        decimal_sign: str = ".",
        order: Literal["789", "123"] = "789",
        spacing: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        self._grid = grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(spacing)
        reach_into_gaps(self, spacing)
        self.keys: dict[str, KeypadKey] = {}
        rows = ("789", "456", "123") if order == "789" else ("123", "456", "789")
        for row, digits in enumerate(rows):
            for column, digit in enumerate(digits):
                self._add(digit, KeypadKey(digit), row, column)
        icons = {"badge": "badge", "clear": "close", "decimal": None, "none": None}
        if left != "none":
            self._add(left, KeypadKey(decimal_sign if left == "decimal" else "", icons[left]), 3, 0)
        self._add("0", KeypadKey("0"), 3, 1)
        self._add("backspace", KeypadKey("", "backspace"), 3, 2)
        for line_number in range(4):
            grid.setRowStretch(line_number, 1)
            grid.setColumnStretch(min(line_number, 2), 1)

    def _add(self, name: str, key: KeypadKey, row: int, column: int) -> None:
        self.keys[name] = key
        key.setObjectName(f"keypad.{name}")
        if name.isdigit():
            key.clicked.connect(lambda: self.digit.emit(name))
        else:
            signal = {"decimal": self.decimal, "backspace": self.backspace, "badge": self.badge, "clear": self.clear}[
                name
            ]
            key.clicked.connect(signal)
        if name == "backspace":
            key.setAutoRepeat(True)
            key.setAutoRepeatDelay(400)
        self._grid.addWidget(key, row, column)

    def set_decimal_sign(self, sign: str) -> None:
        """ "." or ",", as the operator's language writes numbers."""
        if (key := self.keys.get("decimal")) is not None:
            key.setText(sign)
            key.describe(sign)
            key.update()

    def set_names(self, *, backspace: str, badge: str = "", decimal: str = "", clear: str = "") -> None:
        """The words for the keys that carry a sign instead of a digit."""
        for name, words in (("backspace", backspace), ("badge", badge), ("decimal", decimal), ("clear", clear)):
            if (key := self.keys.get(name)) is not None and words:
                key.describe(words)
                key.setToolTip(words)


class PinDots(QWidget):
    """One dot a digit, and rings for what a PIN has at least. How many is said aloud, never which."""

    def __init__(self, *, least: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._count = 0
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int, spoken: str = "") -> None:
        """How many digits are typed; `spoken` is that in words."""
        self._count = count
        self.setAccessibleName(spoken or str(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(self._least, self._count) * 32, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least * 24, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dots = max(self._least, self._count)
        step = min(38.0, self.width() / dots)
        x = self.width() / 2 - step * (dots - 1) / 2
        for place in range(dots):
            typed = place < self._count
            painter.setBrush(QColor(t.text) if typed else Qt.BrushStyle.NoBrush)
            painter.setPen(Qt.PenStyle.NoPen if typed else QPen(QColor(t.control), 2))
            radius = min(10.0 if typed else 9.0, step / 2 - 2)
            painter.drawEllipse(QPointF(x + place * step, self.height() / 2), radius, radius)

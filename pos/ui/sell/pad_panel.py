"""A panel with a number to type: what it is for at the left, the keypad at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.fields import AmountField
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.text import Label
from pos.ui.theme import current, font
from pos.wording import Wording

_PAD = 226
_SMALLEST = 15


class PadField(AmountField):
    """An amount without room for a label beside it: the panel says what it is."""

    def __init__(self, *, px: int = 26) -> None:
        super().__init__(height=56, px=px)
        self._largest = px
        self.setMinimumWidth(120)

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, focused = QRectF(self.rect()), self.hasFocus()
        rounded(painter, rect, 14, t.surface, t.focus if focused else t.control, width=2 if focused else 1)
        room = rect.adjusted(12, 0, -12, 0)
        px = self._largest
        while px > _SMALLEST and text_width(self.text(), font(px, 680)) > room.width():
            px -= 1
        colour = t.text if self.entry else t.text3
        line(painter, room, self.text(), face=font(px, 680), colour=colour, align=Qt.AlignmentFlag.AlignRight)


class DigitsField(PadField):
    """Digits alone, a zero in front counts: a date. Holds at most `most` of them."""

    def __init__(self, most: int) -> None:
        super().__init__(px=20)
        self._most = most

    def add_digit(self, digit: str) -> None:
        if len(self.entry) < self._most:
            self.set_entry(self.entry + digit)

    def add_decimal(self) -> None:
        """There is none."""


class PadPanel(SidePanel):
    """Signals: entered(str) the entry, with "." for the decimal sign; it may be empty."""

    entered = Signal(str)

    def __init__(self, name: str, icon: str, field: PadField | None = None) -> None:
        super().__init__(name, icon)
        self.field = field or PadField()
        self.field.setObjectName(f"sell.{name}.entry")
        self.field.submitted.connect(self.entered)
        self.entry = self.field
        self.sentence = Label("", 15, 550, wrap=True)
        self.detail = Label("", 13, 450, tone="text2", wrap=True)
        self.add = ActionButton("", kind="primary", key="Enter", height=56, key_place="follow", px=15)
        self.add.setObjectName(f"sell.{name}.add")
        self.add.clicked.connect(lambda: self.entered.emit(self.field.entry))
        self.keypad = Keypad(left="decimal")
        for key in self.keypad.keys.values():
            key.setMinimumSize(70, 70)
        self.keypad.setFixedWidth(_PAD)
        self.keypad.digit.connect(self._digit)
        self.keypad.decimal.connect(self._decimal)
        self.keypad.backspace.connect(self._backspace)
        said = QWidget()
        self.said_column = left = QVBoxLayout(said)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        for widget in (self.sentence, self.detail):
            left.addWidget(widget)
        left.addWidget(self.field)
        left.addWidget(self.add)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(said, 1)
        row.addWidget(self.keypad)
        self.column.addLayout(row, 1)

    def set_sentence(self, sentence: str, detail: str = "") -> None:
        """What is asked; the field is named by it for who cannot see it."""
        self.sentence.setText(sentence)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.field.setAccessibleName(sentence)
        self.field.setAccessibleDescription(detail)

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.add.set_text(words.say("Add"))
        self.keypad.set_decimal_sign(words.decimal_sign)
        self.keypad.set_names(backspace=words.say("Take back the last digit"), decimal=words.say("Decimal sign"))

    def confirm(self) -> None:
        self.entered.emit(self.field.entry)

    def erase(self) -> bool:
        self.field.clear_entry()
        return True

    def ended(self) -> None:
        self.field.clear_entry()

    def unfinished(self) -> object:
        return self.field.entry

    def take_up(self, unfinished: Any) -> None:
        self.field.set_entry(unfinished)

    def _digit(self, digit: str) -> None:
        self.field.add_digit(digit)
        self.used.emit()

    def _decimal(self) -> None:
        self.field.add_decimal()
        self.used.emit()

    def _backspace(self) -> None:
        self.field.take_back()
        self.used.emit()

"""The field for a PIN: it shows how many digits, never which."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.staff import PIN_DIGITS_MAX, PIN_DIGITS_MIN
from pos.ui.shared.key_codes import digit_of
from pos.ui.shared.keypad import PinDots


class PinField(PinDots):
    """The dots, and the digits behind them. The digits leave it only by `take`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(least=PIN_DIGITS_MIN, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._digits = ""

    def add(self, digit: str) -> None:
        if len(self._digits) < PIN_DIGITS_MAX:
            self._set(self._digits + digit)

    def take_back(self) -> None:
        self._set(self._digits[:-1])

    def clear(self) -> None:
        self._set("")

    def take(self) -> str:
        """The digits, which are forgotten here."""
        digits = self._digits
        self._set("")
        return digits

    def _set(self, digits: str) -> None:
        self._digits = digits
        self.set_count(len(digits))
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # A choice beside the field, not a digit of the PIN.
            event.ignore()
        elif digit := digit_of(event):
            self.add(digit)
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            event.ignore()

"""Characters and the keypad on the sale: they belong to the entry that is open, a quantity or else the scan field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pos.ui.sell import typed as late_typed
from pos.ui.sell.line_strip import LineStrip
from pos.ui.sell.picks import PickPanel
from pos.ui.shared.fields import ScanField
from pos.ui.shared.key_codes import row_digit

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryKeys(QObject):
    """Watches the scan field and the keypad.

    Signals: stepped(int) "+" or "−" with nothing typed; times(object) a Quantity for the next item; submitted(str) a
    typed code; confirmed() Enter with nothing typed; used() something was pressed on the keypad.
    """

    stepped = Signal(int)
    times = Signal(object)
    submitted = Signal(str)
    confirmed = Signal()
    used = Signal()

    def __init__(self, field: ScanField, strip: LineStrip, picks: PickPanel) -> None:
        super().__init__(field)
        self._field, self._strip = field, strip
        field.edit.installEventFilter(self)
        picks.digit.connect(self._digit)
        picks.decimal.connect(self._decimal)
        picks.backspace.connect(self._backspace)
        picks.times.connect(self._times)
        picks.enter.connect(self._enter)
        # While reasons stand to choose from, Alt and a number are theirs.
        strip.turned.connect(lambda: picks.print_keys(not strip.is_by_hand))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or self._field.text:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and not _types(event):
            # With nothing typed, Del, Ctrl Z and the like mean the sale and not the field.
            event.ignore()
            return True
        return event.type() == QEvent.Type.KeyPress and self._on_empty(event)

    def _on_empty(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            self.confirmed.emit()
        elif event.text() in ("+", "-") and not row_digit(event):
            self.stepped.emit(1 if event.text() == "+" else -1)
        else:
            return False
        return True

    def _digit(self, digit: str) -> None:
        if self._strip.is_entering:
            self._strip.field.add_digit(digit)
        else:
            self._field.edit.insert(digit)
        self.used.emit()

    def _decimal(self) -> None:
        if self._strip.is_entering:
            self._strip.field.add_decimal()
        elif self._field.text.isdecimal():
            self._field.edit.insert(".")
        self.used.emit()

    def _backspace(self) -> None:
        if self._strip.is_entering:
            self._strip.field.take_back()
        else:
            self._field.edit.backspace()
        self.used.emit()

    def _times(self) -> None:
        quantity = late_typed.read_quantity(self._field.text)
        if quantity is not None and not self._strip.is_entering:
            self._field.clear()
            self.times.emit(quantity)
        self.used.emit()

    def _enter(self) -> None:
        if self._strip.is_entering:
            self._strip.submit()
        elif text := self._field.text.strip():
            self.submitted.emit(text)
        self.used.emit()


def _types(event: QKeyEvent) -> bool:
    """Whether the key press puts a character into a field."""
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & _COMMANDS

"""Where a person types: the scan field, and the large amount.

Amounts and PLUs are read from the keys themselves, so the digit row counts without Shift under a Czech layout too.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.ui.shared.cards import Icon, KeyCap, Pill
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.general import general_of
from pos.ui.shared.key_codes import digit_of, row_digit
from pos.ui.theme import Kind, current, font

_ENTRY_MAX = 10
# Longer than any number that is taken, so that cutting makes none of what was pasted.
_PASTED_MAX = 40
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AmountField(QLineEdit):
    """A large amount that digits go into, from the keyboard and from a keypad alike.

    `entry` holds what was typed, with "." for the decimal sign in any language; `shown` turns it into what is painted.

    Signals: entry_changed(str); submitted(str) on Enter, with the entry, which may be empty.
    """

    entry_changed = Signal(str)
    submitted = Signal(str)

    def __init__(
        self,
        shown: Callable[[str], str] = str,
        *,
        digits: int = 2,
        height: int = 96,
        px: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown, self._digits, self._px = shown, digits, px
        self._entry = ""
        self._proposed = False
        self._any_text = False
        self._label = ""
        self._hint = ""
        # What is painted is not what is typed, so Qt must not edit the text itself.
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setProperty("bare", True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show()

    @property
    def entry(self) -> str:
        return self._entry

    def set_words(self, label: str, hint: str = "") -> None:
        self._label, self._hint = label, hint
        self.setAccessibleName(label)
        self.setAccessibleDescription(hint or general_of(self))
        self.update()

    def set_shown(self, shown: Callable[[str], str], digits: int | None = None) -> None:
        """Another way to write the entry: another language, another currency."""
        self._shown = shown
        self._digits = self._digits if digits is None else digits
        self._show()

    def take_any_text(self) -> None:
        """Let a sign and what is pasted stand in it as well, for whoever reads the entry to refuse in a sentence."""
        self._any_text = True

    def propose(self, entry: str) -> None:
        """As `set_entry`; the next digit begins another amount, Backspace corrects this one."""
        self.set_entry(entry)
        self._proposed = True

    def set_entry(self, entry: str) -> None:
        """Replace what was typed; `entry_changed` is sent if it differs."""
        self._proposed = False
        if entry != self._entry:
            self._entry = entry
            self._show()
            self.entry_changed.emit(entry)

    def add_digit(self, digit: str) -> None:
        """Append a digit; one that cannot count (a third decimal, an eleventh digit) is dropped."""
        entry = "" if self._proposed else self._entry
        _, point, part = entry.partition(".")
        if (point and len(part) >= self._digits) or len(entry) >= _ENTRY_MAX:
            return
        self.set_entry((entry if entry != "0" else "") + digit)

    def add_decimal(self) -> None:
        entry = "" if self._proposed else self._entry
        if self._digits and "." not in entry:
            self.set_entry((entry or "0") + ".")

    def take_back(self) -> None:
        """Drop the last digit."""
        self.set_entry(self._entry[:-1])

    def clear_entry(self) -> None:
        self.set_entry("")

    def _show(self) -> None:
        self.setText(self._shown(self._entry))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if digit := digit_of(event):
            self.add_digit(digit)
        elif event.text() in (".", ","):
            self.add_decimal()
        elif self._any_text and event.text() == "-" and not self._entry:
            self.set_entry("-")
        elif self._any_text and event.matches(QKeySequence.StandardKey.Paste):
            self.set_entry(" ".join(QGuiApplication.clipboard().text().split())[:_PASTED_MAX])
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_entry()
        elif event.key() in _ENTER:
            self.submitted.emit(self._entry)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self._label_width() + text_width(self.text(), font(self._px, 680))) + 64, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._label_width()) + 180, self.height())

    def _label_width(self) -> float:
        return max(text_width(self._label, font(16, 500)), text_width(self._hint, font(14)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        focused = self.hasFocus()
        rounded(painter, rect, 14, t.surface, t.focus if focused else t.control, width=2 if focused else 1)
        left, middle = 21.0, self.height() / 2
        words = self._label_width() + 2
        if self._hint:
            line(
                painter,
                QRectF(left, middle - 21, words, 22),
                self._label,
                face=font(16, 500),
                colour=t.text2,
            )
            line(painter, QRectF(left, middle + 1, words, 20), self._hint, face=font(14), colour=t.text3)
        else:
            line(
                painter,
                QRectF(left, 0, words, self.height()),
                self._label,
                face=font(16, 500),
                colour=t.text2,
            )
        room = QRectF(left + words + 12, 0, self.width() - left - words - 12 - 21, self.height())
        px = self._px
        while px > 22 and text_width(self.text(), font(px, 680)) > room.width():
            px -= 4
        colour = t.text if self._entry else t.text3
        line(painter, room, self.text(), face=font(px, 680), colour=colour, align=Qt.AlignmentFlag.AlignRight)


class CodeEdit(QLineEdit):
    """A line for codes, PLUs and names. Keys of the digit row count as digits as long as nothing else was typed.

    A Czech name may begin with š, č, ř, ž or ý, and those letters are digit keys: as soon as another letter follows,
    what the keys typed comes back ("4aj" becomes "čaj").
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._keys = ""
        self.setProperty("bare", True)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit, text = row_digit(event), event.text()
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        pending = bool(self._keys) and self.text() == self._keys
        if not pending:
            self._typed = self._keys = ""
        if digit and digit != text and at_end and (pending or not self.text()):
            self._typed, self._keys = self._typed + text, self._keys + digit
            self.insert(digit)
            return
        if digit and pending and at_end:
            self._typed, self._keys = self._typed + digit, self._keys + digit
        elif pending and at_end and len(text) == 1 and text.isalpha():
            self.setText(self._typed)
            self._typed = self._keys = ""
        elif event.key() == Qt.Key.Key_Backspace and pending and at_end:
            self._typed, self._keys = self._typed[:-1], self._keys[:-1]
        super().keyPressEvent(event)


class ScanField(QFrame):
    """The field that waits for a scan, a code or a name; 56 px, its ring is there whenever the focus is.

    Signals: submitted(str) on Enter with what was typed, stripped, never empty; confirmed() on Enter with nothing
    typed; edited(str) at each change by a person.
    """

    submitted = Signal(str)
    confirmed = Signal()
    edited = Signal(str)

    def __init__(self, *, icon: str = "barcode_scanner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 2, 15, 2)
        row.setSpacing(8)
        self._icon = Icon(icon, 24, colour="primary_text")
        self.edit = CodeEdit()
        self.edit.setFont(font(17, 450))
        self.edit.setMinimumHeight(44)
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self._submit)
        self.edit.textEdited.connect(self.edited)
        self.status = Pill("", "ok", "check_circle")
        self.status.hide()
        self._cap = KeyCap()
        for widget, stretch in ((self._icon, 0), (self.edit, 1), (self.status, 0), (self._cap, 0)):
            row.addWidget(widget, stretch)
        self.setFocusProxy(self.edit)

    def set_words(self, prompt: str, *, key: str = "", name: str = "") -> None:
        """The prompt inside, the key that leads here, the accessible name (the prompt, unless given)."""
        self.edit.setPlaceholderText(prompt)
        self.edit.setAccessibleName(name or prompt)
        self.edit.setAccessibleDescription(key)
        self._cap.set_key(key)

    def set_status(self, text: str, kind: Kind = "ok", icon: str = "check_circle") -> None:
        """A chip for the scanner's measured state; empty hides it."""
        self.status.set_state(text, kind, icon)
        self.status.setVisible(bool(text))

    @property
    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def clear(self) -> None:
        """Empty it for good: what was typed and taken stays gone at Ctrl Z, which `QLineEdit.clear` would undo."""
        self.edit.setText("")

    def _submit(self) -> None:
        if text := self.edit.text().strip():
            self.submitted.emit(text)
        else:
            self.confirmed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.edit.hasFocus()
        rounded(
            painter, QRectF(self.rect()), 12, t.surface, t.focus if focused else t.control, width=2 if focused else 1
        )

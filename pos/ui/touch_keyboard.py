"""Letters and digits for touch alone: a keyboard over the lower part of the window, for search, notes and names.

It lies over the window and moves nothing below it. Its keys go the way of every key, to the widget that has the focus.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pos.speech import Speech
from pos.ui.shared.keypad import KeypadKey
from pos.ui.shared.notices import set_ground
from pos.ui.shared.reach import reach_into_gaps

_DIGITS = "1234567890"
_ROWS = {
    "en": (_DIGITS, "qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"),
    "cs": (_DIGITS, "ěščřžýáíéúůóďťň", "qwertzuiop", "asdfghjkl'", "yxcvbnm,.-"),
    "sv": (_DIGITS + "+", "qwertyuiopå", "asdfghjklöä", "zxcvbnm,.-é"),
}
_LAST_ROW = "@/&:"
_KEY_HEIGHT = 52
_GAP = 8
_NAMED = {"backspace": Qt.Key.Key_Backspace, "enter": Qt.Key.Key_Return, "space": Qt.Key.Key_Space}
_TYPES = {"enter": "\r", "space": " "}
_LABELS = {"shift": "Aa"}
_ICONS = {"backspace": "backspace", "enter": "check", "hide": "expand_more"}


class TouchKeyboard(QWidget):
    """Opens when a text field is touched, goes away with Enter, a scan, its own key, or a touch anywhere else.

    `mode` is the setting: "auto" opens for fingers alone, "on" for a mouse too, "off" never.
    """

    def __init__(self, window: QWidget, words: Speech, mode: str) -> None:
        super().__init__(window)
        self.setObjectName("keyboard")
        set_ground(self, "sunken")
        self._host, self._words, self._mode = window, words, mode
        self._field: QWidget | None = None
        self._capital = False
        self.keys: dict[str, KeypadKey] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        self._column.setSpacing(0)
        window.installEventFilter(self)
        self.hide()
        self.set_words(words)

    def set_words(self, words: Speech) -> None:
        """The layout of the operator's language, and the names of the keys that carry no letter."""
        self._words = words
        self._lay_out(_ROWS.get(words.language, _ROWS["en"]))
        say = words.say
        names = {
            "shift": say("Capital letter"),
            "backspace": say("Take back the last sign"),
            "enter": say("Enter"),
            "space": say("Space"),
            "hide": say("Hide the keyboard"),
        }
        for name, said in names.items():
            self.keys[name].describe(said)
            self.keys[name].setToolTip(said)
        self.setAccessibleName(say("Keyboard on the screen"))
        if not self.isHidden():
            self._place()

    def pressed(self, watched: QWidget, finger: bool) -> None:
        """A touch or a click somewhere in the program, before it arrives."""
        if watched is self or self.isAncestorOf(watched):
            return
        field = _text_field(watched)
        if field is None or self._mode == "off" or not (finger or self._mode == "on"):
            self.close_keyboard()
        elif field.window() is self._host:
            self.open_for(field)

    def open_for(self, field: QWidget) -> None:
        """Lie over the lower part of the window, or over the upper part where the field itself is in the lower."""
        self._field = field
        self._set_capital(capital=False)
        self._place()
        self.show()
        self.raise_()

    def close_keyboard(self) -> None:
        self._field = None
        self.hide()

    def _place(self) -> None:
        height = self._column.sizeHint().height()
        below = self._host.height() - height
        field = self._field
        covered = field is not None and field.mapTo(self._host, QPoint(0, field.height())).y() > below
        self.setGeometry(0, 0 if covered else below, self._host.width(), height)

    # The keys.

    def _lay_out(self, rows: tuple[str, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.keys = {}
        for signs in rows[:-1]:
            self._add_row(list(signs))
        self._add_row(["shift", *rows[-1], "backspace"])
        self._add_row([*_LAST_ROW[:2], "space", *_LAST_ROW[2:], "enter", "hide"])

    def _add_row(self, names: list[str]) -> None:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, _GAP // 2, 0, _GAP // 2)
        across.setSpacing(_GAP)
        reach_into_gaps(row, _GAP)
        for name in names:
            key = _Key(name if len(name) == 1 else _LABELS.get(name, ""), _ICONS.get(name))
            key.setObjectName(f"keyboard.keys.{name}")
            if name == "backspace":
                key.setAutoRepeat(True)
                key.setAutoRepeatDelay(400)
            key.clicked.connect(partial(self._struck, name))
            self.keys[name] = key
            across.addWidget(key, {"space": 6, "enter": 2}.get(name, 1))
        self._column.addWidget(row)

    def _set_capital(self, *, capital: bool) -> None:
        self._capital = capital
        self.keys["shift"].set_kind("selected" if capital else "secondary")
        for name, key in self.keys.items():
            if len(name) == 1:
                key.setText(name.upper() if capital else name)
                key.describe(key.text())
                key.update()

    def _struck(self, name: str) -> None:
        if name == "shift":
            self._set_capital(capital=not self._capital)
        elif name == "hide":
            self.close_keyboard()
        else:
            leaves = name == "enter" and not isinstance(self._field, QPlainTextEdit)
            self._type(name)
            if leaves:
                self.close_keyboard()
            elif self._capital:
                # One capital at a time, as names are written.
                self._set_capital(capital=False)

    def _type(self, name: str) -> None:
        """As a keyboard would: through the window, past the scan router, to whatever has the focus there."""
        text = self.keys[name].text() if len(name) == 1 else _TYPES.get(name, "")
        key = int(_NAMED[name]) if name in _NAMED else ord(name.upper())
        shift = Qt.KeyboardModifier.ShiftModifier if text.isupper() else Qt.KeyboardModifier.NoModifier
        window = self._host.windowHandle()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, shift, text)
            event.ignore()
            QCoreApplication.sendEvent(window, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False


class _Key(KeypadKey):
    """A key as high as a finger needs and as wide as the row leaves it."""

    def __init__(self, text: str, icon: str | None) -> None:
        super().__init__(text, icon)
        self.setMinimumSize(44, _KEY_HEIGHT)
        self.setMaximumHeight(_KEY_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(44, _KEY_HEIGHT)


def _text_field(watched: QWidget) -> QWidget | None:
    """The field that a touch on this widget would type into; amounts have a keypad of their own."""
    field = watched.parentWidget() if isinstance(watched.parentWidget(), QPlainTextEdit) else watched
    if isinstance(field, QLineEdit | QPlainTextEdit) and not field.isReadOnly() and field.isEnabled():
        return field
    return None

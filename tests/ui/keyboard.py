"""A keyboard and a scanner for tests: key events as the window system sends them, with key numbers and time stamps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.ui.shared.key_codes import US_KEYS, US_SHIFTED

_CODES = {character: code for code, character in US_KEYS.items()}
_UNSHIFTED = {shifted: plain for plain, shifted in US_SHIFTED.items()}
_CZECH = dict(zip("1234567890", "+ěščřžýáíé", strict=True)) | {"y": "z", "z": "y", "/": "-", "-": "="}
_SWEDISH = {"-": "+", "/": "-", ";": "ö", "'": "ä", "[": "å"}
LAYOUTS = {"us": {}, "cs": _CZECH, "sv": _SWEDISH}
_NAMED = {
    "Enter": (Qt.Key.Key_Return, "\r", 28),
    "Tab": (Qt.Key.Key_Tab, "\t", 15),
    "F12": (Qt.Key.Key_F12, "", 88),
    "Esc": (Qt.Key.Key_Escape, "\x1b", 1),
    "Backspace": (Qt.Key.Key_Backspace, "\b", 14),
    "Shift": (Qt.Key.Key_Shift, "", 42),
    "Ctrl ]": (Qt.Key.Key_BracketRight, "\x1d", 27),
}


class Keyboard:
    """Keys of a US keyboard pressed under some layout. Its clock moves only by what is asked for."""

    def __init__(self, window: QWidget, *, layout: str = "us", native: bool = True, stamps: bool = True) -> None:
        self.window = window
        self.native, self.stamps = native, stamps
        self.layout = LAYOUTS[layout]
        self.now = 1_000

    def _event(self, kind: QEvent.Type, key: str, *, repeat: bool = False) -> QKeyEvent:
        modifiers = Qt.KeyboardModifier.NoModifier
        if key in _NAMED:
            qt_key, text, code = _NAMED[key]
            if key.startswith("Ctrl "):
                modifiers = Qt.KeyboardModifier.ControlModifier
        else:
            plain = _UNSHIFTED.get(key, key.lower())
            shifted = plain != key
            code = _CODES[plain]
            text = self.layout.get(plain, plain)
            if shifted:
                modifiers = Qt.KeyboardModifier.ShiftModifier
                text = plain if text in "+ěščřžýáíé" and plain.isdigit() else key
            number = ord(text.upper()) if len(text.upper()) == 1 else 0
            qt_key = Qt.Key(number) if number in Qt.Key._value2member_map_ else Qt.Key.Key_unknown
        event = QKeyEvent(kind, qt_key, modifiers, code + 8 if self.native else 0, 0, 0, text, repeat)
        event.setTimestamp(self.now if self.stamps else 0)
        return event

    def _send(self, kind: QEvent.Type, key: str, *, repeat: bool = False) -> bool:
        event = self._event(kind, key, repeat=repeat)
        event.ignore()
        QCoreApplication.sendEvent(self.window.windowHandle(), event)
        return event.isAccepted()

    def press(self, key: str, *, repeat: bool = False) -> None:
        """A key goes down, asked about as a shortcut first, as Qt does."""
        self._send(QEvent.Type.ShortcutOverride, key, repeat=repeat)
        self._send(QEvent.Type.KeyPress, key, repeat=repeat)

    def release(self, key: str, *, repeat: bool = False) -> None:
        self._send(QEvent.Type.KeyRelease, key, repeat=repeat)

    def tap(self, *keys: str, gap: int = 120) -> None:
        """Keys one after the other at a person's pace."""
        for key in keys:
            self.press(key)
            self.release(key)
            self.now += gap

    def scan_in_a_hurry(self, code: str, *, gap: int = 1) -> None:
        """As `scan`; a key pressed again at once comes marked as one that is held, as Qt marks it on X11."""
        before = ""
        for key, after in zip(code, [*code[1:], ""], strict=True):
            self.press(key, repeat=key == before)
            self.now += gap
            self.release(key, repeat=key == after)
            before = key
        self.press("Enter")
        self.release("Enter")
        self.now += gap

    def scan(self, code: str, *, gap: int = 3, end: str = "Enter") -> None:
        """What a scanner sends for a code."""
        for key in code:
            self.press(key)
            self.release(key)
            self.now += gap
        self.press(end)
        self.release(end)
        self.now += gap

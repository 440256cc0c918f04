"""Which key was pressed, whatever the layout makes of it.

Under a Czech layout the digit row types `+ěščřžýáíé`, so scans and amounts are read from the number of the key
itself: X11 keycodes on xcb, evdev + 8 on Wayland (the same numbers), set-1 scan codes on Windows. macOS and synthetic
events give none; there the text counts.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_ROW_DIGITS = "1234567890"
_LETTERS_TOP, _LETTERS_HOME, _LETTERS_BOTTOM = "qwertyuiop", "asdfghjkl", "zxcvbnm"
# What the US layout types, unshifted and shifted; barcode scanners send keys as if this layout were set.
US_SHIFTED = dict(zip("1234567890-=[];'`\\,./", '!@#$%^&*()_+{}:"~|<>?', strict=True))


def _run(first: int, characters: str) -> dict[int, str]:
    return {first + place: character for place, character in enumerate(characters)}


# Set-1 make codes. evdev numbers this part of the keyboard alike, and X11 adds 8 to evdev.
US_KEYS = (
    _run(2, _ROW_DIGITS + "-=")
    | _run(16, _LETTERS_TOP + "[]")
    | _run(30, _LETTERS_HOME + ";'`")
    | _run(43, "\\" + _LETTERS_BOTTOM + ",./")
    | {57: " "}
)
_KEYPAD_1 = _run(71, "789-456+1230.") | {55: "*"}
_EVDEV_KEYPAD = _KEYPAD_1 | {98: "/"}
_WINDOWS_EXTENDED_SLASH = 0x135
# Qt 6 on Windows marks extended keys with bit 8: the slash of the number pad is 0x135.


def _platform() -> str:
    app = QCoreApplication.instance()
    return QGuiApplication.platformName() if isinstance(app, QGuiApplication) else ""


def native_code(event: QKeyEvent) -> int:
    """The key's number as evdev counts (set 1 on Windows is the same up to 88), or 0 where none is known."""
    code = event.nativeScanCode()
    if not code:
        return 0
    platform = _platform()
    if platform == "windows":
        return 98 if code == _WINDOWS_EXTENDED_SLASH else code if code < 0x100 else 0
    if platform == "cocoa" or sys.platform == "darwin":
        return 0
    return code - 8 if code > 8 else 0


def us_text(event: QKeyEvent) -> str:
    """What a US layout would type: "" for a key that types nothing; the event's own text where the key is not known."""
    if event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    ):
        return ""
    code = native_code(event)
    if code in _EVDEV_KEYPAD:
        # With Num Lock off the pad moves the cursor; then it types nothing.
        return _EVDEV_KEYPAD[code] if event.text() else ""
    character = US_KEYS.get(code, "")
    if not character:
        text = event.text()
        return text if len(text) == 1 and text.isprintable() else ""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return US_SHIFTED.get(character, character.upper())
    # Caps Lock is seen only in what was typed; a scanner's capitals come with Shift.
    return character.upper() if character.isalpha() and event.text().isupper() else character


def row_digit(event: QKeyEvent) -> str:
    """The digit printed on an unshifted key of the digit row; "" for any other key or where the key is not known."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    code = native_code(event)
    return _ROW_DIGITS[code - 2] if 2 <= code <= 11 else ""


def digit_of(event: QKeyEvent) -> str:
    """The digit a key press means in an amount or a PIN: number pad, digit row of any layout, typed digit; else ""."""
    if digit := row_digit(event):
        return digit
    text = event.text()
    return text if len(text) == 1 and text in "0123456789" else ""


def entry_text(event: QKeyEvent) -> str:
    """What a key press adds to an entry: its digit if it means one, else what it typed ("*", "x", letters)."""
    if digit := digit_of(event):
        return digit
    text = event.text()
    return text if len(text) == 1 and text.isprintable() else ""


def copy_of(event: QKeyEvent) -> QKeyEvent:
    """The event as one of our own: Qt's lives only while it is delivered."""
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy

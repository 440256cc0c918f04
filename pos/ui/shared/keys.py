"""How a key is named on its cap."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_SHOWN = {
    "Return": "Enter",
    "Escape": "Esc",
    "Delete": "Del",
    "Backspace": "⌫",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


def key_name(sequence: QKeySequence | str) -> str:
    """A shortcut as printed on a keycap: "F12", "Ctrl K", "Enter"; empty for none."""
    text = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText)
    if not text:
        return ""
    parts = text.split("+") if not text.endswith("+") else [*text[:-1].rstrip("+").split("+"), "+"]
    return " ".join(_SHOWN.get(part, part) for part in parts if part)

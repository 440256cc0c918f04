"""What a part says of itself in general, kept on it, so that it stays when the part has nothing of its own to say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

GENERAL = "general_description"


def general_of(widget: QWidget) -> str:
    """The general description it was given; empty for none."""
    return str(widget.property(GENERAL) or "")

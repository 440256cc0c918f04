"""Markdown as it is set on the screen."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

_LINE_PERCENT = 125


def let_breathe(document: QTextDocument) -> None:
    """Room between lines and paragraphs, which Markdown has none of in Qt."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        shape.setBottomMargin(8)
        shape.setLineHeight(_LINE_PERCENT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        block = block.next()

"""What screens about a file share: the field that names it beside the button that picks it, and the report of it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.form import FormField
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.theme import font


def add_file(screen: TwoColumns, browse: QAction) -> tuple[FormField, QLineEdit]:
    """The field of a path at the left of the screen, and its line; the button beside it does what `browse` does."""
    path = QLineEdit()
    field = FormField(f"{screen.name}.file", path)
    button = ActionButton("", "folder_open", height=48)
    screen.name_child(button, "file", "browse")
    button.follow(browse)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(field, 1)
    beside = QVBoxLayout()
    beside.addSpacing(22)
    beside.addWidget(button)
    beside.addStretch(1)
    row.addLayout(beside)
    screen.left.addLayout(row)
    return field, path


def add_report(screen: TwoColumns) -> tuple[Label, QPlainTextEdit]:
    """How it stands in a line, and all that is to be said of it, at the right of the screen."""
    card = Card("plain", padding=12)
    state = Label("", 16, 600, wrap=True)
    said = QPlainTextEdit()
    screen.name_child(said, "report", "lines")
    said.setReadOnly(True)
    said.setFont(font(14))
    card.column.addWidget(state)
    card.column.addWidget(said, 1)
    screen.right.addWidget(card, 1)
    return state, said

"""The papers of a return one after the other, each as large as it will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.shared.buttons import IconButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from receipts.document import Document
from receipts.preview import PaperPreview

# A roll of 80 mm on a screen of four dots to the millimetre: the preview's own size, beyond which its height is cut.
_PAPER_WIDTH, _LEAST = 318, 252


class PaperPages(Card):
    """One paper at a time, with the way to the one before and the next."""

    def __init__(self, screen: Screen, earlier: QAction, later: QAction) -> None:
        super().__init__("sunken", padding=0, spacing=8)
        self.column.setContentsMargins(16, 10, 12, 12)
        self.setMinimumWidth(_LEAST + 28)
        self.setMaximumWidth(_PAPER_WIDTH + 80)
        head = QHBoxLayout()
        head.setSpacing(2)
        self._title, self._count = Label("", 16, 600, wrap=True), Label("", 13, 500, tone="text2")
        self.before, self.after = IconButton("chevron_left", ""), IconButton("chevron_right", "")
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        for button, action, name in ((self.before, earlier, "before"), (self.after, later, "after")):
            screen.name_child(button, "paper", name)
            button.clicked.connect(action.trigger)
            head.addWidget(button)
        self.column.addLayout(head)
        self.preview = PaperPreview()
        self.preview.setMaximumWidth(_PAPER_WIDTH)
        inside = QWidget()
        set_ground(inside, "none")
        paper = QVBoxLayout(inside)
        paper.setContentsMargins(4, 0, 4, 0)
        # In a row of its own: so its height is that of its own width, and it stands in the middle.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.preview, 1000)
        middle.addStretch(1)
        paper.addLayout(middle)
        paper.addStretch(1)
        self._scroll = scrolled(inside)
        self.column.addWidget(self._scroll, 1)
        self._empty = Label("", 15, 450, tone="text3", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self._empty)
        self._sheets: tuple[tuple[Document, str], ...] = ()
        self._of: Callable[[int, int], str] = lambda at, count: f"{at}/{count}"
        self.at = 0

    def set_words(self, before: str, after: str, empty: str) -> None:
        self.before.set_name(before)
        self.after.set_name(after)
        self._empty.setText(empty)

    def begin(self) -> None:
        """The first paper, whatever was looked at before."""
        self.at = 0

    def show_sheets(self, sheets: Sequence[tuple[Document, str]], of: Callable[[int, int], str]) -> None:
        """These papers with their names; `of` says which of how many."""
        self._sheets, self._of = tuple(sheets), of
        self.at = min(self.at, max(len(self._sheets) - 1, 0))
        self._show()

    def turn(self, by: int) -> None:
        """The paper before or behind; the first and the last stay."""
        self.look_at(self.at + by)

    def look_at(self, at: int) -> None:
        """The paper of this tile."""
        if 0 <= at < len(self._sheets) and at != self.at:
            self.at = at
            self._show()

    def _show(self) -> None:
        there = bool(self._sheets)
        self._empty.setVisible(not there)
        self._scroll.setVisible(there)
        for button in (self.before, self.after):
            button.setVisible(there)
        self._count.setText(self._of(self.at + 1, len(self._sheets)) if there else "")
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < len(self._sheets) - 1)
        paper, title = self._sheets[self.at] if there else (None, "")
        self._title.setText(title)
        if paper != self.preview.document:
            self.preview.show_document(paper)
            self._scroll.verticalScrollBar().setValue(0)

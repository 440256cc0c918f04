"""Everything a promotion says, as lines to read: what it gives, what is odd about it, who changed it when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.services.promotions import PromotionFinding, PromotionView
from pos.ui.promotions.words import FINDINGS, STANDINGS, PromotionWords, Standing
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.ui.theme import Kind
from pos.wording import Wording

PILLS: dict[Standing, tuple[Kind, str]] = {
    Standing.IN_FORCE: ("ok", "check_circle"),
    Standing.COMING: ("info", "schedule"),
    Standing.OVER: ("neutral", "event"),
    Standing.OFF: ("neutral", "block"),
}


class FindingNotes(QWidget):
    """What is odd, each with its sign: a note to think about, never a no."""

    def __init__(self) -> None:
        super().__init__()
        set_ground(self, "none")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.said: list[str] = []

    def show_findings(self, findings: Sequence[PromotionFinding], words: Wording) -> None:
        """These, and nothing at all where there are none."""
        clear(self._column)
        self.said = [words.say(FINDINGS[finding]) for finding in findings]
        for sentence in self.said:
            note = Card("warn", padding=10)
            note.column.addWidget(Label(sentence, 14, 600, tone="warn", wrap=True))
            self._column.addWidget(note)
        self.setVisible(bool(self.said))


class PromotionCard(Card):
    """The chosen promotion; nothing in it can be changed."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        self.name = Label("", 20, 680, wrap=True)
        self.column.addWidget(self.name)
        row = QHBoxLayout()
        self.standing = Pill("", "ok", "check_circle")
        row.addWidget(self.standing)
        row.addStretch(1)
        self.column.addLayout(row)
        self.notes = FindingNotes()
        self.column.addWidget(self.notes)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(6)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.column.addWidget(scrolled(inside), 1)
        self.lines: list[tuple[str, str]] = []

    def show_promotion(
        self, view: PromotionView, said: PromotionWords, words: Wording, *, standing: Standing | None = None
    ) -> None:
        """This promotion; without a standing it is one still being made."""
        promotion = view.promotion
        self.name.setText(promotion.name_in(words.language))
        self.standing.setVisible(standing is not None)
        if standing is not None:
            self.standing.set_state(words.say(STANDINGS[standing]), *PILLS[standing])
        self.notes.show_findings(view.findings, words)
        self.lines = said.lines(promotion)
        self._lay()

    def show_history(self, history: Sequence[PromotionView], words: Wording) -> None:
        """Every version below what it says: when, and by whom."""
        self.lines = [*self.lines, *_versions(history, words)]
        self._lay()

    def _lay(self) -> None:
        clear(self._grid)
        for at, (name, value) in enumerate(self.lines):
            title = Label(name, 14, 450 if value else 600, tone="text3" if value else "text2", wrap=True)
            title.setMinimumWidth(110)
            if not value:
                title.setContentsMargins(0, 12, 0, 0)
                self._grid.addWidget(title, at, 0, 1, 2)
                continue
            title.setMaximumWidth(150)
            self._grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(value, 15, 500, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)


def clear(layout: QVBoxLayout | QGridLayout) -> None:
    """Take everything out of it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _versions(history: Sequence[PromotionView], words: Wording) -> list[tuple[str, str]]:
    if not history:
        return []
    lines = [
        (
            words.say("Version {number}", number=view.promotion.version),
            " · ".join(
                filter(
                    None,
                    (
                        words.short_day(view.changed_at.date()),
                        words.time(view.changed_at),
                        view.changer or view.changed_by or words.say("command line"),
                        "" if view.promotion.active else words.say("switched off"),
                    ),
                )
            ),
        )
        for view in history
    ]
    return [(words.say("Versions"), ""), *lines]

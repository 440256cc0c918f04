"""Everything a promotion says, as lines to read: what it gives, what is odd about it, who changed it when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.promotion import Coupon, Promotion
from pos.domain.promotion_findings import PromotionFinding
from pos.promotion_words import FINDINGS, NameOf, days_words, few, hours_words, rule_words, weekdays_words
from pos.services.promotions import PromotionView
from pos.ui.promotions.standing import STANDINGS, Standing
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
        self,
        view: PromotionView,
        currency: str,
        words: Wording,
        name_of: NameOf = str,
        *,
        standing: Standing | None = None,
    ) -> None:
        """This promotion; without a standing it is one still being made. `name_of` says what an item is called."""
        promotion = view.promotion
        self.name.setText(promotion.name_in(words.language))
        self.standing.setVisible(standing is not None)
        if standing is not None:
            self.standing.set_state(words.say(STANDINGS[standing]), *PILLS[standing])
        self.notes.show_findings(view.findings, words)
        self.lines = _everything(promotion, currency, words, name_of)
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


def _everything(promotion: Promotion, currency: str, words: Wording, name_of: NameOf) -> list[tuple[str, str]]:
    """Everything it says, as lines of a name and what is there."""
    say, asked = words.say, promotion.conditions
    lines = (
        (say("Gives"), rule_words(promotion, currency, words, name_of)),
        (say("Days"), days_words(asked, words)),
        (say("Weekdays"), weekdays_words(asked.weekdays, words)),
        (say("Hours"), hours_words(asked.hours, words)),
        (say("Tier"), ", ".join(asked.tiers)),
        (say("Group"), ", ".join(asked.groups)),
        (say("Coupon"), _coupon(asked.coupon, words)),
        (say("Times a receipt"), "" if promotion.limit is None else str(promotion.limit)),
        (say("Excludes each other"), promotion.group),
        (say("With others"), say("goes with every other") if promotion.combinable else ""),
        (say("Priority"), str(promotion.priority or "")),
        (say("To say"), promotion.say_in(words.language)),
        (say("Number"), promotion.id),
    )
    return [(name, value) for name, value in lines if value]


def _coupon(coupon: Coupon | None, words: Wording) -> str:
    if coupon is None:
        return ""
    uses = "" if coupon.uses is None else words.count("{n} use", "{n} uses", coupon.uses)
    return " · ".join(filter(None, (few((*coupon.codes, *coupon.gs1), words), uses)))


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

"""What is said of the chosen line: how many, in what state, why. Condition and reason are one touch each, or Alt and a
number; which of the two the words below are about is chosen by its button.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.money import Quantity, Unit
from pos.domain.return_request import LineAsked
from pos.ui.shared.buttons import ActionButton, ButtonFace, IconButton
from pos.ui.shared.cards import Card
from pos.ui.shared.chips import Chips
from pos.ui.shared.text import Label
from pos.wording import Wording

Choices = Sequence[tuple[str, str]]
_GAP = 8
_ROOMY = ButtonFace(tight=False, px=15, key_place="end")
_TIGHT = ButtonFace(tight=True, px=13, key_place="end")


class _About(ActionButton):
    """Says what stands now; where the row is short of room its words are elided, since they stand below as well."""

    def minimumSizeHint(self) -> QSize:
        return QSize(104, self.height())


class LineStrip(Card):
    """Signals: stepped(int) one less or one more of the chosen line."""

    stepped = Signal(int)

    def __init__(self, screen: str, condition: QAction, reason: QAction) -> None:
        super().__init__("plain", padding=12, spacing=10)
        self._row = row = QHBoxLayout()
        row.setSpacing(_GAP)
        self.less = IconButton("remove", "", kind="outlined", size=48)
        self.more = IconButton("add", "", kind="outlined", size=48)
        self.count = Label("", 20, 600)
        self.count.setMinimumWidth(40)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.condition = self._about(condition)
        self.reason = self._about(reason)
        for widget in (self.less, self.count, self.more):
            row.addWidget(widget)
        row.addWidget(self.condition, 1)
        row.addWidget(self.reason, 1)
        self.column.addLayout(row)
        self.chips = Chips(screen)
        self.column.addWidget(self.chips)
        for name in ("less", "more", "condition", "reason"):
            getattr(self, name).setObjectName(f"{screen}.line.{name}")

    def _about(self, action: QAction) -> ActionButton:
        button = _About("", key=action.shortcut().toString(), height=56, align="left", px=15)
        button.set_checked_kind("selected")
        button.clicked.connect(action.trigger)
        return button

    def show_line(self, asked: LineAsked | None, left: Quantity | None, said: tuple[str, str], words: Wording) -> None:
        """The line as it is asked for; None where it is not ticked. `said` are state and reason in words."""
        self.less.set_name(words.say("One less"))
        self.more.set_name(words.say("One more"))
        pieces = asked is not None and asked.quantity.unit is Unit.PIECE
        many = 0 if asked is None else asked.quantity.thousandths
        self.count.setText("" if asked is None else words.quantity(asked.quantity))
        self.less.setEnabled(pieces and many > 1000)
        self.more.setEnabled(pieces and (left is None or many < left.thousandths))
        for button, name, text in (
            (self.condition, words.say("Condition"), said[0]),
            (self.reason, words.say("Reason"), said[1]),
        ):
            button.set_detail(name)
            button.set_text(text or "–")
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """State and reason are as wide as each other; where one has more words than that, it takes of the other's room,
        in smaller letters.
        """
        both = (self.condition, self.reason)
        fixed = sum(widget.minimumWidth() for widget in (self.less, self.count, self.more))
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - fixed - 4 * _GAP
        fits = all(button.width_as(_ROOMY) <= room // 2 for button in both)
        self._row.setSpacing(_GAP if fits else _GAP // 2)
        for button in both:
            button.set_face(_ROOMY if fits else _TIGHT)
            self._row.setStretchFactor(button, 1 if fits else button.width_as(_TIGHT))

    def show_choices(self, choices: Choices, chosen: str, *, about_reason: bool) -> None:
        """The words to choose from, and which of the two they are about."""
        for button, is_it in ((self.condition, not about_reason), (self.reason, about_reason)):
            button.setChecked(is_it)
        self.chips.show_words(choices, chosen)

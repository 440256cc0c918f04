"""A price or a discount by hand, typed in the line itself: how much, why, and how far the person may go alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.fields import AmountField
from pos.ui.shared.shelf import ButtonShelf
from pos.wording import Wording

PERCENT, AMOUNT = "percent", "amount"
_PERCENT_DIGITS = 4
_ROOMY = 640
_GAP = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be typed: its name, the person's limit in words, and the reasons to choose from.

    `digits` are those of the currency; `percent` offers a share beside an amount.
    """

    label: str
    limit: str
    reasons: Sequence[tuple[str, str]]
    digits: int
    percent: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """The number as typed, with "." for the decimal sign; whether it is a share; and the reason's code or nothing."""

    entry: str
    is_percent: bool
    reason: str


class ByHandEntry(QWidget):
    """Alt and a number chooses the reason, ← and → turn between percent and amount, Enter gives it.

    Signals: given(object) a Typed; left().
    """

    given = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reason = ""
        self._digits = 2
        self._shown: Callable[[str], str] = str
        self._codes: list[str] = []
        self.reasons: list[ActionButton] = []
        self.field = AmountField(height=48, px=22)
        self.field.setObjectName("sell.by_hand.entry")
        self.field.submitted.connect(lambda _entry: self.submit())
        self.kind = SegmentedControl()
        self.kind.setObjectName("sell.by_hand.kind")
        self.kind.chosen.connect(lambda _key: self._turn())
        self.apply = ActionButton("", "check", kind="primary", key="Enter")
        self.apply.setObjectName("sell.by_hand.apply")
        self.apply.clicked.connect(lambda: self.submit())
        self.cancel = IconButton("close", "", kind="outlined", size=48)
        self.cancel.setObjectName("sell.by_hand.cancel")
        self.cancel.clicked.connect(lambda: self.left.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for widget in (self.kind, self.apply, self.cancel):
            row.addWidget(widget)
        self._chips = ButtonShelf(gap=_GAP)
        column.addLayout(row)
        column.addWidget(self._chips)

    def retranslate(self, words: Wording) -> None:
        self.apply.set_text(words.say("Set"))
        self.cancel.set_name(words.say("Leave it as it is"), "Esc")

    def begin(self, wanted: Wanted, words: Wording, currency: str) -> None:
        """Open it empty, with no reason chosen."""
        sign = words.decimal_sign
        self._shown, self._digits = lambda entry: entry.replace(".", sign) or "0", wanted.digits
        self.field.clear_entry()
        self.field.set_words(wanted.label, wanted.limit)
        self.kind.set_choices([(PERCENT, "%"), (AMOUNT, currency)] if wanted.percent else [(AMOUNT, currency)])
        self.kind.choose(PERCENT if wanted.percent else AMOUNT)
        self.kind.setVisible(wanted.percent)
        self.kind.setAccessibleName(words.say("Percent or amount"))
        self._offer(wanted.reasons)
        self._turn()

    def turn(self) -> None:
        """From percent to amount and back."""
        if len(self.kind.buttons) > 1:
            self.kind.choose(AMOUNT if self.kind.choice == PERCENT else PERCENT)
            self._turn()

    def press(self, number: int) -> None:
        """Choose the reason of this number, counted from 1."""
        if number <= len(self._codes):
            self._reason = self._codes[number - 1]
            for code, button in zip(self._codes, self.reasons, strict=True):
                button.set_kind("selected" if code == self._reason else "outlined")

    def unfinished(self) -> tuple[str, str, str]:
        """The number as typed, whether it is percent or an amount, and the reason."""
        return self.field.entry, self.kind.choice, self._reason

    def take_up(self, unfinished: tuple[str, str, str]) -> None:
        """Go on with what `unfinished` told."""
        entry, kind, reason = unfinished
        self.kind.choose(kind)
        self._turn()
        self.field.set_entry(entry)
        if reason in self._codes:
            self.press(self._codes.index(reason) + 1)

    def submit(self) -> None:
        """Give what was typed; nothing typed is 0, which takes a discount off."""
        self.given.emit(Typed(self.field.entry.rstrip(".") or "0", self.kind.choice == PERCENT, self._reason))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The word before its picture and its key, where there is not room for both.
        roomy = self.width() >= _ROOMY
        self.apply.set_icon("check" if roomy else None)
        self.apply.set_key("Enter" if roomy else "")
        self._print_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        self.field.set_shown(self._shown, _PERCENT_DIGITS if self.kind.choice == PERCENT else self._digits)
        self.field.setFocus()

    def _offer(self, reasons: Sequence[tuple[str, str]]) -> None:
        self._reason, self._codes, self.reasons = "", [code for code, _ in reasons], []
        for number, (_, text) in enumerate(reasons, start=1):
            chip = ActionButton(text, kind="outlined", height=44, px=14)
            chip.describe(text, f"Alt {number}")
            chip.setObjectName(f"sell.by_hand.reason{number}")
            chip.clicked.connect(lambda _=False, number=number: self.press(number))
            self.reasons.append(chip)
        self._print_keys()
        self._chips.set_buttons(self.reasons)

    def _print_keys(self) -> None:
        """On the reasons, where all of them still stand side by side then."""
        for number, chip in enumerate(self.reasons, start=1):
            chip.set_key(f"Alt {number}")
        wanted = sum(chip.minimumSizeHint().width() + _GAP for chip in self.reasons) - _GAP
        if wanted > self.width():
            for chip in self.reasons:
                chip.set_key("")

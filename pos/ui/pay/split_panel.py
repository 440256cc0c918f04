"""Sharing the sale out: in two, three or four even parts, by lines, or by an amount that is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.split import PARTS_MAX, even_share, lines_share
from pos.ui.pay.panel import PayPanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import set_ground
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import Wording


class SplitPanel(PayPanel):
    """Alt 2, Alt 3 and Alt 4 are the even parts; ↑ ↓ and Space tick lines.

    Signals: parts_chosen(int) so many even parts, 1 for none; lines_chosen(object) the lines somebody pays, from 0.
    """

    parts_chosen = Signal(int)
    lines_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("split", "call_split")
        self._priced: PricedBasket | None = None
        self.parts: dict[int, ActionButton] = {}
        for count in range(2, PARTS_MAX + 1):
            button = ActionButton("", height=56, px=17, key=f"Alt {count}", key_place="follow")
            button.setObjectName(f"pay.split.parts{count}")
            button.clicked.connect(lambda _=False, n=count: self.parts_chosen.emit(n))
            self.parts[count] = button
        self.column.addWidget(ButtonShelf(list(self.parts.values()), gap=8))
        self._or = Label("", 15, 600, tone="text2", wrap=True)
        self.column.addWidget(self._or)
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_ground(area.viewport(), "none")
        area.setWidget(inside)
        area.setMinimumHeight(160)
        self.column.addWidget(area, 1)
        self.lines: list[ActionButton] = []
        self._how = Label("", 14, 450, tone="text2", wrap=True)
        self.column.addWidget(self._how)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def entry(self) -> QWidget:
        return self.lines[0] if self.lines else self

    @property
    def ticked(self) -> tuple[int, ...]:
        """The lines that are chosen, from 0."""
        return tuple(number for number, button in enumerate(self.lines) if button.isChecked())

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.title.setText(words.say("Split: who pays what?"))
        self.setAccessibleName(self.title.text())
        self._or.setText(words.say("Or tick what one customer pays"))
        self._how.setText(words.say("For any other share, leave, type the amount and choose the tender."))
        for count, button in self.parts.items():
            button.set_text(str(count))
            button.describe(words.say("{n} even parts", n=count), f"Alt {count}")

    def begin(self, priced: PricedBasket) -> None:
        """Open it for the sale as it stands."""
        self._priced = priced
        for old in self.lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = []
        for number, line in enumerate(priced.lines):
            amount = self.words.amount(Money(line.total, priced.currency))
            button = ActionButton("", "radio_button_unchecked", align="left", height=48, px=15)
            button.setObjectName(f"pay.split.line{number + 1}")
            button.setMaximumWidth(376)
            button.set_checked_kind("selected")
            button.set_text(f"{line.line.name[:20]} · {amount}")
            button.setToolTip(line.line.name)
            button.describe(f"{line.line.name}, {amount}", self.words.say("Space"))
            button.toggled.connect(lambda _: self._say())
            self._list.insertWidget(number, button)
            self.lines.append(button)
        self.say_no("")
        self._say()
        self.show()

    def press(self, number: int) -> None:
        """The key with this number, from 0: Alt 2 is two parts."""
        if number + 1 in self.parts:
            self.parts_chosen.emit(number + 1)

    def confirm(self) -> None:
        """Enter: the lines that are ticked; none is the whole again."""
        if self.ticked:
            self.lines_chosen.emit(self.ticked)
        else:
            self.parts_chosen.emit(1)

    def unfinished(self) -> object:
        return self.ticked

    def take_up(self, unfinished: tuple[int, ...]) -> None:
        for number in unfinished:
            self.lines[number].setChecked(True)

    def _say(self) -> None:
        assert self._priced is not None
        for button in self.lines:
            button.set_icon("check_circle" if button.isChecked() else "radio_button_unchecked")
        money, currency = self.words.money, self._priced.currency
        share = lines_share(self._priced, self.ticked) if self.ticked else max(self._priced.due, 0)
        half = money(Money(even_share(self._priced.due, 2), currency))
        self.sum.setText(self.words.say("Half is {amount}", amount=half))
        say = self.words.say
        whole = say("Ask for {amount}", amount=money(Money(share, currency)))
        self.give_button.set_text(whole if self.ticked else say("Not split"))

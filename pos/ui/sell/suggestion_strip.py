"""What goes with the sale, under the basket: one at a time, why, its price and what is left, added with one key."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.basket import Suggested
from pos.domain.money import Money
from pos.services.sale import Sale, SaleView
from pos.ui.sell.ringing import Ringing
from pos.ui.sell.teller import Teller
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import ElidedLabel
from pos.wording import Wording


class SuggestionStrip(Card):
    """Hidden while nothing is suggested. Nothing of it takes the focus: a scan goes on as before."""

    def __init__(self, add: QAction, decline: QAction) -> None:
        super().__init__("plain", padding=0, spacing=12, row=True)
        self.column.setContentsMargins(12, 7, 10, 7)
        self._title = ElidedLabel("", 15, 600)
        self._about = ElidedLabel("", 13, 450, tone="text2")
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addStretch(1)
        said.addWidget(self._title)
        said.addWidget(self._about)
        said.addStretch(1)
        self.add = ActionButton("", "add", kind="soft")
        self.add.setObjectName("sell.suggestion.add")
        self.add.follow(add)
        self.decline = IconButton("close", "", size=48)
        self.decline.setObjectName("sell.suggestion.decline")
        self.decline.clicked.connect(decline.trigger)
        self.column.addWidget(Icon("lightbulb", 22, fill=1, tile="warn", tile_size=40))
        self.column.addLayout(said, 1)
        self.column.addWidget(self.add)
        self.column.addWidget(self.decline)
        self._facts: list[str] = []
        self.hide()

    def show_suggestion(self, suggested: Suggested, currency: str, words: Wording) -> None:
        """Say what goes with the sale."""
        self._title.setText(suggested.say or words.say("Goes well with it: {item}", item=suggested.name))
        self._facts = _facts(suggested, currency, words)
        self.setAccessibleName(f"{self._title.text()}. {' · '.join(self._facts)}")
        self._say_facts()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_facts()

    def _say_facts(self) -> None:
        """On a narrow till the item's own name gives way first: price and stock are nowhere else."""
        for dropped in range(len(self._facts)):
            self._about.setText(" · ".join(self._facts[dropped:]))
            if not self._about.is_elided:
                break


class Suggesting(QObject):
    """The keys of the strip and when it shows: brought up to date with the screen at every change of the sale."""

    def __init__(self, screen: Screen, ringing: Ringing, teller: Teller, sale: Sale) -> None:
        super().__init__(screen)
        self._screen, self._ringing, self._teller, self._sale = screen, ringing, teller, sale
        self._shown: Suggested | None = None
        self._add = screen.add_key("add_suggestion", "F11", self._take, in_key_bar=False)
        self._decline = screen.add_key("decline_suggestion", "Shift+F11", self._put_away, in_key_bar=False)
        self.strip = SuggestionStrip(self._add, self._decline)

    def retranslate(self, words: Wording) -> None:
        """Say the names of its keys anew."""
        self._add.setText(words.say("Add"))
        self._add.setToolTip(words.say("Add what is suggested"))
        self._decline.setText(words.say("Not this time"))
        self.strip.decline.set_name(words.say("Not this time"), "Shift+F11")

    def show_sale(self, view: SaleView, words: Wording) -> None:
        """Show what this sale's suggestion is, or nothing."""
        suggested = view.suggestion
        for action in (self._add, self._decline):
            action.setEnabled(suggested is not None)
        if suggested is None:
            self.strip.hide()
        else:
            self.strip.show_suggestion(suggested, view.priced.currency, words)
            if suggested != self._shown:
                announce(self.strip)
        self._shown = suggested

    def _take(self) -> None:
        suggested = self._sale.view.suggestion
        if suggested is not None:
            self._ringing.suggested(suggested.item)
        self._screen.focus_entry()

    def _put_away(self) -> None:
        self._teller.ask(self._sale.decline_suggestion)
        self._screen.focus_entry()


def _facts(suggested: Suggested, currency: str, words: Wording) -> list[str]:
    """The item where the shop's own words stand above it, its price, and how many are left."""
    facts = [suggested.name] if suggested.say else []
    facts.append(words.money(Money(suggested.unit_price, currency)))
    if suggested.on_hand is not None and suggested.on_hand % 1000 == 0:
        facts.append(words.count("{n} in stock", "{n} in stock", suggested.on_hand // 1000))
    return facts

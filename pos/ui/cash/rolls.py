"""Coins still in their rolls or bags: how many of them, below the loose ones; put away until somebody has some."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.cash import rolls
from pos.domain.money import Money
from pos.ui.cash.piece_row import PieceRow
from pos.ui.shared.buttons import ActionButton
from pos.wording import Wording


class RollRow(PieceRow):
    """A roll of one coin: `coin` is the coin in it, `size` how many there are."""

    def __init__(self, screen: str, coin: Money, size: int) -> None:
        super().__init__(screen, Money(coin.minor * size, coin.currency), is_note=False, part="rolls")
        self.coin, self.size_of_roll = coin, size

    @property
    def pieces(self) -> int:
        """How many coins are in the rolls that were counted."""
        return self.size_of_roll * (self.many or 0)

    def retranslate(self, words: Wording) -> None:
        coin = words.short_money(self.coin)
        self.set_names(
            f"{self.size_of_roll}×{words.amount(self.coin)}",
            words.say("Rolls of {coin}", coin=coin),
            words.say("One roll of {coin} less", coin=coin),
            words.say("One roll of {coin} more", coin=coin),
        )
        self.show_sum(words)


class Rolls(QWidget):
    """A button that brings the rows, and takes them away again. Signals: turned() the rows came or went."""

    turned = Signal()

    def __init__(self, screen: str, currency: str, said: Sequence[str] = ()) -> None:
        super().__init__()
        self._currency = currency
        self.rows = tuple(RollRow(screen, Money(coin, currency), size) for coin, size in rolls(currency, said))
        self.button = ActionButton("", "expand_more", align="left", height=48, key="Alt R")
        self.button.setObjectName(f"{screen}.rolls.toggle")
        self.button.clicked.connect(lambda: self.toggle())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        for row in self.rows:
            column.addWidget(row)
            row.hide()
        if not self.rows:
            self.hide()

    @property
    def open(self) -> bool:
        """Whether the rows are there."""
        return any(not row.isHidden() for row in self.rows)

    @property
    def minor(self) -> int:
        """What is in them, in minor units."""
        return sum(row.minor for row in self.rows)

    def toggle(self) -> None:
        """Bring the rows, or take them away; what was typed there stays."""
        shown = not self.open
        for row in self.rows:
            row.setVisible(shown)
        self.turned.emit()

    def clear(self) -> None:
        """None counted, and the rows away."""
        for row in self.rows:
            row.set_many(0)
            row.hide()

    def retranslate(self, words: Wording) -> None:
        for row in self.rows:
            row.retranslate(words)
        self.show_sum(words)

    def show_sum(self, words: Wording) -> None:
        for row in self.rows:
            row.show_sum(words)
        amount = words.amount(Money(self.minor, self._currency))
        self.button.set_text(words.say("Rolls and bags · {amount}", amount=amount))

"""What comes back for the goods of this sale: a strip above the basket with the difference, and the way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from pos.domain.money import Money
from pos.ui.shared.buttons import IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.text import Label
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.services.exchanges import ExchangeView


class ExchangeStrip(Card):
    """Hidden while the sale is no exchange. Nothing of it takes the focus: a scan goes out as before."""

    def __init__(self, cancel: QAction) -> None:
        super().__init__("out", padding=0, spacing=12, row=True)
        self.column.setContentsMargins(12, 6, 8, 6)
        self._said = Label("", 15, 600, wrap=True)
        self.cancel = IconButton("close", "", size=48)
        self.cancel.setObjectName("sell.exchange.cancel")
        self.cancel.clicked.connect(cancel.trigger)
        self.column.addWidget(Icon("swap_horiz", 22, tile="out", tile_size=40))
        self.column.addWidget(self._said, 1)
        self.column.addWidget(self.cancel)
        self.hide()

    @property
    def said(self) -> str:
        return self._said.text()

    def show_text(self, sentence: str) -> None:
        self._said.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()


def exchange_words(view: ExchangeView, currency: str, words: Wording) -> str:
    """What comes back and which way the difference goes."""
    say, money = words.say, words.money
    back, net = money(Money(view.returned_value, currency)), money(Money(abs(view.net_due), currency))
    if not view.even and not view.priced.lines:
        return say("Exchange: {back} back · scan what goes out", back=back)
    if view.net_due > 0:
        return say("Exchange: {back} back · customer pays {net}", back=back, net=net)
    if view.net_due < 0:
        return say("Exchange: {back} back · give back {net}", back=back, net=net)
    return say("Exchange: {back} back · even", back=back)

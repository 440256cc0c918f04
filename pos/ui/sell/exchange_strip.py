"""What comes back for the goods of this sale: a strip above the basket with the difference, and the way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.ui.sell.totals import SumRow
from pos.ui.shared.buttons import IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.text import ElidedLabel, Label
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
        self._lines = ElidedLabel("", 13, 450, tone="text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._said)
        words.addWidget(self._lines)
        self.column.addLayout(words, 1)
        self.column.addWidget(self.cancel)
        self.hide()

    @property
    def said(self) -> str:
        return self._said.text()

    def show_text(self, sentence: str, lines: str = "") -> None:
        """How it stands, and below what comes back."""
        self._said.setText(sentence)
        self._lines.setText(lines)
        self._lines.setVisible(bool(lines))
        self.setAccessibleName(". ".join(filter(None, (sentence, lines))))
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


def exchange_sums(view: ExchangeView, currency: str, words: Wording) -> tuple[list[SumRow], str, str]:
    """What goes out and what comes back, and below which way the difference goes with its amount."""
    say, amount = words.say, words.amount
    rows = [
        SumRow(say("Goes out"), amount(Money(view.new_value, currency))),
        SumRow(say("Comes back"), amount(Money(-view.returned_value, currency))),
    ]
    label = (
        say("Customer pays") if view.net_due > 0 else say("Give back") if view.net_due < 0 else say("Nothing to pay")
    )
    return rows, label, words.money(Money(abs(view.net_due), currency))


def coming_back(view: ExchangeView, going_out: PricedBasket, currency: str, words: Wording) -> str:
    """Each line that comes back with what it is worth; what is replaced even says so, and that its price is kept."""
    case, lines = view.quote.case, view.decision.lines
    first_even = len(lines) - len(view.even)
    prices = {line.line.item: line.unit_price for line in going_out.lines}
    said = []
    for place, decided in enumerate(lines):
        bought = None if case.purchase is None else case.purchase.line(decided.line)
        goods = case.goods.get(decided.item)
        name = bought.name if bought is not None else goods.name if goods is not None else decided.item
        if place < first_even:
            said.append(f"{name} {words.amount(Money(-decided.value, currency))}")
        elif bought is not None and prices.get(view.even[place - first_even].instead) not in {None, bought.unit_price}:
            price = words.amount(Money(bought.unit_price, currency))
            said.append(words.say("{item}, like for like, price kept: {price}", item=name, price=price))
        else:
            said.append(words.say("{item}, like for like", item=name))
    return words.say("Coming back: {lines}", lines=" · ".join(said)) if said else ""

"""The right of the sale: what is picked by hand above, what it comes to below, the way to the money at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.shop import ShopRules
from pos.domain.transaction import EndedSale
from pos.ui.sell.summary import last_of, rows_max, sums_of
from pos.ui.sell.totals import SumRow, TotalsCard
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.buttons import ActionButton
from pos.wording import Wording

MONEY_COLUMN_MAX = 446
MONEY_COLUMN_MIN = 380


class MoneyColumn(QWidget):
    """Takes what stands above the totals, which gets the room that is left, and the action that takes the money.

    Signals: rests() no line is there, and `last` is how the sale before ended.
    """

    rests = Signal()

    def __init__(self, picks: QWidget, pay: QAction, rules: ShopRules, afterwards: Afterwards) -> None:
        super().__init__()
        self._pay, self._rules, self._afterwards = pay, rules, afterwards
        self._said: tuple[str, ...] = ()
        # How the sale before the open one ended, as it was last looked at.
        self.last: EndedSale | None = None
        self.totals = TotalsCard(afterwards)
        self.totals.setObjectName("sell.totals")
        self.totals.set_rows_max(rows_max(rules))
        self.button = ActionButton("", "payments", kind="primary", height=76, px=22)
        self.button.cover_ground()
        self.button.follow(pay)
        self.button.setObjectName("sell.totals.pay")
        self.setMinimumWidth(MONEY_COLUMN_MIN)
        self.setMaximumWidth(MONEY_COLUMN_MAX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(picks, 1)
        column.addWidget(self.totals)
        column.addWidget(self.button)

    def show_sale(self, priced: PricedBasket, last: Callable[[], EndedSale | None], words: Wording) -> None:
        """What the sale comes to; between sales how the `last` one ended."""
        self._pay.setEnabled(bool(priced.lines))
        if not priced.lines:
            self.last = last()
            self.totals.set_last(*last_of(self.last, words))
            self.say_pay(words.say("Pay"))
            self._say_pay()
            self.rests.emit()
            return
        total = words.money(Money(priced.total, priced.currency))
        rows = sums_of(priced, self._rules, words, self.totals.rows_room)
        self.totals.set_sums(rows, words.say("Total"), total)
        # The total stands above in full; a sum is never cut short.
        self.say_pay(words.say("Pay {amount}", amount=total), words.say("Pay"))

    def show_taken(self, priced: PricedBasket, words: Wording) -> None:
        """As `show_sale`, where money was taken: what it comes to stands small, and large what is still due."""
        amount, currency = words.amount, priced.currency
        taken = sum(tender.amount for tender in priced.basket.tenders)
        rows = [
            SumRow(words.say("Total"), amount(Money(priced.total, currency))),
            SumRow(words.say("Taken so far"), amount(Money(taken, currency))),
        ]
        due = words.money(Money(priced.due, currency))
        self.totals.set_sums(rows, words.say("Still to pay"), due)
        if priced.complete:
            self.say_pay(words.say("Complete sale"))
        else:
            self.say_pay(words.say("Pay {amount}", amount=due), words.say("Pay"))

    def say_pay(self, *said: str) -> None:
        """What the key says, right after the picture: the first of these it has room for, or else the last."""
        self._said = said
        self._afterwards.want(self._say_pay)

    def _say_pay(self) -> None:
        for said in self._said:
            self._pay.setText(said)
            if self.button.sizeHint().width() <= max(self.button.width(), MONEY_COLUMN_MIN):
                break

"""Money that was taken before the cashier came back to the sale: what it is, what is still due, and its way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.services.sale import Sale, SaleView
from pos.ui.sell import money_back as late_telling
from pos.ui.sell.money_column import MoneyColumn
from pos.ui.sell.teller import Answer, Teller
from pos.ui.shared import money_back as late_money_back


class MoneyTaken(QObject):
    """No scan comes by here: while money is taken nothing is rung up, and `show` follows only what can be done then.

    Signals: used() the focus goes back to the entry.
    """

    used = Signal()

    def __init__(self, money: MoneyColumn, teller: Teller, sale: Sale) -> None:
        super().__init__(money)
        self._money, self._teller, self._sale = money, teller, sale
        teller.banner.action.clicked.connect(lambda: self.give_back())

    def retranslate(self) -> None:
        """Say the way back anew."""
        self._teller.banner.action.set_text(self._teller.words.say("Give the money back"))

    def show(self, view: SaleView) -> None:
        """What was taken and what is still due, after the sale itself was shown; nothing where nothing was taken."""
        tenders, words = view.priced.basket.tenders, self._teller.words
        if not tenders:
            return
        self._show_sums(view)
        taken = Money(sum(tender.amount for tender in tenders), view.priced.currency)
        self._teller.banner.show_message(
            words.say("{amount} is taken for this sale.", amount=words.money(taken)),
            words.say("Give it back to change items, or go on with F12."),
            "warn",
        )
        self._teller.banner.action.show()

    def give_back(self) -> None:
        """All of it, so that items can be changed again."""
        self.follow(self._sale.release_tenders)
        self.used.emit()

    def follow(self, step: Callable[[], Answer]) -> None:
        """Carry out what may give money back, or count it as taken again; and say which it did."""
        before = self._sale.view.priced
        view = self._teller.ask(step)
        if view is None:
            return
        back = late_money_back.gone(before.basket.tenders, view.priced.basket.tenders)
        if late_telling.tell_given_back(back, before.currency, self._teller):
            self._show_sums(view)
        else:
            self.show(view)

    def _show_sums(self, view: SaleView) -> None:
        if view.priced.basket.tenders and view.priced.basket.returning is None:
            self._money.show_taken(view.priced, self._teller.words)

"""An exchange at the sale: what is scanned goes out for what comes back, and the difference is paid or given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from pos.domain import even_exchange
from pos.domain.approval import NeedsApproval
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.domain.tender import TenderKind
from pos.domain.trouble import KnownError
from pos.ui.sell.asking import Asking
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.exchange_strip import ExchangeStrip, coming_back, exchange_sums, exchange_words
from pos.ui.sell.money_column import MoneyColumn
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.services.exchanges import ExchangeView

_KEY = "Shift+F9"
_RETURNS = "returns"
_Answer = TypeVar("_Answer")


class Exchanging(QObject):
    """Signals: pay_wanted() the customer pays the difference; exchanged(object) a CompletedExchange, in the books.

    `agreed` is the request somebody agreed to before the customer pays; empty where nobody was asked.
    """

    pay_wanted = Signal()
    exchanged = Signal(object)

    def __init__(
        self,
        screen: Screen,
        left: QVBoxLayout,
        asking: Asking,
        workstation: Workstation,
        *,
        shown: tuple[MoneyColumn, BasketCard],
    ) -> None:
        """`shown` are the column of the sums and the card of the lines that go out."""
        super().__init__(screen)
        self._money, self._basket = shown
        self._awaits = False
        self._screen, self._asking, self._teller, self._workstation = screen, asking, asking.teller, workstation
        self.agreed = ""
        self.returns_key = screen.add_key("returns", "F9", lambda: screen.place_wanted.emit(_RETURNS))
        self._key = screen.add_key("cancel_exchange", _KEY, self._cancel, in_key_bar=False)
        self.strip = ExchangeStrip(self._key)
        left.insertWidget(2, self.strip)

    @property
    def is_open(self) -> bool:
        """Whether the open sale is an exchange."""
        return self._workstation.sale.open.basket.returning is not None

    def retranslate(self, words: Wording) -> None:
        """Say the names of its keys anew."""
        self._awaits = False
        self.returns_key.setText(words.say("Return"))
        self._key.setText(words.say("End the exchange"))
        self._key.setToolTip(words.say("Sell what is in the basket; nothing comes back"))
        self.strip.cancel.set_name(words.say("End the exchange"), "Shift F9")

    def show_sale(self, words: Wording) -> None:
        """Say how the exchange stands, or nothing."""
        operator = self._workstation.sign_on.operator
        self.returns_key.setVisible(operator is not None and operator.may(Permission.RETURN))
        self._key.setEnabled(self.is_open)
        if self.is_open != self._awaits:
            self._awaits = self.is_open
            self._basket.say_empty(words, exchange=self._awaits)
        if not self.is_open:
            self.strip.hide()
            return
        view = self._attempt(self._workstation.exchanges.view)
        if view is None:
            return
        currency = self._workstation.desk.rules.currency
        going_out = self._workstation.sale.view.priced
        self._keep_prices(view, going_out)
        self.strip.show_text(exchange_words(view, currency, words), coming_back(view, going_out, currency, words))
        if going_out.lines:
            self._money.totals.set_sums(*exchange_sums(view, currency, words))
        if view.net_due <= 0:
            self._money.say_pay(words.say("Complete exchange"))
        else:
            net = Money(view.net_due, currency)
            self._money.say_pay(words.say("Pay {amount}", amount=words.money(net)), words.say("Pay"))

    def _keep_prices(self, view: ExchangeView, going_out: PricedBasket) -> None:
        """The lines that replace like with like at the old price say so, each in its row."""
        basket = going_out.basket
        kept = {} if basket.set_aside else even_exchange.kept_prices(basket, view.even, view.quote.case.purchase)
        self._basket.keep_prices(kept, going_out.currency)

    def pay(self, approval: str = "") -> bool:
        """Go on with an exchange: to the customer's money, or to its end where nothing is due. False where none is."""
        if not self.is_open:
            return False
        exchanges = self._workstation.exchanges
        if self._attempt(exchanges.view) is None:
            return True
        paid = self._asked(lambda: exchanges.pay(approval=approval))
        if paid is not None and not isinstance(paid, Refused) and not self._covered(paid):
            self.agreed = approval
            self.pay_wanted.emit()
        elif paid is not None:
            self._complete(approval)
        return True

    def free(self) -> None:
        """What comes back pays for nothing while goods may still be added."""
        tenders = self._workstation.sale.open.basket.tenders
        if self.is_open and tenders and all(one.kind is TenderKind.EXCHANGE for one in tenders):
            self._teller.ask(self._workstation.sale.release_tenders)

    def _covered(self, view: ExchangeView) -> bool:
        """Whether nothing is left for the customer to pay."""
        return not view.priced.lines or view.net_due <= 0 or self._workstation.sale.view.priced.complete

    def _complete(self, approval: str) -> None:
        answer = self._asked(lambda: self._workstation.exchanges.complete(approval=approval))
        if answer is not None and not isinstance(answer, Refused):
            self.exchanged.emit(answer)
            return
        self.free()
        if isinstance(answer, NeedsApproval):
            self._asking.begin_about(answer, self.pay)
        elif isinstance(answer, Refused):
            self._teller.refuse(answer)

    def _cancel(self) -> None:
        self.free()
        refused = self._asked(self._workstation.exchanges.cancel)
        if isinstance(refused, Refused):
            self._teller.refuse(refused)
        self._teller.changed.emit(self._workstation.sale.view)
        self._screen.focus_entry()

    def _attempt(self, call: Callable[[], _Answer | Refused]) -> _Answer | None:
        """What a service answers; a no is said in the strip, where the exchange stands."""
        answer = self._asked(call)
        if isinstance(answer, Refused):
            self.strip.show_text(self._teller.words.refusal(answer))
            return None
        return answer

    def _asked(self, call: Callable[[], _Answer]) -> _Answer | None:
        try:
            return call()
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return None

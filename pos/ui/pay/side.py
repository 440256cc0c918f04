"""What stands at the right of the payment: the keypad, or for a while what a tender or the tax asks in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.approval import NeedsApproval
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.tax_document import Buyer, simplified_max, wants_document
from pos.domain.trouble import KnownError
from pos.services.sale import SaleView
from pos.services.tax_exemption import ExemptQuote
from pos.ui.pay.check_panel import CheckPanel
from pos.ui.pay.debit_panel import DebitPanel
from pos.ui.pay.exempt_panel import ExemptPanel
from pos.ui.pay.gift_card_panel import GiftCardPanel
from pos.ui.pay.panel import PayPanel
from pos.ui.pay.reference_panel import ReferencePanel
from pos.ui.pay.split_panel import SplitPanel
from pos.ui.shared.buyer_form import BuyerForm
from pos.ui.shared.notices import announce
from pos.ui.shared.room import Pages
from pos.wording import Wording
from pos.workstation import Workstation

_Answer = TypeVar("_Answer")


class PaySide(Pages):
    """Signals: turned() another page shows; changed() the sale is another one now; refused(object) a Refused;
    trouble(object) a KnownError; said(str) what was done, in a sentence; asks(object, object) a NeedsApproval, and what
    to do with the request once somebody agreed.

    The buyer of the open sale is kept here until the sale is in the books: the document is made out then.
    """

    turned = Signal()
    changed = Signal()
    refused = Signal(object)
    trouble = Signal(object)
    said = Signal(str)
    asks = Signal(object, object)

    def __init__(self, keypad: QWidget, workstation: Workstation, words: Wording) -> None:
        super().__init__()
        self._keypad, self._workstation, self._words = keypad, workstation, words
        self._buyer: tuple[str, Buyer] | None = None
        # Begins the question that was opened last, in the words of now.
        self._begin: Callable[[], object] = self.close_panel
        self.exempt = ExemptPanel()
        self.buyer = BuyerForm("pay", files=False)
        self.reference, self.gift_card = ReferencePanel(), GiftCardPanel()
        self.debit, self.split, self.check = DebitPanel(), SplitPanel(), CheckPanel()
        self._tenders: tuple[PayPanel | CheckPanel, ...] = (
            self.reference,
            self.gift_card,
            self.debit,
            self.split,
            self.check,
        )
        for page in (keypad, self.exempt, self.buyer, *self._tenders):
            self.addWidget(page)
        self.exempt.given.connect(self._exempt)
        self.buyer.given.connect(lambda buyer, _file: self._keep(buyer))
        for panel in (self.exempt, self.buyer, *self._tenders):
            panel.left.connect(self.close_panel)

    # What the screen asks and tells.

    @property
    def entry(self) -> QWidget | None:
        """Where typed characters go; None while the keypad shows."""
        page = self.currentWidget()
        if page is self.exempt:
            return self.exempt.field.edit
        if isinstance(page, PayPanel | CheckPanel):
            return page.entry
        return self.buyer.name.editor if page is self.buyer else None

    @property
    def wanted_buyer(self) -> Buyer | None:
        """To whom a tax document of the open sale goes; None where nobody asked for one."""
        if self._buyer is None or self._buyer[0] != self._view.priced.basket.id:
            return None
        return self._buyer[1]

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.exempt.retranslate(words)
        self.buyer.retranslate(words, words.say("Keep for document"))
        for panel in self._tenders:
            panel.retranslate(words)

    def say_anew(self) -> None:
        """The language is another one: begin what shows once more in its words, with what was typed so far.

        The form of the buyer says nothing but its own words, and stays as it is.
        """
        page = self.currentWidget()
        if isinstance(page, PayPanel | CheckPanel | ExemptPanel):
            unfinished: Any = page.unfinished()
            self._begin()
            page.take_up(unfinished)

    def notice(self, key: str) -> str:
        """What the law asks for at this total, in a sentence with the key for it; empty where a receipt will do."""
        rules = self._workstation.desk.rules
        total = Money(self._view.priced.total, self._view.priced.currency)
        limit = simplified_max(rules.region, total.currency)
        if limit is None or not wants_document(rules.region, total):
            return ""
        return self._words.say(
            "Above {limit} a business needs a tax document. {key} takes its name; for anybody else just go on.",
            key=key,
            limit=self._words.short_money(limit),
        )

    # What a cashier does.

    def ask_certificate(self) -> None:
        """Open the question, or close it again."""
        if self.currentWidget() is self.exempt:
            self.close_panel()
            return
        quote = self._attempt(self._workstation.exemptions.quote)
        if quote is not None:
            self.open(self.exempt, lambda: self._begin_exempt(quote))

    def _begin_exempt(self, quote: ExemptQuote) -> None:
        say, money = self._words.say, self._words.money
        exemption = self._view.priced.basket.exemption
        self.exempt.begin(
            "" if exemption is None else exemption.certificate,
            say("{amount} without tax", amount=money(quote.without)),
            say("{amount} with tax", amount=money(quote.with_tax)),
        )

    def ask_buyer(self) -> None:
        """Open the form, or close it again."""
        if self.currentWidget() is self.buyer:
            self.close_panel()
            return
        self._open(self.buyer)
        self.buyer.begin(self.wanted_buyer or self._known(), self._workstation.desk.rules.region)

    @property
    def chosen(self) -> str:
        """The way to pay that asks something now; empty while the keypad shows."""
        codes = {
            self.reference: self.reference.code,
            self.gift_card: self.gift_card.code,
            self.debit: "debit",
            self.split: "split",
            self.check: "check",
        }
        return next((code for page, code in codes.items() if page is self.currentWidget()), "")

    def press(self, number: int) -> bool:
        """A key of the numbered ones (from 0); False while the keypad shows, where it is an amount."""
        page = self.currentWidget()
        if page is self.debit:
            self.debit.press(number)
        elif page is self.split:
            self.split.press(number)
        return page is not self._keypad

    def toggle(self, page: QWidget, begin: Callable[[], None]) -> None:
        """Open a question, or close it again."""
        if self.currentWidget() is page:
            self.close_panel()
        else:
            self.open(page, begin)

    def open(self, page: QWidget, begin: Callable[[], None]) -> None:
        self._begin = begin
        begin()
        self._open(page)

    def confirm(self) -> bool:
        """Enter, or F12; False while the keypad shows, where it is about the money."""
        page = self.currentWidget()
        if page is self.exempt:
            self.exempt.confirm()
        elif page is self.buyer:
            self.buyer.confirm()
        elif isinstance(page, PayPanel | CheckPanel):
            page.confirm()
        return page is not self._keypad

    def take_scan(self, code: str) -> bool:
        """A number that was scanned instead of typed; False where nobody asks for one."""
        page = self.currentWidget()
        if isinstance(page, PayPanel | CheckPanel):
            return page.take_scan(code)
        if self.currentWidget() is not self.exempt:
            return False
        self.exempt.field.set_text(code)
        self.exempt.confirm()
        return True

    def close_panel(self) -> bool:
        """The keypad again; False where it showed already."""
        shown = self.currentWidget() is not self._keypad
        self.setCurrentWidget(self._keypad)
        if shown:
            self.turned.emit()
        return shown

    @property
    def _view(self) -> SaleView:
        return self._workstation.sale.view

    def _open(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        announce(page)
        self.turned.emit()

    def _known(self) -> Buyer | None:
        """What the shop knows of the sale's customer."""
        customer = self._view.priced.basket.customer
        known = None if customer is None else self._workstation.customers.get(customer)
        return None if known is None else Buyer(known.name)

    def _exempt(self, certificate: str) -> None:
        self._exempted(lambda: self._workstation.exemptions.exempt(certificate), certificate)

    def _exempted(self, call: Callable[[], SaleView | Refused], certificate: str) -> None:
        carry_out = self._workstation.markdowns.carry_out
        answer = self._attempt(call, lambda request: self._exempted(lambda: carry_out(request), certificate))
        if answer is None:
            return
        self.close_panel()
        self.changed.emit()
        say = self._words.say
        self.said.emit(say("No tax on this sale.") if certificate else say("Tax is charged again."))

    def _keep(self, typed: Buyer) -> None:
        checked = self._workstation.tax_documents.check(typed)
        if isinstance(checked, Refused):
            if checked.code in (Code.BUYER_INCOMPLETE, Code.VAT_NUMBER_INVALID):
                self.buyer.refuse(checked, self._words.refusal(checked))
            else:
                self.refused.emit(checked)
            return
        self._buyer = (self._view.priced.basket.id, checked)
        self.close_panel()
        self.changed.emit()
        self.said.emit(self._words.say("The tax document comes with the sale."))

    def _attempt(
        self, ask: Callable[[], _Answer | Refused], agreed: Callable[[str], None] | None = None
    ) -> _Answer | None:
        try:
            answer = ask()
        except KnownError as error:
            self.trouble.emit(error)
            return None
        if isinstance(answer, NeedsApproval) and agreed is not None:
            self.asks.emit(answer, agreed)
            return None
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return None
        return answer

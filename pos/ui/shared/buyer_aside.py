"""A finished sale's tax document: the form for its buyer stands for a while where the paper shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.refusal import Code
from pos.domain.tax_document import Buyer
from pos.domain.trouble import KnownError
from pos.ui.shared.buyer_form import BuyerForm
from pos.ui.shared.notices import announce
from pos.ui.shared.room import Pages
from pos.wording import Wording
from pos.workstation import Workstation

PRINTED, FILED = "tax_document", "tax_file"


class BuyerAside(Pages):
    """`page` is what shows otherwise.

    Signals: turned() the form shows, or it does not any more; made_out(str, str) the paper wanted, PRINTED or FILED,
    and the sale; refused(object) a Refused; trouble(object) a KnownError.
    """

    turned = Signal()
    made_out = Signal(str, str)
    refused = Signal(object)
    trouble = Signal(object)

    def __init__(self, screen: str, page: QWidget, workstation: Workstation, words: Wording) -> None:
        super().__init__()
        self._page, self._workstation, self._words = page, workstation, words
        self._sale = ""
        self.form = BuyerForm(screen, files=True)
        self.addWidget(page)
        self.addWidget(self.form)
        self.form.given.connect(self._make_out)
        self.form.left.connect(self.close_form)

    @property
    def entry(self) -> QWidget | None:
        """Where typed characters go; None while the form does not show."""
        return self.form.name.editor if self.currentWidget() is self.form else None

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.form.retranslate(words, words.say("Print"))

    def ask(self, transaction_id: str, customer_id: str | None) -> None:
        """Open the form for a sale, with whom its document was made out to before; or close it again."""
        if self.currentWidget() is self.form:
            self.close_form()
        elif transaction_id:
            self._sale = transaction_id
            self.setCurrentWidget(self.form)
            announce(self.form)
            self.turned.emit()
            self.form.begin(self._known(customer_id), self._workstation.desk.rules.region)

    def confirm(self) -> bool:
        """Enter, or F12; False while the form does not show."""
        if self.currentWidget() is not self.form:
            return False
        self.form.confirm()
        return True

    def close_form(self) -> bool:
        """What showed before; False where it shows already."""
        if self.currentWidget() is not self.form:
            return False
        self.setCurrentWidget(self._page)
        self.turned.emit()
        return True

    def _known(self, customer_id: str | None) -> Buyer | None:
        before = self._workstation.tax_documents.buyer_of(self._sale)
        # Who may make out a document but not look into receipts types the buyer anew.
        if isinstance(before, Buyer) or customer_id is None:
            return before if isinstance(before, Buyer) else None
        customer = self._workstation.customers.get(customer_id)
        return None if customer is None else Buyer(customer.name)

    def _make_out(self, typed: Buyer, as_file: bool) -> None:
        try:
            answer = self._workstation.tax_documents.make_out(self._sale, typed)
        except KnownError as error:
            self.trouble.emit(error)
            return
        if isinstance(answer, Buyer):
            self.close_form()
            self.made_out.emit(FILED if as_file else PRINTED, self._sale)
        elif answer.code in (Code.BUYER_INCOMPLETE, Code.VAT_NUMBER_INVALID):
            self.form.refuse(answer, self._words.refusal(answer))
        else:
            self.refused.emit(answer)

"""A check of the chosen receipt that the bank sent back: marked with its fee, and later settled in cash."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedCheck, ReturnedRecord
from pos.domain.transaction import TenderLine, Transaction
from pos.domain.trouble import KnownError
from pos.services.returned_checks import SettledCheck
from pos.ui.journal.side_panel import SidePanel
from pos.ui.shared.form import FormField, NumberEdit
from pos.ui.shared.notices import announce
from pos.wording import Wording
from pos.workstation import Workstation


class ReturnedCheckPanel(SidePanel):
    """The big button marks it, or once it is marked settles it.

    Signals: said(str) what was done, in a sentence; settled(str) cash was taken, the drawer is to open for this slip;
    refused(object) a Refused; trouble(object) a KnownError.
    """

    said = Signal(str)
    settled = Signal(str)
    refused = Signal(object)
    trouble = Signal(object)

    def __init__(self, workstation: Workstation) -> None:
        self.fee = FormField("journal.check.fee", NumberEdit())
        super().__init__("journal.check", "edit_document", "choice", self.fee)
        self.choice.chosen.connect(lambda _: self._show())
        self._workstation = workstation
        self._words = Wording()
        self._sale: Transaction | None = None
        self._known: ReturnedRecord | None = None

    @property
    def entry(self) -> QWidget:
        """Where typed characters go; once it is marked there is nothing to type."""
        return self.do_button if self.fee.isHidden() else self.fee.editor

    @staticmethod
    def checks_of(sale: Transaction) -> tuple[TenderLine, ...]:
        """The checks a sale took; where there is none, there is nothing to open."""
        return tuple(tender for tender in sale.tenders if tender.check is not None)

    def retranslate(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self.set_title(say("A check the bank sent back"), say("Leave"))
        self.fee.set_words(say("Fee"), say("What the customer owes besides."))
        if self._sale is not None:
            self.begin(self._sale)

    def begin(self, sale: Transaction) -> None:
        """Open it for a sale that took a check."""
        self._sale = sale
        words = self._words
        checks = self.checks_of(sale)
        self.choice.set_choices([(str(line.tender), words.money(Money(line.amount, sale.currency))) for line in checks])
        self.choice.setAccessibleName(words.say("Which check"))
        self.choice.setVisible(len(checks) > 1)
        fee = Money(self._workstation.desk.rules.checks.fee, sale.currency)
        self.fee.set_text(fee.text().replace(".", self._words.decimal_sign))
        self._show()
        self.show()
        self.fee.editor.setFocus()
        announce(self)

    def confirm(self) -> None:
        """Mark it, or settle it; nothing is left to do once it is settled."""
        line = self._line()
        if line is None or self._sale is None or not self.does:
            return
        checks = self._workstation.returned_checks
        try:
            if self._known is not None:
                answer: SettledCheck | ReturnedCheck | Refused = checks.settle(self._sale.id, line.tender)
            else:
                answer = checks.mark(self._sale.id, line.tender, self._fee())
        except KnownError as error:
            self.trouble.emit(error)
            return
        if isinstance(answer, Refused):
            self._say_no(answer)
            return
        self._show()
        if self.isVisible():
            self.entry.setFocus()
        self.said.emit(self._done(answer, self._sale.currency))
        if isinstance(answer, SettledCheck):
            self.settled.emit(answer.paper)

    def _done(self, done: SettledCheck | ReturnedCheck, currency: str) -> str:
        money, say = self._words.money, self._words.say
        if isinstance(done, SettledCheck):
            amount = money(Money(done.returned.owed, currency))
            return say("The check is settled: {amount} in cash.", amount=amount)
        return say(
            "The check is marked as returned. {amount} is owed for it.", amount=money(Money(done.owed, currency))
        )

    def _fee(self) -> int:
        assert self._sale is not None
        try:
            return Money.read(self.fee.text.replace(",", ".") or "0", self._sale.currency).minor
        except AmountUnreadable:
            return -1

    def _say_no(self, refused: Refused) -> None:
        if refused.code is Code.AMOUNT_INVALID:
            self.fee.refuse(self._words.refusal(Refused(refused.code, {"amount": self.fee.text})))
        else:
            self.refused.emit(refused)

    def _line(self) -> TenderLine | None:
        checks = () if self._sale is None else self.checks_of(self._sale)
        return next((line for line in checks if str(line.tender) == self.choice.choice), None)

    def _show(self) -> None:
        line = self._line()
        if line is None or line.check is None or self._sale is None:
            return
        known = self._workstation.returned_checks.find(self._sale.id, line.tender)
        if isinstance(known, Refused):
            self.refused.emit(known)
            return
        self._known = known
        say, currency = self._words.say, self._sale.currency
        amount = self._words.money(Money(line.amount, currency))
        about = say(
            "Check {number}, account {account}: {amount}",
            number=line.check.number,
            account=line.check.shown,
            amount=amount,
        )
        self.tell(about, self._state_of(known, currency))
        self.fee.setVisible(known is None)
        if known is None:
            self.name_button(say("Mark as returned"))
        elif known.settled_at is None:
            owed = self._words.money(Money(known.check.owed, currency))
            self.name_button(say("Settle in cash"), say("Take {amount}", amount=owed))
        else:
            self.name_button("")

    def _state_of(self, known: ReturnedRecord | None, currency: str) -> str:
        words, local = self._words, self._workstation.desk.local
        if known is None:
            return words.say("It did not come back.")
        owed = words.money(Money(known.check.owed, currency))
        if known.settled_at is not None:
            return words.say(
                "Came back {day}, settled {then} with {amount}.",
                day=words.short_day(local(known.at).date()),
                then=words.short_day(local(known.settled_at).date()),
                amount=owed,
            )
        return words.say(
            "Came back {day}. {amount} is owed; no check of this account or customer is taken.",
            day=words.short_day(local(known.at).date()),
            amount=owed,
        )

"""A customer's account beside their data: what they owe, up to where they may, and how much of it they pay now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.services.house_accounts import HouseAccountView
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import AmountField
from pos.ui.shared.text import Label
from pos.wording import Wording


class AccountCard(Card):
    """Shows for a customer with an account. Signals: pay(object) minor units to be paid off, None for all of it."""

    pay = Signal(object)

    def __init__(self) -> None:
        super().__init__("sunken", padding=12, spacing=8)
        self._view: HouseAccountView | None = None
        self._words = Wording()
        self._owed = Label("", 15, 450, tone="text2", wrap=True)
        self.field = AmountField(height=48, px=18)
        self.field.setObjectName("customers.account.amount")
        self.field.entry_changed.connect(lambda _: self._show())
        self.field.submitted.connect(lambda _: self.confirm())
        self.button = ActionButton("", "payments", height=48, key="F9")
        self.button.setObjectName("customers.account.pay")
        self.button.clicked.connect(lambda: self.confirm())
        self.column.addWidget(self._owed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 1)
        self.column.addLayout(row)
        self.hide()

    @property
    def owes(self) -> bool:
        """Whether there is anything to pay off."""
        return self._view is not None and self._view.owed.minor > 0

    def show_account(self, view: HouseAccountView | None, words: Wording) -> None:
        """The account of the chosen customer; None where they have none and owe nothing."""
        self._view, self._words = view, words
        self.field.clear_entry()
        self.setVisible(view is not None)
        if view is None:
            return
        say, money = words.say, words.money
        self._owed.setText(
            say(
                "Account: {owed} owed, up to {limit}; {room} left.",
                owed=money(view.owed),
                limit=money(view.limit),
                room=money(view.room),
            )
        )
        self.setAccessibleName(self._owed.text())
        self.field.set_words(say("Paid now"))
        self.field.set_shown(self._shown, exponent_of(view.owed.currency))
        self.field.setVisible(self.owes)
        self.button.setVisible(self.owes)
        self._show()

    def confirm(self) -> None:
        """Pay off what was typed, or all that is owed."""
        if self.owes:
            self.pay.emit(self._typed())

    def _typed(self) -> int | None:
        view = self._view
        if view is None or not self.field.entry:
            return None
        try:
            return Money.read(self.field.entry.rstrip("."), view.owed.currency).minor
        except AmountUnreadable:
            return 0

    def _shown(self, entry: str) -> str:
        """What is typed; all that is owed where nothing is."""
        view = self._view
        if view is None:
            return ""
        return self._words.money(Money.read(entry.rstrip(".") or "0", view.owed.currency) if entry else view.owed)

    def _show(self) -> None:
        typed, view = self._typed(), self._view
        if view is None:
            return
        amount = view.owed if typed is None else Money(typed, view.owed.currency)
        self.button.set_text(self._words.say("Pay off"))
        self.button.describe(self._words.say("Pay {amount} off", amount=self._words.money(amount)), "F9")

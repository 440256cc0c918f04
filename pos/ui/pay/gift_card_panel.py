"""A gift card or store credit: its number scanned or typed, what is on it said first, its PIN where it has one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.money import Money
from pos.services.gift_cards import GiftCardView
from pos.ui.pay.panel import PayPanel
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import ScanField
from pos.ui.shared.form import FormField, NumberEdit
from pos.ui.shared.text import Label
from pos.wording import Wording


class GiftCardPanel(PayPanel):
    """Signals: looked_at(str) somebody wants to know what is on the card of this number; given(str, str) take it:
    number and PIN, which may be empty.
    """

    looked_at = Signal(str)
    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("gift_card", "redeem")
        self.code = "gift_card"
        self._known: GiftCardView | None = None
        self.field = ScanField(icon="redeem")
        self.field.edit.setObjectName("pay.gift_card.number")
        self.field.edited.connect(lambda _: self._forget())
        self._found = Card("sunken", padding=14, spacing=4)
        self._balance = Label("", 22, 680, wrap=True)
        self._left = Label("", 15, 450, tone="text2", wrap=True)
        self._found.column.addWidget(self._balance)
        self._found.column.addWidget(self._left)
        pin = NumberEdit()
        pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin = FormField("pay.gift_card.pin", pin)
        for widget in (self.field, self._found, self.pin):
            self.column.addWidget(widget)
        self._found.hide()
        self.pin.hide()

    @property
    def entry(self) -> QWidget:
        asks = self._known is not None and self._known.asks_pin and not self.pin.isHidden()
        return self.pin.editor if asks else self.field.edit

    @property
    def balance_said(self) -> str:
        """What is on the card, in words; empty before it was looked at."""
        return "" if self._found.isHidden() else self._found.accessibleName()

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.field.set_words(words.say("Scan or type its number"))
        self.pin.set_words(words.say("PIN of the card"))

    def begin(self, code: str, number: str = "") -> None:
        """Open it for the tender of this code, empty or with a number that was scanned."""
        self.code = code
        say = self.words.say
        title = say("Gift card: which one?") if code == "gift_card" else say("Store credit: which one?")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.pin.set_text("")
        self._forget()
        self.field.set_text(number)
        self.show()

    def show_card(self, view: GiftCardView, pays: Money) -> None:
        """What is on it, what it pays of this sale, and what is left on it then."""
        self._known = view
        money, say = self.words.money, self.words.say
        self._balance.setText(say("{amount} on it", amount=money(view.balance)))
        left = Money(view.balance.minor - pays.minor, pays.currency)
        self._left.setText(say("{amount} left on it after this", amount=money(left)))
        self._found.setAccessibleName(f"{self._balance.text()}, {self._left.text()}")
        self._found.show()
        self.pin.setVisible(view.asks_pin)
        self.give_button.set_text(say("Take {amount}", amount=money(pays)))
        self.say_no("")

    def confirm(self) -> None:
        """Enter: look at the card, and then take it."""
        number = self.field.text.strip()
        if not number:
            self.field.edit.setFocus()
        elif self._known is None:
            self.looked_at.emit(number)
        else:
            self.given.emit(number, self.pin.text.strip())

    def take_scan(self, code: str) -> bool:
        self._forget()
        self.field.set_text(code)
        self.confirm()
        return True

    def unfinished(self) -> object:
        return self.field.text, self._known is not None, self.pin.text

    def take_up(self, unfinished: tuple[str, bool, str]) -> None:
        number, known, pin = unfinished
        self.field.set_text(number)
        if known:
            self.looked_at.emit(number)
        self.pin.set_text(pin)

    def _forget(self) -> None:
        """Another number: nothing is known of that card yet."""
        self._known = None
        self._found.hide()
        self.pin.hide()
        self.sum.hide()
        self.give_button.set_text(self.words.say("Look at the card"))
        self.say_no("")

"""A debit card: how much cash the customer wants with it. Enter on nothing is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.ui.pay.panel import PayPanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.fields import AmountField
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import Wording

CHIPS_MAX = 4


class DebitPanel(PayPanel):
    """Signals: given(object) take it, with so much cash-back: minor units, also more than an int of Qt holds."""

    given = Signal(object)

    def __init__(self) -> None:
        super().__init__("debit", "contactless")
        self._currency = "USD"
        self._offers: tuple[int, ...] = ()
        self.field = AmountField(self._shown, height=76, px=30)
        self.field.setObjectName("pay.debit.cash_back")
        self.field.entry_changed.connect(lambda _: self._say_total())
        self.chips: list[ActionButton] = []
        for number in range(CHIPS_MAX):
            chip = ActionButton("", height=56, px=17, key=f"Alt {number + 1}", key_place="follow")
            chip.setObjectName(f"pay.debit.chip{number + 1}")
            chip.set_checked_kind("selected")
            chip.clicked.connect(lambda _=False, n=number: self.press(n))
            self.chips.append(chip)
        self._how = Label("", 15, 450, tone="text2", wrap=True)
        self.column.addWidget(self.field)
        self._shelf = ButtonShelf(self.chips, gap=8, across_max=2)
        self.column.addWidget(self._shelf)
        self.column.addWidget(self._how)
        self._amount = Money(0, self._currency)

    @property
    def entry(self) -> QWidget:
        return self.field

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.title.setText(words.say("Debit: how much cash-back?"))
        self.setAccessibleName(self.title.text())
        self.field.set_words(words.say("Cash-back"), words.say("Nothing typed is none"))
        self._how.setText(words.say("The customer types the PIN on the terminal."))

    def begin(self, amount: Money, offers: Sequence[int]) -> None:
        """Open it for an amount towards the sale; `offers` are the sums to tap, in minor units."""
        self._amount, self._currency, self._offers = amount, amount.currency, tuple(offers)[:CHIPS_MAX]
        self.field.set_shown(self._shown, exponent_of(amount.currency))
        self.field.clear_entry()
        for number, chip in enumerate(self.chips):
            there = number < len(self._offers)
            chip.setVisible(there)
            chip.set_text(self.words.short_money(Money(self._offers[number], self._currency)) if there else "")
            chip.describe(self.words.say("{amount} cash-back", amount=chip.text()), chip.key)
        self.say_no("")
        self._say_total()
        self.show()

    def press(self, number: int) -> None:
        """A sum was tapped: a second tap takes it off again."""
        if number < len(self._offers):
            text = Money(self._offers[number], self._currency).text()
            self.field.set_entry("" if self.field.entry == text else text)
            self._say_total()
            self.field.setFocus()

    def confirm(self) -> None:
        try:
            self.given.emit(self._wanted())
        except AmountUnreadable:
            self.field.clear_entry()

    def unfinished(self) -> object:
        return self.field.entry

    def take_up(self, unfinished: str) -> None:
        self.field.set_entry(unfinished)

    def _wanted(self) -> int:
        return Money.read(self.field.entry.rstrip(".") or "0", self._currency).minor

    def _shown(self, entry: str) -> str:
        return self.words.money(Money.read(entry.rstrip(".") or "0", self._currency))

    def _say_total(self) -> None:
        wanted = self._wanted()
        whole = self.words.money(Money(self._amount.minor + wanted, self._currency))
        self.sum.setText(self.words.say("{amount} on the card", amount=whole))
        self.give_button.set_text(self.words.say("Charge {amount}", amount=whole))
        for number, chip in enumerate(self.chips):
            chip.setChecked(number < len(self._offers) and self._offers[number] == wanted)

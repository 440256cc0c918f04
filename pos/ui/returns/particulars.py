"""What the customer still knows of a purchase beside the card or the item: its day and what was paid."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.domain.money import AmountUnreadable, Money
from pos.ui.returns.finder import CARD, ITEM
from pos.ui.shared.form import FormField, NumberEdit
from pos.wording import Wording


class Particulars(QWidget):
    """Day and amount, both may stay empty. Signals: entered() Enter in one of them."""

    entered = Signal()

    def __init__(self, screen: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.day, self.paid = (FormField(f"{screen}.find.{name}", NumberEdit()) for name in ("day", "paid"))
        for field in (self.day, self.paid):
            assert isinstance(field.editor, QLineEdit)
            field.editor.returnPressed.connect(self.entered)
            row.addWidget(field, 1)
        self._words = Wording()

    def retranslate(self, words: Wording, method: str) -> None:
        """The names of both for this way of finding."""
        self._words = words
        far = words.say("Empty: the last 30 days") if method == ITEM else words.say("Empty: two years back")
        self.day.set_words(words.say("Day of the purchase"), far)
        self.paid.set_words(words.say("Paid in all"), words.say("Empty: any amount"))

    def begin(self, method: str, today: date) -> None:
        """Another way of finding: an item is looked for today unless another day is typed."""
        self.setVisible(method in (CARD, ITEM))
        self.day.set_text(self._words.numeric_day(today) if method == ITEM else "")
        self.paid.set_text("")

    def read(self, today: date, currency: str) -> tuple[date | None, int | None] | None:
        """Day and amount in minor units; None where one of them is unreadable, which is said below it."""
        words, day, paid = self._words, None, None
        if self.day.text:
            day = words.read_day(self.day.text, today)
            if day is None:
                self.day.refuse(words.say("Type a day like {example}.", example=words.numeric_day(today)))
                return None
        if self.paid.text:
            try:
                paid = Money.read(self.paid.text.replace(words.decimal_sign, "."), currency).minor
            except AmountUnreadable:
                example = words.amount(Money(1250, currency))
                self.paid.refuse(words.say("Type an amount like {example}.", example=example))
                return None
        return day, paid

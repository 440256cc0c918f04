"""A price that begins on a day: typed today, in force by itself when its day comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout

from pos.domain.item import ShelfPrice
from pos.domain.money import Unit
from pos.services.desk import Desk
from pos.ui.items.words import price_said
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.form import FormField, NumberEdit
from pos.ui.shared.key_codes import row_digit
from pos.ui.shared.text import Label
from pos.wording import Wording

_SHOWN = 3


class _DayEdit(QDateEdit):
    """A day; keys of the digit row count as digits under any keyboard layout."""

    def __init__(self) -> None:
        super().__init__()
        # Its line would draw a second edge inside its own.
        self.lineEdit().setProperty("bare", True)
        self.lineEdit().setTextMargins(10, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = row_digit(event)
        if digit and digit != event.text():
            event = QKeyEvent(event.type(), ord(digit), event.modifiers(), digit)
        super().keyPressEvent(event)


class PricesCard(Card):
    """Signals: wanted(str, object) this price, as typed, is to hold from that moment on."""

    wanted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("plain", padding=16, spacing=8)
        self._desk = desk
        self._prices: Sequence[ShelfPrice] = ()
        self._unit = Unit.PIECE
        self.price = FormField("item_edit.from.price", NumberEdit())
        self._day_edit = _DayEdit()
        self.day = FormField("item_edit.from.day", self._day_edit)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.price, 1)
        row.addWidget(self.day, 1)
        self.column.addLayout(row)
        self.set_button = ActionButton("", "event", height=48)
        self.set_button.setObjectName("item_edit.from.set")
        self.set_button.clicked.connect(self._submit)
        self.price.editor.returnPressed.connect(self._submit)  # type: ignore[attr-defined]
        self.column.addWidget(self.set_button)
        self.coming = Label("", 14, 450, tone="text2", wrap=True)
        self.column.addWidget(self.coming)

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.price.set_words(words.say("Another price"))
        self.day.set_words(words.say("From the day"))
        self._day_edit.setDisplayFormat({"cs": "d. M. yyyy", "sv": "yyyy-MM-dd"}.get(words.language, "MMM d, yyyy"))
        self.set_button.set_text(words.say("Set the price"))
        self.show_prices(self._prices, self._unit)

    def show_prices(self, prices: Sequence[ShelfPrice], unit: Unit) -> None:
        """What is set to begin later, with its prices by quantity."""
        self._prices, self._unit = prices, unit
        now = self._desk.now()
        words = self._words
        coming = [price for price in prices if price.starts_at is not None and price.starts_at > now]
        lines = [
            words.say(
                "From {day}: {price}",
                day=words.short_day(self._desk.local(price.starts_at).date()),
                price=price_said(price, unit, words, self._desk.rules.currency),
            )
            for price in coming[:_SHOWN]
            if price.starts_at is not None
        ]
        self.coming.setText("\n".join(lines) or words.say("No other price is set to begin."))

    def begin(self) -> None:
        """Nothing typed, and tomorrow."""
        self.price.set_text("")
        self.price.refuse("")
        tomorrow = self._desk.local(self._desk.now()).date() + timedelta(days=1)
        self._day_edit.setMinimumDate(QDate(tomorrow.year, tomorrow.month, tomorrow.day))
        self.set_day(tomorrow)

    def set_day(self, day: date) -> None:
        self._day_edit.setDate(QDate(day.year, day.month, day.day))

    def _submit(self) -> None:
        if self.price.text:
            chosen = self._day_edit.date()
            day = date(chosen.year(), chosen.month(), chosen.day())
            self.wanted.emit(self.price.text, datetime.combine(day, time(), self._desk.zone))

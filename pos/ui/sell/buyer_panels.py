"""The panels about the sale's customer: who it is, and how many points go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from pos.domain.customer import Customer
from pos.ui.sell.pad_panel import DigitsField, PadPanel
from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.fields import ScanField
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import Label
from pos.wording import Wording

_DIGITS_MAX = 9


class BuyerSearch(SidePanel):
    """Found while typing; the arrows and Enter choose, so does Alt with a number. A scanned card needs no panel.

    Signals: picked(str) the customer's number.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__("customer", "person_search")
        self.field = ScanField(icon="person_search")
        self.field.setObjectName("sell.customer.entry")
        self.field.submitted.connect(lambda _: self.confirm())
        self.list = RowList()
        self.list.setObjectName("sell.customer.found")
        self.list.picked.connect(self.picked)
        self.sentence = Label("", 15, 450, tone="text2", wrap=True)
        self.entry = self.field
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.sentence)
        self.column.addStretch(0)

    def begin(self, words: Wording) -> None:
        self.retranslate(words)
        self.set_title(words.say("Who is buying?"))
        self.field.set_words(words.say("Name, phone or card"))
        self.list.setAccessibleName(words.say("Customers"))
        self.sentence.setText(words.say("Nobody like that. Ctrl 4 and F3 add a customer."))
        self.field.clear()

    def show_found(self, rows: Sequence[ListRow]) -> None:
        """These, the first one chosen."""
        self.list.found.show(rows)
        self.list.choose("")
        self.list.setVisible(bool(rows))
        self.sentence.setVisible(not rows)

    def press(self, number: int) -> None:
        if number <= len(self.list.found.rows):
            self.picked.emit(self.list.found.rows[number - 1].id)

    def step(self, by: int) -> None:
        self.list.step(by)

    def confirm(self) -> None:
        if self.list.chosen:
            self.picked.emit(self.list.chosen)

    def erase(self) -> bool:
        self.field.clear()
        return True

    def ended(self) -> None:
        self.field.clear()

    def unfinished(self) -> object:
        return self.field.text, self.list.chosen

    def take_up(self, unfinished: tuple[str, str]) -> None:
        text, chosen = unfinished
        self.field.set_text(text)
        self.field.edited.emit(text)
        self.list.choose(chosen)


class PointsPanel(PadPanel):
    """How many points are to be spent; and the way to take the customer off the sale."""

    def __init__(self) -> None:
        super().__init__("points", "loyalty", DigitsField(_DIGITS_MAX))
        self.all_button = ActionButton("", "loyalty", height=48, px=15)
        self.all_button.setObjectName("sell.points.all")
        self.off_button = ActionButton("", "person_off", height=48, px=15)
        self.off_button.setObjectName("sell.points.off")
        for button in (self.off_button, self.all_button):
            self.said_column.insertWidget(self.said_column.count() - 2, button)

    def begin(self, customer: Customer, worth: str, most: int, words: Wording) -> None:
        """`worth` is what all points come to, empty where the shop takes none; `most` how many this sale takes."""
        self.retranslate(words)
        self.set_title(words.say("Customer"), customer.name or customer.id)
        points = words.count("{n} point", "{n} points", customer.points)
        detail = words.say("Worth {amount}. How many are to be spent?", amount=worth) if worth else ""
        self.set_sentence(points, detail)
        self.add.set_text(words.say("Spend"))
        takes = bool(worth) and customer.points > 0
        for widget in (self.field, self.add, self.all_button):
            widget.setEnabled(takes)
        self.all_button.set_text(words.say("All: {points}", points=words.number(most)))
        self.all_button.setEnabled(takes and most > 0)
        self.off_button.set_text(words.say("Remove"))
        self.off_button.describe(words.say("Take the customer off the sale"))

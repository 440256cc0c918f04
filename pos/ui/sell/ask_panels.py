"""What an item wants to know before it is sold, one panel a question: its price, an age, serial numbers."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from pos.domain.money import Money, Unit
from pos.domain.requirement import born_by
from pos.ui.sell.pad_panel import DigitsField, PadPanel
from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import Wording

_DATE_DIGITS = 8
# Day, month and year in the order people of a language write them in, and what stands between.
_ORDERS = {"cs": ("dmy", "."), "sv": ("ymd", "-")}
_ORDER = ("mdy", "/")
_LONG = {"d": 2, "m": 2, "y": 4}


class PricePanel(PadPanel):
    """The price of one, for an item that has none of its own."""

    def begin(self, item: str, unit: Unit, currency: str, words: Wording) -> None:
        self.retranslate(words)
        self.set_title(words.say("Price"), item)
        self.field.clear_entry()
        nothing = words.amount(Money(0, currency))
        sign = words.decimal_sign
        self.field.set_shown(lambda entry: entry.replace(".", sign) or nothing)
        if unit is Unit.PIECE:
            self.set_sentence(words.say("Price of one"))
        else:
            self.set_sentence(words.say("Price for one {unit}", unit=words.unit(unit)))


class AgePanel(PadPanel):
    """Whether the customer is old enough: somebody looked, or the date of birth, which is compared and forgotten.

    Signals: seen() somebody looked at a document; born(object) the date that was typed, None where it is none.
    """

    seen = Signal()
    born = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name, "badge", DigitsField(_DATE_DIGITS))
        self._words = Wording()
        self._order, self._between = _ORDER
        self.see = ActionButton("", kind="primary", height=56, px=15)
        self.see.setObjectName(f"sell.{name}.seen")
        self.see.clicked.connect(lambda: self.seen.emit())
        self.said_column.insertWidget(1, self.see)
        # A whole date is taken at once: nothing is left to confirm.
        self.add.hide()
        self.field.entry_changed.connect(self._typed)
        self.keypad.keys["decimal"].setEnabled(False)

    def begin(self, item: str, years: int, today: date, words: Wording) -> None:
        self._words = words
        self._order, self._between = _ORDERS.get(words.language, _ORDER)
        self.retranslate(words)
        self.add.hide()
        self.set_title(words.say("Age"), item)
        self.field.clear_entry()
        self.field.set_shown(self._shown)
        self.set_sentence(
            words.say("Born on or before {day}?", day=words.short_day(born_by(today, years))), self._asked(words)
        )
        self.see.set_text(words.say("Old enough"))
        self.see.set_detail(words.say("Seen · {key}", key="Alt 1"))
        self.see.describe(words.say("Old enough: seen"), words.say("{key}: somebody looked at a document", key="Alt 1"))

    def press(self, number: int) -> None:
        if number == 1:
            self.seen.emit()

    def confirm(self) -> None:
        """Enter alone says nothing about an age."""

    def unfinished(self) -> object:
        return self.field.entry, self._order, self._between

    def take_up(self, unfinished: tuple[str, str, str]) -> None:
        """Half a date goes on in the order it was begun in: in another one its digits would be another day."""
        entry, order, between = unfinished
        if entry:
            self._order, self._between = order, between
            self.set_sentence(self.sentence.text(), self._asked(self._words))
            self.field.set_entry(entry)

    def _asked(self, words: Wording) -> str:
        if self._order == "dmy":
            return words.say("Or type the date of birth: day, month, year. It is not kept.")
        if self._order == "ymd":
            return words.say("Or type the date of birth: year, month, day. It is not kept.")
        return words.say("Or type the date of birth: month, day, year. It is not kept.")

    def _shown(self, entry: str) -> str:
        parts, rest = [], entry
        for part in self._order:
            parts.append(rest[: _LONG[part]].ljust(_LONG[part], "_"))
            rest = rest[_LONG[part] :]
        return self._between.join(parts)

    def _typed(self, entry: str) -> None:
        if len(entry) == _DATE_DIGITS:
            self.born.emit(self._read(entry))

    def _read(self, entry: str) -> date | None:
        numbers, rest = {}, entry
        for part in self._order:
            numbers[part] = int(rest[: _LONG[part]])
            rest = rest[_LONG[part] :]
        try:
            return date(numbers["y"], numbers["m"], numbers["d"])
        except ValueError:
            return None


class SerialPanel(SidePanel):
    """The serial numbers of so many pieces: a scan while it asks is one of them.

    Signals: added() a number came; given(object) all numbers, as a tuple, once there are enough.
    """

    added = Signal()
    given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name, "barcode_scanner")
        self._numbers: list[str] = []
        self._count = 1
        self._words: Wording | None = None
        self.sentence = Label("", 22, 680, wrap=True)
        self.taken = Label("", 15, 450, tone="text2", wrap=True)
        self.field = ScanField()
        self.field.setObjectName(f"sell.{name}.entry")
        self.field.submitted.connect(self.take)
        self.add = ActionButton("", kind="primary", key="Enter", height=56, key_place="follow", px=15)
        self.add.setObjectName(f"sell.{name}.add")
        self.add.clicked.connect(lambda: self.take(self.field.text))
        self.entry = self.field
        for widget in (self.sentence, self.field, self.add, self.taken):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def begin(self, item: str, count: int, words: Wording) -> None:
        self._words, self._count, self._numbers = words, count, []
        self.retranslate(words)
        self.set_title(words.say("Serial number"), item)
        self.field.set_words(words.say("Scan or type the serial number"))
        self.add.set_text(words.say("Add"))
        self._show()

    def take(self, number: str) -> None:
        """One more number; the last one gives them all."""
        self.field.clear()
        number = number.strip()
        if not number:
            return
        self._numbers.append(number)
        self.added.emit()
        if len(self._numbers) >= self._count:
            self.given.emit(tuple(self._numbers))
        self._show()

    def take_back(self) -> None:
        """The last number was refused."""
        del self._numbers[-1:]
        self._show()

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def _show(self) -> None:
        if self._words is None:
            return
        number = min(len(self._numbers) + 1, self._count)
        sentence = self._words.say("Number {number} of {count}", number=number, count=self._count)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.taken.setText(" · ".join(self._numbers))
        announce(self.sentence)

    def erase(self) -> bool:
        self.field.clear()
        return True

    def ended(self) -> None:
        self.field.clear()
        self._numbers = []

    def unfinished(self) -> object:
        return self._numbers, self.field.text

    def take_up(self, unfinished: tuple[list[str], str]) -> None:
        self._numbers, text = unfinished
        self.field.set_text(text)
        self._show()

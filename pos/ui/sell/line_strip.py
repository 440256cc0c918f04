"""The keys of the selected line, in the line itself: fewer, more, how many, price, discount, remove."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from pos.domain.money import Unit
from pos.ui.sell.by_hand_entry import ByHandEntry, Wanted
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.fields import AmountField
from pos.ui.shared.text import Label
from pos.wording import Wording

_ROOMY = 900
_ROOM_FOR_ALL = 600
_BY_HAND = 2
_FLAT, _TALL = 48, 98


class LineStrip(QWidget):
    """Three faces of one place: the keys, the entry of a quantity, and that of a price or discount by hand.

    Signals: stepped(int) one less or one more; entered(str) a quantity was entered, with "." for the decimal sign;
    given_up() the entry was left; turned() another face shows, which may be taller.
    """

    stepped = Signal(int)
    entered = Signal(str)
    given_up = Signal()
    turned = Signal()

    def __init__(
        self, quantity: QAction, price: QAction, discount: QAction, remove: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line: tuple[str, int | None, Wording] | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._build_keys(quantity, price, discount, remove))
        self._stack.addWidget(self._build_entry())
        self.by_hand = ByHandEntry()
        self.by_hand.left.connect(self.given_up)
        self._stack.addWidget(self.by_hand)
        self.hide()

    def _build_keys(self, quantity: QAction, price: QAction, discount: QAction, remove: QAction) -> QWidget:
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.less = IconButton("remove", "", kind="outlined", size=48)
        self.more = IconButton("add", "", kind="outlined", size=48)
        self._pieces = Label("", 20, 600)
        self._pieces.setMinimumWidth(36)
        self._pieces.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.quantity = ActionButton("", "dialpad", kind="outlined")
        self.price = ActionButton("", "edit", kind="outlined")
        self.discount = ActionButton("", "percent", kind="outlined")
        self.remove = ActionButton("", "delete", kind="danger")
        self.quantity.follow(quantity)
        self.price.follow(price)
        self.discount.follow(discount)
        self.remove.follow(remove)
        for widget in (self.less, self._pieces, self.more, self.quantity, self.price, self.discount):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.remove)
        named = {"less": self.less, "more": self.more, "quantity": self.quantity, "remove": self.remove}
        named |= {"price": self.price, "discount": self.discount}
        for name, button in named.items():
            button.setObjectName(f"sell.line.{name}")
        return keys

    def _build_entry(self) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._quantity_field = AmountField(height=48, px=22)
        self._quantity_field.setObjectName("sell.line.entry")
        self._quantity_field.take_any_text()
        self._quantity_field.submitted.connect(self.entered)
        self.apply = ActionButton("", "check", kind="primary", key="Enter")
        self.cancel = IconButton("close", "", kind="outlined", size=48)
        self.apply.clicked.connect(self.submit)
        self.cancel.clicked.connect(lambda: self.given_up.emit())
        row.addWidget(self._quantity_field, 1)
        row.addWidget(self.apply)
        row.addWidget(self.cancel)
        return entry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Words before icons, where there is not room for both.
        roomy = self.width() >= _ROOMY
        for button, icon in (
            (self.quantity, "dialpad"),
            (self.price, "edit"),
            (self.discount, "percent"),
            (self.remove, "delete"),
        ):
            button.set_icon(icon if roomy else None)
        for button in (self.price, self.discount):
            # Their keys stand in the bar below as well.
            button.setVisible(self.width() >= _ROOM_FOR_ALL)

    @property
    def is_entering(self) -> bool:
        """Whether a quantity, a price or a discount is being entered."""
        return self._stack.currentIndex() > 0

    @property
    def is_by_hand(self) -> bool:
        return self._stack.currentIndex() == _BY_HAND

    @property
    def field(self) -> AmountField:
        """Where digits go."""
        return self.by_hand.field if self.is_by_hand else self._quantity_field

    @property
    def wanted_height(self) -> int:
        return _TALL if self.is_by_hand else _FLAT

    def submit(self) -> None:
        """Take what was typed."""
        if self.is_by_hand:
            self.by_hand.submit()
        else:
            self.entered.emit(self.field.entry)

    def quantity_typed(self) -> str:
        """What a scan commits: a quantity that was typed. Money typed by halves is nothing."""
        return "" if self.is_by_hand else self.field.entry

    def unfinished(self) -> object:
        """What was typed and chosen so far, so that it outlives another language."""
        return self.by_hand.unfinished() if self.is_by_hand else self.field.entry

    def take_up(self, unfinished: Any) -> None:
        """Go on with what `unfinished` told, in an entry that was opened anew."""
        if self.is_by_hand:
            self.by_hand.take_up(unfinished)
        else:
            self.field.set_entry(unfinished)

    def press(self, number: int) -> bool:
        """Choose the reason of this number, where reasons are shown."""
        if self.is_by_hand:
            self.by_hand.press(number)
        return self.is_by_hand

    def show_line(self, name: str, pieces: int | None, words: Wording) -> None:
        """The keys for this line. What is weighed has no single pieces to add."""
        self._line = (name, pieces, words)
        self._pieces.setText("" if pieces is None else words.number(pieces))
        for widget in (self.less, self._pieces, self.more):
            widget.setVisible(pieces is not None)
        self.less.setEnabled(pieces is not None and pieces > 1)

    def name_keys(self) -> None:
        """What a screen reader, or a finger that rests on them, is told of the keys of this line."""
        if self._line is None or self._line[1] is None:
            return
        name, pieces, words = self._line
        self.less.set_name(words.say("Quantity of {name}, {pieces}, minus", name=name, pieces=pieces), "−")
        self.more.set_name(words.say("Quantity of {name}, {pieces}, plus", name=name, pieces=pieces), "+")

    def retranslate(self, words: Wording) -> None:
        self.apply.set_text(words.say("Set"))
        self.cancel.set_name(words.say("Leave the quantity as it is"), "Esc")
        self.by_hand.retranslate(words)

    def begin_entry(self, unit: Unit, words: Wording, shown: Callable[[str], str]) -> None:
        """Open the entry, empty."""
        self._quantity_field.clear_entry()
        # Decimals of pieces too: without its sign one and a half would be fifteen, with it the sale says no.
        self._quantity_field.set_shown(shown, 3)
        label = words.say("Quantity") if unit is Unit.PIECE else words.say("Quantity in {unit}", unit=words.unit(unit))
        self._quantity_field.set_words(label)
        self._stack.setCurrentIndex(1)

    def begin_by_hand(self, wanted: Wanted, words: Wording, currency: str) -> None:
        """Open the entry of a price or a discount."""
        self.by_hand.begin(wanted, words, currency)
        self._stack.setCurrentIndex(_BY_HAND)
        self.turned.emit()

    def end_entry(self) -> None:
        self._stack.setCurrentIndex(0)
        self.turned.emit()

"""What is changed on the selected line: how many, its open price, its weight, its note, its serial numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import BasketLine
from pos.domain.by_hand import Action
from pos.domain.money import AmountUnreadable, Money, Quantity, Unit
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import OPEN_PRICE_MAX, PriceSource, Weighed, is_weighed
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.ui.sell import ask_panels as late_ask_panels
from pos.ui.sell import note_panel as late_note_panel
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.by_hand import ByHand
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Teller
from pos.ui.sell.weigh_panel import ToWeigh
from pos.ui.sell.weight_ask import WeightAsk
from pos.workstation import Workstation


class LineEdits(QObject):
    """Signals: begun() an entry was opened in the line; used() the focus goes back to the entry."""

    begun = Signal()
    used = Signal()

    def __init__(self, side: Side, basket: BasketCard, teller: Teller, workstation: Workstation) -> None:
        super().__init__(side)
        self._side, self._basket, self._teller, self._workstation = side, basket, teller, workstation
        self._sale = workstation.sale
        # The line a panel is open for; -1 is the whole sale.
        self._row = 0
        # Opens anew what was opened last in the line.
        self._again: Callable[[], None] = self.begin_quantity
        self.weight = WeightAsk("line", side, teller, workstation)
        self.weight.weighed.connect(self._set_weight)
        self._by_hand = ByHand(basket, teller, workstation)
        self._by_hand.ended.connect(basket.strip.given_up)

    # Each panel is built when it is first wanted.

    @cached_property
    def price(self) -> late_ask_panels.PricePanel:
        panel = late_ask_panels.PricePanel("line_price", "sell")
        panel.entered.connect(self._set_price)
        return panel

    @cached_property
    def note(self) -> late_note_panel.NotePanel:
        panel = late_note_panel.NotePanel("note")
        panel.written.connect(self._set_note)
        return panel

    @cached_property
    def serials(self) -> late_ask_panels.SerialPanel:
        panel = late_ask_panels.SerialPanel("line_serial")
        panel.given.connect(self._set_serials)
        return panel

    @cached_property
    def why(self) -> ChoicePanel:
        panel = ChoicePanel("void_line", "delete")
        panel.chosen.connect(self._void_line)
        return panel

    @property
    def line(self) -> BasketLine | None:
        """The selected line."""
        row = self._basket.view.row
        return None if row < 0 else self._basket.model.line_at(row)

    # How many.

    def add_pieces(self, by: int) -> None:
        line, row = self.line, self._basket.view.row
        if line is not None:
            wanted = Quantity(line.quantity.thousandths + by * 1000, line.quantity.unit)
            if line.quantity.unit is Unit.PIECE:
                self._teller.ask(lambda: self._sale.set_quantity(row, wanted))
        self.used.emit()

    def begin_quantity(self) -> None:
        line = self.line
        if line is None:
            return
        self._again = self.begin_quantity
        strip, sign = self._basket.strip, self._teller.words.decimal_sign
        strip.begin_entry(line.quantity.unit, self._teller.words, lambda entry: entry.replace(".", sign) or "0")
        self.begun.emit()

    def set_quantity(self, entry: str) -> None:
        """Take what was typed; nothing typed leaves the line as it is."""
        line, row = self.line, self._basket.view.row
        if not entry or line is None:
            return
        try:
            quantity = Quantity.read(entry.rstrip("."), line.quantity.unit)
        except AmountUnreadable:
            shown = entry.replace(".", self._teller.words.decimal_sign)
            self._teller.refuse(Refused(Code.QUANTITY_INVALID, {"quantity": shown}))
            return
        self._teller.ask(lambda: self._sale.set_quantity(row, quantity))

    # Price, weight, numbers, note.

    def begin_price(self) -> None:
        """Another price: beside the sale for an item that has none of its own, or else in the line, with a reason."""
        line = self._begin()
        if line is None:
            return
        if line.price_source != PriceSource.OPEN:
            self._begin_by_hand(Action.PRICE_OVERRIDE)
            return
        words = self._teller.words
        self.price.begin(line.name, line.quantity.unit, self._workstation.desk.rules.currency, words)
        self.price.add.set_text(words.say("Set"))
        self._side.open_panel(self.price, self.begin_price)

    def begin_discount(self) -> None:
        """Something off the line, with a reason."""
        if self._begin() is not None:
            self._begin_by_hand(Action.LINE_DISCOUNT)

    def begin_receipt_discount(self) -> None:
        """Something off the whole sale, with a reason."""
        if self._begin() is not None:
            self._begin_by_hand(Action.RECEIPT_DISCOUNT)

    def _begin_by_hand(self, action: Action) -> None:
        self._again = lambda: self._begin_by_hand(action)
        self._by_hand.begin(action, self._row)
        self.begun.emit()

    def say_anew(self) -> None:
        """The language is another one: what is entered in the line goes on in its words."""
        strip = self._basket.strip
        if strip.is_entering:
            unfinished = strip.unfinished()
            self._again()
            strip.take_up(unfinished)

    def begin_weight(self) -> None:
        """Weigh the line again."""
        line = self._begin()
        if line is None:
            return
        if not is_weighed(line.quantity.unit):
            self._teller.say_no(
                self._teller.words.say(
                    "{item} is not sold by weight. Nothing was changed. Choose a line that is weighed.", item=line.name
                )
            )
            return
        currency = self._workstation.desk.rules.currency
        self.weight.begin(ToWeigh(line.name, line.quantity.unit, line.unit_price, currency), self.begin_weight)

    def begin_serials(self) -> None:
        """Read the serial numbers of the line anew."""
        line = self._begin()
        if line is None:
            return
        if not line.serials:
            self._teller.say_no(
                self._teller.words.say("{item} is sold without a serial number. Nothing was changed.", item=line.name)
            )
            return
        self.serials.begin(line.name, len(line.serials), self._teller.words)
        self._side.open_panel(self.serials, self.begin_serials)

    def begin_note(self) -> None:
        """Write on the selected line, or on the sale where none is."""
        line = self._begin()
        words = self._teller.words
        basket = self._sale.view.priced.basket
        if line is not None:
            self.note.begin((words.say("Note"), line.name), line.note, words)
            self._side.open_panel(self.note, self.begin_note)
        elif basket.empty:
            self._teller.refuse(Refused(Code.BASKET_EMPTY))

    def begin_sale_note(self) -> None:
        """Write on the whole sale."""
        words, basket = self._teller.words, self._sale.view.priced.basket
        if basket.empty:
            self._teller.refuse(Refused(Code.BASKET_EMPTY))
            return
        self._row = -1
        self.note.begin((words.say("Note on the sale"), ""), basket.note, words)
        self._side.open_panel(self.note, self.begin_sale_note)

    def begin_void(self) -> None:
        """Take the line off with a reason for the journal."""
        line = self._begin()
        if line is None:
            return
        words = self._teller.words
        try:
            known = reasons(self._workstation.desk, ReasonKind.VOID_LINE)
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return
        self.why.retranslate(words)
        self.why.set_title(words.say("Remove"), line.name)
        self.why.offer(words.say("Why? The journal keeps it."), [(one.code, words.reason(one), "") for one in known])
        self._side.open_panel(self.why, self.begin_void)

    def take_scan(self, code: str) -> bool:
        """A scan while the numbers of a line are read anew is one of them."""
        if self._side.panel is None or self._side.panel is not self.serials:
            return False
        if self._workstation.catalogue.find(code) is not None:
            return False
        self.serials.take(code)
        return True

    def _begin(self) -> BasketLine | None:
        self._row = self._basket.view.row
        return self.line

    def _set_price(self, entry: str) -> None:
        try:
            price = Money.read(entry.rstrip(".") or "0", self._workstation.desk.rules.currency).minor
        except AmountUnreadable:
            price = OPEN_PRICE_MAX + 1
        if self._done(self._teller.ask(lambda: self._sale.set_open_price(self._row, price)) is not None):
            return
        self.price.field.clear_entry()

    def _set_weight(self, weighed: Weighed) -> None:
        self._done(self._teller.ask(lambda: self._sale.set_weight(self._row, weighed)) is not None)

    def _set_serials(self, numbers: tuple[str, ...]) -> None:
        if not self._done(self._teller.ask(lambda: self._sale.set_serials(self._row, numbers)) is not None):
            self.serials.take_back()

    def _set_note(self, note: str) -> None:
        line = None if self._row < 0 else self._row
        self._done(self._teller.ask(lambda: self._sale.set_note(line, note)) is not None)

    def _void_line(self, reason: str) -> None:
        self._done(self.remove(self._row, reason))

    def remove(self, row: int, reason: str = "") -> bool:
        """Take a line off, and say how it comes back."""
        line = self._basket.model.line_at(row) if 0 <= row < self._basket.model.rowCount() else None
        if self._teller.ask(lambda: self._sale.remove_line(row, reason)) is None:
            return False
        if line is not None:
            said = self._teller.words.say("{item} removed.", item=line.name)
            self._teller.tell_done(said, lambda: self._teller.ask(self._sale.undo), "Ctrl Z")
        return True

    def _done(self, changed: bool) -> bool:
        if changed:
            self._side.close_panel()
        self.used.emit()
        return changed

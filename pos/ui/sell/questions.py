"""Asks what an item wants to know, one question after the other, and rings it up with the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import NO_ANSWERS, OPEN_PRICE_MAX, Answers, Ask, Needs, Weighed
from pos.services.sale import SaleView
from pos.ui.sell import ask_panels as late_ask_panels
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Teller
from pos.ui.sell.weigh_panel import ToWeigh
from pos.ui.sell.weight_ask import WeightAsk
from pos.workstation import Workstation

Call = Callable[[Answers], SaleView | Refused]


class Questions(QObject):
    """Nothing was added while a question is open; a date of birth is compared and forgotten.

    Signals: rung_up(object) the SaleView with the item in it.
    """

    rung_up = Signal(object)

    def __init__(self, side: Side, teller: Teller, workstation: Workstation) -> None:
        super().__init__(side)
        self._side, self._teller, self._workstation = side, teller, workstation
        self._needs: Needs | None = None
        self._call: Call | None = None
        self._answers = NO_ANSWERS
        self.weight = WeightAsk("ask", side, teller, workstation)
        self.weight.weighed.connect(self._weighed)

    # Each panel is built when it is first asked with.

    @cached_property
    def price(self) -> late_ask_panels.PricePanel:
        panel = late_ask_panels.PricePanel("price", "sell")
        panel.entered.connect(self._priced)
        return panel

    @cached_property
    def age(self) -> late_ask_panels.AgePanel:
        panel = late_ask_panels.AgePanel("age")
        panel.seen.connect(lambda: self._answer(age_seen=True))
        panel.born.connect(self._born)
        return panel

    @cached_property
    def serial(self) -> late_ask_panels.SerialPanel:
        panel = late_ask_panels.SerialPanel("serial")
        panel.added.connect(self._serial_added)
        panel.given.connect(lambda numbers: self._answer(serials=numbers))
        return panel

    @property
    def asks(self) -> bool:
        """Whether an item waits for an answer."""
        return self._needs is not None

    def begin(self, needs: Needs, call: Call) -> None:
        """Ask, and ring up with `call` once everything is known."""
        self._call, self._answers = call, NO_ANSWERS
        self._show(needs)

    def give_up(self) -> str:
        """Ask no more; the name of the item that was not added, empty where none waited."""
        name = "" if self._needs is None else self._needs.item.name_in(self._teller.words.language)
        self._needs, self._call, self._answers = None, None, NO_ANSWERS
        if name:
            self._side.close_panel()
        return name

    def take_scan(self, code: str) -> bool:
        """A scan while a serial number is asked for is that number, unless the catalogue knows it as another item."""
        if self._needs is None or self._side.panel is not self.serial:
            return False
        if self._is_own(code):
            self._teller.say_no(
                self._teller.words.say(
                    "That is the item's own code. Nothing was added yet. Scan the serial number of this piece."
                )
            )
            return True
        if self._workstation.catalogue.find(code) is not None:
            return False
        self.serial.take(code)
        return True

    def _is_own(self, code: str) -> bool:
        item = self._workstation.catalogue.find(code)
        return item is not None and self._needs is not None and item.id == self._needs.item.id

    def _show(self, needs: Needs) -> None:
        self._needs = needs
        words, item, again = self._teller.words, needs.item, lambda: self._show(needs)
        name = item.name_in(words.language)
        currency = self._workstation.desk.rules.currency
        match needs.asks[0]:
            case Ask.AGE:
                desk = self._workstation.desk
                self.age.begin(name, item.age, desk.local(desk.now()).date(), words)
                self._side.open_panel(self.age, again)
            case Ask.PRICE:
                self.price.begin(name, item.unit, currency, words)
                self._side.open_panel(self.price, again)
            case Ask.WEIGHT:
                price = item.unit_price_minor if self._answers.price is None else self._answers.price
                self.weight.begin(ToWeigh(name, item.unit, price, currency), again)
            case Ask.SERIAL:
                self.serial.begin(name, max(needs.serials, 1), words)
                self._side.open_panel(self.serial, again)

    def _priced(self, entry: str) -> None:
        currency = self._workstation.desk.rules.currency
        try:
            price = Money.read(entry.rstrip(".") or "0", currency).minor
        except AmountUnreadable:
            price = OPEN_PRICE_MAX + 1
        if not self._answer(price=price):
            self.price.field.clear_entry()

    def _born(self, born: date | None) -> None:
        if born is None:
            self._teller.refuse(Refused(Code.BIRTH_DATE_INVALID))
            self.age.field.clear_entry()
        elif not self._answer(born=born):
            self.age.field.clear_entry()

    def _weighed(self, weighed: Weighed) -> None:
        self._answer(weighed=weighed)

    def _serial_added(self) -> None:
        refused = self._workstation.sale.serials_refused(self.serial.numbers)
        if refused is not None:
            self._teller.refuse(refused)
            self.serial.take_back()

    def _answer(self, **known: Any) -> bool:
        """Ask again with one more answer; False where it was refused, and the question stays."""
        call = self._call
        if call is None:
            return False
        answers = replace(self._answers, **known)
        going_on: list[Needs] = []
        view = self._teller.ask(lambda: call(answers), going_on.append)
        if going_on:
            self._answers = answers
            self._show(going_on[0])
            return True
        if view is None:
            return False
        self._needs, self._call, self._answers = None, None, NO_ANSWERS
        self._side.close_panel()
        self.rung_up.emit(view)
        return True

"""Sales put aside: suspend the open one, take one up again from the list or by its slip."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.refusal import Refused
from pos.domain.suspended import SuspendedSale, slip_number
from pos.domain.trouble import KnownError
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Answer, Teller
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation


class Waiting(QObject):
    """`clear` leaves what is open on the screen.

    Signals: put_aside() a slip waits in the paper queue; counted() how many wait was looked at anew; used() the focus
    goes back to the entry. `waits` is how many wait in the shop.
    """

    put_aside = Signal()
    counted = Signal()
    used = Signal()

    def __init__(
        self, screen: Screen, side: Side, teller: Teller, workstation: Workstation, clear: Callable[[], None]
    ) -> None:
        super().__init__(side)
        self._side, self._teller, self._workstation, self._clear = side, teller, workstation, clear
        self._suspended, self._sale = workstation.suspended, workstation.sale
        self.waits = 0
        self._wanted = ""
        self.suspend_key = screen.add_key("suspend", "F7", self.suspend)
        self.recall_key = screen.add_key("recall", "F8", self.open_list)

    @cached_property
    def list(self) -> ChoicePanel:
        """Which of them, built when it is first asked."""
        panel = ChoicePanel("recall", "play_circle")
        panel.chosen.connect(self.recall)
        return panel

    @cached_property
    def swap(self) -> ChoicePanel:
        """Likewise: what becomes of the sale that is open."""
        panel = ChoicePanel("swap", "pause_circle")
        panel.chosen.connect(self._swap)
        return panel

    def retranslate(self) -> None:
        say = self._teller.words.say
        self.suspend_key.setText(say("Suspend"))
        self.recall_key.setText(say("Recall ({n})", n=self.waits) if self.waits else say("Recall"))

    def count(self) -> None:
        """Look how many wait in the shop, and say it on the key."""
        self.waits = len(self._waiting() or ())
        self.retranslate()
        self.counted.emit()

    def suspend(self) -> None:
        """Put the open sale aside; its slip prints where there is a printer, and the next customer can come."""
        self._clear()
        words = self._teller.words
        try:
            aside = self._suspended.suspend()
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return
        if isinstance(aside, Refused):
            self._teller.refuse(aside)
            return
        self._teller.changed.emit(self._sale.view)
        number, prints = aside.sale.number_text, self._workstation.paperwork.has_printer
        said = (
            words.say("Sale {number} waits, its slip prints.", number=number)
            if prints
            else words.say("Sale {number} waits. Recall brings it back.", number=number)
        )
        self._teller.tell_done(said, lambda: self.recall(aside.sale.code))
        self.put_aside.emit()
        self.count()
        self.used.emit()

    def open_list(self) -> None:
        """What waits, that which this workstation put aside last chosen: Enter takes it up."""
        self._clear()
        waiting, words = self._waiting(), self._teller.words
        if waiting is None:
            return
        self.waits = len(waiting)
        self.retranslate()
        self.counted.emit()
        if not waiting:
            self._teller.say_no(words.say("No sale waits. Nothing was changed. F7 puts the open sale aside."))
            return
        number = self._workstation.desk.number
        own = next((at for at, sale in enumerate(waiting) if sale.workstation == number), 0)
        self.list.retranslate(words)
        self.list.set_title(words.say("Recall a sale"))
        self.list.offer("", [(sale.id, *self._said(sale)) for sale in waiting], chosen=own)
        self._side.open_panel(self.list, self.open_list)

    def names(self, typed: str) -> bool:
        """Whether what was typed is a slip's number, "S12", and no item's code."""
        is_number = typed[:1] in {"S", "s"} and slip_number(typed) is not None
        return is_number and self._workstation.catalogue.find(typed) is None

    def recall(self, code: str) -> None:
        """Take up a sale by its slip or its number; with a sale open, offer to put that aside first."""
        self._clear()
        if self._sale.view.empty:
            self._take(lambda: self._suspended.recall(code))
            return
        self._wanted, words = code, self._teller.words
        self._teller.banner.hide()
        self.swap.retranslate(words)
        self.swap.set_title(words.say("A sale is open"))
        self.swap.offer(
            words.say("The other one can be taken up once this one is put aside or done."),
            [("swap", words.say("Suspend this one, recall the other"), ""), ("keep", words.say("Go on here"), "")],
        )
        self._side.open_panel(self.swap, lambda: self.recall(code))

    def _swap(self, choice: str) -> None:
        self._clear()
        if choice == "swap" and self._take(lambda: self._suspended.swap(self._wanted)):
            self.put_aside.emit()

    def _take(self, call: Callable[[], Answer]) -> bool:
        taken = self._teller.ask(call)
        self.count()
        self.used.emit()
        return taken is not None

    def _waiting(self) -> tuple[SuspendedSale, ...] | None:
        try:
            return self._suspended.waiting()
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return None

    def _said(self, sale: SuspendedSale) -> tuple[str, str]:
        """A sale that waits, in two lines."""
        words, desk = self._teller.words, self._workstation.desk
        total = words.money(Money(sale.total, desk.rules.currency))
        lines = words.count("{n} line", "{n} lines", len(sale.basket.lines))
        return (
            f"{sale.number_text} · {words.time(desk.local(sale.suspended_at))} · {total}",
            " · ".join(filter(None, (sale.operator_name, lines, sale.basket.note))),
        )

"""Giving up the sale: asked once, in place, with the reasons the shop lists beside it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Signal

from pos.domain.reasons import ReasonKind
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.ui.sell import money_back as late_telling
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.side import Side
from pos.ui.sell.summary import void_question
from pos.ui.sell.teller import Teller
from pos.ui.sell.void_strip import VoidStrip
from pos.ui.shared import money_back as late_money_back
from pos.workstation import Workstation


class Voiding(QObject):
    """Signals: used() the focus goes back to the entry."""

    used = Signal()

    def __init__(self, strip: VoidStrip, side: Side, teller: Teller, workstation: Workstation) -> None:
        super().__init__(side)
        self._strip, self._side, self._teller, self._workstation = strip, side, teller, workstation
        strip.confirmed.connect(lambda: self.confirm())
        strip.kept.connect(self.keep)

    @cached_property
    def why(self) -> ChoicePanel:
        """Built when it is first asked."""
        panel = ChoicePanel("void_sale", "delete")
        panel.chosen.connect(self.confirm)
        return panel

    def begin(self) -> None:
        """Ask. A reason voids with it, Enter without one."""
        words = self._teller.words
        try:
            known = reasons(self._workstation.desk, ReasonKind.VOID_SALE)
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return
        priced = self._workstation.sale.view.priced
        back = late_money_back.goes_back(priced.basket.tenders, priced.currency, words)
        self._strip.ask(void_question(priced, words), back)
        self.why.retranslate(words)
        self.why.set_title(words.say("Void sale"))
        self.why.offer(words.say("Why? The journal keeps it."), [(one.code, words.reason(one), "") for one in known])
        self._side.open_panel(self.why, self.begin)

    def confirm(self, reason: str = "") -> None:
        before = self._workstation.sale.view.priced
        if self._teller.ask(lambda: self._workstation.sale.void_sale(reason)) is not None:
            late_telling.tell_voided(before, self._teller)
        self.used.emit()

    def say_anew(self) -> None:
        """Where it is still asked after the reasons were left."""
        if self._strip.is_asking and self._side.panel is None:
            self.begin()

    def put_away(self) -> None:
        """Ask no more; the sale stays."""
        self._strip.hide()
        if self._side.panel is not None and self._side.panel is self.why:
            self._side.close_panel()

    def keep(self) -> None:
        self.put_away()
        self.used.emit()

"""Empties that come back: while it is on, what is scanned or picked is not sold, its deposit is given back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.services.sale import Sale, SaleView
from pos.ui.sell.ringing import Ringing
from pos.ui.sell.search import ScanRow
from pos.ui.shared.buttons import IconButton
from pos.ui.shared.notices import announce
from pos.ui.shared.screen import Screen
from pos.wording import Wording

_KEY = "Alt+R"


class Empties(QObject):
    """Its key turns it on and off, Esc and the button beside the field end it. It never outlives its sale: the goods
    of the next customer would be paid out.
    """

    def __init__(self, screen: Screen, row: ScanRow, ringing: Ringing, sale: Sale) -> None:
        super().__init__(screen)
        self._screen, self._row, self._ringing = screen, row, ringing
        self._of = sale.view.priced.basket.id
        self._key = screen.add_key("empties", _KEY, self._turn, in_key_bar=False)
        self.button = IconButton("close", "", kind="outlined", size=56)
        self.button.setObjectName("sell.scan.end_empties")
        self.button.clicked.connect(self._key.trigger)
        self.button.hide()
        row.add(self.button)
        ringing.empties_turned.connect(self._turned)

    def show_sale(self, view: SaleView) -> None:
        """End it where the sale is another one."""
        sale = view.priced.basket.id
        if sale != self._of:
            self._of = sale
            self._ringing.take_empties(on=False)

    def _turn(self) -> None:
        self._ringing.take_empties(on=not self._ringing.empties)
        self._screen.focus_entry()

    def _turned(self) -> None:
        self.retranslate(self._ringing.words)
        announce(self._row.field.status if self._ringing.empties else self._row.field.edit)

    def retranslate(self, words: Wording) -> None:
        """Say what it is called while it is on, or off."""
        on = self._ringing.empties
        self._key.setText(words.say("End the empties") if on else words.say("Empties"))
        self._key.setToolTip(words.say("Give back the deposit of what is scanned, instead of selling it"))
        self.button.set_name(words.say("End the empties"), "Alt R, Esc")
        self.button.setVisible(on)
        self._row.say_prompt(words.say("Scan the item whose empties come back") if on else "", words)

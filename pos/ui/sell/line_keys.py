"""The keys of the selected line: which of them mean something now, and what they are called."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction

from pos.domain.basket import BasketLine
from pos.domain.requirement import is_weighed
from pos.services.sale import SaleView
from pos.ui.sell.line_edits import LineEdits
from pos.ui.sell.quiet_keys import name_quiet_keys
from pos.ui.sell.side import SidePanel
from pos.ui.sell.weigh_panel import WeighPanel
from pos.ui.shared.screen import Screen
from pos.wording import Wording


class LineKeys:
    """Actions of the screen. `begin` clears the table first; `panel` is what shows beside the basket."""

    def __init__(
        self,
        screen: Screen,
        begin: Callable[[Callable[[LineEdits], None]], None],
        panel: Callable[[], SidePanel | None],
    ) -> None:
        self._screen, self._begin, self._panel = screen, begin, panel
        self.quantity = screen.add_key("quantity", "F3", lambda: begin(LineEdits.begin_quantity))
        self.price = screen.add_key("price", "F4", lambda: begin(LineEdits.begin_price))
        self.discount = screen.add_key("discount", "F5", lambda: begin(LineEdits.begin_discount))
        self.receipt_discount = screen.add_key(
            "receipt_discount", "Shift+F5", lambda: begin(LineEdits.begin_receipt_discount), in_key_bar=False
        )
        self.weigh = screen.add_key("weigh", "F10", self._weigh)
        self.void = screen.add_key("void_line", "Shift+Del", lambda: begin(LineEdits.begin_void), in_key_bar=False)
        self.note = screen.add_key("note", "Alt+N", lambda: begin(LineEdits.begin_note), in_key_bar=False)
        self.sale_note = screen.add_key(
            "sale_note", "Alt+M", lambda: begin(LineEdits.begin_sale_note), in_key_bar=False
        )
        self.serials = screen.add_key("serials", "Alt+S", lambda: begin(LineEdits.begin_serials), in_key_bar=False)

        screen.add_key("tare", "Alt+T", lambda: self._scale(WeighPanel.take_tare), in_key_bar=False)
        screen.add_key("zero", "Alt+Z", lambda: self._scale(WeighPanel.drop_tare), in_key_bar=False)

    @property
    def in_line(self) -> tuple[QAction, QAction, QAction]:
        """What the selected line itself offers."""
        return self.quantity, self.price, self.discount

    def retranslate(self, words: Wording) -> None:
        say = words.say
        self.quantity.setText(say("Quantity"))
        self.price.setText(say("Price"))
        self.discount.setText(say("Discount"))
        self.receipt_discount.setText(say("Discount on the whole sale"))
        self.weigh.setText(say("Weigh"))
        self.void.setText(say("Remove with a reason"))
        self.note.setText(say("Note on the line"))
        self.sale_note.setText(say("Note on the sale"))
        self.serials.setText(say("Serial numbers of the line"))
        name_quiet_keys(self._screen.actions(), words)

    def offer(self, sale: SaleView, line: BasketLine | None) -> bool:
        """Wake the keys that mean something for this line; whether anything may be changed at all."""
        free = line is not None and not sale.priced.basket.tenders
        by_hand = (self.price, self.discount, self.receipt_discount)
        for action in (self.quantity, self.void, self.note, self.sale_note, *by_hand):
            action.setEnabled(free)
        self.weigh.setEnabled(self.weighing or (free and line is not None and is_weighed(line.quantity.unit)))
        self.serials.setEnabled(free and line is not None and bool(line.serials))
        return free

    @property
    def weighing(self) -> bool:
        """Whether the scale is being read."""
        return isinstance(self._panel(), WeighPanel)

    def _weigh(self) -> None:
        """While the scale is read, the same key types the weight instead."""
        panel = self._panel()
        if isinstance(panel, WeighPanel):
            panel.typing_wanted.emit()
        else:
            self._begin(LineEdits.begin_weight)

    def _scale(self, press: Callable[[WeighPanel], None]) -> None:
        panel = self._panel()
        if isinstance(panel, WeighPanel):
            press(panel)

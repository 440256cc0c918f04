"""The sale: scan after scan, each saved before it shows. The scan field keeps the focus unless an entry needs it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.services.sale import SaleView
from pos.ui.sell import typed as late_typed
from pos.ui.sell.arrange import ArrangePanel
from pos.ui.sell.asking import Asking
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.buyer import Buyer
from pos.ui.sell.empties import Empties
from pos.ui.sell.entry_keys import EntryKeys
from pos.ui.sell.exchanging import Exchanging
from pos.ui.sell.gift_card import card_and_price
from pos.ui.sell.idle_keys import IdleKeys
from pos.ui.sell.line_edits import LineEdits
from pos.ui.sell.line_keys import LineKeys
from pos.ui.sell.money_column import MoneyColumn
from pos.ui.sell.money_taken import MoneyTaken
from pos.ui.sell.picks import KEYS, PAD, PickPanel
from pos.ui.sell.quiet_keys import add_quiet_keys
from pos.ui.sell.ringing import Ringing
from pos.ui.sell.search import ScanRow, Searching, SearchPanel
from pos.ui.sell.side import Side
from pos.ui.sell.special_board import SpecialBoard
from pos.ui.sell.suggestion_strip import Suggesting
from pos.ui.sell.teller import Teller
from pos.ui.sell.void_strip import VoidStrip
from pos.ui.sell.voiding import Voiding
from pos.ui.sell.waiting import Waiting
from pos.ui.sell.why import WhyPanel
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.notices import Banner
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sounds
from pos.wording import Wording
from pos.workstation import Workstation


class SellScreen(Screen):
    """Scan field, basket, quick keys, totals.

    Signals: pay_wanted() the cashier wants the money; changed() the open sale is another; slip_waits() a slip is to be
    printed; receipt_scanned(str) a receipt's code, which is no item's.
    """

    words: Wording
    pay_wanted = Signal()
    changed = Signal()
    slip_waits = Signal()
    receipt_scanned = Signal(str)

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds, parent: QWidget | None = None) -> None:
        super().__init__("sell", words, parent)
        self._workstation, self._sale, self._sounds = workstation, workstation.sale, sounds
        self._make_actions()
        self._build()
        self._connect()
        self.set_entry(self.scan_field)
        self.sort_keys()
        self.retranslate()

    def _make_actions(self) -> None:
        self._search = self.add_key("search", "F2", lambda: self._look_for(self.scan_field.text), in_key_bar=False)
        self.line_keys = LineKeys(self, self._begin, lambda: self.side.panel)
        self._remove = self.add_key("remove", "Del", self._remove_line, in_key_bar=False)
        self._undo = self.add_key("undo", "Ctrl+Z", lambda: self._go(self._sale.undo))
        self._redo = self.add_key(
            "redo", ["Ctrl+Y", "Ctrl+Shift+Z"], lambda: self._go(self._sale.redo), in_key_bar=False
        )
        self._void = self.add_key("void", "Ctrl+Del", self._ask_void)
        self._pay = self.add_key("pay", "F12", self._to_pay, in_key_bar=False, primary=True)
        add_quiet_keys(self, self._cancel, turn=lambda by: self.searching.turn(by), step=self._step, press=self._press)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        self.scan = ScanRow(self._search)
        self.scan_field = self.scan.field
        self.notice, self.banner = Banner(close_name=" "), Banner(close_name=" ")
        self.afterwards = Afterwards(self)
        self.basket = BasketCard(self.words, self.line_keys.in_line, self._remove, self.afterwards)
        self.search = SearchPanel(self._workstation.catalogue, self.scan_field, self.words)
        self.void_strip = VoidStrip()
        for widget in (self.notice, self.scan, self.banner, self.basket, self.search, self.void_strip):
            left.addWidget(widget, 1 if widget in (self.basket, self.search) else 0)
        self.picks = PickPanel()
        self.searching = Searching(self.search, self.basket, self.picks)
        self.side = Side(self.picks)
        self.money = MoneyColumn(self.side, self._pay, self._workstation.desk.rules, self.afterwards)
        self.totals, self.pay_button = self.money.totals, self.money.button
        row.addLayout(left, 784)
        row.addWidget(self.money, 446)
        self.teller = Teller(self.banner, self._sounds, self.words)
        self.taken = MoneyTaken(self.money, self.teller, self._sale)
        self.asker = self.asking = Asking(self, self.teller, self._workstation)
        left.insertWidget(2, self.asking.strip)
        self.exchanging = Exchanging(self, left, self.asking, self._workstation, shown=(self.money, self.basket))
        self.ringing = Ringing(self.scan_field, self.side, self.teller, self._workstation)
        self.empties = Empties(self, self.scan, self.ringing, self._sale)
        self.suggesting = Suggesting(self, self.ringing, self.teller, self._sale)
        left.addWidget(self.suggesting.strip)
        self.lines = LineEdits(self.side, self.basket, self.teller, self._workstation)
        self.voiding = Voiding(self.void_strip, self.side, self.teller, self._workstation)
        self.waiting = Waiting(self, self.side, self.teller, self._workstation, self._end_entries)
        self.check, self.gift_card = card_and_price(self, self.side, self.teller, self._workstation, self._end_entries)
        ways = (self.waiting, self.exchanging, self.check)
        self.idle = IdleKeys(self, self.basket, self.money, self._workstation, ways=ways)
        self.arrange = ArrangePanel(self, self.side, self.teller, self._workstation, self._end_entries)
        self.board = SpecialBoard(self, self.picks, self.side, self.teller, self.arrange)
        self.buyer = Buyer(self, left, self.side, self.teller, self._workstation, clear=self._end_entries)
        self.why = WhyPanel(self, self.side, self.teller, self._workstation, self.basket, clear=self._end_entries)

    def _connect(self) -> None:
        self.scan_field.submitted.connect(self._submit)
        self.scan_field.edited.connect(self._edited)
        self.teller.changed.connect(self._changed)
        self.teller.done.connect(self.done)
        self.ringing.elsewhere.connect(self._elsewhere)
        self.waiting.put_aside.connect(self.slip_waits)
        turns = (self.ringing.asked, self.lines.begun, self.lines.used, self.side.turned, self.waiting.used)
        for turn in (*turns, self.voiding.used, self.taken.used):
            turn.connect(self._take_entry)
        self.side.left.connect(self._cancel)
        # Whose they are from now on: what nobody owns outlives the window.
        for panel in (self.check, self.gift_card, self.gift_card.why, self.why, self.arrange):
            panel.setParent(self.side)
        self.changed.connect(self.buyer.show)
        self.basket.view.row_chosen.connect(self._choose)
        strip = self.basket.strip
        strip.stepped.connect(self.lines.add_pieces)
        strip.entered.connect(self._set_quantity)
        strip.given_up.connect(self._end_entries)
        strip.quantity.clicked.connect(lambda: self.picks.turn_to(PAD))
        self.picks.item_picked.connect(self._pick)
        self.search.picked.connect(self._pick)
        self.search.failed.connect(lambda error: self.teller.say_no(self.words.trouble(error)))
        keys = EntryKeys(self.scan_field, strip, self.picks)
        keys.stepped.connect(self.lines.add_pieces)
        keys.times.connect(self.ringing.set_times)
        keys.submitted.connect(self._submit)
        keys.confirmed.connect(self._confirm)
        for used in (self.side.used, keys.used, self.picks.turned, self.search.turned):
            used.connect(self.focus_entry)

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Sale")

    @property
    def context(self) -> str:
        number = self.words.say("Workstation {number}", number=self._workstation.desk.number)
        return " · ".join(filter(None, (number, self._sale.view.priced.basket.note)))

    def retranslate(self) -> None:
        say = self.words.say
        self.teller.words = self.words
        for said in (self.scan, self.line_keys, self.suggesting, self.empties, self.exchanging, self.idle):
            said.retranslate(self.words)
        for banner in (self.notice, self.banner):
            banner.close_button.set_name(say("Dismiss"))
        self.banner.hide()
        self.void_strip.retranslate(self.words)
        self.search.retranslate(self.words)
        self.picks.retranslate(self.words)
        for named in (self.waiting, self.asking, self.board, self.taken):
            named.retranslate()
        row = self.basket.view.row
        self.basket.retranslate(self.words, self._sale.view)
        self.ringing.set_times(self.ringing.times)
        self._show(self._sale.view)
        if 0 <= row < self.basket.model.rowCount():
            self.basket.select(row)
        self.taken.show(self._sale.view)
        for entered in (self.side, self.lines, self.voiding):
            entered.say_anew()
        self._take_entry()
        self.afterwards.do_now()

    def enter(self) -> None:
        self.banner.hide()
        self.voiding.put_away()
        self._end_entries()
        self.waiting.count()
        self.asking.recall()
        self.board.read()
        self._show(self._sale.view)
        self.taken.show(self._sale.view)

    def leave(self) -> None:
        self.ringing.set_times(None)
        self._end_entries()
        self.searching.end()
        self.scan_field.clear()

    def _show(self, view: SaleView) -> None:
        """Bring everything that shows the sale up to date."""
        priced = view.priced
        self.basket.take(view)
        self.board.follow(idle=view.empty)
        self.money.show_sale(priced, self._sale.last_ended, self.words)
        self._void.setEnabled(not view.empty)
        self.suggesting.show_sale(view, self.words)
        self.empties.show_sale(view)
        self.exchanging.show_sale(self.words)
        self._redo.setEnabled(view.can_redo)
        self._offer(view)
        self.undo_past.emit()
        self.changed.emit()

    def _offer(self, view: SaleView) -> None:
        """Which keys mean something for the selected line."""
        self._undo.setEnabled(view.can_undo or self.arrange.can_undo)
        self._remove.setEnabled(self.line_keys.offer(view, self.lines.line))

    def _changed(self, view: SaleView) -> None:
        self.voiding.put_away()
        self.searching.end()
        self._show(view)
        self.asking.follow(view)

    # Ringing up.

    def scanned(self, code: str) -> None:
        """A scan: an open quantity is committed first, what was typed besides is dropped, nothing is concatenated."""
        if self.ringing.questions.take_scan(code) or self.lines.take_scan(code):
            return
        if self.side.panel is not None and self.side.panel.take_scan(code):
            return
        if self.basket.strip.is_entering:
            self._set_quantity(self.basket.strip.quantity_typed())
        self.searching.end()
        self.scan_field.clear()
        if not self.ringing.questions.asks:
            self.side.close_panel()
        self.ringing.code(code)
        self.focus_entry()

    def type_into(self, text: str) -> None:
        """Put typed text where the cursor waits; the screen before this one got it."""
        self.scan_field.edit.setText(text)

    def _submit(self, text: str) -> None:
        if self.search.is_open:
            self.search.take_chosen()
            return
        if self.side.panel is not None and self.side.panel.take_scan(text.strip()):
            self.scan_field.clear()
            return
        typed = late_typed.read_typed(text)
        self.ringing.set_times(typed.quantity or self.ringing.times)
        if late_typed.is_name(typed.code) and self._workstation.catalogue.find(typed.code) is None:
            self._look_for(typed.code)
            return
        self.scan_field.clear()
        if self.waiting.names(typed.code):
            self.waiting.recall(typed.code)
        elif typed.code:
            self.ringing.code(typed.code)

    def _elsewhere(self, kind: str, code: str) -> None:
        """A code that is no item's: a slip and a gift card are taken up here, a receipt opens where receipts are."""
        here = {"slip": self.waiting.recall, "gift_card": self.gift_card.begin_with}
        here |= dict.fromkeys(("receipt", "gift_receipt", "return_receipt"), self.receipt_scanned.emit)
        if kind in here:
            here[kind](code)

    def _look_for(self, text: str) -> None:
        """Search in the basket's place; a scan, a choice or Esc brings the basket back."""
        self._end_entries()
        self.banner.hide()
        self.searching.begin(text)
        self.focus_entry()

    def _pick(self, item: str) -> None:
        self.searching.end()
        (self.arrange.add_item if self.side.panel is self.arrange else self.ringing.item)(item)
        self.focus_entry()

    def _edited(self, text: str) -> None:
        """A quantity with its sign becomes the chip in the field, so that a scan finds the field empty."""
        self.voiding.put_away()
        typed = late_typed.read_typed(text)
        if typed.quantity is not None and not typed.code:
            self.scan_field.clear()
            self.ringing.set_times(typed.quantity)

    def _press(self, number: int) -> None:
        if self.search.is_open:
            self.search.pick(number)
        elif not self.basket.strip.press(number):
            (self.side.panel.press if self.side.panel is not None else self.picks.pick)(number)

    # The selected line.

    def _begin(self, edit: Callable[[LineEdits], None]) -> None:
        """An edit of the line, begun from a clean table."""
        self._end_entries()
        self.searching.end()
        self.banner.hide()
        edit(self.lines)

    def _choose(self, row: int) -> None:
        self._end_entries()
        self.basket.select(row)
        self._offer(self._sale.view)

    def _step(self, by: int) -> None:
        stepping = self.search if self.search.is_open else self.board.stepping
        if stepping is not None:
            stepping.step(by)
        elif (last := self.basket.model.rowCount() - 1) >= 0:
            self._choose(min(max(self.basket.view.row + by, 0), last))

    def _remove_line(self) -> None:
        if self.side.panel is not None and self.side.panel.erase():
            return
        row = self.basket.view.row
        self._end_entries()
        self.lines.remove(row)
        self.focus_entry()

    def _set_quantity(self, entry: str) -> None:
        self._end_entries()
        self.lines.set_quantity(entry)

    def _end_entries(self) -> None:
        """Leave what is open: the quantity in the line, the panel in the place of the tiles."""
        unanswered = self.ringing.questions.give_up()
        if self.basket.strip.is_entering:
            self.basket.strip.end_entry()
            self.picks.turn_to(KEYS)
        self.side.close_panel()
        self._take_entry()
        if unanswered:
            self.ringing.say_unanswered(unanswered)

    def _take_entry(self) -> None:
        """Typed characters belong to what is open: the quantity, the panel's own entry, or else the scan field."""
        panel = self.side.panel
        if self.basket.strip.is_entering:
            self.set_entry(self.basket.strip.field)
        elif panel is not None and panel.entry is not None:
            self.set_entry(panel.entry)
        else:
            self.set_entry(self.scan_field)
        self._offer(self._sale.view)
        self.focus_entry()

    # Undo, void, pay.

    def _confirm(self) -> None:
        if self.void_strip.is_asking:
            self.voiding.confirm()
        elif self.board.stepping is not None:
            self.board.stepping.confirm()

    def _go(self, step: Callable[[], SaleView | None]) -> None:
        if step == self._sale.undo and self.arrange.undo():
            return
        self._end_entries()
        self.taken.follow(step)

    def _ask_void(self) -> None:
        self._end_entries()
        self.voiding.begin()

    def _to_pay(self) -> None:
        if self.ringing.questions.asks:
            self.ringing.say_unpaid()
            return
        self._end_entries()
        self.voiding.put_away()
        if not self.exchanging.pay():
            self.pay_wanted.emit()

    def _cancel(self) -> None:
        """Leave the innermost entry; no work is ever destroyed."""
        if self.void_strip.is_asking:
            self.voiding.keep()
        elif self.basket.strip.is_entering or self.side.panel is not None:
            self._end_entries()
        elif self.search.is_open:
            self.searching.end()
        elif self.scan_field.text:
            self.scan_field.clear()
        elif not self.ringing.step_back():
            self.banner.hide()
        self.focus_entry()

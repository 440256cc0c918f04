"""Taking the money: every way to pay, what is due, what goes back. Enter on nothing typed means exactly what is due."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.approval import NeedsApproval
from pos.domain.cash import FAST_CASH_KEYS
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.sale import CompletedSale, SaleView
from pos.ui.pay.methods import KEYS, NAMES, OWN_KEYS, Method, methods
from pos.ui.pay.side import PaySide
from pos.ui.pay.sums import Sums
from pos.ui.pay.takings import Takings
from pos.ui.pay.tenders import TenderList
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.keys import key_name
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound, Sounds
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.services.exchanges import CompletedExchange

_WIDE = 1080


class PayScreen(Screen):
    """Every way to pay. A tender that is taken stays until it is given back, here or after coming back.

    Signals: completed(object) the CompletedSale, in the books; exchanged(object) the same for a CompletedExchange;
    back() to the sale, tenders are kept;
    e_receipt_wanted(str) the customer of this sale wanted its receipt as a file; tax_document_wanted(str, object) a
    business bought: the sale and the Buyer; card_wanted(object) an Attempt for the terminal; open_card(str) an attempt
    nobody knows of yet stands in the way; needed() something is to be answered here though another screen shows.
    """

    words: Wording
    completed = Signal(object)
    exchanged = Signal(object)
    back = Signal()
    e_receipt_wanted = Signal(str)
    tax_document_wanted = Signal(str, object)
    card_wanted = Signal(object)
    open_card = Signal(str)
    needed = Signal()

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds) -> None:
        super().__init__("pay", words)
        self._workstation = workstation
        self._sale = workstation.sale
        self._sounds = sounds
        # The sale whose customer wants the receipt as a file besides.
        self._e_receipt_for = ""
        # What somebody agreed to before the customer of an exchange paid.
        self.agreed = ""
        self._make_keys()
        self._build()
        self.set_entry(self.received)
        self.retranslate()

    # Building.

    def _make_keys(self) -> None:
        self._back = self.add_key("back", "Esc", self._leave)
        self._undo = self.add_key("undo", "Ctrl+Z", self._take_back)
        self._document = self.add_key("tax_document", "Alt+T", lambda: self.side.ask_buyer())
        self._exempt = self.add_key("exempt", "F10", lambda: self.side.ask_certificate())
        self._e_receipt = self.add_key("e_receipt", "F11", self._want_e_receipt)
        self._complete = self.add_key("complete", ["Return", "Enter", "F12"], self._enter, in_key_bar=False)
        self._release = self.add_key("release", "Ctrl+Del", lambda: self.takings.give_all_back(), in_key_bar=False)
        self._clear = self.add_key("clear", "Del", lambda: self.received.clear_entry(), in_key_bar=False)
        self._ways = {
            code: self.add_key(code, key, partial(self._choose, code), in_key_bar=False) for code, key in KEYS.items()
        }
        # A shop's own types change with its rules; their keys stay.
        self._own = [
            self.add_key(f"own{number + 1}", key, partial(self._choose_own, number), in_key_bar=False)
            for number, key in enumerate(OWN_KEYS)
        ]
        self._fast_keys = [
            self.add_key(f"fast{number}", f"Alt+{number + 1}", partial(self._fast, number), in_key_bar=False)
            for number in range(FAST_CASH_KEYS + 1)
        ]

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        self.tenders = TenderList()
        self.tenders.wanted.connect(self._choose)
        self.sums = Sums(self._workstation, self.words)
        self.banner, self.due, self.received = self.sums.banner, self.sums.due, self.sums.received
        self.fast, self.outcome = self.sums.fast, self.sums.outcome
        self.sums.edited.connect(lambda: self._show(self._sale.view))
        self.sums.tapped.connect(self._fast)
        row.addWidget(self.tenders, 270)
        row.addWidget(self.sums, 552)
        row.addWidget(self._build_right(), 392)
        self.takings = takings = Takings(self._workstation, self.sums, self.side, self.words)
        self.asker = takings.asking
        self.tenders.given_back.connect(takings.give_back)
        takings.taken.connect(self._taken)
        takings.refused.connect(self._refuse)
        takings.trouble.connect(lambda error: self._say_no(self.words.trouble(error), "bad"))
        takings.card_wanted.connect(self.card_wanted)
        takings.open_card.connect(self.open_card)
        takings.shared.connect(self._show_sums)
        takings.asking.declined.connect(lambda sentence: self._say_no(sentence, "warn"))

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.keypad = Keypad(left="decimal")
        self.keypad.digit.connect(lambda digit: self._pad(lambda: self.received.add_digit(digit)))
        self.keypad.decimal.connect(lambda: self._pad(self.received.add_decimal))
        self.keypad.backspace.connect(lambda: self._pad(self.received.take_back))
        self.complete_button = ActionButton("", "check", kind="primary", height=76, px=20, key_place="follow")
        self.complete_button.setObjectName("pay.complete")
        self.complete_button.follow(self._complete)
        column.addWidget(self.keypad, 1)
        column.addWidget(self.complete_button)
        self.side = PaySide(right, self._workstation, self.words)
        self.side.setMinimumWidth(280)
        self.side.setMaximumWidth(392)
        self.side.turned.connect(self._turned)
        self.side.changed.connect(self._show_sums)
        self.side.said.connect(lambda sentence: self.done.emit(sentence, None, ""))
        self.side.refused.connect(self._refuse)
        self.side.trouble.connect(lambda error: self._say_no(self.words.trouble(error), "bad"))
        return self.side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """On a narrow screen a question stands where the ways to pay were, until it is answered or left."""
        self.tenders.setVisible(self.width() >= _WIDE or self.side.entry is None)

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Pay")

    @property
    def context(self) -> str:
        return self.words.say("Workstation {number}", number=self._workstation.desk.number)

    def retranslate(self) -> None:
        say = self.words.say
        self._back.setText(say("Back to sale"))
        self._undo.setText(say("Undo tender"))
        self._release.setText(say("Give all back"))
        self._clear.setText(say("Clear the amount"))
        for code, action in self._ways.items():
            action.setText(say(NAMES[code]))
        self.side.retranslate(self.words)
        self.sums.retranslate(self.words)
        self.takings.retranslate(self.words)
        self.side.say_anew()
        self.keypad.set_decimal_sign(self.words.decimal_sign)
        self.keypad.set_names(backspace=say("Take back the last digit"), decimal=say("Decimal sign"))
        self._show_sums()

    def enter(self) -> None:
        self.banner.hide()
        self.received.clear_entry()
        self.side.close_panel()
        self._show_sums()
        if notice := self.side.notice(key_name(self._document.shortcut())):
            self.banner.show_message(notice)

    def take_scan(self, code: str) -> bool:
        """What a question asks for; else a gift card or store credit, which is a tender."""
        return self.side.take_scan(code) or self.takings.scanned(code)

    def scanned(self) -> None:
        """A scan here adds nothing; the amount being typed stays as it is."""
        self._say_no(self.words.say("Finish or go back to add items. The scan added nothing."), "warn")

    def finish_unseen(self, view: SaleView) -> bool:
        """Complete the sale while another screen shows; False where something is missing, and nothing was done."""
        if not _is_over(view):
            return False
        self._finish()
        return True

    def choose(self, code: str) -> None:
        """Pay this way, as its key does."""
        self._choose(code)

    def ask_amount(self, minor: int) -> None:
        """Another amount than this one, in minor units, is to be taken: it stands in the field until one is typed."""
        self.received.propose(Money(minor, self._sale.view.priced.currency).text())
        self.focus_entry()

    def settled(self, view: SaleView | None, sentence: str = "") -> None:
        """The terminal is done: a card paid, or nothing was taken and why; once nothing is missing it is completed."""
        if view is not None:
            self._taken(view)
        elif sentence:
            self._say_no(sentence, "bad")

    # Showing.

    def _show_sums(self) -> None:
        """What is due may be another sum now, and so is what Enter takes on nothing typed."""
        self.sums.show_anew(self.takings.share())
        self._show(self._sale.view)

    def _show(self, view: SaleView) -> None:
        priced, say = view.priced, self.words.say
        missing = self.sums.show_view(view)
        self._show_complete(missing)
        self.tenders.show_tenders(priced, self.words)
        self._show_ways()
        for number, action in enumerate(self._fast_keys):
            text = self.sums.fast_words(number)
            action.setText(text)
            action.setVisible(bool(text))
        has_tenders = bool(priced.basket.tenders)
        self._undo.setEnabled(has_tenders)
        self._release.setEnabled(has_tenders)
        self._clear.setEnabled(bool(self.received.entry))
        self._e_receipt.setText(say("E-receipt: yes") if self.wants_e_receipt else say("E-receipt"))
        self._exempt.setText(say("Tax exempt: yes") if priced.exemption is not None else say("Tax exempt"))
        self._exempt.setEnabled(not has_tenders)
        named = self.side.wanted_buyer is not None
        self._document.setText(say("Tax document: yes") if named else say("Tax document"))

    def _show_ways(self) -> None:
        found = methods(self._workstation, self.words)
        own = [method for method in found if method.code not in KEYS]
        there = {method.code: method for method in found}
        actions = {}
        for code, action in self._ways.items():
            self._show_way(action, there.get(code))
            actions[code] = action
        for number, action in enumerate(self._own):
            self._show_way(action, own[number] if number < len(own) else None)
            if number < len(own):
                actions[own[number].code] = action
        self.tenders.show_methods(found, actions, self.side.chosen or "cash")

    @staticmethod
    def _show_way(action: QAction, method: Method | None) -> None:
        action.setVisible(method is not None)
        action.setEnabled(method is not None and not method.why)
        action.setText("" if method is None else method.name)

    def _show_complete(self, missing: Money | None) -> None:
        words = self.words
        if missing is not None:
            self._complete.setText(words.say("Take {amount}", amount=words.money(self.sums.given)))
            self.complete_button.set_detail(words.say("{amount} still to pay", amount=words.money(missing)))
            return
        change = self.sums.change()
        self._complete.setText(words.say("Complete sale"))
        given = words.say("Give {amount} change", amount=words.money(change))
        self.complete_button.set_detail(given if change.minor else words.say("No change to give"))

    # What a cashier does.

    def _pad(self, press: Callable[[], None]) -> None:
        press()
        self.focus_entry()

    def _fast(self, number: int) -> None:
        """Fill in an amount; Enter takes it. Where something is asked, the key is that question's."""
        if self.side.press(number):
            return
        self.sums.fill(number)
        self._show(self._sale.view)
        self.focus_entry()

    def _choose(self, code: str) -> None:
        self.banner.hide()
        self.takings.choose(code)
        self._show_ways()
        self.focus_entry()

    def _choose_own(self, number: int) -> None:
        own = [method for method in methods(self._workstation, self.words) if method.code not in KEYS]
        if number < len(own):
            self._choose(own[number].code)

    def _enter(self) -> None:
        """Enter belongs to what is asked, or else to the money."""
        if self.side.confirm():
            return
        if self._sale.view.priced.complete:
            self._finish()
        else:
            self.takings.take_cash()

    def _leave(self) -> None:
        if not self.side.close_panel():
            self.back.emit()

    def _turned(self) -> None:
        self.set_entry(self.side.entry or self.received)
        self._make_room()
        self._show_ways()
        self.focus_entry()

    def _take_back(self) -> None:
        self.takings.give_back(len(self._sale.view.priced.basket.tenders))

    def _taken(self, view: SaleView) -> None:
        """A tender was taken or given back; once nothing is missing the sale is completed."""
        self.banner.hide()
        self.received.clear_entry()
        self._show_sums()
        self.focus_entry()
        basket = view.priced.basket
        if basket.returning is not None and not basket.goods_pay:
            # The value of what came back was given back: it is paid anew from the sale, and nothing completes it here.
            self.back.emit()
        elif _is_over(view):
            self._finish()

    def _finish(self, approval: str = "") -> None:
        wanted, buyer = self.wants_e_receipt, self.side.wanted_buyer
        try:
            done = self._written(approval)
        except KnownError as error:
            self._need()
            self._say_no(self.words.trouble(error), "bad")
            self._show(self._sale.view)
            return
        sale = done if isinstance(done, CompletedSale | Refused) else done.sale
        if isinstance(sale, CompletedSale):
            self._sounds.play(Sound.APPROVED)
            (self.completed if sale is done else self.exchanged).emit(done)
            if wanted:
                self.e_receipt_wanted.emit(sale.transaction.id)
            if buyer is not None:
                self.tax_document_wanted.emit(sale.transaction.id, buyer)
            return
        self._need()
        if isinstance(sale, NeedsApproval):
            self.takings.asking.begin(sale, self._finish, self.words.say("Back to the payment"))
        elif isinstance(sale, Refused):
            self._refuse(sale)

    def _need(self) -> None:
        if not self.isVisible():
            self.needed.emit()

    def _written(self, approval: str) -> CompletedSale | CompletedExchange | Refused:
        """The sale in the books, with what came back for it where it is an exchange."""
        if self._sale.view.priced.basket.returning is None:
            return self._sale.complete()
        approval, self.agreed = approval or self.agreed, ""
        return self._workstation.exchanges.complete(approval=approval)

    @property
    def wants_e_receipt(self) -> bool:
        """Whether the customer of the open sale asked for the receipt as a file."""
        return self._e_receipt_for == self._sale.view.priced.basket.id

    def _want_e_receipt(self) -> None:
        """Ask for it, or no longer; it is made when the sale is in the books."""
        wanted = not self.wants_e_receipt
        self._e_receipt_for = self._sale.view.priced.basket.id if wanted else ""
        say = self.words.say
        self.done.emit(say("The e-receipt comes with the sale.") if wanted else say("No e-receipt."), None, "")
        self._show(self._sale.view)
        self.focus_entry()

    def _refuse(self, refused: Refused) -> None:
        self._say_no(self.words.refusal(refused), "bad")
        if refused.code is Code.CASH_NOT_HANDED_OVER:
            # It stays to be seen; the next digit begins another amount.
            self.received.propose(self.received.entry)

    def _say_no(self, sentence: str, kind: str) -> None:
        self.banner.show_message(sentence, "", "warn" if kind == "warn" else "bad")
        self._sounds.play(Sound.ATTENTION if kind == "bad" else Sound.UNKNOWN_CODE)
        self.focus_entry()


def _is_over(view: SaleView) -> bool:
    """Whether nothing is missing any more. Where goods came back for it and their value was given back, it is not."""
    basket = view.priced.basket
    return view.priced.complete and (basket.returning is None or basket.goods_pay)

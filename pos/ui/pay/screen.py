"""Taking cash: what is due, what was handed over, what goes back. Enter on nothing typed means exactly what is due."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash import FAST_CASH_KEYS, fast_cash
from pos.domain.money import AmountUnreadable, Money, Unit, exponent_of
from pos.domain.pricing import PricedBasket, settle
from pos.domain.refusal import Code, Refused
from pos.domain.tender import Tender, TenderKind
from pos.domain.trouble import KnownError
from pos.services.sale import CompletedSale, SaleView
from pos.ui.pay.amounts import FastKey
from pos.ui.pay.cards import OutcomeCard, SumCard
from pos.ui.pay.side import PaySide
from pos.ui.pay.tenders import TenderList
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.fields import AmountField
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.keys import key_name
from pos.ui.shared.notices import Banner
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound, Sounds
from pos.wording import Wording
from pos.workstation import Workstation

_WIDE = 1080


class PayScreen(Screen):
    """Cash, and nothing else yet.

    Signals: completed(object) the CompletedSale, in the books; back() to the sale, tenders are kept;
    e_receipt_wanted(str) the customer of this sale wanted its receipt as a file; tax_document_wanted(str, object) a
    business bought: the sale and the Buyer.
    """

    words: Wording
    completed = Signal(object)
    back = Signal()
    e_receipt_wanted = Signal(str)
    tax_document_wanted = Signal(str, object)

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds) -> None:
        super().__init__("pay", words)
        self._workstation = workstation
        self._sale = workstation.sale
        self._sounds = sounds
        self._complete = self.add_key("complete", ["Return", "Enter", "F12"], self._enter, in_key_bar=False)
        self._back = self.add_key("back", "Esc", self._leave)
        self._undo = self.add_key("undo", "Ctrl+Z", self._take_back)
        self._cash = self.add_key("cash", "F2", self.focus_entry)
        self._exempt = self.add_key("exempt", "F10", lambda: self.side.ask_certificate())
        self._document = self.add_key("tax_document", "Alt+T", lambda: self.side.ask_buyer())
        self._release = self.add_key("release", "Ctrl+Del", self._give_back)
        self._clear = self.add_key("clear", "Del", lambda: self.received.clear_entry())
        self._e_receipt = self.add_key("e_receipt", "F11", self._want_e_receipt)
        # The sale whose customer wants the receipt as a file besides.
        self._e_receipt_for = ""
        self._fast_keys = [
            self.add_key(f"fast{number}", f"Alt+{number + 1}", partial(self._fast, number), in_key_bar=False)
            for number in range(FAST_CASH_KEYS + 1)
        ]
        self._build()
        self.set_entry(self.received)
        self.retranslate()

    # Building.

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        self.tenders = TenderList(self._cash)
        row.addWidget(self.tenders, 270)
        row.addLayout(self._build_centre(), 552)
        row.addWidget(self._build_right(), 392)

    def _build_centre(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.banner = Banner(close_name=" ")
        self.due = SumCard()
        self.due.setObjectName("pay.sums.due")
        self.received = AmountField(self._typed_money)
        self.received.setObjectName("pay.sums.received")
        self.received.entry_changed.connect(lambda _: self._show(self._sale.view))
        grid = QGridLayout()
        grid.setSpacing(8)
        self.fast: list[FastKey] = []
        for number in range(FAST_CASH_KEYS + 1):
            button = FastKey()
            button.setObjectName(f"pay.fast.{number}")
            button.clicked.connect(lambda _=False, n=number: self._fast(n))
            grid.addWidget(button, number // 3, number % 3)
            grid.setColumnStretch(number % 3, 1)
            self.fast.append(button)
        self.outcome = OutcomeCard()
        self.outcome.setObjectName("pay.sums.outcome")
        for widget in (self.banner, self.due, self.received):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.outcome)
        column.addStretch(1)
        return column

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
        self.side.setMinimumWidth(264)
        self.side.setMaximumWidth(392)
        self.side.turned.connect(self._turned)
        self.side.changed.connect(self._show_sums)
        self.side.said.connect(lambda sentence: self.done.emit(sentence, None, ""))
        self.side.refused.connect(self._refuse)
        self.side.trouble.connect(lambda error: self._say_no(self.words.trouble(error), "bad"))
        return self.side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # On a narrow screen the one way to pay needs no column of its own.
        self.tenders.setVisible(self.width() >= _WIDE)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        column = 0 if self.tenders.isHidden() else self.tenders.minimumWidth() + 16
        return QSize(hint.width() - column, hint.height())

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
        self._cash.setText(say("Cash"))
        self._release.setText(say("Give all back"))
        self._clear.setText(say("Clear the amount"))
        self.side.retranslate(self.words)
        self.banner.close_button.set_name(say("Dismiss"))
        self.banner.hide()
        self.received.set_words(say("Cash received"), say("Type it, or tap a note"))
        self.keypad.set_decimal_sign(self.words.decimal_sign)
        self.keypad.set_names(backspace=say("Take back the last digit"), decimal=say("Decimal sign"))
        self._show(self._sale.view)

    def enter(self) -> None:
        self.banner.hide()
        self.received.clear_entry()
        self.side.close_panel()
        self._show_sums()
        if notice := self.side.notice(key_name(self._document.shortcut())):
            self.banner.show_message(notice)

    def take_scan(self, code: str) -> bool:
        """A certificate where one is asked for."""
        return self.side.take_scan(code)

    def scanned(self) -> None:
        """A scan here adds nothing; the amount being typed stays as it is."""
        self._say_no(self.words.say("Finish or go back to add items. The scan added nothing."), "warn")

    # Showing.

    def _show_sums(self) -> None:
        """What is due may be another sum now, and so is what Enter takes on nothing typed."""
        self.received.set_shown(self._typed_money, exponent_of(self._sale.view.priced.currency))
        self._show(self._sale.view)

    def _typed_money(self, entry: str) -> str:
        """The entry as money; nothing typed shows what Enter would take."""
        priced = self._sale.view.priced
        if not entry:
            return self.words.money(Money(max(priced.due_cash, 0), priced.currency))
        return self.words.money(self._read(entry))

    def _read(self, entry: str) -> Money:
        return Money.read(entry.rstrip(".") or "0", self._sale.view.priced.currency)

    def _show(self, view: SaleView) -> None:
        priced = view.priced
        self._show_due(priced)
        self._show_fast(priced)
        self.tenders.show_tenders(priced, self.words)
        has_tenders = bool(priced.basket.tenders)
        self._undo.setEnabled(has_tenders)
        self._release.setEnabled(has_tenders)
        self._clear.setEnabled(bool(self.received.entry))
        say = self.words.say
        self._e_receipt.setText(say("E-receipt: yes") if self.wants_e_receipt else say("E-receipt"))
        freed = priced.exemption is not None
        self._exempt.setText(say("Tax exempt: yes") if freed else say("Tax exempt"))
        self._exempt.setEnabled(not has_tenders)
        named = self.side.wanted_buyer is not None
        self._document.setText(say("Tax document: yes") if named else say("Tax document"))
        if priced.complete:
            self._show_change(Money(priced.change, priced.currency))
            return
        given = self._given(priced)
        wanted = (*priced.basket.tenders, Tender(TenderKind.CASH, given.minor))
        settled = settle(priced.total, wanted, self._workstation.desk.rules.cash_rounding)
        if settled.due:
            self._show_missing(given, Money(settled.due_cash, priced.currency))
        else:
            self._show_change(Money(settled.change, priced.currency))

    def _given(self, priced: PricedBasket) -> Money:
        if not self.received.entry:
            return Money(max(priced.due_cash, 0), priced.currency)
        return self._read(self.received.entry)

    def _show_due(self, priced: PricedBasket) -> None:
        words = self.words
        pieces = sum(_counted(line.line.quantity.thousandths, line.line.quantity.unit) for line in priced.lines)
        detail = words.count("{n} item", "{n} items", pieces)
        rounding = priced.rounding if priced.complete else priced.due_cash - priced.due
        if rounding:
            amount = words.amount(Money(rounding, priced.currency))
            detail = words.say("{items} · cash rounding {amount}", items=detail, amount=amount)
        if exemption := priced.exemption:
            number = exemption.certificate
            detail = words.say("{items} · no tax, certificate {number}", items=detail, number=number)
        if tenders := priced.basket.tenders:
            taken = words.money(Money(sum(tender.amount for tender in tenders), priced.currency))
            detail = words.say("{items} · {amount} taken", items=detail, amount=taken)
        title = words.say("Amount due") if priced.total >= 0 else words.say("To pay out")
        self.due.show_sum(title, detail, words.money(Money(abs(priced.due_cash), priced.currency)))

    def _show_fast(self, priced: PricedBasket) -> None:
        amounts = self._amounts(priced)
        typed = self._read(self.received.entry).minor if self.received.entry else None
        for number, button in enumerate(self.fast):
            fits = number < len(amounts)
            button.setEnabled(fits and not priced.complete)
            amount = Money(amounts[number], priced.currency) if fits else None
            key = self.words.say("Exact · Enter") if number == 0 else f"Alt {number + 1}"
            shown = "" if amount is None else self.words.short_money(amount)
            button.show_amount(shown, key)
            self._fast_keys[number].setVisible(fits)
            self._fast_keys[number].setText(self.words.say("{amount} received", amount=shown) if fits else "")
            button.setChecked(amount is not None and amount.minor == typed)

    def _amounts(self, priced: PricedBasket) -> list[int]:
        due = max(priced.due_cash, 0)
        return [due, *fast_cash(due, priced.currency)]

    def _show_change(self, change: Money) -> None:
        words = self.words
        self._complete.setText(words.say("Complete sale"))
        if change.minor:
            self.outcome.show_outcome("change", words.say("Change to give"), change, words)
            self.complete_button.set_detail(words.say("Give {amount} change", amount=words.money(change)))
        else:
            self.outcome.show_outcome("nothing", words.say("Change to give"), change, words)
            self.complete_button.set_detail(words.say("No change to give"))

    def _show_missing(self, given: Money, missing: Money) -> None:
        words = self.words
        self._complete.setText(words.say("Take {amount}", amount=words.money(given)))
        self.outcome.show_outcome("missing", words.say("Still to pay"), missing, words)
        self.complete_button.set_detail(words.say("{amount} still to pay", amount=words.money(missing)))

    # What a cashier does.

    def _pad(self, press: Callable[[], None]) -> None:
        press()
        self.focus_entry()

    def _fast(self, number: int) -> None:
        """Fill in an amount; Enter takes it."""
        priced = self._sale.view.priced
        amounts = self._amounts(priced)
        if number < len(amounts) and not priced.complete:
            self.received.set_entry(Money(amounts[number], priced.currency).text())
        self._show(self._sale.view)
        self.focus_entry()

    def _enter(self) -> None:
        """Enter belongs to what is asked, or else to the money."""
        if not self.side.confirm():
            self._take()

    def _leave(self) -> None:
        if not self.side.close_panel():
            self.back.emit()

    def _turned(self) -> None:
        self.set_entry(self.side.entry or self.received)
        self.focus_entry()

    def _take(self) -> None:
        """Take what was handed over; once nothing is missing the sale is completed."""
        priced = self._sale.view.priced
        if not priced.complete:
            try:
                given = self._given(priced)
            except AmountUnreadable:
                self._refuse(Refused(Code.AMOUNT_INVALID, {"amount": self.received.text()}))
                return
            if self._ask(lambda: self._sale.tender_cash(given.minor)) is None:
                return
        if self._sale.view.priced.complete:
            self._finish()

    def _finish(self) -> None:
        wanted, buyer = self.wants_e_receipt, self.side.wanted_buyer
        try:
            done = self._sale.complete()
        except KnownError as error:
            self._say_no(self.words.trouble(error), "bad")
            self._show(self._sale.view)
            return
        if isinstance(done, CompletedSale):
            self._sounds.play(Sound.APPROVED)
            self.completed.emit(done)
            if wanted:
                self.e_receipt_wanted.emit(done.transaction.id)
            if buyer is not None:
                self.tax_document_wanted.emit(done.transaction.id, buyer)
        else:
            self._refuse(done)

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

    def _take_back(self) -> None:
        self._ask(self._sale.undo)

    def _give_back(self) -> None:
        self._ask(self._sale.release_tenders)

    def _ask(self, call: Callable[[], SaleView | Refused | None]) -> SaleView | None:
        try:
            answer = call()
        except KnownError as error:
            self._say_no(self.words.trouble(error), "bad")
            return None
        if isinstance(answer, Refused):
            self._refuse(answer)
            return None
        if answer is not None:
            self.banner.hide()
            self.received.clear_entry()
            self._show(answer)
        self.focus_entry()
        return answer

    def _refuse(self, refused: Refused) -> None:
        self._say_no(self.words.refusal(refused), "bad")

    def _say_no(self, sentence: str, kind: str) -> None:
        self.banner.show_message(sentence, "", "warn" if kind == "warn" else "bad")
        self._sounds.play(Sound.ATTENTION if kind == "bad" else Sound.UNKNOWN_CODE)
        self.focus_entry()


def _counted(thousandths: int, unit: Unit) -> int:
    return thousandths // 1000 if unit is Unit.PIECE else 1

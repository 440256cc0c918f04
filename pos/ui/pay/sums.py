"""The middle of the payment: what is due, what is handed over, amounts to tap, and what goes back or is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.cash import FAST_CASH_KEYS, fast_cash
from pos.domain.money import Money, Unit, exponent_of
from pos.domain.pricing import PricedBasket, settle
from pos.domain.tender import Tender, TenderKind
from pos.services.open_basket import SaleView
from pos.ui.pay.amounts import FastKey
from pos.ui.pay.cards import Outcome, OutcomeCard, SumCard
from pos.ui.shared.fields import AmountField
from pos.ui.shared.notices import Banner
from pos.wording import Wording
from pos.workstation import Workstation


class Sums(QWidget):
    """Signals: edited() another amount stands there; tapped(int) an amount was tapped, counted from 0."""

    edited = Signal()
    tapped = Signal(int)

    def __init__(self, workstation: Workstation, words: Wording) -> None:
        super().__init__()
        self._sale, self._workstation, self._words = workstation.sale, workstation, words
        self._share: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.banner = Banner(close_name=" ")
        self.due = SumCard()
        self.due.setObjectName("pay.sums.due")
        self.received = AmountField(self._typed_money)
        self.received.setObjectName("pay.sums.received")
        self.received.entry_changed.connect(lambda _: self.edited.emit())
        grid = QGridLayout()
        grid.setSpacing(8)
        self.fast: list[FastKey] = []
        for number in range(FAST_CASH_KEYS + 1):
            button = FastKey()
            button.setObjectName(f"pay.fast.{number}")
            button.clicked.connect(lambda _=False, n=number: self.tapped.emit(n))
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

    # What stands there.

    @property
    def priced(self) -> PricedBasket:
        return self._sale.view.priced

    @property
    def exact(self) -> int:
        """What Enter takes on nothing typed, in minor units: all that is due, or the share of it that is next."""
        due = max(self.priced.due_cash, 0)
        return due if self._share is None else min(self._share, due)

    @property
    def given(self) -> Money:
        """What is handed over. Raises AmountUnreadable."""
        if not self.received.entry:
            return Money(self.exact, self.priced.currency)
        return self._read(self.received.entry)

    @property
    def wanted(self) -> int | None:
        """What somebody typed, or the share that is next, in minor units; None for all that is due."""
        if self.received.entry:
            return self._read(self.received.entry).minor
        return self._share

    def fill(self, number: int) -> None:
        """Put in one of the amounts to tap."""
        amounts = self._amounts(self.priced)
        if number < len(amounts) and not self.priced.complete:
            self.received.set_entry(Money(amounts[number], self.priced.currency).text())

    # Showing.

    def retranslate(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self.banner.close_button.set_name(say("Dismiss"))
        self.banner.hide()
        self.received.set_words(say("Cash received"), say("Type it, or tap a note"))

    def show_anew(self, share: int | None) -> None:
        """What is due may be another sum now, and so is what Enter takes; `share` of it is next, None for all."""
        self._share = share
        self.received.set_shown(self._typed_money, exponent_of(self.priced.currency))

    def show_view(self, view: SaleView) -> Money | None:
        """Show the sale as it stands; what is still missing after what is handed over, None for nothing."""
        priced, words = view.priced, self._words
        self._show_due(priced)
        self._show_fast(priced)
        if priced.complete:
            self._show_change(Money(priced.change, priced.currency))
            return None
        given = self.given
        wanted = (*priced.basket.tenders, Tender(TenderKind.CASH, given.minor))
        settled = settle(priced.total, wanted, self._workstation.desk.rules.cash_rounding)
        if not settled.due:
            self._show_change(Money(settled.change, priced.currency))
            return None
        missing = Money(settled.due_cash, priced.currency)
        self.outcome.show_outcome("missing", words.say("Still to pay"), missing, words)
        return missing

    def change(self) -> Money:
        """What goes back if what is handed over is taken."""
        priced = self.priced
        if priced.complete:
            return Money(priced.change, priced.currency)
        wanted = (*priced.basket.tenders, Tender(TenderKind.CASH, self.given.minor))
        return Money(settle(priced.total, wanted, self._workstation.desk.rules.cash_rounding).change, priced.currency)

    def fast_words(self, number: int) -> str:
        """What a tap on an amount means; empty where there is none."""
        amounts = self._amounts(self.priced)
        if number >= len(amounts):
            return ""
        amount = self._words.short_money(Money(amounts[number], self.priced.currency))
        return self._words.say("{amount} received", amount=amount)

    def _typed_money(self, entry: str) -> str:
        """The entry as money; nothing typed shows what Enter would take."""
        return self._words.money(self._read(entry) if entry else Money(self.exact, self.priced.currency))

    def _read(self, entry: str) -> Money:
        return Money.read(entry.rstrip(".") or "0", self.priced.currency)

    def _show_due(self, priced: PricedBasket) -> None:
        words = self._words
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
            key = self._words.say("Exact · Enter") if number == 0 else f"Alt {number + 1}"
            button.show_amount("" if amount is None else self._words.short_money(amount), key)
            button.setChecked(amount is not None and amount.minor == typed)

    def _amounts(self, priced: PricedBasket) -> list[int]:
        return [self.exact, *fast_cash(self.exact, priced.currency)]

    def _show_change(self, change: Money) -> None:
        kind: Outcome = "change" if change.minor else "nothing"
        self.outcome.show_outcome(kind, self._words.say("Change to give"), change, self._words)


def _counted(thousandths: int, unit: Unit) -> int:
    return thousandths // 1000 if unit is Unit.PIECE else 1

"""Money without goods: a price put right afterwards, or goodwill, of one receipt, with its reason and its own limit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.reasons import ReasonKind
from pos.domain.return_request import ReturnRequest
from pos.domain.scanned_code import receipt_code
from pos.services.purchases import Found
from pos.services.reasons import reasons
from pos.services.returns import CompletedReturn
from pos.ui.returns.completing import Completing
from pos.ui.returns.decision_pane import DecisionPane
from pos.ui.returns.handing_over import to_paperwork
from pos.ui.returns.rows import refund_words
from pos.ui.shared.cards import Card
from pos.ui.shared.chips import BY_KEY, Chips
from pos.ui.shared.fields import AmountField
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class WithoutGoodsScreen(TwoColumns):
    """The receipt, the reason and the decision at the left, the amount at the right. `found` is the purchase."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("money_back", fittings.words, fittings.sounds)
        self._workstation, self._at_hand, self._pack = fittings.workstation, fittings.purchase, fittings.pack
        self.found: Found | None = None
        self._reason, self._refund_to = "", ""
        self.completing = Completing(self, self._workstation)
        self.completing.completed.connect(self._completed)
        self.completing.outdated.connect(self._judge)
        self.signing = self.completing.signing
        self.chips = Chips(self.name)
        self.chips.chosen.connect(self._choose_reason)
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._do = self.add_key("do", [], self._complete, primary=True, in_key_bar=False)
        self._another = self.add_key("receipt", "F2", self._forget)
        self._last = self.add_key("last", "F10", self._take_last)
        self._store = self.add_key("tenders", "F8", self._other_tender)
        self._choose = [
            self.add_key(f"choice{number}", f"Alt+{number}", partial(self.chips.choose, number), in_key_bar=False)
            for number in range(1, BY_KEY + 1)
        ]
        self._back = self.add_key("back", "Esc", self._step_back)

    def _fill_left(self) -> None:
        self.field = self.add_field()
        self.field.submitted.connect(self._typed)
        card = Card("plain", padding=14, spacing=4)
        self._about = Label("", 16, 600, wrap=True)
        self._so_far = Label("", 15, 450, tone="text2", wrap=True)
        card.column.addWidget(self._about)
        card.column.addWidget(self._so_far)
        self.left.addWidget(card)
        chips = Card("plain", padding=12, spacing=4)
        self._why = Label("", 13, 600, tone="text2")
        chips.column.addWidget(self._why)
        chips.column.addWidget(self.chips)
        self.left.addWidget(chips)
        self.decision = DecisionPane()
        self.left.addWidget(self.decision, 1)

    def _fill_right(self) -> None:
        self.amount = AmountField(self._said)
        self.amount.setObjectName(f"{self.name}.form.amount")
        self.amount.entry_changed.connect(lambda _: self._judge())
        self.amount.submitted.connect(lambda _: self._complete())
        self.keypad = Keypad(left="decimal")
        self.keypad.digit.connect(lambda digit: self._pad(partial(self.amount.add_digit, digit)))
        self.keypad.decimal.connect(lambda: self._pad(self.amount.add_decimal))
        self.keypad.backspace.connect(lambda: self._pad(self.amount.take_back))
        self.right.addWidget(self.amount)
        self.right.addWidget(self.keypad, 1)
        self.do_button = self.add_primary("payments", self._do, "form", "do")
        self.do_button.set_kind("plum")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Money without goods")

    @property
    def context(self) -> str:
        return "" if self.found is None else self.words.say("Receipt {receipt}", receipt=self.found.purchase.receipt)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self.completing.set_words(self.words)
        self._another.setText(say("Another receipt"))
        self._last.setText(say("Last sale"))
        self._store.setText(say("As store credit"))
        self._back.setText(say("Back"))
        for number, key in enumerate(self._choose, 1):
            key.setText(say("Choice {number}", number=number))
        self.field.set_words(say("Scan the receipt, or type its number"))
        self.amount.set_words(say("Amount"))
        self.amount.set_shown(self._said, exponent_of(self._currency))
        self.keypad.set_decimal_sign(self.words.decimal_sign)
        self.keypad.set_names(backspace=say("Take back the last digit"), decimal=say("Decimal sign"))
        self._show()

    def enter(self) -> None:
        self._forget()
        shown, self._at_hand.receipt = self._at_hand.receipt, ""
        if shown:
            self._typed(shown)

    def take_scan(self, code: str) -> bool:
        """A receipt is the one the money is of."""
        if receipt := receipt_code(code):
            self._typed(receipt)
        return bool(receipt)

    @property
    def _currency(self) -> str:
        return self._workstation.desk.rules.currency

    # Whose money, how much, and why.

    def _typed(self, shown: str) -> None:
        self.banner.hide()
        self._open(self.attempt(lambda: self._workstation.purchases.find(shown)))

    def _take_last(self) -> None:
        self.banner.hide()
        self._open(self.attempt(self._workstation.purchases.last))

    def _open(self, found: Found | None) -> None:
        self.field.clear()
        if found is None:
            return
        self.found = found
        known = reasons(self._workstation.desk, ReasonKind.GOODWILL)
        self._reason = known[0].code if known else ""
        self.set_entry(self.amount)
        self._judge()

    def _forget(self) -> None:
        self.banner.hide()
        self.found, self._reason, self._refund_to = None, "", ""
        self.field.clear()
        self.amount.clear_entry()
        self.set_entry(self.field)
        self._judge()

    def _choose_reason(self, code: str) -> None:
        self._reason = code
        self._judge()

    def _other_tender(self) -> None:
        """Store credit instead of what the policy proposes, and back."""
        self._refund_to = "" if self._refund_to else "store_credit"
        self._judge()

    def _said(self, entry: str) -> str:
        return self.words.money(Money.read(entry.rstrip(".") or "0", self._currency))

    def _pad(self, press: Callable[[], None]) -> None:
        press()
        self.focus_entry()

    def _step_back(self) -> None:
        if self.amount.entry:
            self.amount.clear_entry()
        elif self.found is not None:
            self._forget()
        else:
            self.back_wanted.emit()

    # What the policy says to it, and doing it.

    def _request(self) -> ReturnRequest | None:
        """What is asked for; None while it is nothing."""
        try:
            minor = Money.read(self.amount.entry.rstrip(".") or "0", self._currency).minor
        except AmountUnreadable:
            return None
        if self.found is None or not minor:
            return None
        return ReturnRequest(
            purchase=self.found.purchase.id,
            shown_by=self.found.shown_by,
            amount=minor,
            reason=self._reason,
            refund_to=self._refund_to,
        )

    def _judge(self) -> None:
        request = self._request()
        self.completing.forget()
        if request is not None:
            self.completing.quote = self.attempt(lambda: self._workstation.returns.quote(request))
        self._show()
        self.focus_entry()

    def _complete(self) -> None:
        request = self._request()
        if request is not None:
            self.completing.complete(request)

    def _completed(self, answer: CompletedReturn) -> None:
        self._forget()
        to_paperwork(self, self._workstation, self._pack, answer)

    # What is shown.

    def _show(self) -> None:
        say, quote = self.words.say, self.completing.quote
        self._show_purchase()
        known = reasons(self._workstation.desk, ReasonKind.GOODWILL)
        choices = [(one.code, self.words.reason(one)) for one in known]
        self._why.setText(say("Why the money goes back"))
        self.chips.show_words(choices, self._reason)
        if quote is None:
            self.decision.show_nothing(say("Type the amount that goes back."))
        else:
            self.decision.show_decision(quote.decision, quote.case, (), self.words)
        text, possible = refund_words(quote, self.words)
        self._do.setText(text)
        self._do.setEnabled(possible)
        self._last.setVisible(self.found is None)
        self._another.setVisible(self.found is not None)
        self._store.setVisible(self.found is not None)
        for number, key in enumerate(self._choose, 1):
            key.setVisible(number <= len(known))
        self.frame_changed.emit()

    def _show_purchase(self) -> None:
        """What the receipt was for, and what of it went back already."""
        say = self.words.say
        if self.found is None:
            self._about.setText(say("Which receipt is it about?"))
            self._so_far.setText(say("A price put right afterwards, or goodwill: the goods stay with the customer."))
            return
        purchase = self.found.purchase
        names = ", ".join(dict.fromkeys(line.name for line in purchase.lines))
        self._about.setText(f"{self.words.short_day(purchase.day)} · {names}")

        def money(minor: int) -> str:
            return self.words.money(Money(minor, purchase.currency))

        paid, back = money(purchase.total), money(purchase.refunded)
        told = say("Paid {paid}, given back {back}", paid=paid, back=back)
        given = say("of it without goods {amount}", amount=money(purchase.goodwill))
        self._so_far.setText(f"{told}, {given}" if purchase.goodwill else told)

"""Suspended sales nobody comes back for: voided with a reason before the till is closed, or left to be carried over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pos.domain.approval import NeedsApproval
from pos.domain.money import Money
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.suspended import SuspendedSale
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.ui.cash.reason_chips import REASONS_BY_KEY, ReasonChips
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.signing import Signing
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class SuspendedScreen(TwoColumns):
    """The list, the reasons, and one button."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("cash_suspended", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self.signing = Signing(self._workstation, self.words, self)
        self.signing.declined.connect(lambda said: self.banner.show_message(said, "", "warn"))
        self._void = self.add_key("void", ["F12", "Return", "Enter"], self._give_up, primary=True)
        self.add_step_keys()
        self._choose = [
            self.add_key(f"reason{number}", f"Alt+{number}", partial(self._choose_reason, number), in_key_bar=False)
            for number in range(1, REASONS_BY_KEY + 1)
        ]
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self.empty = EmptyState("check_circle")
        self.add_list(RowList(), self.empty, lambda _: None, name=("sales", "list"))
        card = Card("plain", padding=16, spacing=12)
        self._about = Label("", 15, 450, tone="text2", wrap=True)
        self.chips = ReasonChips(self.name)
        card.column.addWidget(self._about)
        card.column.addWidget(self.chips)
        self.right.addWidget(card)
        self.right.addStretch(1)
        self.void_button = self.add_primary("remove_shopping_cart", self._void, "sales", "void")
        self.set_entry(self.void_button)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("Suspended sales")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        assert self.signing is not None
        self.signing.words = self.words
        self._void.setText(say("Void this sale"))
        self._back.setText(say("Back"))
        self.up_key.setText(say("Sale above"))
        self.down_key.setText(say("Sale below"))
        for number, key in enumerate(self._choose, 1):
            key.setText(say("Reason {number}", number=number))
        self._about.setText(say("What is not voided stays for any till of the shop."))
        self.empty.set_words(say("No sale waits"))
        self.list.setAccessibleName(say("Suspended sales"))
        self._show()

    def enter(self) -> None:
        self.banner.hide()
        self.chips.forget()
        self._show()

    def _show(self) -> None:
        known = reasons(self._workstation.desk, ReasonKind.VOID_SALE)
        self.chips.show_reasons(known, self.words)
        for number, key in enumerate(self._choose, 1):
            key.setVisible(number <= len(known))
        kept = self.list.chosen
        sales = self._workstation.suspended.waiting()
        self.list.found.show([self._row(sale) for sale in sales])
        self.list.choose(kept)
        self._void.setEnabled(bool(sales))
        self.show_list()

    def _row(self, sale: SuspendedSale) -> ListRow:
        total = self.words.amount(Money(sale.total, self._workstation.desk.rules.currency))
        where = self.words.say("Workstation {number}", number=sale.workstation)
        return ListRow(sale.number_text, "pause_circle", sale.number_text, where, total)

    def _choose_reason(self, number: int) -> None:
        self.chips.choose(number)

    def _give_up(self, approval: str = "") -> None:
        if not self.chips.choice:
            choices = ", ".join(button.text() for button in self.chips.buttons.values())
            self.refuse(Refused(Code.REASON_MISSING, {"choices": choices}))
            return
        try:
            answer = self._workstation.suspended.void(self.list.chosen, self.chips.choice, approval=approval)
        except KnownError as error:
            self.tell_trouble(error)
            return
        if isinstance(answer, NeedsApproval):
            assert self.signing is not None
            self.signing.begin(answer, self._give_up, self.words.say("Back"))
        elif isinstance(answer, Refused):
            self.refuse(answer)
        else:
            self._show()
            self.tell_done(self.words.say("Sale {number} is voided.", number=answer.number_text))

"""Charges no sale needs and no terminal gave back: the terminal is asked again, or the card company has seen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.card_attempt import AttemptView
from pos.domain.money import Money
from pos.domain.tender import TenderKind
from pos.ui.shared.cards import Card
from pos.ui.shared.decision_fields import DecisionFields
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class OwedChargesScreen(TwoColumns):
    """The charges at the left; what can be done about the chosen one at the right."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("cash_owed", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._settle = self.add_key("settle", ["F12", "Return", "Enter"], self._given_back, primary=True)
        self._ask = self.add_key("ask", "F3", self._ask_again)
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self.empty = EmptyState("check_circle")
        self.add_list(RowList(), self.empty, lambda _: self.fields.clear(), name=("charges", "list"))
        card = Card("plain", padding=16, spacing=12)
        self._about = Label("", 15, 450, tone="text2", wrap=True)
        card.column.addWidget(self._about)
        self.ask_button = self.button("contactless", self._ask, "charges", "ask")
        card.column.addWidget(self.ask_button)
        self.right.addWidget(card)
        settled = Card("plain", padding=16, spacing=12)
        self._elsewhere = Label("", 15, 450, tone="text2", wrap=True)
        self.fields = DecisionFields("cash_owed.settle")
        settled.column.addWidget(self._elsewhere)
        settled.column.addWidget(self.fields)
        self.right.addWidget(settled)
        self._cards = (card, settled)
        self.right.addStretch(1)
        self.settle_button = self.add_primary("check", self._settle, "charges", "settle")
        self.set_entry(self.fields.reason.editor)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("Charges to give back")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._settle.setText(say("It was given back"))
        self._ask.setText(say("Ask the terminal again"))
        self._back.setText(say("Back"))
        self.up_key.setText(say("Charge above"))
        self.down_key.setText(say("Charge below"))
        self._about.setText(say("No sale needs this charge, and the terminal would not take it back."))
        elsewhere = say("If the card company has given it back itself, a manager says so here.")
        never = say("Never hand out cash for it: the card company may still give it back.")
        self._elsewhere.setText(f"{elsewhere} {never}")
        self.fields.retranslate(self.words)
        self.fields.reason.set_words(say("Where that can be seen"))
        told = say("A charge that no sale needs stands here until the terminal or the card company gave it back.")
        self.empty.set_words(say("No charge is owed"), told)
        self.list.setAccessibleName(say("Charges to give back"))
        self._show()

    def enter(self) -> None:
        self.banner.hide()
        self.fields.clear()
        self._show()

    def _show(self) -> None:
        kept = self.list.chosen
        charges = self._workstation.card_tendering.owed.all()
        self.list.found.show([self._row(charge) for charge in charges])
        self.list.choose(kept)
        for key in (self._ask, self._settle):
            key.setEnabled(bool(charges))
        for card in self._cards:
            card.setVisible(bool(charges))
        self.show_list()

    def _row(self, charge: AttemptView) -> ListRow:
        words, attempt = self.words, charge.attempt
        amount = words.money(Money(charge.moved, attempt.currency))
        name = charge.card.masked or words.tender(TenderKind(attempt.kind.value))
        at = self._workstation.desk.local(attempt.at)
        detail = " · ".join((words.short_day(at.date()), words.time(at), attempt.terminal, attempt.reference))
        return ListRow(attempt.id, "credit_card_off", name, detail, amount)

    def _ask_again(self) -> None:
        asked = self.attempt(lambda: self._workstation.card_tendering.owed.ask_again(self.list.chosen))
        if asked is not None:
            self._show()
            said = self.words.say("The terminal is asked to give it back.")
            self.tell_done(said, self.words.say("If it does not, the charge is listed here again."))

    def _given_back(self) -> None:
        answer = self.fields.answer()
        if answer is None:
            return
        owed, chosen = self._workstation.card_tendering.owed, self.list.chosen
        settled = self.attempt(lambda: owed.given_back_elsewhere(chosen, answer))
        if settled is not None:
            self.fields.clear()
            self._show()
            self.tell_done(self.words.say("Settled: the card company gave it back. It stands in the journal."))

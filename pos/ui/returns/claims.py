"""The claims nobody has settled yet: which is due when, and how each of them ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pos.domain.claim_law import MANNERS
from pos.domain.refusal import Refused
from pos.ui.shared.cards import Card
from pos.ui.shared.chips import Chips
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings
    from receipts.paper.claim_protocol import Claim


class ClaimsScreen(TwoColumns):
    """The open claims at the left, those that are due first on top; what is known of one, and its end, at the right."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("return_claims", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self.claims: dict[str, Claim] = {}
        self._manner = ""
        self._settle = self.add_key("settle", ["F12", "Return", "Enter"], self._end, primary=True)
        self.add_step_keys()
        self.chips = Chips(self.name)
        self.chips.chosen.connect(self._choose)
        self._manners = [
            self.add_key(f"choice{number}", f"Alt+{number}", partial(self.chips.choose, number), in_key_bar=False)
            for number in range(1, len(MANNERS) + 1)
        ]
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self.empty = EmptyState("check_circle")
        self.add_list(RowList(), self.empty, lambda _: self._show_claim(), name=("claims", "list"))
        card = Card("plain", padding=16, spacing=8)
        self._name = Label("", 16, 650, wrap=True)
        self._wrong = Label("", 15, 450, wrap=True)
        self._wanted = Label("", 15, 450, tone="text2", wrap=True)
        self._due = Label("", 15, 600, wrap=True)
        for label in (self._name, self._wrong, self._wanted, self._due):
            card.column.addWidget(label)
        self.right.addWidget(card)
        ends = Card("plain", padding=12, spacing=6)
        self._cards = (card, ends)
        self._how = Label("", 15, 600, wrap=True)
        ends.column.addWidget(self._how)
        ends.column.addWidget(self.chips)
        self.right.addWidget(ends)
        self.right.addStretch(1)
        self.settle_button = self.add_primary("check", self._settle, "claims", "settle")
        self.set_entry(self.settle_button)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("Open claims")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._settle.setText(say("Settle the claim"))
        self._back.setText(say("Back"))
        self.up_key.setText(say("Claim above"))
        self.down_key.setText(say("Claim below"))
        for number, key in enumerate(self._manners, 1):
            key.setText(say("Choice {number}", number=number))
        self._how.setText(say("How it was settled"))
        told = say("A claim that is taken in at Returns stands here until somebody says how it ended.")
        self.empty.set_words(say("No claim is open"), told)
        self.list.setAccessibleName(say("Open claims"))
        self._show()

    def enter(self) -> None:
        self.banner.hide()
        self._show()

    def _show(self) -> None:
        kept = self.list.chosen
        claims = self._workstation.return_claims.waiting()
        # Whoever may not see them is not led here.
        self.claims = {} if isinstance(claims, Refused) else {claim.number: claim for claim in claims}
        self.list.found.show([self._row(claim) for claim in self.claims.values()])
        self.list.choose(kept)
        self.show_list()
        self._show_claim()

    def _row(self, claim: Claim) -> ListRow:
        words = self.words
        detail = " · ".join(filter(None, (claim.number, words.short_day(claim.at.date()), claim.customer)))
        due = "" if claim.due is None else words.say("by {day}", day=words.short_day(claim.due))
        return ListRow(claim.number, "receipt_long", claim.name, detail, due, alarming=self._overdue(claim))

    def _overdue(self, claim: Claim) -> bool:
        desk = self._workstation.desk
        return claim.due is not None and claim.due < desk.local(desk.now()).date()

    def _show_claim(self) -> None:
        say, claim = self.words.say, self.claims.get(self.list.chosen)
        # The customer's wish is how it ends most often.
        self._manner = "" if claim is None else claim.remedy
        for card in self._cards:
            card.setVisible(claim is not None)
        self._settle.setEnabled(claim is not None)
        if claim is None:
            self.chips.show_words([], "")
            return
        self._name.setText(claim.name)
        self._wrong.setText(", ".join(claim.content))
        self._wanted.setText(say("The customer wants: {what}", what=self.words.claim_manner(claim.remedy)))
        due = "" if claim.due is None else say("To be settled by {day}", day=self.words.short_day(claim.due))
        self._due.setText(due or say("To be settled within a reasonable time"))
        self._due.set_tone("bad" if self._overdue(claim) else "text")
        self.chips.show_words([(one, self.words.claim_manner(one)) for one in MANNERS], self._manner)

    def _choose(self, manner: str) -> None:
        self._manner = manner

    def _end(self) -> None:
        number, manner = self.list.chosen, self._manner
        settled = self.attempt(lambda: self._workstation.return_claims.settle(number, manner))
        if settled is not None:
            self._show()
            self.tell_done(self.words.say("Claim {number} is settled. Its protocol says how and when.", number=number))
            self.paper_wanted.emit("claim_protocol", settled.job)

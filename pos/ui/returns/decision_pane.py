"""What the policy says, why, what can be offered, and where the money goes: beside the lines, always there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Amounts, Decision, Effect, Reason, Verdict
from pos.domain.return_offers import WAIVE, Offer
from pos.speech import N_
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.notices import speak
from pos.ui.shared.option_button import OptionButton
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.ui.shared.verdicts import VERDICTS, verdict_name
from pos.wording import Wording

OFFERS_MAX = 4
_REASONS_MAX = 6
_TITLES: dict[Verdict, str] = {
    Verdict.NEEDS_APPROVAL: N_("Why a manager must decide"),
    Verdict.EXCHANGE_ONLY: N_("Why only an exchange"),
    Verdict.REFUSED_OVERRIDABLE: N_("Why it does not come back"),
    Verdict.STATUTORY_CLAIM: N_("What the law gives"),
    Verdict.REFUSED: N_("Why it does not come back"),
    Verdict.PARTIAL: N_("Why not all of it"),
}
_OPTIONS: dict[str, tuple[str, str]] = {
    "as_asked": (N_("As it was asked"), "payments"),
    "store_credit": (N_("Store credit"), "account_balance_wallet"),
    "exchange": (N_("Exchange"), "swap_horiz"),
}

# What only whoever stands there can show or answer.
_OF_THE_CUSTOMER = {"SHOW_PROOF", "SHOW_ID", "ANSWER", "BRING_PARTS", "WAIT"}


class DecisionPane(QWidget):
    """Why, what can be offered, the tenders the money goes to, and the sum that goes back now.

    Signals: offered(object) the Offer a person chose.
    """

    offered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        column.addWidget(scrolled(inside), 1)
        self._sum_card = Card("out", padding=14, row=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._now = Label("", 15, 600)
        self._lines = Label("", 13, 450, tone="text2", wrap=True)
        words.addWidget(self._now)
        words.addWidget(self._lines)
        self.amount = Label("", 34, 700, tone="out")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sum_card.column.addLayout(words, 1)
        self._sum_card.column.addWidget(self.amount)
        column.addWidget(self._sum_card)
        self._parts: list[QWidget] = []
        self.offers: list[OptionButton] = []

    def show_nothing(self, sentence: str) -> None:
        """Nothing is ticked yet."""
        self._sum_card.hide()
        card = Card("plain", padding=16)
        card.column.addWidget(Label(sentence, 15, 450, tone="text2", wrap=True))
        self._fill([card])

    def show_decision(self, decision: Decision, case: ReturnCase, offers: Sequence[Offer], words: Wording) -> None:
        """The answer of this moment; a screen reader is told the verdict and the sum."""
        money = words.money(Money(decision.now.refund, case.currency))
        parts: list[QWidget] = [self._why(decision, words)]
        if offers:
            parts.append(self._offers(offers, case.currency, words))
        amounts = decision.now if decision.now.refund or decision.if_approved is None else decision.if_approved
        if amounts.tenders:
            parts.append(self._tenders(amounts, case, words))
        self._fill(parts)
        self._show_sum(decision, case.currency, words)
        speak(self, f"{words.say(verdict_name(decision.verdict, decision.now))}, {money}")

    def take_offer(self, number: int) -> None:
        """The offer of this number, from 1; one that is not there changes nothing."""
        if 0 < number <= len(self.offers):
            self.offers[number - 1].click()

    def _show_sum(self, decision: Decision, currency: str, words: Wording) -> None:
        """What goes back now; or what would with somebody's yes, where nothing does before."""
        waits = not decision.now.refund and decision.if_approved is not None
        amounts = decision.if_approved if waits and decision.if_approved is not None else decision.now
        allowed = sum(line.verdict is Verdict.ALLOWED for line in amounts.lines)
        self._sum_card.setVisible(bool(decision.lines))
        self._sum_card.set_kind("warn" if waits else "out")
        self._now.setText(words.say("If somebody agrees") if waits else words.say("Refund now"))
        said = words.count(
            "{done} of {n} line · tax included",
            "{done} of {n} lines · tax included",
            len(decision.lines),
            done=words.number(allowed),
        )
        self._lines.setText(said)
        self.amount.set_tone("warn" if waits else "out")
        self.amount.setText(words.money(Money(amounts.refund, currency)))

    # Why.

    def _why(self, decision: Decision, words: Wording) -> QWidget:
        _, kind, icon = VERDICTS[decision.verdict]
        title = _TITLES.get(decision.verdict) or verdict_name(decision.verdict, decision.now)
        card = Card("plain", padding=16, spacing=8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icon, 24, colour=kind if kind in ("ok", "warn", "bad") else "text2", fill=1))
        head.addWidget(Label(words.say(title), 18, 650, wrap=True), 1)
        card.column.addLayout(head)
        reasons = _told(decision)
        for reason in reasons:
            self._say_reason(card, reason, words)
        if decision.policy:
            version = words.say("Policy “{name}”, version {number}", name=decision.policy, number=decision.version)
        elif not reasons:
            version = words.say("What is left of a known sale may come back, to what paid it.")
        else:
            version = ""
        if version:
            card.column.addWidget(Label(version, 13, 450, tone="text3", wrap=True))
        return card

    def _say_reason(self, card: Card, reason: Reason, words: Wording) -> None:
        mild = reason.effect in {Effect.NOTE, Effect.VALUE, Effect.TENDER}
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(words.return_reason(reason), 15, 450 if mild else 600, wrap=True), 1)
        if reason.rule:
            pill = Pill(words.rule(reason.rule), "neutral" if mild else "warn", height=24)
            pill.setToolTip(words.say("Rule {rule}", rule=reason.rule))
            row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(row)
        told = words.return_reason_for_customer(reason)
        if told:
            card.column.addWidget(Label(words.quoted(told), 13, 450, tone="text2", wrap=True))

    # What can be offered.

    def _offers(self, offers: Sequence[Offer], currency: str, words: Wording) -> QWidget:
        card = Card("plain", padding=12, spacing=8)
        card.column.addWidget(Label(words.say("What you can offer now"), 13, 600, tone="text2"))
        self.offers = []
        for number, offer in enumerate(offers[:OFFERS_MAX], start=1):
            button = self._offer(offer, currency, f"Ctrl F{number}", words)
            button.setObjectName(f"returns.offers.{number}")
            button.clicked.connect(lambda _=False, offer=offer: self.offered.emit(offer))
            card.column.addWidget(button)
            self.offers.append(button)
        return card

    def _offer(self, offer: Offer, currency: str, key: str, words: Wording) -> OptionButton:
        amount = words.amount(Money(offer.refund, currency)) if offer.refund else ""
        if offer.remedy is None:
            name, icon = _OPTIONS.get(offer.option, _OPTIONS["as_asked"])
            return OptionButton(words.say(name), words.say("Needs a manager"), amount, key, icon=icon, height=56)
        asks = offer.remedy.code in _OF_THE_CUSTOMER
        detail = words.say("Ask the customer") if asks else words.say("You can do this")
        icon = "person_search" if asks else "check_circle"
        if offer.remedy.code == WAIVE:
            detail, icon = words.say("Needs a manager"), "payments"
        return OptionButton(words.remedy(offer.remedy), detail, amount, key, icon=icon, height=56)

    # Where the money goes.

    def _tenders(self, amounts: Amounts, case: ReturnCase, words: Wording) -> QWidget:
        card = Card("plain", padding=12, spacing=6)
        card.column.addWidget(Label(words.say("Goes back to"), 13, 600, tone="text2"))
        ceilings = {} if case.purchase is None else {one.tender: one.ceiling for one in case.purchase.tenders}
        for tender in amounts.tenders:
            row = QHBoxLayout()
            row.addWidget(Label(words.refund_to(tender.kind, tender.card or tender.type), 16, 600))
            row.addStretch(1)
            row.addWidget(Label(words.amount(Money(tender.amount, case.currency)), 18, 680, tone="out"))
            card.column.addLayout(row)
            if tender.of in ceilings:
                most = words.amount(Money(ceilings[tender.of], case.currency))
                still = words.say("paid with it, still {amount}", amount=most)
                card.column.addWidget(Label(still, 13, 450, tone="text3"))
        return card

    def _fill(self, parts: list[QWidget]) -> None:
        for old in self._parts:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        while self._body.count():
            self._body.takeAt(0)
        self._parts = parts
        if not any(part.findChildren(OptionButton) for part in parts):
            self.offers = []
        for part in parts:
            self._body.addWidget(part)
        self._body.addStretch(1)


def _told(decision: Decision) -> list[Reason]:
    """What stands in the way first; each sentence once."""
    ordered = sorted(decision.reasons, key=lambda reason: not reason.stands_in_the_way)
    seen: dict[tuple[str, str, str], Reason] = {}
    for reason in ordered:
        seen.setdefault((reason.code.value, reason.rule, str(reason.facts)), reason)
    return list(seen.values())[:_REASONS_MAX]

"""What the policy says, why, what would make it a yes, and where the money goes: beside the lines, always there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Amounts, Decision, Effect, Reason
from pos.ui.returns.rows import VERDICTS
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.notices import speak
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording

_REASONS_MAX = 6


class DecisionPane(QWidget):
    """The verdict with its amount, the reasons with their remedies, the tenders the money goes to."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = Card("plain", padding=16, spacing=6)
        row = QHBoxLayout()
        self.verdict = Pill("", "neutral")
        self.amount = Label("", 28, 700)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.verdict)
        row.addStretch(1)
        row.addWidget(self.amount)
        head.column.addLayout(row)
        self.policy = Label("", 13, 450, tone="text3", wrap=True)
        head.column.addWidget(self.policy)
        column.addWidget(head)
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(10)
        column.addWidget(scrolled(inside), 1)
        self._parts: list[QWidget] = []

    def show_nothing(self, sentence: str) -> None:
        """Nothing is ticked yet."""
        self.verdict.hide()
        self.amount.setText("")
        self.policy.setText(sentence)
        self._fill([])

    def show_decision(self, decision: Decision, case: ReturnCase, words: Wording) -> None:
        """The answer of this moment; a screen reader is told the verdict and the sum."""
        name, kind, icon = VERDICTS[decision.verdict]
        amounts = decision.now if decision.now.refund or decision.if_approved is None else decision.if_approved
        money = words.money(Money(amounts.refund, case.currency))
        self.verdict.set_state(words.say(name), kind, icon)
        self.verdict.show()
        self.amount.setText(money)
        version = (
            words.say("Policy “{name}”, version {number}", name=decision.policy, number=decision.version)
            if decision.policy
            else words.say("What is left of a known sale may come back, to what paid it.")
        )
        self.policy.setText(version)
        parts: list[QWidget] = [self._reason(reason, words) for reason in _told(decision)]
        if amounts.tenders:
            parts.append(self._tenders(amounts, case, words))
        self._fill(parts)
        speak(self, f"{words.say(name)}, {money}")

    def _reason(self, reason: Reason, words: Wording) -> QWidget:
        mild = reason.effect in {Effect.NOTE, Effect.VALUE, Effect.TENDER}
        card = Card("info" if mild else "warn", padding=12, spacing=4)
        said = words.return_reason(reason)
        card.column.addWidget(Label(said, 15, 600, wrap=True))
        rule = words.say("Rule {rule}", rule=reason.rule)
        card.column.addWidget(Label(rule, 13, 450, tone="text3"))
        if reason.remedy is not None:
            remedy = words.remedy(reason.remedy)
            card.column.addWidget(Label(words.say("You can: {remedy}", remedy=remedy), 15, 450, wrap=True))
        told = words.return_reason_for_customer(reason)
        if told:
            card.column.addWidget(Label(words.quoted(told), 13, 450, tone="text2", wrap=True))
        return card

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

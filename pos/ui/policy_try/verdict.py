"""What one policy says of a case: the verdict, every reason with its rule, what would make it a yes, and the money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.policy_case import CasePlayed
from pos.domain.return_decision import Amounts, Decision, LineDecision, Reason
from pos.speech import N_
from pos.ui.shared.cards import Card, Icon, rule
from pos.ui.shared.notices import set_ground, speak
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label, Tone
from pos.ui.shared.verdicts import VERDICTS, verdict_name
from pos.ui.theme import mono
from pos.wording import Wording

_OPTIONS = {"as_asked": N_("As it was asked"), "store_credit": N_("Store credit"), "exchange": N_("Exchange")}
_INSTEAD = {
    "any": N_("Anything may be taken instead."),
    "same_family": N_("Another size or colour may be taken instead."),
    "same_item": N_("The same item may be taken instead."),
}


class VerdictCard(Card):
    """One policy's answer; `title` says whose. Amounts are in the shop's `currency`."""

    def __init__(self, name: str, currency: str) -> None:
        super().__init__("plain", padding=14, spacing=8)
        self.currency = currency
        self.setObjectName(name)
        self.title = Label("", 13, 600, tone="text3", wrap=True)
        self.column.addWidget(self.title)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self.column.addLayout(self._body)
        self.column.addStretch(1)

    @property
    def told(self) -> list[str]:
        """Every sentence that stands there."""
        return [label.text() for label in self.findChildren(Label) if label is not self.title and not label.isHidden()]

    def show_nothing(self, title: str, sentence: str) -> None:
        """Nothing was asked yet, or not like this."""
        self._begin(title)
        self._say(sentence, "text2")

    def add_script(self, sentence: str, script: str) -> None:
        """Below it a case that no form can show, as it is written."""
        self._say(sentence, "warn")
        text = Label(script, 12, wrap=True)
        text.setFont(mono(12))
        self._body.addWidget(text)

    def show_played(self, title: str, note: str, played: CasePlayed, names: Sequence[str], words: Wording) -> None:
        """What came of it, with the names of the lines it was asked about; `note` is what is to be known of this
        policy.
        """
        self._begin(title)
        decision = played.decision
        if played.fault:
            self._head("error", "bad", words.say("This case could not be played"))
            self._say(played.fault, "text2")
        elif decision is None:
            self._head("block", "bad", words.say("Nothing was decided"))
            for sentence in (played.refused, *played.failures):
                self._say(sentence, "text2")
        else:
            self._show(decision, names, words)
        if note:
            self._say(note, "warn")

    def _begin(self, title: str) -> None:
        self.title.setText(title)
        _clear(self._body)

    def _show(self, decision: Decision, names: Sequence[str], words: Wording) -> None:
        name, (_, kind, icon) = verdict_name(decision.verdict, decision.now), VERDICTS[decision.verdict]
        self._head(icon, kind if kind in ("ok", "warn", "bad") else "text2", words.say(name))
        money = words.money(Money(decision.now.refund, self.currency))
        self._money(decision, words)
        lines = decision.lines if len(names) > 1 else ()
        for line in lines:
            self._line(line, names[line.place], decision, words)
        of_lines = {_key(reason) for line in lines for reason in line.reasons}
        reasons = [reason for reason in _once(decision.reasons) if _key(reason) not in of_lines]
        for reason in reasons:
            self._reason(reason, words)
        if not reasons and not of_lines:
            self._say(words.say("No rule stands in the way."), "text2")
        self._ways(decision, words)
        speak(self, f"{self.title.text()}: {words.say(name)}, {money}")

    def _line(self, line: LineDecision, named: str, decision: Decision, words: Wording) -> None:
        """What becomes of one line, why, and what it brings."""
        name, (_, kind, icon) = verdict_name(line.verdict, line), VERDICTS[line.verdict]
        waiting = decision.if_approved if not line.value else None
        later = next((one.value for one in waiting.lines if one.place == line.place), 0) if waiting is not None else 0
        self._body.addWidget(rule())
        self._body.addWidget(Label(named, 15, 600, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon(icon, 20, colour=kind, fill=1), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words.say(name), 15, 600, wrap=True), 1)
        self._body.addLayout(row)
        if line.value:
            self._say(words.say("Refund now: {money}", money=words.money(Money(line.value, self.currency))), "out")
        elif later:
            money = words.money(Money(later, self.currency))
            self._say(words.say("If somebody agrees: {money}", money=money), "warn")
        for reason in _once(line.reasons):
            self._reason(reason, words)

    def _head(self, icon: str, kind: str, text: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon(icon, 24, colour=kind, fill=1), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, 18, 650, wrap=True), 1)
        self._body.addLayout(row)

    def _money(self, decision: Decision, words: Wording) -> None:
        waits = not decision.now.refund and decision.if_approved is not None
        amounts: Amounts = decision.if_approved if waits and decision.if_approved is not None else decision.now
        if not amounts.refund:
            return
        money = words.money(Money(amounts.refund, self.currency))
        said = words.say("If somebody agrees: {money}" if waits else "Refund now: {money}", money=money)
        self._body.addWidget(Label(said, 16, 650, tone="warn" if waits else "out", wrap=True))
        for tender in amounts.tenders:
            part = words.money(Money(tender.amount, self.currency))
            self._say(f"{words.refund_to(tender.kind, tender.card or tender.type)}: {part}", "text2")

    def _reason(self, reason: Reason, words: Wording) -> None:
        strong = reason.stands_in_the_way
        self._body.addWidget(Label(words.return_reason(reason), 15, 600 if strong else 450, wrap=True))
        if reason.rule:
            self._body.addWidget(Label(words.say("Rule {rule}", rule=reason.rule), 13, 600, tone="text3", wrap=True))
        told = words.return_reason_for_customer(reason)
        if told:
            self._say(words.quoted(told), "text2")
        if reason.remedy is not None:
            way = words.remedy(reason.remedy)
            self._say(words.say("What would make it a yes: {way}", way=way), "ok")

    def _ways(self, decision: Decision, words: Wording) -> None:
        """What may be offered: what somebody may agree to, and what may be taken instead."""
        for option, refund in decision.approvals_needed[0].options if decision.approvals_needed else ():
            amount = words.money(Money(refund, self.currency)) if refund else ""
            name = words.say(_OPTIONS.get(option, _OPTIONS["as_asked"]))
            way = " · ".join(filter(None, (name, amount)))
            self._say(words.say("With somebody’s yes: {way}", way=way), "text2")
        if decision.exchange in _INSTEAD:
            self._say(words.say(_INSTEAD[decision.exchange]), "text2")

    def _say(self, sentence: str, tone: Tone) -> None:
        if sentence:
            self._body.addWidget(Label(sentence, 14, 450, tone=tone, wrap=True))


class Answers(QWidget):
    """What the policy in force says, and beside it what a draft says; `state` is a sentence above them."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.state = Label("", 15, 450, tone="text2", wrap=True)
        column.addWidget(self.state)
        inside = QWidget()
        set_ground(inside, "none")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(12)
        self.in_force, self.draft = (
            VerdictCard(f"policy_try.said.{whose}", currency) for whose in ("in_force", "draft")
        )
        for card in (self.in_force, self.draft):
            row.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(scrolled(inside), 1)


def _key(reason: Reason) -> tuple[str, str]:
    return reason.code.value, reason.rule


def _once(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """What stands in the way first; each sentence once."""
    seen: set[tuple[str, str]] = set()
    for reason in sorted(reasons, key=lambda one: not one.stands_in_the_way):
        if _key(reason) not in seen:
            seen.add(_key(reason))
            yield reason


def _clear(layout: QLayout) -> None:
    """Take away all that stands in it."""
    while (part := layout.takeAt(0)) is not None:
        inside, widget = part.layout(), part.widget()
        if inside is not None:
            _clear(inside)
        if isinstance(widget, QWidget):
            widget.hide()
            widget.deleteLater()

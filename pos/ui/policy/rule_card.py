"""A version of the policy and one of its rules, to be read: what it is about, what it says, who decides otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.policy_difference import Change, RuleChange
from pos.domain.policy_rule import own_words
from pos.policy_words import rule_said
from pos.services.policy_papers import override_words
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording


class VersionCard(Card):
    """Which version or draft it is, and what stands with it."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=6)
        self.name_of_version = Label("", 16, 600, wrap=True)
        self.state = Label("", 15, 450, tone="text2", wrap=True)
        self.column.addWidget(self.name_of_version)
        self.column.addWidget(self.state)


class RuleCard(Card):
    """The chosen rule whole."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.rule = Label("", 13, 600, tone="text3", wrap=True)
        self.about = Label("", 17, 600, wrap=True)
        self.says = Label("", 16, 450, wrap=True)
        self.before = Label("", 15, 450, tone="warn", wrap=True)
        self.own = Label("", 15, 450, tone="text2", wrap=True)
        self.override = Label("", 13, 450, tone="text3", wrap=True)
        self._labels = (self.rule, self.about, self.says, self.before, self.own, self.override)
        for label in self._labels:
            column.addWidget(label)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(scrolled(inside), 1)

    def tell(self, *texts: str) -> None:
        """These, and nothing where there is none."""
        for label, text in zip(self._labels, (*texts, *("",) * 6), strict=False):
            label.setText(text)
            label.setVisible(bool(text))

    def show_rule(self, words: Wording, one: RuleChange, currency: str) -> None:
        """A rule, and what it said before where that was something else."""
        said = rule_said(words, one.rule, currency)
        before = "" if one.before is None else rule_said(words, one.before, currency).whole
        gone = words.say("This rule holds no more.") if one.change is Change.GONE else ""
        own = [own_words(one.rule.words, reader, words.language) for reader in ("cashier", "customer")]
        self.tell(
            one.rule.id,
            said.about,
            said.says,
            words.say("Before: {rule}", rule=before) if before else gone,
            "\n".join(words.quoted(text) for text in dict.fromkeys(filter(None, own))),
            override_words(words, one.rule),
        )

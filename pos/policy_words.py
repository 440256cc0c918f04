"""A return policy in the words of people: for its window, its poster and its crib sheet, so that they cannot disagree.

A rule is what it is about, which may be nothing, and one or more sentences. Every number of a rule stands in them.
"""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy, Rule
from pos.policy_goods_words import GOODS_WORDS
from pos.policy_money_words import MONEY_WORDS
from pos.policy_scope_words import Saying, scope_words
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """A rule in words: `about` is empty where it is about everything."""

    id: str
    about: str
    says: str

    @property
    def whole(self) -> str:
        """Both as one line."""
        return f"{self.about} – {self.says}" if self.about else self.says


def policy_said(words: Wording, policy: Policy, currency: str) -> tuple[RuleSaid, ...]:
    """Every rule in the policy's own order."""
    return tuple(rule_said(words, rule, currency) for rule in policy.rules)


def rule_said(words: Wording, rule: Rule, currency: str) -> RuleSaid:
    """What a rule is about and what it says; amounts are in the shop's currency."""
    says = _SAYS[type(rule)](Saying(words, currency), rule)
    return RuleSaid(rule.id, scope_words(words, rule.scope, currency), " ".join(filter(None, says)))


_SAYS = GOODS_WORDS | MONEY_WORDS

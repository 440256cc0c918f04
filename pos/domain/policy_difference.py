"""What of a return policy is another in another version of it: rules are told apart by their ids."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Policy, Rule


class Change(StrEnum):
    """What became of a rule; SAME of one that says what it said."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule as it stands, or stood where it is gone; `before` is what it said where it changed."""

    rule: Rule
    change: Change
    before: Rule | None = None


def policy_changes(before: Policy, after: Policy) -> tuple[RuleChange, ...]:
    """Every rule of `after` in its order, behind them those of `before` it has no more. A rule's own words count."""
    known = {rule.id: rule for rule in before.rules}
    told = [_change(known.get(rule.id), rule) for rule in after.rules]
    kept = {rule.id for rule in after.rules}
    gone = [RuleChange(rule, Change.GONE) for rule in before.rules if rule.id not in kept]
    return (*told, *gone)


def _change(before: Rule | None, rule: Rule) -> RuleChange:
    if before is None:
        return RuleChange(rule, Change.NEW)
    same = type(before) is type(rule) and before == rule and before.words == rule.words
    return RuleChange(rule, Change.SAME) if same else RuleChange(rule, Change.CHANGED, before)


def order_changed(before: Policy, after: Policy) -> bool:
    """Whether rules both have stand in another order."""
    old, new = ([rule.id for rule in one.rules] for one in (before, after))
    return [one for one in old if one in set(new)] != [one for one in new if one in set(old)]


def head_changed(before: Policy, after: Policy) -> bool:
    """Whether something is said otherwise beside the rules."""
    old, new = ((one.name, one.posted_since, one.better_of_both) for one in (before, after))
    return old != new

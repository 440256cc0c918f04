"""The draft in the policy's window: what is in hand, what it says, and each row of it against the version before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.policy_difference import Change, RuleChange, head_changed, order_changed, policy_changes
from pos.domain.policy_rule import Policy, Rule
from pos.services.policy_draft import HEAD_FIELDS, DraftFault, DraftRead, PolicyDraft, read_draft
from pos.services.policy_file import rule_fields
from pos.services.policy_form import (
    FieldAsked,
    Written,
    common_fields,
    copied_rule,
    fields_of,
    new_rule,
    scope_fields_of,
)
from pos.services.policy_names import NamesKnown

# Every field there is, and of them those that always stand in the form.
AskedHere = tuple[tuple[FieldAsked, ...], tuple[FieldAsked, ...]]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A rule of the draft in its place; one of the version before that is gone has none. `told` is None where it is no
    rule yet.
    """

    id: str
    at: int | None
    told: RuleChange | None
    fault: DraftFault | None = None


class DraftWork:
    """At most one draft. `kept`: it is on the disk; a file that is only looked at is not. `known` is what the shop
    has of roles and reasons, None until somebody looked.
    """

    def __init__(self, currency: Callable[[], str]) -> None:
        self._currency = currency
        self.known: NamesKnown | None = None
        self.draft: PolicyDraft | None = None
        self.read: DraftRead | None = None
        self.kept = False

    def put(self, draft: PolicyDraft | None, *, kept: bool) -> None:
        """This one now, or none."""
        self.draft, self.kept = draft, kept and draft is not None
        self.read = None if draft is None else read_draft(draft, self._currency(), self.known)

    def know(self, known: NamesKnown) -> None:
        """What the shop has of roles and reasons now."""
        self.known = known
        self.put(self.draft, kept=self.kept)

    @property
    def file(self) -> tuple[str, Policy] | None:
        """The text and the policy, where nothing of it is at fault."""
        if self.draft is None or self.read is None or self.read.policy is None:
            return None
        return self.draft.text, self.read.policy

    def starts_from(self, day: date) -> None:
        if self.draft is not None:
            self.put(replace(self.draft, starts=day), kept=self.kept)

    # What it says.

    def rows(self, before: Policy) -> tuple[DraftRow, ...]:
        """Every rule in its place, behind them those of the version before that are gone."""
        if self.draft is None or self.read is None:
            return ()
        readable = Policy("", 0, tuple(rule for rule in self.read.rules if rule is not None))
        changes = policy_changes(before, readable)
        told = iter(changes)
        ids = self.draft.ids
        rows = []
        for at, (id_, rule) in enumerate(zip(ids, self.read.rules, strict=True)):
            own = id_ if id_ and ids.index(id_) == at else f"{id_}#{at}"
            rows.append(DraftRow(own, at, None if rule is None else next(told), self.read.fault_of(at)))
        gone = (one for one in changes if one.change is Change.GONE and one.rule.id not in ids)
        return (*rows, *(DraftRow(one.rule.id, None, one) for one in gone))

    def further(self, before: Policy) -> tuple[bool, bool]:
        """Whether the head says something else, and whether rules stand in another order."""
        after = self.file
        return (False, False) if after is None else (head_changed(before, after[1]), order_changed(before, after[1]))

    # What is done to it.

    def change(self, at: int | None, written: Written) -> None:
        """The rule in that place says this now; None: the head does."""
        if self.draft is not None:
            made = self.draft.with_head(written) if at is None else self.draft.with_rule(at, written)
            self.put(made, kept=self.kept)

    def add(self, at: int, kind: str) -> None:
        """A new rule of this kind in that place."""
        if self.draft is not None:
            self.put(self.draft.with_new(at, new_rule(kind, self.draft.ids)), kept=self.kept)

    def copy(self, at: int) -> None:
        """The same rule once more behind it."""
        if self.draft is not None:
            rule = copied_rule(self.draft.rules[at], self.draft.ids)
            self.put(self.draft.with_new(at + 1, rule), kept=self.kept)

    def remove(self, at: int) -> None:
        if self.draft is not None:
            self.put(self.draft.without(at), kept=self.kept)

    def put_back(self, rule: Rule, before: Policy) -> None:
        """A rule that is gone, where it stood, or at the end."""
        if self.draft is not None:
            place = min([one.id for one in before.rules].index(rule.id), len(self.draft.rules))
            self.put(self.draft.with_new(place, rule_fields(rule, self._currency())), kept=self.kept)

    def move(self, at: int, by: int) -> None:
        if self.draft is not None:
            self.put(self.draft.moved(at, by), kept=self.kept)


def asked_of_rule(written: Written, currency: str) -> AskedHere:
    """Every field of a rule, and of them those that always stand in its form."""
    own, common = fields_of(written, currency), common_fields()
    always = tuple(one for one in common if one.path[0] != "words")
    return (*own, *scope_fields_of(written, currency), *common[2:], *always), (*own, *always)


def asked_of_head() -> AskedHere:
    """Likewise of the head of a policy."""
    return HEAD_FIELDS, HEAD_FIELDS

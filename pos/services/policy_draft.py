"""A return policy that is being written: in the words of its file, read by the file's own reader at every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy, Rule
from pos.services.policy_fields import DAY, YES, Entry, Takes
from pos.services.policy_file import FORMAT, head_fields, read_policy, read_rule, rule_fields, written_text
from pos.services.policy_form import FieldAsked, Written, all_fields_of
from pos.services.policy_names import NamesKnown, unknown_names
from pos.strict_yaml import Fields, FileFault, Node, Rows, Text
from pos.wording import N_

UNKNOWN_NAME = N_("This shop has no “{name}”.")
HEAD_FIELDS = (
    FieldAsked(("name",), Takes(Entry.WORD)),
    FieldAsked(("posted_since",), DAY.takes),
    FieldAsked(("better_of_both",), YES.takes, left_out="false"),
)


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """Rules in the words of the file, based on a version (0: on none), to hold from the day `starts` on.

    `source` is the file it came from, word for word, until something of it is changed. `by` and `at` tell who kept it
    last, and when.
    """

    based_on: int
    head: Written
    rules: tuple[Written, ...]
    starts: date
    source: str = ""
    by: str = ""
    by_name: str = ""
    at: datetime | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules in their order."""
        return tuple(str(rule.get("id", "")) for rule in self.rules)

    @property
    def text(self) -> str:
        """The file."""
        return self.source or written_text(self.head, self.rules)

    def says_as(self, policy: Policy, currency: str) -> bool:
        """Whether it says what the policy says."""
        other = draft_of(policy, currency, self.based_on, self.starts)
        return self.head == other.head and self.rules == other.rules

    def with_head(self, head: Written) -> PolicyDraft:
        return replace(self, head=head, source="")

    def with_rule(self, at: int, rule: Written) -> PolicyDraft:
        """Another rule in that place."""
        return self._ruled(*self.rules[:at], rule, *self.rules[at + 1 :])

    def with_new(self, at: int, rule: Written) -> PolicyDraft:
        """One rule more, before the one in that place."""
        return self._ruled(*self.rules[:at], rule, *self.rules[at:])

    def without(self, at: int) -> PolicyDraft:
        return self._ruled(*self.rules[:at], *self.rules[at + 1 :])

    def moved(self, at: int, by: int) -> PolicyDraft:
        """The rule so many places further; where there is no such place it stays as it is."""
        if not 0 <= at + by < len(self.rules):
            return self
        return self.without(at).with_new(at + by, self.rules[at])

    def _ruled(self, *rules: Written) -> PolicyDraft:
        return replace(self, rules=rules, source="")


@dataclass(frozen=True, slots=True)
class DraftFault:
    """What cannot be: `at` is the place of the rule, None for the policy's head; `path` the field within it."""

    at: int | None
    path: tuple[str, ...]
    fault: FileFault


@dataclass(frozen=True, slots=True)
class DraftRead:
    """What a draft says: each rule by itself, None where it is none yet; all of it only where its file can be read."""

    policy: Policy | None
    rules: tuple[Rule | None, ...]
    faults: tuple[DraftFault, ...]

    def fault_of(self, at: int | None) -> DraftFault | None:
        """The first fault of the rule in that place, or of the head."""
        return next((one for one in self.faults if one.at == at), None)


def draft_of(policy: Policy, currency: str, based_on: int, starts: date, source: str = "") -> PolicyDraft:
    """A draft that says what the policy says."""
    rules = tuple(rule_fields(rule, currency) for rule in policy.rules)
    return PolicyDraft(based_on, dict(head_fields(policy)), rules, starts, source)


def read_draft(draft: PolicyDraft, currency: str, known: NamesKnown | None = None) -> DraftRead:
    """Read it as its file will be read; a rule that names what is not `known` to the shop can be tried all the same."""
    rules: list[Rule | None] = []
    faults: list[DraftFault] = []
    for at, written in enumerate(draft.rules):
        places = _Places(written, currency)
        try:
            rules.append(read_rule(places.node(written, ()), currency))
        except FileFault as fault:
            rules.append(None)
            faults.append(DraftFault(at, places.path_of(fault.line), fault))
    policy = None
    if not faults:
        places = _Places({}, currency)
        try:
            policy = read_policy(places.root(draft, currency), currency)
        except FileFault as fault:
            faults.append(_of_whole(places.path_of(fault.line), fault))
    unknown = () if known is None else unknown_names(rules, known)
    faults += [DraftFault(one.at, one.path, FileFault(None, UNKNOWN_NAME, name=one.name)) for one in unknown]
    return DraftRead(policy, tuple(rules), tuple(faults))


def _of_whole(path: tuple[str, ...], fault: FileFault) -> DraftFault:
    """A fault that shows only where all rules stand together; it is one rule's all the same, as a rule."""
    if len(path) > 1 and path[0] == "rules":
        return DraftFault(int(path[1]), path[2:], fault)
    return DraftFault(None, path, fault)


class _Places:
    """Gives each place of what is written a line of its own, so that a fault of the reader tells its field."""

    def __init__(self, written: Written, currency: str) -> None:
        self._paths: list[tuple[str, ...]] = [()]
        self._asked: dict[tuple[str, ...], list[str]] = {}
        if written:
            self._ask(written, currency, ())

    def _ask(self, written: Written, currency: str, before: tuple[str, ...]) -> None:
        for asked in all_fields_of(written, currency):
            path = (*before, *asked.path)
            self._asked.setdefault(path[:-1], []).append(path[-1])

    def root(self, draft: PolicyDraft, currency: str) -> Fields:
        """The whole file."""
        for at, written in enumerate(draft.rules):
            self._ask(written, currency, ("rules", str(at)))
        whole = {"policy": FORMAT, **draft.head, "rules": list(draft.rules)}
        return self._fields(whole, ())

    def node(self, value: object, path: tuple[str, ...]) -> Node:
        if isinstance(value, dict):
            return self._fields(value, path)
        if isinstance(value, list):
            rows = [self.node(one, (*path, str(number))) for number, one in enumerate(value)]
            return Rows(self._line(path), rows)
        return Text(str(value), self._line(path), plain=False)

    def _fields(self, value: Mapping[str, Any], path: tuple[str, ...]) -> Fields:
        made = Fields(self._line(path))
        for key, inner in value.items():
            made.values[key] = self.node(inner, (*path, key))
            made.lines[key] = made.values[key].line
        for key in self._asked.get(path, ()):
            made.lines.setdefault(key, self._line((*path, key)))
        return made

    def _line(self, path: tuple[str, ...]) -> int:
        self._paths.append(path)
        return len(self._paths) - 1

    def path_of(self, line: int | None) -> tuple[str, ...]:
        return self._paths[line] if line is not None and line < len(self._paths) else ()

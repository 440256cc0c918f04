"""A case the return policy is asked: what somebody wants to know, what came of it, and one that is kept as a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.policy_rule import Policy
from pos.domain.return_decision import Decision
from pos.domain.return_request import ShownBy
from pos.domain.return_rules import ConditionRule, Question

CASE_NAME_MAX = 80
CASE_SCRIPT_MAX = 64 * 1024
# What the customer wants in place of money; every other wish is a tender.
EXCHANGE = "exchange"
# Paid with the shop's own card: a credit card that policies call otherwise.
HOUSE_CARD = "house_card"
# How it may have been paid, as a form offers it.
PAID_BY = ("cash", "credit", "debit", HOUSE_CARD, "check", "gift_card", "store_credit")


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """One case as a form asks it: pieces of an item at `price` (minor units each), bought and brought back on two days.

    `item` says what it is like, with its department and flags as they are meant here. `tender` is one of PAID_BY.
    `condition` and `reason` may be empty: nobody looked, nobody asked. `customer`: the buyer is known, of this `tier`
    and `group`. `refund_to` is a kind of tender, EXCHANGE for the same thing again, or empty for what the policy
    proposes. `facts` are answers to questions only a person can answer.
    """

    item: Item
    price: int
    bought: date
    back: date
    pieces: int = 1
    tender: str = "cash"
    proof: str = ShownBy.RECEIPT.value
    condition: str = ""
    reason: str = ""
    customer: bool = False
    tier: str = ""
    group: str = ""
    id_seen: bool = False
    refund_to: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CasePlayed:
    """What came of a case. `decision` is that of its last return, None where there was none.

    `fault` is why it could not be played, with the `line` of its script where one is to blame; `failures` are
    sentences, each what was expected and what came; `refused` why nothing could be decided; `expects` how many steps
    expect something. `expectation` is what to expect of the last return from now on, `documents` the papers it made.
    """

    decision: Decision | None = None
    fault: str = ""
    line: int | None = None
    failures: tuple[str, ...] = ()
    refused: str = ""
    expects: int = 0
    expectation: Mapping[str, object] = field(default_factory=dict)
    documents: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything came as it was expected."""
        return not self.fault and not self.failures

    @property
    def why(self) -> tuple[str, ...]:
        """Why it does not hold, in sentences; a fault of its script with the line."""
        if not self.fault:
            return self.failures
        return (self.fault if self.line is None else f"{self.line}: {self.fault}",)


@dataclass(frozen=True, slots=True)
class PolicyCase:
    """A case that is kept: a lane script under a name, by whom and when; `number` counts all that ever were kept."""

    number: int
    name: str
    script: str
    kept_by: str
    at: datetime
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one kept case came to under a policy."""

    case: PolicyCase
    played: CasePlayed


@dataclass(frozen=True, slots=True)
class PolicyTrial:
    """Every kept case under one policy: `policy` names its words and its posting, `results` are in order of numbers."""

    policy: str
    results: tuple[CaseResult, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(one.case.number for one in self.results)

    @property
    def broken(self) -> tuple[CaseResult, ...]:
        """The cases that did not come as they were expected."""
        return tuple(one for one in self.results if not one.played.holds)

    @property
    def told(self) -> tuple[str, ...]:
        """Each of them by its name, with what was expected of it and what came."""
        return tuple(f"{one.case.name}: {' '.join(one.played.why)}" for one in self.broken)


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What policies ask for by name, so that a form can offer it. `questions`: by name, an answer that is fine."""

    categories: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)


def case_words(policies: Iterable[Policy]) -> CaseWords:
    """The words of these policies, each once and in their order."""
    rules = [rule for policy in policies for rule in policy.rules]
    scopes = [rule.scope for rule in rules]
    accepted = [state for rule in rules if isinstance(rule, ConditionRule) for state in rule.accept]

    def named(*sets: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({word for words in sets for word in words}))

    return CaseWords(
        categories=named(*(one.categories for one in scopes), *(one.not_categories for one in scopes)),
        flags=named(*(one.flags for one in scopes), *(one.not_flags for one in scopes)),
        conditions=named(accepted, *(one.conditions for one in scopes), *(one.not_conditions for one in scopes)),
        tiers=named(*(one.tiers for one in scopes)),
        groups=named(*(one.groups for one in scopes)),
        questions={rule.ask: min(rule.wanted) for rule in rules if isinstance(rule, Question)},
    )

"""A case the return policy is asked: what somebody wants to know, what came of it, and one that is kept as a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.policy_rule import Policy, Rule
from pos.domain.return_decision import Decision
from pos.domain.return_request import ShownBy
from pos.domain.return_rules import Approval, ConditionRule, Question
from pos.domain.return_value_rules import MissingPart, Rebate

CASE_NAME_MAX = 80
CASE_SCRIPT_MAX = 64 * 1024
# What the customer wants in place of money; every other wish is a tender.
EXCHANGE = "exchange"
# Paid with the shop's own card: a credit card that policies call otherwise.
HOUSE_CARD = "house_card"
# How it may have been paid, as a form offers it.
PAID_BY = ("cash", "credit", "debit", HOUSE_CARD, "check", "gift_card", "store_credit")
# Which serial number is on what comes back: the one that was sold, another one, or nobody said any.
SAME_SERIAL, OTHER_SERIAL = "same", "other"
SERIALS = (SAME_SERIAL, OTHER_SERIAL, "")
# The cheapest of the goods was free.
CHEAPEST_FREE = "cheapest_free"


@dataclass(frozen=True, slots=True)
class GoodsAsked:
    """Pieces of an item at `price` (minor units each) that were bought and are brought back.

    `item` says what it is like, with its department and flags as they are meant here. `condition` and `reason` may be
    empty: nobody looked, nobody asked. `serial` is one of SERIALS, for an item that has numbers; `missing` names parts,
    `code_missing` a cut-off product code. `facts` are answers to questions only a person can answer.
    """

    item: Item
    price: int
    pieces: int = 1
    condition: str = ""
    reason: str = ""
    serial: str = SAME_SERIAL
    missing: tuple[str, ...] = ()
    code_missing: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaidAsked:
    """A tender of the purchase: one of PAID_BY, and how much in minor units; None for what is left."""

    kind: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """One case as a form asks it: goods bought and brought back on two days, paid in this order.

    `customer`: the buyer is known, of this `tier` and `group`. `refund_to` is a
    kind of tender, EXCHANGE for the same things again, or empty for what the policy proposes. `region` is where it was
    sold, empty for the shop's own. `offer` is what the goods were sold with: CHEAPEST_FREE, so many whole per cent off
    all of them, or empty. `before`: so often the same person brought something back the day before.
    """

    goods: tuple[GoodsAsked, ...]
    bought: date
    back: date
    paid: tuple[PaidAsked, ...] = (PaidAsked("cash"),)
    proof: str = ShownBy.RECEIPT.value
    customer: bool = False
    tier: str = ""
    group: str = ""
    id_seen: bool = False
    refund_to: str = ""
    region: str = ""
    offer: str = ""
    before: int = 0

    @property
    def known(self) -> bool:
        """Whether anything is shown by which the purchase is known."""
        return self.proof != ShownBy.NONE.value

    @property
    def judged_on(self) -> date:
        """The day whose policy judges it: that of the sale, or where none is known that of the return."""
        return self.bought if self.known else self.back


@dataclass(frozen=True, slots=True)
class CasePlayed:
    """What came of a case. `decision` is that of its last return, None where there was none.

    `fault` is why it could not be played, with the `line` of its script where one is to blame; `failures` are
    sentences, each what was expected and what came; `refused` why nothing could be decided; `expects` how many steps
    expect something. `expectation` is what to expect of the last return from now on.
    """

    decision: Decision | None = None
    fault: str = ""
    line: int | None = None
    failures: tuple[str, ...] = ()
    refused: str = ""
    expects: int = 0
    expectation: Mapping[str, object] = field(default_factory=dict)

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
    """What policies ask for by name, so that a form can offer it. `questions`: by name, an answer that is fine; `parts`
    of goods have a price when they are missing.
    """

    categories: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
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
        regions=named(*(one.regions for one in scopes), *(one.not_regions for one in scopes)),
        reasons=named(*(one.reasons for one in scopes)),
        parts=named(*(rule.parts for rule in rules if isinstance(rule, MissingPart))),
        questions=_questions(rules),
    )


def with_words_of(words: CaseWords, asked: CaseAsked) -> CaseWords:
    """The words, and with them those of a case that may have been kept when others were known."""

    def more(known: tuple[str, ...], *said: str) -> tuple[str, ...]:
        return tuple(sorted({*known, *said} - {""}))

    goods = asked.goods
    return replace(
        words,
        categories=more(words.categories, *(one.item.department for one in goods)),
        conditions=more(words.conditions, *(one.condition for one in goods)),
        tiers=more(words.tiers, asked.tier),
        groups=more(words.groups, asked.group),
        regions=more(words.regions, asked.region),
        parts=more(words.parts, *(part for one in goods for part in one.missing)),
        reasons=more(words.reasons, *(one.reason for one in goods)),
        offers=more(words.offers, asked.offer),
    )


def _questions(rules: Iterable[Rule]) -> dict[str, str]:
    """What rules ask of a person, with an answer that is fine."""
    asked: dict[str, str] = {}
    for rule in rules:
        if isinstance(rule, Question):
            asked[rule.ask] = min(rule.wanted)
        elif isinstance(rule, Approval):
            asked |= {name: "no" if said == "yes" else "yes" for name, said in rule.facts}
        elif isinstance(rule, Rebate):
            asked[rule.fact] = "yes"
    return asked

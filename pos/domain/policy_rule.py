"""What every rule of a return policy has: an id, what it is about, and who may decide otherwise. No rule computes here.

A policy is a list of rules of fixed kinds with named fields; the kinds stand in `return_rules`, `return_value_rules`
and `refund_rules`, and each has one small function that says what it means for a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a scope is held against: one line of a return with what is known of its sale, or money without goods. Empty
    where not known, and what is of goods where there are none.
    """

    item: str
    category: str
    family: str = ""
    flags: frozenset[str] = frozenset()
    condition: str = ""
    reason: str = ""
    shown_by: str = ""
    tier: str = ""
    group: str = ""
    tenders: frozenset[str] = frozenset()
    region: str = ""
    channel: str = ""
    sold: date | None = None
    unit_price: int | None = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule is about. An empty field is everything; all that are named must hold. `not_` fields take away.

    `sold_from` and `sold_until` are days, inclusive; prices in minor units are of one unit, `price_from` inclusive and
    `price_below` exclusive. A region holds its parts: "US" is "US-NY" too.
    """

    items: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    proofs: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    tenders: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    not_categories: frozenset[str] = frozenset()
    not_flags: frozenset[str] = frozenset()
    not_conditions: frozenset[str] = frozenset()
    not_proofs: frozenset[str] = frozenset()
    not_regions: frozenset[str] = frozenset()
    sold_from: date | None = None
    sold_until: date | None = None
    price_from: int | None = None
    price_below: int | None = None

    def covers(self, subject: Subject) -> bool:
        """Whether the rule speaks of this line."""
        tests = _asked_of(self).tests
        return not tests or all(test(subject) for test in tests)

    @property
    def named(self) -> int:
        """How many fields say something: the more, the more specific."""
        return _asked_of(self).named


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `override` is who may decide otherwise: a role's id, "" for anybody who may approve, None for nobody.

    A subclass is a kind: `KEY` is its name in the file.
    """

    KEY: ClassVar[str] = ""

    id: str
    scope: Scope = EVERYTHING
    override: str | None = ""
    words: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def own_words(words: tuple[tuple[str, str], ...], to: str, language: str) -> str:
    """The shop's own sentence to "cashier" or "customer" in that language, or in none named; empty where none."""
    own = dict(words)
    return own.get(f"{to}.{language}") or own.get(to, "")


R = TypeVar("R", bound=Rule)


class Rules:
    """Rules under their kind, each kind in the order of the file."""

    __slots__ = ("by_kind",)

    def __init__(self, by_kind: Mapping[type[Rule], tuple[Any, ...]]) -> None:
        self.by_kind = by_kind

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The rules of one kind."""
        found: tuple[R, ...] = self.by_kind.get(kind, ())
        return found

    def has_any(self, kinds: frozenset[type[Rule]]) -> bool:
        """Whether there is a rule of any of these kinds."""
        return not kinds.isdisjoint(self.by_kind)


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a shop's return policy: `rules` in the order of the file, `name` as the shop calls it.

    `starts` is the first day of sale it is about. `better_of_both`: a sale made under an older version is judged by
    that and by this, whichever is better for the customer.
    """

    name: str
    version: int
    rules: tuple[Rule, ...] = ()
    starts: date | None = None
    posted_since: date | None = None
    better_of_both: bool = False

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The rules of one kind, in their order."""
        return _sorted_of(self.rules).all.of(kind)

    def speaking(self, kind: type[R], subject: Subject) -> tuple[R, ...]:
        """The rules of one kind that speak of this line, in their order."""
        return tuple(rule for rule in self.of(kind) if rule.scope.covers(subject))

    def about(self, subject: Subject) -> Rules:
        """All the rules that speak of this line: for who asks for many kinds of them."""
        rules = _sorted_of(self.rules)
        if not rules.naming:
            return rules.all
        by_kind = dict(rules.anything)
        for kind, alike in rules.naming:
            spoken = tuple([rule for rule in alike if rule.scope.covers(subject)])
            if spoken:
                by_kind[kind] = spoken
        return Rules(by_kind)

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


# A shop that has written none: whatever a known sale still holds may come back, to its own tenders.
DEFAULT_POLICY = Policy(name="", version=0)


class _Sorted:
    """The rules of a policy by their kind: of the kinds in `naming` some rule names what it is about, of those in
    `anything` none does.
    """

    __slots__ = ("all", "anything", "naming", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        kinds = dict.fromkeys(type(rule) for rule in rules)
        self.all = Rules({kind: tuple(rule for rule in rules if type(rule) is kind) for kind in kinds})
        naming = dict.fromkeys(type(rule) for rule in rules if rule.scope.named)
        self.naming = tuple((kind, self.all.of(kind)) for kind in naming)
        self.anything = {kind: alike for kind, alike in self.all.by_kind.items() if kind not in naming}


def _sorted_of(rules: tuple[Rule, ...]) -> _Sorted:
    known = _SORTED.get(id(rules))
    return known if known is not None and known.rules is rules else _kept(_SORTED, id(rules), _Sorted(rules))


class _Asked:
    """What a scope asks of a subject: only what it names, so that a rule about everything asks nothing."""

    __slots__ = ("named", "scope", "tests")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.tests: tuple[_Test, ...] = tuple(_tests(scope))
        self.named = sum(getattr(scope, name) not in {None, frozenset()} for name in Scope.__slots__)


def _asked_of(scope: Scope) -> _Asked:
    known = _ASKED.get(id(scope))
    return known if known is not None and known.scope is scope else _kept(_ASKED, id(scope), _Asked(scope))


def _tests(scope: Scope) -> Iterator[_Test]:
    for wanted, name in _ONE_OF:
        if words := getattr(scope, wanted):
            yield _is_among(words, attrgetter(name))
    for unwanted, name in _NONE_OF:
        if words := getattr(scope, unwanted):
            yield _is_not_among(words, attrgetter(name))
    if scope.flags:
        yield lambda subject: bool(scope.flags & subject.flags)
    if scope.not_flags:
        yield lambda subject: not scope.not_flags & subject.flags
    if scope.tenders:
        yield lambda subject: bool(scope.tenders & subject.tenders)
    if scope.regions:
        yield lambda subject: _within(subject.region, scope.regions)
    if scope.not_regions:
        yield lambda subject: not _within(subject.region, scope.not_regions)
    yield from _tests_of_range(scope)


def _tests_of_range(scope: Scope) -> Iterator[_Test]:
    first, last = scope.sold_from or date.min, scope.sold_until or date.max
    if scope.sold_from is not None or scope.sold_until is not None:
        yield lambda subject: subject.sold is not None and first <= subject.sold <= last
    least, below = scope.price_from, scope.price_below
    if least is not None:
        yield lambda subject: subject.unit_price is not None and subject.unit_price >= least
    if below is not None:
        yield lambda subject: subject.unit_price is not None and subject.unit_price < below


def _is_among(words: frozenset[str], of: Callable[[Subject], str]) -> _Test:
    return lambda subject: of(subject) in words


def _is_not_among(words: frozenset[str], of: Callable[[Subject], str]) -> _Test:
    return lambda subject: of(subject) not in words


def _kept(known: dict[int, K], key: int, value: K) -> K:
    """Remember what a value that never changes comes to, by its identity; forget all of it now and then."""
    if len(known) >= _KNOWN_MOST:
        known.clear()
    known[key] = value
    return value


_Test = Callable[[Subject], bool]
K = TypeVar("K")
_KNOWN_MOST = 4096
_ASKED: dict[int, _Asked] = {}
_SORTED: dict[int, _Sorted] = {}
_ONE_OF = (
    ("items", "item"),
    ("categories", "category"),
    ("families", "family"),
    ("conditions", "condition"),
    ("reasons", "reason"),
    ("proofs", "shown_by"),
    ("tiers", "tier"),
    ("groups", "group"),
    ("channels", "channel"),
)
_NONE_OF = (("not_categories", "category"), ("not_conditions", "condition"), ("not_proofs", "shown_by"))


def _within(region: str, regions: frozenset[str]) -> bool:
    return any(region == one or region.startswith(f"{one}-") for one in regions)

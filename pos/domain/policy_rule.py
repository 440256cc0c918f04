"""What every rule of a return policy has: an id, what it is about, and who may decide otherwise. No rule computes here.

A policy is a list of rules of fixed kinds with named fields; the kinds stand in `return_rules`, `return_value_rules`
and `refund_rules`, and each has one small function that says what it means for a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
        known = _KINDS.get(id(self.rules))
        if known is None or known[0] is not self.rules:
            known = _kept(_KINDS, id(self.rules), (self.rules, _by_kind(self.rules)))
        found: tuple[R, ...] = known[1].get(kind, ())
        return found

    def speaking(self, kind: type[R], subject: Subject) -> tuple[R, ...]:
        """The rules of one kind that speak of this line, in their order."""
        known = _SPEAKING.get(id(subject))
        if known is None or known[0] is not subject or known[1] is not self.rules:
            by_kind = _by_kind(rule for rule in self.rules if rule.scope.covers(subject))
            known = _kept(_SPEAKING, id(subject), (subject, self.rules, by_kind))
        found: tuple[R, ...] = known[2].get(kind, ())
        return found

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


# A shop that has written none: whatever a known sale still holds may come back, to its own tenders.
DEFAULT_POLICY = Policy(name="", version=0)


def _by_kind(rules: Iterable[Rule]) -> _ByKind:
    found: dict[type[Rule], list[Rule]] = {}
    for rule in rules:
        found.setdefault(type(rule), []).append(rule)
    return {kind: tuple(alike) for kind, alike in found.items()}


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
# Under each kind the rules of that kind.
_ByKind = dict[type[Rule], tuple[Any, ...]]
_KINDS: dict[int, tuple[tuple[Rule, ...], _ByKind]] = {}
_SPEAKING: dict[int, tuple[Subject, tuple[Rule, ...], _ByKind]] = {}
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

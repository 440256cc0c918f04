"""What every rule of a return policy has: an id, what it is about, and who may decide otherwise. No rule computes here.

A policy is a list of rules of fixed kinds with named fields; the kinds stand in `return_rules`, `return_value_rules`
and `refund_rules`, and each has one small function that says what it means for a line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from typing import ClassVar, TypeVar

from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a scope is held against: one line of a return with what is known of its sale. Empty where not known."""

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
    unit_price: int = 0


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
        named = (
            (self.items, subject.item),
            (self.categories, subject.category),
            (self.families, subject.family),
            (self.conditions, subject.condition),
            (self.reasons, subject.reason),
            (self.proofs, subject.shown_by),
            (self.tiers, subject.tier),
            (self.groups, subject.group),
            (self.channels, subject.channel),
        )
        taken_away = (
            (self.not_categories, subject.category),
            (self.not_conditions, subject.condition),
            (self.not_proofs, subject.shown_by),
        )
        return (
            all(not wanted or has in wanted for wanted, has in named)
            and not any(has in unwanted for unwanted, has in taken_away)
            and (not self.flags or bool(self.flags & subject.flags))
            and not self.not_flags & subject.flags
            and (not self.tenders or bool(self.tenders & subject.tenders))
            and (not self.regions or _within(subject.region, self.regions))
            and not (self.not_regions and _within(subject.region, self.not_regions))
            and self._sold_then(subject.sold)
            and (self.price_from is None or subject.unit_price >= self.price_from)
            and (self.price_below is None or subject.unit_price < self.price_below)
        )

    def _sold_then(self, sold: date | None) -> bool:
        if self.sold_from is None and self.sold_until is None:
            return True
        if sold is None:
            return False
        return (self.sold_from is None or sold >= self.sold_from) and (
            self.sold_until is None or sold <= self.sold_until
        )


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

    def of(self, kind: type[R], covers: Callable[[R], bool] = lambda _: True) -> tuple[R, ...]:
        """The rules of one kind, in their order."""
        return tuple(rule for rule in self.rules if isinstance(rule, kind) and covers(rule))

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


# A shop that has written none: whatever a known sale still holds may come back, to its own tenders.
DEFAULT_POLICY = Policy(name="", version=0)


def _within(region: str, regions: frozenset[str]) -> bool:
    return any(region == one or region.startswith(f"{one}-") for one in regions)

"""Which rule of a policy can never speak, because an earlier one of its kind speaks of all that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pos.domain.policy_rule import Rule, Scope

_WANTED = (
    *("items", "categories", "families", "flags", "conditions", "reasons", "proofs", "tiers", "groups", "tenders"),
    "channels",
)
# What is taken away of a field of which a line has one value: what names other values takes it away too.
_TAKEN = (("not_categories", "categories"), ("not_conditions", "conditions"), ("not_proofs", "proofs"))


def shadowed_by(rule: Rule, earlier: Iterable[Rule]) -> Rule | None:
    """Of the earlier rules of one kind, of which one alone answers, the one that always goes before this; None where
    there is none. The most specific answers, the earlier on a tie.
    """
    named = rule.scope.named
    return next((one for one in earlier if one.scope.named >= named and _speaks_of_all(one.scope, rule.scope)), None)


def _speaks_of_all(wide: Scope, narrow: Scope) -> bool:
    """Whether whatever the narrow scope covers is covered by the wide one. Where it cannot be told: no."""
    return (
        all(_holds(getattr(wide, name), getattr(narrow, name)) for name in _WANTED)
        and all(_takes_no_more(wide, narrow, unwanted, name) for unwanted, name in _TAKEN)
        and wide.not_flags <= narrow.not_flags
        and (not wide.regions or (bool(narrow.regions) and all(_within(one, wide.regions) for one in narrow.regions)))
        and all(_within(one, narrow.not_regions) for one in wide.not_regions)
        and _range_holds(wide, narrow)
    )


def _holds(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return not wide or (bool(narrow) and narrow <= wide)


def _takes_no_more(wide: Scope, narrow: Scope, unwanted: str, name: str) -> bool:
    named: frozenset[str] = getattr(narrow, name)
    taken: frozenset[str] = getattr(wide, unwanted)
    return taken <= getattr(narrow, unwanted) or (bool(named) and not named & taken)


def _range_holds(wide: Scope, narrow: Scope) -> bool:
    days = (wide.sold_from is not None or wide.sold_until is not None) and (
        narrow.sold_from is None and narrow.sold_until is None
    )
    return not days and (
        (wide.sold_from or date.min) <= (narrow.sold_from or date.min)
        and (wide.sold_until or date.max) >= (narrow.sold_until or date.max)
        and (wide.price_from is None or (narrow.price_from is not None and narrow.price_from >= wide.price_from))
        and (wide.price_below is None or (narrow.price_below is not None and narrow.price_below <= wide.price_below))
    )


def _within(region: str, regions: frozenset[str]) -> bool:
    return any(region == one or region.startswith(f"{one}-") for one in regions)

"""How long a shop has to settle a claim, by the country’s law; what is not known is not said."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.claim_law import ClaimTerm, claim_term, days_promised
from pos.domain.policy_rule import Policy, Scope, Subject
from pos.domain.return_rules import ClaimDays


@pytest.mark.parametrize(
    ("region", "term"),
    [
        ("CZ", ClaimTerm(due=date(2026, 4, 29))),
        ("SE", ClaimTerm(soon=True)),
        ("DE", ClaimTerm(soon=True)),
        ("US-NY", ClaimTerm()),
        ("", ClaimTerm()),
    ],
)
def test_days_where_the_law_names_them_a_reasonable_time_in_the_union_and_else_nothing(
    region: str, term: ClaimTerm
) -> None:
    assert claim_term(region, date(2026, 3, 30)) == term


@pytest.mark.parametrize(
    ("region", "days", "due", "rule"),
    [
        ("CZ", 14, date(2026, 4, 13), "K1"),
        ("CZ", 30, date(2026, 4, 29), ""),
        ("CZ", 45, date(2026, 4, 29), ""),
        ("SE", 45, date(2026, 5, 14), "K1"),
        ("US-NY", 1, date(2026, 3, 31), "K1"),
    ],
)
def test_what_the_shop_promises_holds_where_the_law_is_not_sooner(region: str, days: int, due: date, rule: str) -> None:
    promised = ClaimDays(id="K1", days=days)
    assert claim_term(region, date(2026, 3, 30), promised) == ClaimTerm(due=due, rule=rule)


def test_the_most_specific_promise_speaks() -> None:
    rules = (
        ClaimDays(id="K1", days=20),
        ClaimDays(id="K2", days=14, scope=Scope(regions=frozenset({"SE"}), sold_from=date(2026, 1, 1))),
    )
    policy = Policy("", 1, rules)
    for region, sold, wanted in (("SE", 2026, "K2"), ("SE", 2025, "K1"), ("NO", 2026, "K1")):
        promised = days_promised(policy, Subject("A", "home", region=region, sold=date(sold, 6, 1)))
        assert promised is not None
        assert promised.id == wanted
    assert days_promised(Policy("", 1), Subject("A", "home")) is None

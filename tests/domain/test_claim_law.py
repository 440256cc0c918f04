"""How long a shop has to settle a claim, by the country’s law; what is not known is not said."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.claim_law import ClaimTerm, claim_term


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

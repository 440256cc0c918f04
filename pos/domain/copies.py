"""How often a receipt may be on paper, by the law of the country; a paper that is given up has its reason."""

from __future__ import annotations

from pos.domain.names import StrEnum

# Copies of one receipt beside the original, by country (ISO 3166); a country that is not named sets no limit.
# SE: one copy (Skatteverket's rules for cash registers, SKVFS 2014:9, chapter 5).
COPIES_MAX = {"SE": 1}
# Why a paper nobody knows the fate of is given up: a person had a second one made of it.
COPIED = "copied"


class GivenUp(StrEnum):
    """Why a paper that waits is not printed any more."""

    NOT_WANTED = "not_wanted"
    UNREADABLE = "unreadable"
    GIVEN_OTHERWISE = "given_otherwise"


def copies_max(region: str) -> int | None:
    """How many copies of one receipt may be made in a region such as "SE" or "US-CA"; None where nothing limits it."""
    return COPIES_MAX.get(region.partition("-")[0].upper())

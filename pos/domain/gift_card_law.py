"""How long a gift card lasts and when what is left goes out in cash: by region and date. No legal advice.

A shop setting goes before the cash-out of the law; where a card may never expire, no setting makes it.

Cash on request: California below 10.00, below 15.00 from 2026-04-01 (Cal. Civ. Code 1749.5; SB 22, 2025 ch. 207) ·
Colorado 5.00 or less (C.R.S. 6-1-722) · Connecticut below 3.00 (Conn. Gen. Stat. 42-461) · Maine below 5.00 (33 M.R.S.
1953) · Massachusetts below 5.00 (M.G.L. c. 200A 5D) · Montana below 5.00 (Mont. Code 30-14-108) · New Jersey below
5.00 (N.J.S.A. 56:8-110) · New York below 5.00 from 2022-12-10 (GBL 396-i) · Oregon below 5.00 (ORS 646A.276) · Rhode
Island below 1.00 (R.I. Gen. Laws 6-13-12) · Vermont below 1.00 (8 V.S.A. 2704) · Washington below 5.00 (RCW
19.240.020). First collected by the Connecticut Office of Legislative Research (2015-R-0095, 2019-R-0185).

Load: United States 2,000 a card; beyond it closed-loop prepaid access needs a registered seller (31 CFR 1010.100(ff)).

Expiry: United States at least 5 years from the last load (15 U.S.C. 1693l-1; 12 CFR 1005.20), New York 9 years (GBL
396-i, from 2022-12-10), Massachusetts 7 years (M.G.L. c. 200A 5D); none at all in California, Connecticut (42-460),
Florida (Fla. Stat. 501.95), Maine, Minnesota (Minn. Stat. 325G.53), Montana, Oregon, Rhode Island, Washington · Ireland
at least 5 years (Consumer Protection (Gift Vouchers) Act 2019) · Germany 3 years from the end of the year (BGB 195,
199) · Denmark and Estonia 3 years (European Consumer Centres, on the time limits of claims) · Sweden and Czechia have
no law of it: what was agreed and stands on the card holds (Konsumentverket; ESC ČR, "Jak dlouho lze využít dárkový
poukaz"), and a claim without a date ends after 10 years (preskriptionslagen 1981:130, 2 §) or 3 (§ 629 občanského
zákoníku): nobody is told so at the till. Where nothing stands here a card does not expire.
"""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass

NEVER = None


@dataclass(frozen=True, slots=True)
class _From:
    """What holds from a day (ISO 8601) on, "" from ever."""

    day: str
    value: int | None


# Balances below this many minor units of the region's own currency go out in cash.
_CASH_OUT: dict[str, tuple[_From, ...]] = {
    "US-CA": (_From("", 1000), _From("2026-04-01", 1500)),
    "US-CO": (_From("", 501),),
    "US-CT": (_From("", 300),),
    "US-NY": (_From("", None), _From("2022-12-10", 500)),
    "US-RI": (_From("", 100),),
    "US-VT": (_From("", 100),),
    **dict.fromkeys(("US-MA", "US-ME", "US-MT", "US-NJ", "US-OR", "US-WA"), (_From("", 500),)),
}
# At least so many months; None is never. What is not here is not known, and a card does not expire either.
_MONTHS_LEAST: dict[str, tuple[_From, ...]] = {
    "US": (_From("", 60),),
    "US-NY": (_From("", 60), _From("2022-12-10", 108)),
    "US-MA": (_From("", 84),),
    **dict.fromkeys(
        ("US-CA", "US-CT", "US-FL", "US-ME", "US-MN", "US-MT", "US-OR", "US-RI", "US-WA"),
        (_From("", None),),
    ),
    "IE": (_From("", 0), _From("2019-12-02", 60)),
    "DE": (_From("", 36),),
    "DK": (_From("", 36),),
    "EE": (_From("", 36),),
    "SE": (_From("", 0),),
    "CZ": (_From("", 0),),
}
_TO_THE_END_OF_THE_YEAR = frozenset({"DE"})
_CURRENCIES = {"US": "USD"}
_LOAD_MOST = {"US": 200_000}
# Where no law says so, no card holds more than a mistake could: in minor units.
_LOAD_BOUND = 10**9


def cash_out_below(region: str, currency: str, day: date) -> int:
    """Below how many minor units what is left goes out in cash on request; 0 where no law says so."""
    if _CURRENCIES.get(region[:2]) != currency:
        return 0
    return _on(_CASH_OUT, region, day) or 0


def load_most(region: str, currency: str) -> int:
    """The most a card may hold, in minor units."""
    known = _CURRENCIES.get(region[:2]) == currency
    return _LOAD_MOST.get(region[:2], _LOAD_BOUND) if known else _LOAD_BOUND


def never_expires(region: str, day: date) -> bool:
    """Whether the law lets no card end there; where it is not known what the law says, that is not said."""
    known = region in _MONTHS_LEAST or region[:2] in _MONTHS_LEAST
    return known and _on(_MONTHS_LEAST, region, day) is None


def last_day(region: str, loaded: date, months: int) -> date | None:
    """The last day of a card loaded on a day in a shop that lets its cards last so many months, 0 for ever.

    Never shorter than the law has it, and None where a card may not end.
    """
    least = _on(_MONTHS_LEAST, region, loaded)
    if not months or least is None:
        return NEVER
    ends = _months_on(loaded, max(months, least))
    return date(ends.year, 12, 31) if region[:2] in _TO_THE_END_OF_THE_YEAR else ends


def _on(table: dict[str, tuple[_From, ...]], region: str, day: date) -> int | None:
    """What a table says of a region on a day, or else of its country."""
    several = table.get(region) or table.get(region[:2]) or ()
    holding = [each.value for each in several if each.day <= day.isoformat()]
    return holding[-1] if holding else None


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")

"""Notes and coins: what a cashier may be handed, and what to hand back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money

# Minor units, largest first; coins and notes in common circulation (central banks' lists, 2026).
DENOMINATIONS: dict[str, tuple[int, ...]] = {
    "USD": (10000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1),
    "CZK": (500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100),
    "SEK": (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100),
    "EUR": (20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "GBP": (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "JPY": (10000, 5000, 1000, 500, 100, 50, 10, 5, 1),
    "KWD": (20000, 10000, 5000, 1000, 500, 250, 100, 50, 20, 10, 5),
}
# The smallest note: what is below it is a coin.
SMALLEST_NOTE: dict[str, int] = {
    "USD": 100, "CZK": 10000, "SEK": 2000, "EUR": 500, "GBP": 500, "JPY": 1000, "KWD": 250,
}  # fmt: skip
FAST_CASH_KEYS = 5
# So many of the largest note come back to nobody.
_NOTES_BACK = 100


def denominations(currency: str) -> tuple[int, ...]:
    """Notes and coins of the currency in minor units, largest first; powers of ten where the list is not known."""
    return DENOMINATIONS.get(currency) or tuple(10**power for power in range(5, -1, -1))


def hand_over(change: int, pieces: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Which notes and coins make `change`, as (denomination, how many), largest first.

    What the smallest coin cannot make is left out: cash rounding has already taken it away where the law rounds.
    """
    parts: list[tuple[int, int]] = []
    for piece in pieces:
        count, change = divmod(change, piece)
        if count:
            parts.append((piece, count))
    return tuple(parts)


def can_come_back(change: int, currency: str) -> bool:
    """Whether a customer may really have handed over so much that `change` comes back, in minor units.

    Where not, something else was typed for an amount: a code, say, of a scanner that stumbled. Of a currency whose
    notes are not known anything is believed.
    """
    pieces = DENOMINATIONS.get(currency)
    return pieces is None or change < pieces[0] * _NOTES_BACK


def fast_cash(due: int, currency: str) -> tuple[int, ...]:
    """What a customer is likely to hand over for `due`, in minor units: more than due, smallest first.

    The next multiple of each note, filled up with those after it that take the fewest pieces: 138.65 USD gives 139,
    140, 150, 160, 200.
    """
    pieces = denominations(currency)
    smallest = SMALLEST_NOTE.get(currency, pieces[-1])
    notes = [piece for piece in pieces if piece >= smallest]
    likely = sorted({-(-due // note) * note for note in notes} - {due})[:FAST_CASH_KEYS]
    further = {-(-due // note) * note + note for note in notes} - set(likely)
    fewest = sorted(further, key=lambda amount: (sum(count for _, count in hand_over(amount, pieces)), amount))
    return tuple(sorted(likely + fewest[: FAST_CASH_KEYS - len(likely)]))


@dataclass(frozen=True, slots=True)
class CashBound:
    """The most cash a shop may take for one sale, in minor units, from a day on: `country` is ISO 3166."""

    country: str
    currency: str
    most: int
    since: date


# Payments to a business. CZ: Act 254/2004 Coll. §4; FR: Code monétaire et financier D112-3 (residents); ES: Act
# 11/2021; IT: Act 197/2022; BE: Act of 18 September 2017, art. 67; PT: Act 92/2017; GR: Act 4446/2016, art. 69.
CASH_BOUNDS = (
    CashBound("CZ", "CZK", 27_000_000, date(2014, 12, 1)),
    CashBound("FR", "EUR", 100_000, date(2015, 9, 1)),
    CashBound("ES", "EUR", 99_999, date(2021, 7, 11)),
    CashBound("IT", "EUR", 499_999, date(2023, 1, 1)),
    CashBound("BE", "EUR", 300_000, date(2017, 10, 16)),
    CashBound("PT", "EUR", 299_999, date(2017, 8, 23)),
    CashBound("GR", "EUR", 50_000, date(2017, 1, 1)),
)
# Regulation (EU) 2024/1624, art. 80: everywhere in the Union where no lower bound holds.
_EU_SINCE = date(2027, 7, 10)
_EU_MOST = 1_000_000


def cash_most(region: str, currency: str, day: date | None) -> int | None:
    """The most cash the law lets a shop of this region (ISO 3166) take for one sale, in minor units; None: no bound."""
    if day is None:
        return None
    country = region.partition("-")[0]
    bounds = [
        bound.most
        for bound in CASH_BOUNDS
        if (bound.country, bound.currency) == (country, currency) and bound.since <= day
    ]
    if currency == "EUR" and day >= _EU_SINCE:
        bounds.append(_EU_MOST)
    return min(bounds, default=None)


# How many of a coin are packed together: rolls of banks in the United States, the euro area and Japan, bags of those in
# the United Kingdom. Where a country has no such custom in common none is offered.
ROLLS: dict[str, dict[int, int]] = {
    "USD": {25: 40, 10: 50, 5: 40, 1: 50},
    "EUR": {200: 25, 100: 25, 50: 40, 20: 40, 10: 40, 5: 50, 2: 50, 1: 50},
    "GBP": {200: 10, 100: 20, 50: 20, 20: 50, 10: 50, 5: 100, 2: 50, 1: 100},
    "JPY": {500: 50, 100: 50, 50: 50, 10: 50, 5: 50, 1: 50},
}


_ROLL = re.compile(r"([1-9][0-9]{0,3}) ?[x×] ?([0-9]{1,6}(?:\.[0-9]{1,3})?)")


def roll_readable(line: str) -> bool:
    """Whether a line says how many of which coin are in one roll: "40 x 0.25"."""
    return _ROLL.fullmatch(line.strip()) is not None


def rolls(currency: str, said: Sequence[str] = ()) -> tuple[tuple[int, int], ...]:
    """Coins that come in rolls or bags, as (denomination, how many in one), largest first.

    `said` are the lines of a shop of its own; with none it is the custom of the currency. What is no coin of the
    currency is left out.
    """
    sizes = dict(ROLLS.get(currency, {}))
    if said:
        read = (_ROLL.fullmatch(line.strip()) for line in said)
        sizes = {_coin(found[2], currency): int(found[1]) for found in read if found is not None}
    coins = {piece for piece in denominations(currency) if piece < SMALLEST_NOTE.get(currency, 0)}
    return tuple(sorted(((coin, size) for coin, size in sizes.items() if coin in coins), reverse=True))


def _coin(text: str, currency: str) -> int:
    try:
        return Money.read(text, currency).minor
    except AmountUnreadable:
        return 0

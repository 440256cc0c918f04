"""Money taken off a price: by a promotion or by hand. A line's discount is the sum of what fell on it, each named."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.frozen import dataclass
from pos.domain.money import allocate, divide_half_up
from pos.domain.names import StrEnum

_MILLION = 1_000_000


class DiscountSource(StrEnum):
    """Who took something off: a promotion, a person on one line, a person on the whole receipt, points spent, or the
    shop's rule for what its own people buy.
    """

    PROMOTION = "promotion"
    LINE = "line"
    RECEIPT = "receipt"
    POINTS = "points"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Discount:
    """The share of one discount that fell on one line: `amount` is more than nothing, in minor units.

    `id` is the promotion's, with the `version` that was in force; or the reason code of a markdown, with the staff
    number of who gave it. `name` is what stands on the receipt.
    """

    source: DiscountSource
    id: str
    amount: int
    name: str = ""
    version: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Markdown:
    """A discount by hand: a share in millionths (10 % is 100,000) or an amount in minor units, one of the two.

    `reason` is a code of the shop's list, `by` the staff number of who gave it, `approval` what let it go beyond what
    that person may give alone.
    """

    reason: str
    percent_millionths: int | None = None
    amount: int | None = None
    by: str = ""
    approval: str = ""

    def __post_init__(self) -> None:
        if (self.percent_millionths is None) == (self.amount is None):
            raise ValueError("a markdown is a share or an amount")

    def of(self, price: int) -> int:
        """What it takes off `price`, both in minor units: rounded half up, never more than the price."""
        off = self.amount
        if off is None:
            off = divide_half_up(price * (self.percent_millionths or 0), _MILLION)
        return max(0, min(off, price))


@dataclass(frozen=True, slots=True)
class PriceOverride:
    """A unit price given by hand; `was` is what the item cost before, in minor units. `approval` as for a Markdown."""

    was: int
    reason: str
    by: str = ""
    approval: str = ""


def spread(amount: int, shares: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """`amount` over shares of (name, weight), to the last minor unit: by largest remainder, no part over its weight.

    On a tie the unit goes to the name that comes first, whatever the order of the shares: what was scanned first
    decides nothing. Raises ValueError where the amount is more than all weights.
    """
    if not 0 <= amount <= sum(weight for _, weight in shares):
        raise ValueError("more than there is to take off")
    order = sorted(range(len(shares)), key=lambda index: (shares[index], index))
    parts = allocate(amount, [shares[index][1] for index in order])
    by_index = dict(zip(order, parts, strict=True))
    return tuple(by_index[index] for index in range(len(shares)))

"""Money in integer minor units, quantities in thousandths, and the few divisions a till may do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

# ISO 4217: how many digits the minor unit has. Every currency not named here has two.
_EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}

# SQLite's integer is 64 bits; a hundredth of it leaves room for every sum a shop can make.
MINOR_MAX = 10**16
QUANTITY_MAX_THOUSANDTHS = 10**9

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?\Z")


class AmountUnreadable(ValueError):
    """The text is no amount or quantity this currency or unit can hold."""


def exponent_of(currency: str) -> int:
    """Digits after the point in this currency (ISO 4217): JPY 0, USD 2, KWD 3."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency in its minor units (cents, haléře, öre, fils). Never a float."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")

    def text(self) -> str:
        """Plain decimal text with all digits of the currency: "12.30", "1500", "-0.250"."""
        return minor_text(self.minor, self.currency)

    @classmethod
    def read(cls, text: str, currency: str) -> Money:
        """Read plain decimal text ("12.30"); a sign, blanks or more digits than the currency has are refused.

        Raises AmountUnreadable.
        """
        text = text.strip()
        exponent = exponent_of(currency)
        if not text.isascii() or not _NUMBER.match(text) or len(text) > 24:
            raise AmountUnreadable(text)
        whole, _, digits = text.partition(".")
        if len(digits) > exponent:
            raise AmountUnreadable(text)
        minor = int(whole + digits.ljust(exponent, "0"))
        if minor > MINOR_MAX:
            raise AmountUnreadable(text)
        return cls(minor, currency)


def minor_text(minor: int, currency: str) -> str:
    """The plain decimal text of minor units, sign in front."""
    exponent = exponent_of(currency)
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    body = digits if exponent == 0 else f"{digits[:-exponent]}.{digits[-exponent:]}"
    return f"-{body}" if minor < 0 else body


def minor_decimal(minor: int, currency: str) -> Decimal:
    """The same amount as an exact Decimal, for formatting only."""
    return Decimal(minor).scaleb(-exponent_of(currency))


class Unit(StrEnum):
    """What one unit of an item's quantity and price is."""

    PIECE = "piece"
    KG = "kg"
    LB = "lb"
    METRE = "m"
    LITRE = "l"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of an item, in thousandths of the item's own unit: 1.284 lb is 1284, three pieces are 3000."""

    thousandths: int
    unit: Unit = Unit.PIECE

    @classmethod
    def pieces(cls, count: int) -> Quantity:
        return cls(count * 1000, Unit.PIECE)

    @classmethod
    def read(cls, text: str, unit: Unit) -> Quantity:
        """Read "2" or "1.250"; zero, a sign, part of a piece, or more than a million units are refused.

        Raises AmountUnreadable.
        """
        text = text.strip()
        if not text.isascii() or not _NUMBER.match(text) or len(text) > 24:
            raise AmountUnreadable(text)
        whole, _, digits = text.partition(".")
        if len(digits) > 3 and digits[3:].strip("0"):
            raise AmountUnreadable(text)
        quantity = cls(int(whole + digits[:3].ljust(3, "0")), unit)
        if not quantity.sellable:
            raise AmountUnreadable(text)
        return quantity

    @property
    def sellable(self) -> bool:
        """More than nothing, no more than a million units, and whole where the unit is a piece."""
        whole = self.unit is not Unit.PIECE or self.thousandths % 1000 == 0
        return 0 < self.thousandths <= QUANTITY_MAX_THOUSANDTHS and whole

    def text(self) -> str:
        """Plain decimal text without needless zeros: "3", "1.284"."""
        sign = "-" if self.thousandths < 0 else ""
        whole, part = divmod(abs(self.thousandths), 1000)
        return f"{sign}{whole}.{part:03d}" if part else f"{sign}{whole}"


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero: the absolute amount is rounded, then the sign is put back.

    A sale and its full return therefore cancel to nothing.
    """
    if denominator <= 0:
        raise ValueError("the denominator is positive")
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def extend(unit_price_minor: int, quantity: Quantity) -> int:
    """Quantity × unit price in minor units, rounded half up."""
    if quantity.thousandths == 1000:
        return unit_price_minor
    return divide_half_up(unit_price_minor * quantity.thousandths, 1000)


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Spread `total` over `weights` so that the parts add up to it exactly (largest remainder).

    Each part lies within one unit of its exact share. On a tie the earlier part gets the unit. Where all weights
    are zero every part weighs the same.

    Raises ValueError for a negative weight or no weights at all with something to spread.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights are not negative")
    if not weights:
        if total:
            raise ValueError("nothing to spread the amount over")
        return ()
    shares = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(shares)
    sign = -1 if total < 0 else 1
    parts = [abs(total) * share // whole for share in shares]
    remainders = [abs(total) * share % whole for share in shares]
    left = abs(total) - sum(parts)
    for index in sorted(range(len(shares)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return tuple(sign * part for part in parts)

"""Tax on a line and on a receipt: in per cent or an amount a unit, one on another, added to prices or held in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, allocate, divide_half_up
from pos.domain.names import StrEnum

MILLION = 1_000_000


class PriceMode(StrEnum):
    """Whether shelf prices already hold the tax."""

    TAX_ADDED = "tax_added"
    TAX_INCLUDED = "tax_included"


class TaxRounding(StrEnum):
    """Where tax is rounded: on each line, or once a receipt and rate (then spread over its lines)."""

    LINE = "line"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class DatedRate:
    """What a tax is from the beginning of a day of the shop (ISO 8601) on: millionths, or minor units a unit."""

    starts: str
    value: int


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One tax by its code: 8.875 % is 88,750 millionths; or `unit_amount` minor units for one unit of the item.

    `after` are taxes this one is reckoned upon, where the line has them; `included` says that prices hold it even where
    other taxes are added. `dated` are later rates in the order of their days: the last one begun holds.
    """

    code: str
    rate_millionths: int = 0
    after: tuple[str, ...] = ()
    unit_amount: int | None = None
    included: bool = False
    dated: tuple[DatedRate, ...] = ()

    def __hash__(self) -> int:
        """By the code alone: a shop has few rates, and every line of every pricing asks what its rates come to."""
        return hash(self.code)

    def on(self, day: date | None) -> TaxRate:
        """The tax as it is on that day of the shop; without a day as it was before any dated rate."""
        if not self.dated:
            return self
        shown = "" if day is None else day.isoformat()
        begun = [dated.value for dated in self.dated if dated.starts <= shown]
        if not begun:
            return replace(self, dated=())
        if self.unit_amount is None:
            return replace(self, dated=(), rate_millionths=begun[-1])
        return replace(self, dated=(), unit_amount=begun[-1])


class LineTax(NamedTuple):
    """One tax of one line, in minor units: `amount` was charged on `base`, the net with the taxes this one is upon.

    `unit_amount` is set where so much was charged a unit; `included` where the price holds this tax although others
    are added to it.
    """

    code: str
    rate_millionths: int
    base: int
    amount: int
    unit_amount: int | None = None
    included: bool = False


@dataclass(frozen=True, slots=True)
class TaxExemption:
    """Why no tax is charged on a sale: the number of the certificate somebody showed, and who let it pass.

    `by` is a staff number; empty where the certificate is the one the shop holds of the customer. `bound`: it was let
    pass for the lines as they were then, and comes off with any change of them.
    """

    certificate: str
    by: str = ""
    bound: bool = field(default=False, compare=False)


def is_plain(tax: LineTax) -> bool:
    """Whether code, rate, base and amount say all of it, as they do of nearly every tax."""
    return tax.unit_amount is None and not tax.included


class Taxable(NamedTuple):
    """What a line is taxed on: `price` is extended less discount in minor units, as the shelf price is meant.

    `rates` are those of the day, `thousandths` how many units the line is of.
    """

    price: int
    rates: tuple[TaxRate, ...]
    thousandths: int = 1000


class Taxed(NamedTuple):
    """A line with its taxes: net plus all of them is what the customer pays."""

    net: int
    taxes: tuple[LineTax, ...]


def read_percent(text: str) -> int:
    """Per cent as text ("8.875") in millionths; 0 to 100, at most four digits after the point.

    Raises AmountUnreadable.
    """
    whole, point, digits = text.strip().partition(".")
    readable = whole.isascii() and whole.isdigit() and len(whole) <= 3 and (not point or digits.isdigit())
    if not readable or not digits.isascii() or len(digits) > 4:
        raise AmountUnreadable(text)
    millionths = int(whole + digits.ljust(4, "0"))
    if millionths > MILLION:
        raise AmountUnreadable(text)
    return millionths


def circle_of(rates: Sequence[TaxRate]) -> str | None:
    """The code of a tax that is reckoned upon itself, straight or by way of others; None where there is none."""
    upon = {rate.code: rate.after for rate in rates}

    def leads_back(code: str, goal: str, seen: frozenset[str]) -> bool:
        return any(
            each == goal or (each not in seen and leads_back(each, goal, seen | {each})) for each in upon.get(code, ())
        )

    return next((code for code in upon if leads_back(code, code, frozenset())), None)


def tax_lines(
    lines: Sequence[Taxable], *, mode: PriceMode, rounding: TaxRounding, exempt: bool = False
) -> tuple[Taxed, ...]:
    """The net and the taxes of every line.

    Each tax is reckoned exactly, a tax upon others on their unrounded amounts, and rounded half away from zero: on each
    line, or with TaxRounding.RECEIPT once over all its lines and spread by largest remainder, so that the sum over
    the lines is the receipt's figure exactly. The net is the price less the taxes it holds, so net and taxes always
    make the gross. `exempt` leaves the net as it is and charges nothing.
    """
    if rounding is TaxRounding.LINE:
        return tuple([_alone(line, mode, exempt) for line in lines])
    shares = [_shares(line.rates, mode) for line in lines]
    return tuple(
        [
            _taxed(line, own, charged, exempt=exempt)
            for line, own, charged in zip(lines, shares, _together(lines, shares), strict=True)
        ]
    )


# A sale is priced from scratch at every scan, and all its lines but one are as they were.
@lru_cache(maxsize=1024)
def _alone(line: Taxable, mode: PriceMode, exempt: bool) -> Taxed:
    """A line whose taxes are rounded on the line: whatever lies beside it, they are the same."""
    own = _shares(line.rates, mode)
    return _taxed(line, own, {code: divide_half_up(*own.owed(code, line)) for code in own.of_net}, exempt=exempt)


def _together(lines: Sequence[Taxable], shares: Sequence[_Shares]) -> list[dict[str, int]]:
    """The taxes of every line by code, rounded once over all lines that bear them."""
    amounts: list[dict[str, int]] = [{} for _ in lines]
    for code, taxed in _lines_by_tax(lines).items():
        exact = [shares[index].owed(code, lines[index]) for index in taxed]
        for index, amount in zip(taxed, _rounded_once(exact), strict=True):
            amounts[index][code] = amount
    return amounts


def _lines_by_tax(lines: Sequence[Taxable]) -> dict[str, list[int]]:
    taxed: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        for rate in line.rates:
            taxed.setdefault(rate.code, []).append(index)
    return taxed


def _rounded_once(exact: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """What some lines owe exactly, as (numerator, denominator): rounded once together, spread by what each owes."""
    common = lcm(*(whole for _, whole in exact))
    owed = [share * (common // whole) for share, whole in exact]
    return _spread(divide_half_up(sum(owed), common), owed, common)


def _spread(total: int, owed: Sequence[int], whole: int) -> tuple[int, ...]:
    """`total` over lines that owe so many parts of `whole` each; on a tie the earlier line gets the unit.

    Where goods and what is taken back stand on one receipt, shares of both signs stay near what each line owes.
    """
    if all(share >= 0 for share in owed):
        return allocate(total, owed)
    parts = [share // whole for share in owed]
    left = total - sum(parts)
    for index in sorted(range(len(owed)), key=lambda i: (-(owed[i] % whole), i))[:left]:
        parts[index] += 1
    return tuple(parts)


def _taxed(line: Taxable, shares: _Shares, amounts: dict[str, int], *, exempt: bool) -> Taxed:
    net = line.price - sum([amounts[code] for code in shares.held])
    charged = dict.fromkeys(amounts, 0) if exempt else amounts
    return Taxed(
        net,
        tuple(
            [
                LineTax(
                    rate.code,
                    rate.rate_millionths,
                    net + sum([charged.get(code, 0) for code in rate.after]) if rate.after else net,
                    charged[rate.code],
                    rate.unit_amount,
                    rate.included and shares.mode is PriceMode.TAX_ADDED,
                )
                for rate in line.rates
            ]
        ),
    )


# --- How much of a net price each tax is ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shares:
    """Every tax of a line in parts of `whole`: of the net (`of_net`) and of one unit's minor units (`of_unit`).

    `held` are the taxes the price holds, `held_net` and `held_unit` the sums over them.
    """

    mode: PriceMode
    whole: int
    of_net: dict[str, int]
    of_unit: dict[str, int]
    held: tuple[str, ...]
    held_net: int
    held_unit: int

    def owed(self, code: str, line: Taxable) -> tuple[int, int]:
        """What one tax of a line is exactly: so many minor units, as numerator and denominator.

        The net is the price less what is held a unit, by one plus what is held of the net; the tax is its share of
        the net and its amount for the quantity.
        """
        all_of_it = self.whole + self.held_net
        net = 1000 * self.whole * line.price - self.held_unit * line.thousandths
        owed = self.of_net[code] * net + self.of_unit[code] * line.thousandths * all_of_it
        return owed, 1000 * self.whole * all_of_it


@lru_cache(maxsize=1024)
def _shares(rates: tuple[TaxRate, ...], mode: PriceMode) -> _Shares:
    by_code = {rate.code: rate for rate in rates}
    nets: dict[str, Fraction] = {}
    units: dict[str, Fraction] = {}

    def reckon(rate: TaxRate) -> None:
        upon = [code for code in rate.after if code in by_code]
        for code in upon:
            if code not in nets:
                reckon(by_code[code])
        percent = Fraction(rate.rate_millionths, MILLION)
        amount = rate.unit_amount
        nets[rate.code] = percent * (1 + sum(nets[code] for code in upon)) if amount is None else Fraction(0)
        units[rate.code] = percent * sum((units[code] for code in upon), Fraction(0)) + (amount or 0)

    for rate in rates:
        reckon(rate)
    whole = lcm(*(share.denominator for share in (*nets.values(), *units.values())))
    of_net = {code: int(share * whole) for code, share in nets.items()}
    of_unit = {code: int(share * whole) for code, share in units.items()}
    held = tuple(rate.code for rate in rates if rate.included or mode is PriceMode.TAX_INCLUDED)
    held_net, held_unit = sum(of_net[code] for code in held), sum(of_unit[code] for code in held)
    return _Shares(mode, whole, of_net, of_unit, held, held_net, held_unit)

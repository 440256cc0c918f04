"""The share of a sold line that part of its units carries: cut from what was charged, never reckoned again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.money import allocate, divide_half_up
from pos.domain.purchase import PurchaseLine
from pos.domain.tax import LineTax


@dataclass(frozen=True, slots=True)
class Share:
    """Money of some units, in minor units: `net` without tax, `taxes` with their bases."""

    net: int
    taxes: tuple[LineTax, ...] = ()

    @property
    def tax(self) -> int:
        return sum([tax.amount for tax in self.taxes])

    @property
    def gross(self) -> int:
        return self.net + self.tax

    def scaled(self, gross: int) -> Share:
        """The same goods for `gross` with tax: the taxes in proportion, the net the rest."""
        whole = self.gross
        if gross == whole:
            return self
        taxes = tuple(
            tax._replace(base=_part(tax.base, gross, whole), amount=_part(tax.amount, gross, whole))
            for tax in self.taxes
        )
        return Share(gross - sum(tax.amount for tax in taxes), taxes)

    def within(self, net: int, tax: int) -> Share:
        """The same gross with no more net than this, and no more tax, where both together have room for it."""
        over = max(self.net - net, 0) or -max(self.tax - tax, 0)
        if not over or not self.taxes:
            return self
        first, *others = self.taxes
        return Share(self.net - over, (first._replace(amount=first.amount + over), *others))

    def scaled_taxes(self, net: int) -> tuple[LineTax, ...]:
        """The taxes on part of the net."""
        return tuple(
            tax._replace(base=_part(tax.base, net, self.net), amount=_part(tax.amount, net, self.net))
            for tax in self.taxes
        )

    def without_tax(self) -> Share:
        """The price alone."""
        return Share(self.net, tuple(tax._replace(amount=0) for tax in self.taxes))


NOTHING = Share(0)


def share_of(line: PurchaseLine, thousandths: int, *, prices_hold_tax: bool) -> Share:
    """What the next units that come back were charged, by cumulative slices of the price and of each tax: all slices
    together are the whole line. Never more than was charged less what was paid back for it.
    """
    thousandths = max(0, min(thousandths, line.left.thousandths))
    if not thousandths or line.total <= 0:
        return NOTHING
    charged = taxes_of(line)
    taxes = tuple([tax._replace(amount=line.slice_of(tax.amount, thousandths)) for tax in charged])
    price = line.net + sum([tax.amount for tax in charged if prices_hold_tax or tax.included])
    net = line.slice_of(price, thousandths) - sum([tax.amount for tax in taxes if prices_hold_tax or tax.included])
    net = min(net, max(0, line.net - line.returned_net))
    taxes = _at_most(taxes, max(0, line.tax - line.returned_tax))
    based = [tax._replace(base=net if tax.base == line.net else line.slice_of(tax.base, thousandths)) for tax in taxes]
    return Share(net, tuple(based))


def taxes_of(line: PurchaseLine) -> tuple[LineTax, ...]:
    """The taxes charged on a line; what no tax of it explains stands under no code."""
    rest = line.tax - sum([tax.amount for tax in line.taxes])
    return (*line.taxes, LineTax("", 0, line.net, rest)) if rest else line.taxes


def after(line: PurchaseLine, thousandths: int, share: Share) -> PurchaseLine:
    """The line once these units have come back for that much."""
    return replace(
        line,
        returned=line.returned + thousandths,
        returned_net=line.returned_net + share.net,
        returned_tax=line.returned_tax + share.tax,
    )


def _at_most(taxes: Sequence[LineTax], most: int) -> tuple[LineTax, ...]:
    whole = sum([tax.amount for tax in taxes])
    if whole <= most:
        return tuple(taxes)
    parts = allocate(most, [max(0, tax.amount) for tax in taxes])
    return tuple(tax._replace(amount=part) for tax, part in zip(taxes, parts, strict=True))


def _part(amount: int, share: int, whole: int) -> int:
    return divide_half_up(amount * share, whole) if whole else 0

"""Part of what a promotion was given for comes back: what stays is priced anew, or only the whole set comes back.

Nothing is priced at today's rules: the promotions are those the sale was made with, in the versions of then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil

from pos.domain.discount import DiscountSource
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, divide_half_up
from pos.domain.prepared_promotions import PreparedPromotions
from pos.domain.promotion import NO_CONDITIONS, Bundle, BuyGet, Promotion
from pos.domain.promotions import Candidate, apply_promotions
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.tax import MILLION

# Conditions were asked at the sale; any moment does for those that have none.
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a recalculation says is to come back now: `gross` minor units for all lines, and which lines it is about."""

    gross: int
    lines: frozenset[int]
    names: tuple[str, ...]


def given_for(line: PurchaseLine) -> dict[str, int]:
    """What each promotion took off the line, in minor units, by its id."""
    found: dict[str, int] = {}
    for discount in line.discounts:
        if discount.source is DiscountSource.PROMOTION:
            found[discount.id] = found.get(discount.id, 0) + discount.amount
    return found


def set_broken(
    purchase: Purchase, promotion: str, definition: Promotion | None, coming: Mapping[int, int]
) -> dict[int, int]:
    """How much more of which lines would have to come back so that the set comes back whole; empty: it does.

    `coming` and what is answered are thousandths by line. Several sets on one receipt come back one by one: as many
    pieces as make sets where the promotion says how many that are, else of every line the same part.
    """
    members = [line for line in purchase.lines if promotion in given_for(line)]
    back = {line.line: line.returned + coming.get(line.line, 0) for line in members}
    left = {line.line: line.quantity.thousandths - back[line.line] for line in members}
    size = _set_size(definition) * 1000
    if size:
        return _filled(left, -sum(back.values()) % size)
    part = max(Fraction(back[line.line], line.quantity.thousandths) for line in members)
    if len(members) == 1:
        part = Fraction(1)
    wanted = {line.line: ceil(part * line.quantity.thousandths / 1000) * 1000 for line in members}
    wanted = {line.line: min(wanted[line.line], line.quantity.thousandths) for line in members}
    return {number: more for number, want in wanted.items() if (more := want - back[number]) > 0}


def _filled(left: Mapping[int, int], missing: int) -> dict[int, int]:
    """So many more thousandths out of what is left of the lines, the first first."""
    more: dict[int, int] = {}
    for number, there in left.items():
        part = min(there, missing)
        if part:
            more[number] = part
            missing -= part
    return more


def _set_size(promotion: Promotion | None) -> int:
    """How many pieces of one kind make a set; 0 where they are of several kinds or nobody can say."""
    kind = promotion.kind if promotion is not None else None
    if isinstance(kind, BuyGet) and kind.other is None:
        return kind.buy + kind.get
    if isinstance(kind, Bundle) and len(kind.parts) == 1:
        return kind.parts[0].count
    return 0


def recalculated(
    purchase: Purchase, promotions: Sequence[Promotion], chosen: frozenset[str], coming: Mapping[int, int]
) -> Settled | None:
    """Paid less the value of what stays, less what was paid back: never below zero, and together what was paid.

    `promotions` are the definitions, `chosen` the ids that are recalculated, `coming` thousandths by line. None where
    the definitions are not known: then every line keeps its share.
    """
    known = {one.id: one for one in promotions}
    applied = {promotion for line in purchase.lines for promotion in given_for(line)}
    chosen &= applied
    if not chosen or not chosen <= known.keys():
        return None
    prepared = PreparedPromotions.of(
        replace(known[one], conditions=NO_CONDITIONS, active=True) for one in sorted(applied & known.keys())
    )
    kept = [_kept(line, coming.get(line.line, 0)) for line in purchase.lines]
    given = sum(amount for line in purchase.lines for one, amount in given_for(line).items() if one in chosen)
    whole = sum(_discounts([_whole(line) for line in purchase.lines], prepared, chosen))
    parts = _discounts(kept, prepared, chosen)
    # What the sale gave holds, however the promotion would be shared out today.
    parts = _scaled(parts, given if sum(parts) >= whole else min(given, sum(parts)))
    stays = sum(
        _with_tax(purchase, line, max(0, _base(line, chosen, coming.get(line.line, 0)) - part))
        for line, part in zip(purchase.lines, parts, strict=True)
    )
    by_lines = sum(line.returned_net + line.returned_tax for line in purchase.lines)
    back = max(by_lines, purchase.refunded + purchase.cash_exact - purchase.cash_paid)
    gross = max(0, purchase.total - stays - back)
    members = frozenset(line.line for line in purchase.lines if _belongs(line, [known[one] for one in chosen]))
    return Settled(gross, members, tuple(known[one].name for one in sorted(chosen)))


def _whole(line: PurchaseLine) -> Candidate:
    return _candidate(line, line.quantity.thousandths, line.extended)


def _kept(line: PurchaseLine, coming: int) -> Candidate:
    left = line.left.thousandths - coming
    back = divide_half_up(line.extended * (line.returned + coming), line.quantity.thousandths)
    return _candidate(line, left, line.extended - back)


def _candidate(line: PurchaseLine, thousandths: int, extended: int) -> Candidate:
    return Candidate(
        item=line.item,
        unit_price=line.unit_price,
        quantity=Quantity(thousandths, line.quantity.unit),
        extended=extended,
        department=line.category,
        family=line.terms.family,
        flags=line.terms.flags,
        discountable=thousandths > 0 and extended > 0 and line.stored is None and not line.container,
    )


def _discounts(lines: Sequence[Candidate], prepared: PreparedPromotions, chosen: frozenset[str]) -> list[int]:
    outcome = apply_promotions(lines, prepared, _ANY_MOMENT)
    return [sum(one.amount for one in line if one.id in chosen) for line in outcome.discounts]


def _scaled(parts: Sequence[int], whole: int) -> list[int]:
    """The parts so that they come to `whole`; nothing where they come to nothing."""
    now = sum(parts)
    if not now or now == whole:
        return list(parts)
    scaled, upto, given = [], 0, 0
    for part in parts:
        upto += part
        scaled.append(divide_half_up(whole * upto, now) - given)
        given += scaled[-1]
    return scaled


def _base(line: PurchaseLine, chosen: frozenset[str], coming: int) -> int:
    """What the units that stay cost but for the promotions that are reckoned anew."""
    price = line.extended - line.discount + sum(given_for(line).get(one, 0) for one in chosen)
    return price - divide_half_up(price * (line.returned + coming), line.quantity.thousandths)


def _with_tax(purchase: Purchase, line: PurchaseLine, price: int) -> int:
    """What a price of this line comes to with its tax."""
    paid = line.extended - line.discount
    if paid > 0:
        return divide_half_up(price * line.total, paid)
    if purchase.prices_hold_tax:
        return price
    return price + sum(divide_half_up(price * tax.rate_millionths, MILLION) for tax in line.taxes if not tax.included)


def _belongs(line: PurchaseLine, promotions: Sequence[Promotion]) -> bool:
    words = (line.item, line.category, line.terms.family, line.terms.flags)
    return any(part.takes(*words) for promotion in promotions for part in promotion.parts) or any(
        promotion.id in given_for(line) for promotion in promotions
    )

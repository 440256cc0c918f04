"""One group of promotions after another: pieces put together, shared out, and what was given spread over the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from pos.domain.discount import Discount, DiscountSource
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, Unit, allocate
from pos.domain.prepared_promotions import PreparedPromotions
from pos.domain.promotion import Applied, OneMore, PassedOver, Promotion, WhyNot
from pos.domain.promotion_choice import Patience, Rival, choose, worth_of
from pos.domain.promotion_kinds import NOTHING, Missing, Pile, Worth, missing, worth

_PIECE = 1000


class Candidate(NamedTuple):
    """A line as promotions see it: money in minor units, `extended` before any discount.

    `discountable` is no where no promotion may touch it; such a line counts for none either.
    """

    item: str
    unit_price: int
    quantity: Quantity
    extended: int
    department: str = ""
    family: str = ""
    flags: tuple[str, ...] = ()
    discountable: bool = True


@dataclass(slots=True)
class Pool:
    """Pieces alike wherever they stand: the lines that hold them, those with most first; and what is left of their
    price, as (value, how many such pieces). `matches` are the promotions that select them, each with its part.
    """

    item: str
    size: int
    lines: list[int]
    matches: dict[int, int]
    piles: list[tuple[int, int]]


class Entrant(NamedTuple):
    """A promotion that may take part, by its place among the prepared, and how many times."""

    place: int
    limit: int | None


class Counter:
    """The lines of one pricing on their way through the stages: what was taken off so far, and what is left."""

    def __init__(self, lines: Sequence[Candidate], prepared: PreparedPromotions) -> None:
        self.prepared = prepared
        self.left = [line.extended for line in lines]
        self.discounts: list[list[Discount]] = [[] for _ in lines]
        self.pools = _pools(lines, prepared)
        self._wanted = _by_stage(self.pools, prepared)

    def wanted(self, stage: int) -> Sequence[tuple[Pool, list[tuple[int, int]]]]:
        """The pools that promotions of this stage select, with these promotions and their parts."""
        return self._wanted[stage]

    def take(self, promotion: Promotion, pool: Pool, amount: int) -> list[tuple[int, int]]:
        """Spread what a pool was given over the lines that hold it, by what each still comes to."""
        if len(pool.lines) == 1:
            taken = [(pool.lines[0], amount)] if amount else []
        else:
            parts = allocate(amount, [self.left[index] for index in pool.lines])
            taken = [(index, part) for index, part in zip(pool.lines, parts, strict=True) if part]
        for index, part in taken:
            self.left[index] -= part
            share = Discount(DiscountSource.PROMOTION, promotion.id, part, promotion.name, promotion.version)
            self.discounts[index].append(share)
        return taken


def _pools(lines: Sequence[Candidate], prepared: PreparedPromotions) -> list[Pool]:
    """Pieces alike together, in the order of item and price; those no promotion selects are left out."""
    together: dict[tuple[str, int, str, str, tuple[str, ...], Unit, int], list[int]] = {}
    for index, line in enumerate(lines):
        if not line.discountable or line.extended <= 0:
            continue
        if prepared.may_select(line.item, line.department, line.family, line.flags):
            size = _PIECE if line.quantity.unit is Unit.PIECE else line.quantity.thousandths
            words = (line.item, line.unit_price, line.department, line.family, line.flags)
            together.setdefault((*words, line.quantity.unit, size), []).append(index)
    pools = []
    for key in sorted(together):
        item, price, department, family, flags, unit, size = key
        matches = prepared.matching(item, department, family, flags)
        if not matches:
            continue
        held = sorted(together[key], key=lambda index: (-lines[index].quantity.thousandths, index))
        if unit is Unit.PIECE:
            pile = (price, sum(lines[index].quantity.thousandths for index in held) // _PIECE)
        else:
            pile = (lines[held[0]].extended, len(held))
        pools.append(Pool(item, size, held, matches, [pile]))
    return pools


def _by_stage(
    pools: Sequence[Pool], prepared: PreparedPromotions
) -> dict[int, list[tuple[Pool, list[tuple[int, int]]]]]:
    stages: dict[int, list[tuple[Pool, list[tuple[int, int]]]]] = {}
    for pool in pools:
        of_pool: dict[int, list[tuple[int, int]]] = {}
        for place, part in pool.matches.items():
            of_pool.setdefault(prepared.stages[place], []).append((place, part))
        for stage, wanting in of_pool.items():
            stages.setdefault(stage, []).append((pool, wanting))
    return stages


class _Gift(NamedTuple):
    """What a rival gave: of each pile how many pieces took part, for how much, and which line had what."""

    rival: Rival
    worth: Worth
    used: dict[int, int]
    lines: tuple[tuple[int, int], ...] = ()

    @property
    def limited(self) -> bool:
        return self.rival.limit is not None and self.worth.times >= self.rival.limit


class Shared:
    """What one stage did. Why it did so is told to who asks: a scan does not."""

    def __init__(self, gifts: Sequence[_Gift]) -> None:
        self._gifts = gifts

    @cached_property
    def _wanting(self) -> Mapping[int, list[_Gift]]:
        """Who could have taken each pile."""
        wanting: dict[int, list[_Gift]] = {}
        for gift in self._gifts:
            for index in gift.rival.piles:
                wanting.setdefault(index, []).append(gift)
        return wanting

    def applied(self) -> Iterator[Applied]:
        """What gave something, and which others it was better than."""
        for gift in self._gifts:
            if not gift.worth.amount:
                continue
            beaten = {
                other.rival.promotion.id: other.rival.alone.amount
                for index in gift.used
                for other in self._wanting[index]
                if not other.used and other.rival.alone.amount
            }
            yield Applied(
                gift.rival.promotion,
                gift.worth.amount,
                gift.worth.times,
                gift.lines,
                limited=gift.limited,
                beat=tuple(sorted(beaten.items())),
            )

    def one_more(self) -> Iterator[OneMore]:
        """What a little more would bring."""
        for gift in self._gifts:
            more = None if gift.limited else _one_more(gift.rival)
            if more is not None:
                yield more

    def passed_over(self) -> Iterator[PassedOver]:
        """Why the others gave nothing."""
        short = {more.promotion.id for more in self.one_more()}
        for gift in self._gifts:
            promotion, alone = gift.rival.promotion, gift.rival.alone.amount
            if gift.worth.amount:
                continue
            if alone:
                wanting = (other for index in gift.rival.piles for other in self._wanting[index] if index in other.used)
                takers = {other.rival.promotion.id for other in wanting}
                facts: dict[str, object] = {"by": tuple(sorted(takers)), "would": alone}
                yield PassedOver(promotion, WhyNot.OTHER_BETTER, facts)
            else:
                yield PassedOver(promotion, WhyNot.NEEDS_MORE if promotion.id in short else WhyNot.NO_BETTER)


def share_out(counter: Counter, stage: int, entrants: Sequence[Entrant], patience: Patience) -> Shared:
    """Let the promotions of one group have the pieces, each piece one of them, and take off what they give."""
    own: dict[int, dict[int, Pile]] = {entrant.place: {} for entrant in entrants}
    stock: list[tuple[Pool, Pile]] = []
    for pool, selecting in counter.wanted(stage):
        wanting = [(place, part) for place, part in selecting if place in own]
        for value, count in pool.piles if wanting else ():
            if not value:
                continue
            by_part: dict[int, Pile] = {}
            for place, part in wanting:
                pile = by_part.get(part)
                if pile is None:
                    pile = by_part[part] = Pile(pool.item, value, pool.size, count, part)
                own[place][len(stock)] = pile
            stock.append((pool, next(iter(by_part.values()))))
    promotions = counter.prepared.promotions
    rivals = [Rival(promotions[entrant.place], entrant.limit, own[entrant.place]) for entrant in entrants]
    piles = [pile for _, pile in stock]
    gifts = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for rival, claim in zip(rivals, choose(rivals, piles, patience), strict=True):
        indexes, gave = worth_of(rival, claim) if claim else ([], NOTHING)
        if not gave.amount:
            gifts.append(_Gift(rival, gave, {}))
            continue
        used = {index: count for index, count in zip(indexes, gave.used, strict=True) if count}
        lines: dict[int, int] = {}
        for pool, amount in _of_pools(gave, indexes, stock, taken):
            lines |= counter.take(rival.promotion, pool, amount)
        gifts.append(_Gift(rival, gave, used, tuple(sorted(lines.items()))))
    _restock(stock, taken)
    return Shared(gifts)


def _of_pools(
    gave: Worth,
    indexes: Sequence[int],
    stock: Sequence[tuple[Pool, Pile]],
    taken: dict[int, list[tuple[int, int]]],
) -> Iterable[tuple[Pool, int]]:
    """What was given spread over the pieces that took part, as the amount of each pool.

    Piles stand in the order of item and price: on a tie the first of them has the unit.
    """
    used, shares = gave.used, gave.shares
    if not shares:
        weights = [stock[index][1].value * count for index, count in zip(indexes, used, strict=True)]
        shares = allocate(gave.amount, weights)
    of_pool: dict[int, tuple[Pool, int]] = {}
    for index, count, share in zip(indexes, used, shares, strict=True):
        if count:
            pool = stock[index][0]
            taken.setdefault(index, []).append((count, share))
            of_pool[id(pool)] = (pool, of_pool.get(id(pool), (pool, 0))[1] + share)
    return of_pool.values()


def _restock(stock: Sequence[tuple[Pool, Pile]], taken: Mapping[int, list[tuple[int, int]]]) -> None:
    """What is left of each piece's price, for the stages that follow."""
    fresh: dict[int, tuple[Pool, dict[int, int]]] = {}
    touched = {id(stock[index][0]) for index in taken}
    for index, (pool, pile) in enumerate(stock):
        if id(pool) not in touched:
            continue
        values = fresh.setdefault(id(pool), (pool, {}))[1]
        rest = pile.count
        for count, share in taken.get(index, ()):
            each, over = divmod(share, count)
            for value, many in ((pile.value - each - 1, over), (pile.value - each, count - over)):
                values[value] = values.get(value, 0) + many
            rest -= count
        values[pile.value] = values.get(pile.value, 0) + rest
    for pool, values in fresh.values():
        pool.piles = sorted(((value, count) for value, count in values.items() if count), reverse=True)


def _one_more(rival: Rival) -> OneMore | None:
    """The least that brings the promotion once more, and what that saves."""
    promotion = rival.promotion
    own = list(rival.piles.values())
    lacking = missing(promotion.kind, own) if own else None
    if lacking is None:
        return None
    items = promotion.parts[lacking.part]
    like = min((pile for pile in own if pile.part == lacking.part), key=lambda pile: pile.value, default=None)
    if like is None:
        return OneMore(promotion, items, lacking.quantity, lacking.amount)
    larger = [*own, _added(like, lacking)]
    with_more = worth(promotion, rival.limit, larger, [pile.count for pile in larger]).amount
    saves = with_more - rival.alone.amount
    return OneMore(promotion, items, lacking.quantity, lacking.amount, saves) if saves > 0 else None


def _added(like: Pile, lacking: Missing) -> Pile:
    """What is missing, at the price of the cheapest that is there."""
    if lacking.amount:
        return replace(like, value=lacking.amount, count=1)
    if like.size == _PIECE:
        return replace(like, count=-(-lacking.quantity // _PIECE))
    return replace(like, value=like.value * lacking.quantity // like.size, size=lacking.quantity, count=1)

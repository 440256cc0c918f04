"""Which pieces go to which promotion of a group, so that the customer pays the least.

The search is exact while it lasts: it tries every way to share out the pieces several promotions want, and cuts off
what cannot be better than the best found. It counts its steps, never time, so that the same basket has the same answer
on every machine; where it stops at the bound it says so, and the best way found until then holds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, permutations
from operator import mul

from pos.domain.frozen import dataclass
from pos.domain.promotion import Bundle, BuyGet, Each, GetOf, Promotion, Reward, TierBy, Tiers
from pos.domain.promotion_kinds import Pile, Worth, off, off_set, worth

STEPS_MAX = 500
_MILLION = 1_000_000
_CONTESTED_MAX = 200
# So many rivals begin in every order they can stand in.
_EVERY_ORDER_OF = 3


@dataclasses.dataclass(frozen=True)
class Rival:
    """A promotion of the group: how often it may be given, and by index the piles it selects, each with its part."""

    promotion: Promotion
    limit: int | None
    piles: dict[int, Pile]

    @cached_property
    def alone(self) -> Worth:
        """What it would give for all its pieces, in the order of their indexes."""
        return worth_of(self, {index: pile.count for index, pile in self.piles.items()})[1]

    @property
    def simple(self) -> bool:
        """Whether it gives the same for a pile whatever else it has."""
        return self.limit is None and isinstance(self.promotion.kind, Each)

    @property
    def hopeless(self) -> bool:
        """Whether not even all its pieces bring it once: fewer do not either."""
        return not isinstance(self.promotion.kind, Each) and not self.alone.times


@dataclass(slots=True)
class Patience:
    """How many steps of the search are left for this receipt."""

    left: int = STEPS_MAX
    stopped: bool = False

    def step(self) -> bool:
        """Take a step; no once there are none left."""
        if self.left <= 0:
            self.stopped = True
            return False
        self.left -= 1
        return True


Claims = list[dict[int, int]]
"""Of each rival: how many pieces of which pile are its own."""


def choose(rivals: Sequence[Rival], piles: Sequence[Pile], patience: Patience) -> Claims:
    """Share the pieces out among the rivals, which stand in the order that decides ties."""
    claims: Claims = [{} for _ in rivals]
    having: dict[int, list[int]] = {}
    for number, rival in enumerate(rivals):
        for index in () if rival.hopeless else rival.piles:
            having.setdefault(index, []).append(number)
    contested: dict[int, list[int]] = {}
    for index in sorted(having):
        takers = _takers(rivals, piles[index], having[index])
        if len(takers) == 1:
            claims[takers[0]][index] = piles[index].count
        else:
            contested[index] = takers
    for indexes in _apart(rivals, contested):
        lot = {index: contested[index] for index in indexes}
        _Contest(rivals, piles, lot, claims).solve(patience)
    return claims


def worth_of(rival: Rival, claim: dict[int, int]) -> tuple[list[int], Worth]:
    """What a rival gives for what it claims: the indexes of the piles, and the worth in their order."""
    indexes = sorted(claim)
    own = [rival.piles[index] for index in indexes]
    return indexes, worth(rival.promotion, rival.limit, own, [claim[index] for index in indexes])


def _takers(rivals: Sequence[Rival], pile: Pile, having: list[int]) -> list[int]:
    """Who wants the pile. Of those that give the same whatever else is taken only the best can be right."""
    if len(having) == 1:
        return having
    simple: dict[int, int] = {}
    for number in having:
        kind = rivals[number].promotion.kind
        if rivals[number].simple and isinstance(kind, Each):
            simple[number] = off(kind.reward, pile.value, pile.size, pile.count)
    if len(simple) < 2:
        return having
    best = max(simple, key=lambda number: (simple[number], -number))
    return [number for number in having if number == best or number not in simple]


def _apart(rivals: Sequence[Rival], contested: dict[int, list[int]]) -> list[list[int]]:
    """The contested piles in lots that no rival wants pieces of two of, but for those that take each pile by itself."""
    lots: list[tuple[list[int], set[int]]] = []
    for index, takers in contested.items():
        indexes, wanting = [index], {number for number in takers if not rivals[number].simple}
        apart = []
        for lot in lots:
            if lot[1].isdisjoint(wanting):
                apart.append(lot)
            else:
                indexes, wanting = lot[0] + indexes, lot[1] | wanting
        lots = [*apart, (indexes, wanting)]
    # The small ones first: they are solved for certain before a large one takes all patience.
    return sorted((sorted(indexes) for indexes, _ in lots), key=lambda lot: (len(lot), lot))


@dataclass(frozen=True, slots=True)
class _Stock:
    """The piles a rival may have, by index, and how many pieces of each are its own for certain.

    What it has of them is said in the same order.
    """

    indexes: list[int]
    piles: list[Pile]
    certain: list[int]

    def with_all(self, left: dict[int, int]) -> tuple[int, ...]:
        """What it has with all pieces that are left of the contested piles."""
        return tuple(map(left.get, self.indexes, self.certain))


class _Contest:
    """Piles that several rivals want; `claims` are what is certain, and in the end what is best."""

    def __init__(
        self, rivals: Sequence[Rival], piles: Sequence[Pile], takers: dict[int, list[int]], claims: Claims
    ) -> None:
        self.rivals, self.piles, self.takers, self.claims = rivals, piles, takers, claims
        self.numbers = sorted({number for several in takers.values() for number in several})
        # What else it has is no matter to one that takes each pile by itself.
        self.certain = {number: {} if rivals[number].simple else dict(claims[number]) for number in self.numbers}
        self.wanted = {number: [i for i in takers if number in takers[i]] for number in self.numbers}
        self.stocks = {number: self._stock(number) for number in self.numbers}
        self._known: dict[tuple[int, tuple[int, ...]], Worth] = {}

    def _stock(self, number: int) -> _Stock:
        rival, certain = self.rivals[number], self.certain[number]
        indexes = sorted((*certain, *self.wanted[number]))
        return _Stock(indexes, [rival.piles[i] for i in indexes], [certain.get(i, 0) for i in indexes])

    def solve(self, patience: Patience) -> None:
        """Give each rival its best claim."""
        order = sorted(self.takers, key=lambda index: (-self.piles[index].value, index))
        best, most = self._greedy()
        if len(order) > _CONTESTED_MAX:
            patience.stopped = True
        else:
            best = _Search(self, order, patience, best, most).run()
        for number in self.numbers:
            self.claims[number] |= {index: count for index, count in best[number].items() if count}

    def worth_of(self, number: int, has: tuple[int, ...]) -> Worth:
        """What this rival gives for the pieces it has; reckoned once each."""
        known = self._known.get((number, has))
        if known is None:
            rival = self.rivals[number]
            known = self._known[number, has] = worth(rival.promotion, rival.limit, self.stocks[number].piles, has)
        return known

    def _greedy(self) -> tuple[dict[int, dict[int, int]], int]:
        """In some orders of the rivals each takes all it can use; the best of these is where the search begins."""
        best: dict[int, dict[int, int]] = {}
        most = -1
        for order in self._orders():
            left = {index: self.piles[index].count for index in self.takers}
            claims: dict[int, dict[int, int]] = {number: {} for number in self.numbers}
            gain = 0
            for number in order:
                stock = self.stocks[number]
                got = self.worth_of(number, stock.with_all(left))
                gain += got.amount
                for index, used in zip(stock.indexes, got.used, strict=True) if got.amount else ():
                    if index in left:
                        left[index] -= used
                        claims[number][index] = used
            if gain > most:
                best, most = claims, gain
        return best, most

    def _orders(self) -> Sequence[Sequence[int]]:
        if len(self.numbers) <= _EVERY_ORDER_OF:
            return list(permutations(self.numbers))
        everything = {index: self.piles[index].count for index in self.takers}
        alone = {n: self.worth_of(n, self.stocks[n].with_all(everything)).amount for n in self.numbers}
        return sorted(self.numbers, key=lambda n: (-alone[n], n)), self.numbers, self.numbers[::-1]


class _Search:
    """Depth first over the contested piles, the dearest first, with a bound on what is still possible.

    What is hoped for is in millionths of a minor unit, so that nothing is lost by rounding. As soon as all pieces of a
    rival are given out, what it gives takes the place of what was hoped for.
    """

    def __init__(
        self, contest: _Contest, order: Sequence[int], patience: Patience, best: dict[int, dict[int, int]], most: int
    ) -> None:
        self._contest, self._order, self._patience = contest, order, patience
        self._best, self._most = best, most
        self._has = {number: list(stock.certain) for number, stock in contest.stocks.items()}
        self._hopes: dict[int, list[int]] = {}
        self._once: dict[int, int] = {}
        self._settled: list[list[int]] = [[] for _ in order]
        self._slots: list[list[tuple[int, int]]] = [[] for _ in order]
        depth_of = {index: depth for depth, index in enumerate(order)}
        for number, stock in contest.stocks.items():
            hopes, self._once[number] = _hopes(
                contest.rivals[number], dict(zip(stock.indexes, stock.piles, strict=True))
            )
            self._hopes[number] = [hopes[index] for index in stock.indexes]
            self._settled[max([depth_of[index] for index in contest.wanted[number]])].append(number)
        for depth, index in enumerate(order):
            taking = contest.takers[index]
            self._slots[depth] = [(number, contest.stocks[number].indexes.index(index)) for number in taking]
        self._rest = [0]
        for depth in reversed(range(len(order))):
            hope = max([self._hopes[number][slot] for number, slot in self._slots[depth]])
            self._rest.append(self._rest[-1] + hope * contest.piles[order[depth]].count)
        self._rest.reverse()

    def run(self) -> dict[int, dict[int, int]]:
        self._down(0, sum([self._hoped(number) for number in self._has]))
        return self._best

    def _down(self, depth: int, hoped: int) -> None:
        if depth == len(self._order):
            if hoped // _MILLION > self._most:
                self._most = hoped // _MILLION
                self._best = {number: self._claim(number) for number in self._has}
            return
        slots = [(self._has[number], slot) for number, slot in self._slots[depth]]
        hopes = [self._hopes[number][slot] for number, slot in self._slots[depth]]
        # What must be hoped for up to here, so that it may still be better than the best.
        least = (self._most + 1) * _MILLION - self._rest[depth + 1]
        for split in _splits(self._contest.piles[self._order[depth]].count, len(slots)):
            if not self._patience.step():
                break
            hope = hoped + sum(map(mul, hopes, split))
            if hope < least:
                continue
            for (has, slot), count in zip(slots, split, strict=True):
                has[slot] = count
            for number in self._settled[depth]:
                hope -= self._too_much(number)
                if hope < least:
                    break
            else:
                self._down(depth + 1, hope)
                least = (self._most + 1) * _MILLION - self._rest[depth + 1]
        for has, slot in slots:
            has[slot] = 0

    def _too_much(self, number: int) -> int:
        """By how much more was hoped for than the rival gives for the pieces it has."""
        gives = self._contest.worth_of(number, tuple(self._has[number])).amount
        return self._hoped(number) - gives * _MILLION

    def _hoped(self, number: int) -> int:
        hoped: int = sum(map(mul, self._hopes[number], self._has[number]))
        return self._once[number] + hoped

    def _claim(self, number: int) -> dict[int, int]:
        """What it has of the contested piles."""
        has = zip(self._contest.stocks[number].indexes, self._has[number], strict=True)
        return {index: count for index, count in has if index in self._contest.takers}


@lru_cache(maxsize=256)
def _splits(count: int, ways: int) -> tuple[tuple[int, ...], ...]:
    """The ways to give `count` pieces to so many takers, the first having most first: as many as steps are for."""
    return tuple(islice(_every_split(count, ways), STEPS_MAX + 1))


def _every_split(count: int, ways: int) -> Iterator[tuple[int, ...]]:
    if ways == 1 or not count:
        yield (count, *[0] * (ways - 1))
        return
    for first in range(count, -1, -1):
        for others in _every_split(count - first, ways - 1):
            yield (first, *others)


def _hopes(rival: Rival, own: dict[int, Pile]) -> tuple[dict[int, int], int]:
    """The most this rival may give for one piece of each pile, and once, in millionths of a minor unit.

    Never less than it gives: that is what the search may cut by.
    """
    kind = rival.promotion.kind
    match kind:
        case Each():
            return {i: _hope(kind.reward, p) for i, p in own.items()}, _rounding(kind.reward, own)
        case BuyGet() if kind.of is GetOf.OTHER:
            hopes = {i: _hope(kind.reward, p) if p.part else 0 for i, p in own.items()}
            return hopes, _rounding(kind.reward, own)
        case BuyGet():
            size = kind.buy + kind.get
            hopes = {i: _hope(kind.reward, p) * kind.get // size + 1 for i, p in own.items()}
            return hopes, len(own) * _MILLION
        case Bundle():
            fraction = _set_fraction(kind, list(own.values()))
            sets = sum(p.count for p in own.values()) // sum(part.count for part in kind.parts)
            rounding = 0 if kind.reward.percent_millionths is None else sets * _MILLION // 2
            return {i: p.value * fraction for i, p in own.items()}, rounding
        case Tiers():
            return _tier_hopes(kind, own)


def _hope(reward: Reward, pile: Pile) -> int:
    """What the reward takes off one piece of the pile, in millionths, but for the rounding of several together."""
    if reward.percent_millionths is not None and pile.count > 1:
        return reward.percent_millionths * pile.value
    return off(reward, pile.value, pile.size, 1) * _MILLION


def _rounding(reward: Reward, own: dict[int, Pile]) -> int:
    """What rounding may add to it: half a minor unit where a share falls on several pieces together."""
    if reward.percent_millionths is None:
        return 0
    return sum(pile.count > 1 for pile in own.values()) * _MILLION // 2


def _set_fraction(kind: Bundle, piles: Sequence[Pile]) -> int:
    """The largest share of a set's value, in millionths rounded up, that the reward may come to."""
    if kind.reward.percent_millionths is not None:
        return kind.reward.percent_millionths
    dearest = cheapest = 0
    for number, part in enumerate(kind.parts):
        values = [pile.value for pile in piles if pile.part == number]
        dearest += part.count * max(values, default=0)
        cheapest += part.count * min(values, default=0)
    against = cheapest if kind.reward.amount is not None else dearest
    return min(_MILLION, -(-off_set(kind.reward, against) * _MILLION // against)) if against else _MILLION


def _tier_hopes(kind: Tiers, own: dict[int, Pile]) -> tuple[dict[int, int], int]:
    hopes = dict.fromkeys(own, 0)
    once = 0
    reach = sum(p.value * p.count if kind.by is TierBy.AMOUNT else p.size * p.count for p in own.values())
    for step in kind.steps:
        if step.reward.amount is not None:
            times = reach // step.at_least if kind.every and step.at_least else 1
            once = max(once, step.reward.amount * times * _MILLION)
            continue
        once = max(once, _rounding(step.reward, own))
        for index, p in own.items():
            hopes[index] = max(hopes[index], _hope(step.reward, p))
    return hopes, once

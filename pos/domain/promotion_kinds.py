"""What each kind of promotion gives for the pieces it has. Whole numbers throughout; never more than a piece costs.

Pieces stand in piles of pieces alike, so that a thousand of one item are no more work than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pos.domain.frozen import dataclass
from pos.domain.money import divide_half_up
from pos.domain.promotion import Bundle, BuyGet, Each, GetOf, Kind, Promotion, Reward, Step, TierBy, Tiers

_MILLION = 1_000_000
_PIECE = 1000


@dataclass(frozen=True, slots=True)
class Pile:
    """`count` pieces alike: what one still costs in minor units, how much it is in thousandths.

    What is weighed or measured is one piece a line, of that line's size. `part` is the part of the promotion that
    takes it.
    """

    item: str
    value: int
    size: int
    count: int
    part: int = 0


class Worth(NamedTuple):
    """What a promotion gives: the amount, how many times, and of each pile how many pieces took part.

    `shares` are the amounts of each pile where the kind says them; empty: the amount is one, to be spread.
    """

    amount: int
    times: int
    used: tuple[int, ...]
    shares: tuple[int, ...] = ()


NOTHING = Worth(0, 0, ())


def _no_use(piles: Sequence[Pile]) -> Worth:
    return Worth(0, 0, (0,) * len(piles))


def off(reward: Reward, value: int, size: int, count: int) -> int:
    """What the reward takes off `count` pieces of this value; a share is rounded half up once for all of them."""
    if reward.percent_millionths is not None:
        return divide_half_up(reward.percent_millionths * value * count, _MILLION)
    if reward.amount is not None:
        return min(value, divide_half_up(reward.amount * size, _PIECE)) * count
    return max(0, value - divide_half_up((reward.price or 0) * size, _PIECE)) * count


def off_set(reward: Reward, value: int) -> int:
    """What the reward takes off a whole set of this value."""
    if reward.percent_millionths is not None:
        return divide_half_up(reward.percent_millionths * value, _MILLION)
    if reward.amount is not None:
        return min(value, reward.amount)
    return max(0, value - (reward.price or 0))


def worth(promotion: Promotion, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    """The most the promotion gives for `counts` pieces of each pile, given no more than `limit` times."""
    kind = promotion.kind
    match kind:
        case Each():
            return _each(kind, limit, piles, counts)
        case BuyGet():
            return (
                _buy_other(kind, limit, piles, counts) if kind.of is GetOf.OTHER else _buy(kind, limit, piles, counts)
            )
        case Bundle():
            return _bundle(kind, limit, piles, counts)
        case Tiers():
            return _tiers(kind, limit, piles, counts)


def _each(kind: Each, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    """Where only so many pieces may have it, those that gain most do."""
    used = list(counts)
    if limit is not None and sum(counts) > limit:
        used = [0] * len(piles)
        left = limit
        one = [off(kind.reward, pile.value, pile.size, 1) for pile in piles]
        for index in sorted(range(len(piles)), key=lambda index: (-one[index], index)):
            used[index] = min(left, counts[index])
            left -= used[index]
    shares = tuple(off(kind.reward, pile.value, pile.size, n) for pile, n in zip(piles, used, strict=True))
    # What is no cheaper for it takes no part, and stays for others.
    used = [n if share else 0 for n, share in zip(used, shares, strict=True)]
    return Worth(sum(shares), sum(used), tuple(used), shares)


def _buy(kind: BuyGet, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    """Sets are made from the dearest piece down: so the pieces that have the reward are as dear as they can be."""
    size = kind.buy + kind.get
    if sum(counts) < size:
        return _no_use(piles)
    used = [0] * len(piles)
    amount = times = 0
    left = limit
    for group in _groups(kind, piles, counts):
        sets = sum(counts[index] for index in group) // size
        sets = sets if left is None else min(sets, left)
        position, last = 0, sets * size
        for index in group:
            until = min(position + counts[index], last)
            rewarded = _rewarded(kind, until) - _rewarded(kind, position)
            pile = piles[index]
            amount += off(kind.reward, pile.value, pile.size, rewarded)
            used[index] = until - position
            position = until
        times += sets
        left = None if left is None else left - sets
    return Worth(amount, times, tuple(used))


def _rewarded(kind: BuyGet, position: int) -> int:
    """How many of the first `position` pieces have the reward: of each set the last."""
    sets, over = divmod(position, kind.buy + kind.get)
    return sets * kind.get + max(0, over - kind.buy)


def _groups(kind: BuyGet, piles: Sequence[Pile], counts: Sequence[int]) -> list[list[int]]:
    """The piles of which a set may be made together, the dearest first; the group with the dearest first."""
    order = _dearest(piles, [index for index, count in enumerate(counts) if count])
    if kind.of is GetOf.CHEAPEST:
        return [order]
    groups: dict[str, list[int]] = {}
    for index in order:
        groups.setdefault(piles[index].item, []).append(index)
    return list(groups.values())


def _dearest(piles: Sequence[Pile], indexes: Sequence[int]) -> list[int]:
    return sorted(indexes, key=lambda index: (-piles[index].value, index))


def _buy_other(kind: BuyGet, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    if not any(pile.part for pile in piles) or all(pile.part for pile in piles):
        return _no_use(piles)
    bought = _dearest(piles, [index for index, pile in enumerate(piles) if pile.part == 0])
    got = [index for index, pile in enumerate(piles) if pile.part == 1]
    got.sort(key=lambda index: (-off(kind.reward, piles[index].value, piles[index].size, 1), index))
    times = min(sum(counts[index] for index in bought) // kind.buy, sum(counts[index] for index in got) // kind.get)
    times = times if limit is None else min(times, limit)
    used = [0] * len(piles)
    _use(bought, counts, times * kind.buy, used)
    _use(got, counts, times * kind.get, used)
    amount = sum(off(kind.reward, piles[index].value, piles[index].size, used[index]) for index in got)
    return Worth(amount, times, tuple(used)) if amount else _no_use(piles)


def _use(order: Sequence[int], counts: Sequence[int], left: int, used: list[int]) -> None:
    for index in order:
        used[index] = min(left, counts[index])
        left -= used[index]


def _bundle(kind: Bundle, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    """The dearest pieces of every part make the first set, and so on down as long as the set is cheaper for it."""
    orders = [
        _dearest(piles, [index for index, pile in enumerate(piles) if pile.part == part and counts[index]])
        for part in range(len(kind.parts))
    ]
    if not all(orders):
        return _no_use(piles)
    amount = times = 0
    for value, repeated in _merged(
        [list(_sets(order, piles, counts, part.count)) for order, part in zip(orders, kind.parts, strict=True)]
    ):
        one = off_set(kind.reward, value)
        many = repeated if limit is None else min(repeated, limit - times)
        if not one or not many:
            break
        amount += one * many
        times += many
    used = [0] * len(piles)
    for order, part in zip(orders, kind.parts, strict=True):
        _use(order, counts, times * part.count, used)
    return Worth(amount, times, tuple(used))


def _sets(order: Sequence[int], piles: Sequence[Pile], counts: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """Sets of `size` pieces in this order, as (value, how many such follow each other)."""
    value = have = 0
    for index in order:
        count, price = counts[index], piles[index].value
        if have:
            fill = min(count, size - have)
            value, have, count = value + fill * price, have + fill, count - fill
            if have == size:
                yield value, 1
                value = have = 0
        if count >= size:
            yield size * price, count // size
            count %= size
        if count:
            value, have = value + count * price, have + count


def _merged(parts: Sequence[list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """The sets of each part beside each other, as long as there is one of every part."""
    places = [0] * len(parts)
    left = [part[0][1] if part else 0 for part in parts]
    while all(left):
        many = min(left)
        yield sum(part[place][0] for part, place in zip(parts, places, strict=True)), many
        for index, part in enumerate(parts):
            left[index] -= many
            if not left[index] and places[index] + 1 < len(part):
                places[index] += 1
                left[index] = part[places[index]][1]


def _tiers(kind: Tiers, limit: int | None, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    total = sum(pile.value * count for pile, count in zip(piles, counts, strict=True))
    reached = total if kind.by is TierBy.AMOUNT else _quantity(piles, counts)
    # A lower step may give more than a higher one: who buys more never gets less for it.
    best = _no_use(piles)
    for step in reversed(kind.steps):
        if reached >= step.at_least:
            times = reached // step.at_least if kind.every and step.at_least else 1
            gives = _of_step(step, times if limit is None else min(times, limit), piles, counts)
            best = gives if gives.amount > best.amount else best
    return best


def _of_step(step: Step, times: int, piles: Sequence[Pile], counts: Sequence[int]) -> Worth:
    if step.reward.amount is not None:
        total = sum(pile.value * count for pile, count in zip(piles, counts, strict=True))
        return Worth(min(total, step.reward.amount * times), times, tuple(counts))
    shares = tuple(off(step.reward, pile.value, pile.size, n) for pile, n in zip(piles, counts, strict=True))
    return Worth(sum(shares), 1, tuple(counts), shares)


def _quantity(piles: Sequence[Pile], counts: Sequence[int]) -> int:
    return sum(pile.size * count for pile, count in zip(piles, counts, strict=True))


@dataclass(frozen=True, slots=True)
class Missing:
    """How much more of which part the next time wants: thousandths, or an amount in minor units."""

    part: int
    quantity: int = 0
    amount: int = 0


def missing(kind: Kind, piles: Sequence[Pile]) -> Missing | None:
    """The least that brings the promotion once more; None where no more of one thing does."""
    counts = [pile.count for pile in piles]
    match kind:
        case Each():
            return None
        case BuyGet() if kind.of is not GetOf.OTHER:
            size = kind.buy + kind.get
            groups = _groups(kind, piles, counts)
            short = [size - sum(counts[index] for index in group) % size for group in groups]
            return Missing(0, min(short, default=size) * _PIECE)
        case BuyGet():
            return _missing_part((kind.buy, kind.get), piles)
        case Bundle():
            return _missing_part([part.count for part in kind.parts], piles)
        case Tiers():
            return _missing_step(kind, piles, counts)


def _missing_part(wanted: Sequence[int], piles: Sequence[Pile]) -> Missing | None:
    """What one part alone lacks for one set more; None where several lack something."""
    have = [sum(pile.count for pile in piles if pile.part == part) for part in range(len(wanted))]
    times = min(count // size for count, size in zip(have, wanted, strict=True)) + 1
    lacking = [(part, times * size - have[part]) for part, size in enumerate(wanted) if have[part] < times * size]
    return Missing(lacking[0][0], lacking[0][1] * _PIECE) if len(lacking) == 1 else None


def _missing_step(kind: Tiers, piles: Sequence[Pile], counts: Sequence[int]) -> Missing | None:
    by_amount = kind.by is TierBy.AMOUNT
    reached = sum(pile.value * pile.count for pile in piles) if by_amount else _quantity(piles, counts)
    wanted = next((step.at_least for step in kind.steps if step.at_least > reached), 0)
    if kind.every and not wanted:
        least = kind.steps[-1].at_least
        wanted = (reached // least + 1) * least if least else 0
    if not wanted:
        return None
    more = wanted - reached
    return Missing(0, amount=more) if by_amount else Missing(0, quantity=more)

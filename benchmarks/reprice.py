"""A basket of fifty lines priced from scratch, as at every scan, with fifty and with five hundred promotions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks import promoted_shop
from benchmarks.bare_reprice import Percents, index_percents, take_off
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch, turn_by_turn
from pos.domain.pricing import PricedBasket, price
from pos.domain.promotion import Each, Promotion

FEW = "reprice"
MANY = "reprice500"
_FEW, _MANY = 50, 500
_FEW_LIMIT_MS, _MANY_LIMIT_MS = 2.0, 10.0
_BASKETS = 50
_WARM_UP = 20


def measure_few(home: Path, *, quick: bool) -> Figure:
    """With as many promotions as a shop has at a time."""
    return _measure(FEW, _FEW, _FEW_LIMIT_MS, home, quick=quick)


def measure_many(home: Path, *, quick: bool) -> Figure:
    """With as many as a chain writes in a year and never puts away."""
    return _measure(MANY, _MANY, _MANY_LIMIT_MS, home, quick=quick)


def lines_of(priced: PricedBasket) -> list[tuple[str, str, int]]:
    """The lines as the baseline takes them."""
    return [(line.line.item, line.line.department, line.extended) for line in priced.lines]


def percents(shop: Iterable[Promotion]) -> Percents:
    """The percent promotions of the shop as the baseline takes them."""
    return index_percents(
        ((*promotion.items.items, *promotion.items.departments), promotion.kind.reward.percent_millionths)
        for promotion in shop
        if isinstance(promotion.kind, Each) and promotion.kind.reward.percent_millionths is not None
    )


def _measure(name: str, many: int, limit_ms: float, _home: Path, *, quick: bool) -> Figure:
    """Each round prices another basket; the baseline gives the percent promotions of the same shop to the same."""
    rounds = _WARM_UP + (20 if quick else 1_000)
    shop = promoted_shop.promotions(many)
    circumstances = promoted_shop.circumstances(shop)
    baskets = [promoted_shop.basket(shop, number) for number in range(_BASKETS)]
    lines = [lines_of(price(basket, promoted_shop.RULES)) for basket in baskets]
    index = percents(shop)
    program, baseline = Stopwatch(), Stopwatch()

    def reprice(number: int) -> None:
        with program.running():
            price(baskets[number % _BASKETS], promoted_shop.RULES, circumstances)

    def loop(number: int) -> None:
        with baseline.running():
            take_off(lines[number % _BASKETS], index)

    turn_by_turn(rounds, reprice, loop)
    times = program.sample(_WARM_UP)
    middle = Check(What.P50, times.p50 * 1000, limit_ms, Measure.MILLISECONDS)
    return Figure(name, times, baseline.sample(_WARM_UP), (middle,))

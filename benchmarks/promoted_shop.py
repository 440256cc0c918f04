"""A shop of thousands of items with promotions of every kind, and baskets that some of them match. All of it invented.

A third of the promotions hold for a department or a flag, the others for up to eight items of the list; half the lines
of a basket are of items that are on promotion, as people buy them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from pos.domain.basket import Basket, BasketLine
from pos.domain.money import Quantity, Unit
from pos.domain.pricing import Circumstances, CustomerFacts
from pos.domain.promotion import (
    Bundle,
    BuyGet,
    Conditions,
    Coupon,
    Each,
    GetOf,
    Kind,
    Part,
    Promotion,
    Reward,
    Selection,
    Step,
    TierBy,
    Tiers,
)
from pos.domain.promotions import PreparedPromotions
from pos.domain.shop import ShopRules
from pos.domain.tax import TaxRate

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
ITEMS = 4_000
LINES = 50
RULES = ShopRules(
    "Invented", "0001", "USD", "UTC", tax_rates=(TaxRate("state", 40_000), TaxRate("city", 45_000, after=("state",)))
)
_DEPARTMENTS = 40
_FLAGS = 8


def promotions(many: int) -> list[Promotion]:
    """So many that are active; every tenth has a condition that this basket does or does not meet."""
    random = Random(many)
    return [_promotion(number, random) for number in range(many)]


def circumstances(shop: list[Promotion]) -> Circumstances:
    """A gold member's purchase on a Saturday afternoon."""
    return Circumstances(AT, CustomerFacts("c1", tier="gold"), PreparedPromotions.of(shop))


def basket(shop: list[Promotion], number: int) -> Basket:
    """A basket of fifty lines, one in five weighed; another for each number."""
    random = Random(number)
    on_promotion = sorted({item for promotion in shop for part in promotion.parts for item in part.items})
    names = random.sample(on_promotion, min(LINES // 2, len(on_promotion)))
    others = sorted({_item(place) for place in range(ITEMS)} - set(names))
    names += random.sample(others, LINES - len(names))
    random.shuffle(names)
    return Basket(f"b{number}", tuple(_line(name, random) for name in names))


def _item(number: int) -> str:
    return f"x{number:05d}"


def _line(item: str, random: Random) -> BasketLine:
    number = int(item[1:])
    weighed = number % 5 == 0
    quantity = Quantity(random.randrange(150, 2_500), Unit.KG) if weighed else Quantity.pieces(random.randint(1, 3))
    return BasketLine(
        item=item,
        name=f"Invented item {number}",
        unit_price=99 + number % 900,
        taxes=("state", "city"),
        quantity=quantity,
        scanned=item,
        operator="101",
        department=f"department {number % _DEPARTMENTS}",
        family=f"family {number // 10}",
        flags=(f"flag {number % _FLAGS}",) if number % 3 == 0 else (),
    )


def _promotion(number: int, random: Random) -> Promotion:
    return Promotion(
        id=f"P{number:04d}",
        name=f"Promotion {number}",
        kind=_kind(number, random),
        items=_selection(number, random),
        conditions=_conditions(number),
        limit=3 if number % 7 == 0 else None,
        combinable=number % 11 == 0,
        priority=number % 3,
    )


def _selection(number: int, random: Random) -> Selection:
    if number % 12 == 0:
        return Selection(flags=(f"flag {random.randrange(_FLAGS)}",))
    if number % 3 == 0:
        return Selection(departments=(f"department {random.randrange(_DEPARTMENTS)}",))
    return Selection(items=_some(random))


def _some(random: Random) -> tuple[str, ...]:
    return tuple(_item(place) for place in sorted(random.sample(range(ITEMS), random.randint(1, 8))))


def _conditions(number: int) -> Conditions:
    today = AT.replace(tzinfo=None)
    asked = (
        Conditions(tiers=("gold",)),
        Conditions(tiers=("silver",)),
        Conditions(coupon=Coupon(codes=(f"CODE{number}",))),
        Conditions(starts=today - timedelta(days=3), ends=today + timedelta(days=4)),
        Conditions(weekdays=(5, 6)),
    )
    return asked[number // 10 % len(asked)] if number % 10 == 0 else Conditions()


def _kind(number: int, random: Random) -> Kind:
    percent = Reward(percent_millionths=random.choice((50_000, 100_000, 150_000, 250_000)))
    kinds = (
        Each(percent),
        Each(percent),
        Each(percent),
        Each(Reward(amount=random.randint(10, 90))),
        Each(Reward(price=random.randint(90, 500))),
        BuyGet(2, 1, Reward(percent_millionths=1_000_000)),
        BuyGet(1, 1, percent, GetOf.CHEAPEST),
        BuyGet(1, 1, Reward(percent_millionths=500_000), GetOf.OTHER, Selection(items=_some(random))),
        Bundle(tuple(Part(1, Selection(items=_some(random))) for _ in range(2)), Reward(amount=150)),
        Bundle((Part(3, Selection(items=_some(random))),), Reward(price=999)),
        Tiers(TierBy.AMOUNT, (Step(1_500, Reward(amount=100)), Step(3_000, Reward(amount=300)))),
        Tiers(TierBy.QUANTITY, (Step(3_000, percent), Step(6_000, Reward(percent_millionths=300_000)))),
    )
    # By another stride than that of the selections, so that every kind meets every selection.
    return kinds[number // 2 % len(kinds)]

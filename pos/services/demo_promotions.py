"""The promotions of the demo shop: a week of knitwear, cheapest free, a bundle, an hour of the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pos.domain.promotion import (
    Bundle,
    BuyGet,
    Conditions,
    Each,
    GetOf,
    Hours,
    Part,
    Promotion,
    Reward,
    Selection,
)

_WEEKS = timedelta(weeks=2)


def demo_promotions(founded: datetime) -> tuple[Promotion, ...]:
    """What is on from this day on, one for two weeks; the week that was sold before went without."""
    today = datetime.combine(founded.date(), time())
    return (
        Promotion(
            "KNITWEAR",
            "Knitwear week",
            Each(Reward(percent_millionths=200_000)),
            _items(5002, 5003, 5007),
            names=(("en", "Knitwear week"), ("cs", "Týden pletenin"), ("sv", "Stickveckan")),
            says=(
                ("en", "Hats, socks and gloves are 20% off."),
                ("cs", "Čepice, ponožky a rukavice o 20 % levněji."),
                ("sv", "Mössor, strumpor och vantar till 20 % lägre pris."),
            ),
            conditions=Conditions(starts=today, ends=today + _WEEKS),
        ),
        Promotion(
            "SPREADS",
            "Jam and honey 3 for 2",
            BuyGet(2, 1, Reward(percent_millionths=1_000_000), GetOf.CHEAPEST),
            _items(2304, 2305, 2314),
            names=(("en", "Jam and honey 3 for 2"), ("cs", "Džem a med 3 za 2"), ("sv", "Sylt och honung 3 för 2")),
            says=(
                ("en", "Take a third one, the cheapest is free."),
                ("cs", "Vezměte si třetí, nejlevnější je zdarma."),
                ("sv", "Ta en tredje, den billigaste är gratis."),
            ),
            conditions=Conditions(starts=today),
        ),
        Promotion(
            "FILTERS",
            "Coffee server and filters",
            Bundle((Part(1, _items(3003)), Part(1, _items(3002))), Reward(price=2_990)),
            names=(
                ("en", "Coffee server and filters"),
                ("cs", "Konvice a filtry"),
                ("sv", "Kaffekanna och filter"),
            ),
            conditions=Conditions(starts=today),
        ),
        Promotion(
            "HERBS",
            "Herbs after five",
            Each(Reward(price=320)),
            _items(1009),
            names=(("en", "Herbs after five"), ("cs", "Bylinky po páté"), ("sv", "Örter efter fem")),
            conditions=Conditions(starts=today, hours=(Hours(17 * 60, 20 * 60),)),
        ),
    )


def _items(*numbers: int) -> Selection:
    return Selection(items=tuple(map(str, numbers)))

"""Words about items that several of their screens say."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.item import QuantityPrice, ShelfPrice
from pos.domain.money import Money, Quantity, Unit
from pos.domain.tax import TaxRate
from pos.speech import N_
from pos.wording import Wording

_UNITS = {
    Unit.PIECE: N_("piece"),
    Unit.KG: N_("kilogram"),
    Unit.LB: N_("pound"),
    Unit.METRE: N_("metre"),
    Unit.LITRE: N_("litre"),
}

# What the field and the column of a name in another language are called.
LANGUAGE_NAMES = {"en": N_("Name in English"), "cs": N_("Name in Czech"), "sv": N_("Name in Swedish")}


def unit_name(unit: Unit, words: Wording) -> str:
    """A unit in full, as it stands after "one"."""
    return words.say(_UNITS[unit])


def tax_name(rate: TaxRate, words: Wording, currency: str) -> str:
    """A tax by its name and what it takes: "food · 12 %"."""
    return f"{rate.code} · {words.tax_rate(rate.rate_millionths, rate.unit_amount, currency)}"


def by_quantity(prices: Sequence[QuantityPrice], unit: Unit, words: Wording, currency: str) -> list[str]:
    """Each price by quantity: "from 6: $0.89"."""
    return [
        words.say(
            "from {quantity}: {price}",
            quantity=words.quantity(Quantity(each.starts, unit)),
            price=words.money(Money(each.price, currency)),
        )
        for each in prices
    ]


def price_said(price: ShelfPrice, unit: Unit, words: Wording, currency: str) -> str:
    """A shelf price, with those by quantity that hold with it."""
    one = words.money(Money(price.price, currency))
    return " · ".join((one, *by_quantity(price.quantity_prices, unit, words, currency)))

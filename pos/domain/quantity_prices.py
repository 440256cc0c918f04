"""Prices from a quantity on, as somebody writes them: "6: 0.89 | 12: 0.79"."""

from __future__ import annotations

from itertools import pairwise

from pos.domain.item import QuantityPrice
from pos.domain.item_cells import CellUnreadable
from pos.domain.money import AmountUnreadable, Money, Quantity, Unit, minor_text

QUANTITY_PRICES_MAX = 6


def read_quantity_prices(text: str, currency: str) -> tuple[QuantityPrice, ...]:
    """Each quantity once, rising, more than one unit's worth of nothing. Raises CellUnreadable."""
    found: list[QuantityPrice] = []
    for part in text.split("|"):
        starts, _, price_text = part.partition(":")
        try:
            quantity = Quantity.read(starts.replace(",", "."), Unit.KG)
            price = Money.read(price_text.replace(",", "."), currency)
        except AmountUnreadable as error:
            raise CellUnreadable(text) from error
        found.append(QuantityPrice(quantity.thousandths, price.minor))
    prices = tuple(sorted(found, key=lambda each: each.starts))
    if not quantity_prices_fit(prices, Unit.KG):
        raise CellUnreadable(text)
    return prices


def quantity_prices_fit(prices: tuple[QuantityPrice, ...], unit: Unit) -> bool:
    """Whether each begins above the one before, at a quantity the unit can be sold in."""
    starts = [each.starts for each in prices]
    rising = all(before < after for before, after in pairwise(starts))
    sellable = all(Quantity(each, unit).sellable for each in starts)
    return rising and sellable and len(prices) <= QUANTITY_PRICES_MAX


def quantity_prices_text(prices: tuple[QuantityPrice, ...], currency: str) -> str:
    """The prices as `read_quantity_prices` reads them; empty for none."""
    return " | ".join(f"{Quantity(each.starts).text()}: {minor_text(each.price, currency)}" for each in prices)

"""What an item costs, asked at the till without selling it."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.money import Money, Quantity
from pos.domain.refusal import Refused
from pos.domain.requirement import Ask, would_ask
from pos.domain.tax import PriceMode, TaxRate
from pos.services.desk import Desk
from pos.services.resolve import resolve


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """An item as its label would be read out. `price` is for one unit; `quantity` what the code itself says.

    `asks` is what selling it would ask for.
    """

    item: Item
    price: Money
    taxes: tuple[TaxRate, ...]
    prices_hold_tax: bool
    quantity: Quantity | None
    asks: tuple[Ask, ...]


def check_price(desk: Desk, code: str) -> PriceCheck | Refused:
    """What the item of a scanned or typed code costs now. Nobody needs to be signed on, nothing is written.

    Refused: CODE_UNREADABLE, ITEM_UNKNOWN and as `resolve`.
    """
    with desk.shop.books.reading() as work:
        found = resolve(work, desk, code)
    if isinstance(found, Refused):
        return found
    item, rules = found.item, desk.rules_today
    minor = item.unit_price_minor if found.answers.price is None else found.answers.price
    rates = (rules.rate(tax) for tax in item.taxes)
    return PriceCheck(
        item=item,
        price=Money(minor, rules.currency),
        taxes=tuple(rate for rate in rates if rate is not None),
        prices_hold_tax=rules.price_mode is PriceMode.TAX_INCLUDED,
        quantity=found.quantity,
        asks=would_ask(item, found.answers),
    )

"""Goods that were opened and came back are an item of their own: beside the one they were, at a price of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.item import Item

# What promotions, policies and searches know such items by.
OPEN_BOX = "open_box"


def open_box_id(item_id: str, number: int) -> str:
    """The id, and the code, of the open box of an item; `number` counts those at other prices, from 1."""
    return f"{item_id}-OB{'' if number == 1 else number}"


def open_box_of(item: Item, item_id: str, called: Callable[[str, str], str], price: int) -> Item:
    """The item that an opened unit of `item` becomes, at so many minor units a unit.

    `called` says in a language ("" the shop's own) of a name of it that it was opened.

    Taxes, age and all that is asked of the goods stay as they are; prices by quantity and codes are the new goods' own.
    """
    return replace(
        item,
        id=item_id,
        name=called("", item.name),
        names=tuple((language, called(language, name)) for language, name in item.names),
        unit_price_minor=price,
        codes=(item_id,),
        open_price=False,
        flags=(*(flag for flag in item.flags if flag != OPEN_BOX), OPEN_BOX),
        measure_code="",
        stock_min=None,
        active=True,
        quantity_prices=(),
        cost=None,
    )

"""Shelf prices as facts: what an item costs from which moment on, under the journal entry that says who set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.item import QuantityPrice, ShelfPrice, last_start, next_start, price_at
from pos.domain.transaction import JournalHead
from pos.persistence.item_terms import hold_quantity_prices
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import item, item_price
from pos.persistence.tables_deposits import item_quantity_price

_CHUNK = 500
_OF_ITEMS = (
    select(item_price)
    .where(item_price.c.item.in_(bindparam("items", expanding=True)))
    .order_by(item_price.c.item, item_price.c.position)
)
_BY_QUANTITY = (
    select(item_quantity_price)
    .where(item_quantity_price.c.item.in_(bindparam("items", expanding=True)))
    .order_by(item_quantity_price.c.item, item_quantity_price.c.position, item_quantity_price.c.starts)
)
_SET = Prepared(insert(item_price))
_HOLD = Prepared(
    update(item)
    .where(item.c.id == bindparam("item_id"))
    .values(
        {
            item.c.unit_price: bindparam("price"),
            item.c.price_from: bindparam("begun"),
            item.c.price_until: bindparam("ends"),
        }
    )
)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price as its table holds it; `position` counts the prices of an item from 1."""

    item: str
    position: int
    starts_at: str
    price: int
    quantity_prices: tuple[QuantityPrice, ...] = ()

    @property
    def shelf_price(self) -> ShelfPrice:
        return ShelfPrice(from_text(self.starts_at) if self.starts_at else None, self.price, self.quantity_prices)


class ItemPrices:
    """The prices of items by the moment they begin. An item whose price was never changed has none here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_items(self, item_ids: Sequence[str]) -> dict[str, tuple[ShelfPrice, ...]]:
        """Every price of each of these items, in the order they were set."""
        found: dict[str, list[ShelfPrice]] = {}
        for start in range(0, len(item_ids), _CHUNK):
            asked = {"items": item_ids[start : start + _CHUNK]}
            rows = self._connection.execute(_OF_ITEMS, asked).all()
            for fact in self._facts(rows, self._connection.execute(_BY_QUANTITY, asked).all() if rows else ()):
                found.setdefault(fact.item, []).append(fact.shelf_price)
        return {item_id: tuple(prices) for item_id, prices in found.items()}

    def set_under(self, entry: JournalHead) -> dict[str, tuple[ShelfPrice, ...]]:
        """The dated prices one journal entry set, by item, and what those items cost before."""
        rows = self._connection.execute(
            select(item_price)
            .where(item_price.c.workstation == entry.workstation, item_price.c.sequence == entry.sequence)
            .order_by(item_price.c.item, item_price.c.position)
        ).all()
        found: dict[str, list[ShelfPrice]] = {}
        by_quantity = self._connection.execute(_BY_QUANTITY, {"items": sorted({row.item for row in rows})}).all()
        for fact in self._facts(rows, by_quantity):
            found.setdefault(fact.item, []).append(fact.shelf_price)
        return {item_id: tuple(prices) for item_id, prices in found.items()}

    def _facts(self, rows: Sequence[Any], by_quantity: Sequence[Any]) -> Iterator[PriceRow]:
        """Rows of prices with those by quantity that stand under them."""
        under: dict[tuple[str, int], list[QuantityPrice]] = {}
        for row in by_quantity:
            under.setdefault((row.item, row.position), []).append(QuantityPrice(row.starts, row.price))
        for row in rows:
            of_row = tuple(under.get((row.item, row.position), ()))
            yield PriceRow(row.item, row.position, row.starts_at, row.price, of_row)

    def price_of(self, item_id: str, at: datetime, otherwise: ShelfPrice) -> ShelfPrice:
        """The price of that moment, `otherwise` where the facts say none."""
        price = price_at(self.of_items([item_id]).get(item_id, ()), at)
        return otherwise if price is None else price

    def plan(self, prices: Sequence[tuple[str, ShelfPrice]], bases: Mapping[str, ShelfPrice]) -> list[PriceRow]:
        """The facts that set these prices, as (item, price): the first one of an item says what it cost before."""
        known = {
            item_id: len(of_item) for item_id, of_item in self.of_items(sorted({name for name, _ in prices})).items()
        }
        rows: list[PriceRow] = []
        for item_id, price in prices:
            if item_id not in known:
                base = bases[item_id]
                rows.append(PriceRow(item_id, 1, "", base.price, base.quantity_prices))
            position = known.get(item_id, 1) + 1
            starts_at = to_text(price.starts_at) if price.starts_at else ""
            rows.append(PriceRow(item_id, position, starts_at, price.price, price.quantity_prices))
            known[item_id] = position
        return rows

    def write(self, rows: Sequence[PriceRow], entry: JournalHead, now: datetime) -> None:
        """Write planned facts under their journal entry, and note at each item which price holds from when to when."""
        if not rows:
            return
        under = {"workstation": entry.workstation, "sequence": entry.sequence}
        _SET.run_many(
            self._connection,
            [
                {"item": row.item, "position": row.position, "starts_at": row.starts_at, "price": row.price, **under}
                for row in rows
            ],
        )
        by_quantity = [
            {"item": row.item, "position": row.position, "starts": each.starts, "price": each.price}
            for row in rows
            for each in row.quantity_prices
        ]
        if by_quantity:
            self._connection.execute(insert(item_quantity_price), by_quantity)
        # An item whose first price is among them has no other; the rest is read.
        first = {row.item for row in rows if row.position == 1}
        prices = self.of_items(sorted({row.item for row in rows} - first))
        for row in rows:
            if row.item in first:
                prices[row.item] = (*prices.get(row.item, ()), row.shelf_price)
        _HOLD.run_many(self._connection, [_holding(item_id, prices[item_id], now) for item_id in prices])
        held = {item_id: price_at(prices[item_id], now) for item_id in prices}
        hold_quantity_prices(
            self._connection, {item_id: price.quantity_prices for item_id, price in held.items() if price is not None}
        )

    def by_entry(self) -> dict[tuple[int, int], list[PriceRow]]:
        """Every fact by the (workstation, sequence) of the journal entry that set it."""
        found: dict[tuple[int, int], list[PriceRow]] = {}
        rows = self._connection.execute(select(item_price)).all()
        by_quantity = self._connection.execute(select(item_quantity_price).order_by(item_quantity_price.c.starts)).all()
        for row, fact in zip(rows, self._facts(rows, by_quantity), strict=True):
            found.setdefault((row.workstation, row.sequence), []).append(fact)
        return found


def _holding(item_id: str, prices: Sequence[ShelfPrice], now: datetime) -> dict[str, object]:
    begun, ends = last_start(prices, now), next_start(prices, now)
    held = price_at(prices, now)
    return {
        "item_id": item_id,
        "price": None if held is None else held.price,
        "begun": to_text(begun) if begun else "",
        "ends": to_text(ends) if ends else "",
    }

"""What only some items have: containers, prices by quantity, a known cost, further names. Most have no row here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, literal_column
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from pos.domain import item_cells as late_item_cells
from pos.domain.item import Deposit, Item, QuantityPrice
from pos.persistence.prepared import Prepared
from pos.persistence.tables_deposits import item_terms

_NEW = insert(item_terms)
_KEEP = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=["item"],
        set_={
            "container": _NEW.excluded.container,
            "deposits": _NEW.excluded.deposits,
            "cost": _NEW.excluded.cost,
            "names": _NEW.excluded.names,
        },
    )
)
_HOLD = Prepared(
    _NEW.on_conflict_do_update(index_elements=["item"], set_={"quantity_prices": _NEW.excluded.quantity_prices})
)
# Nothing to fill in but the item: what no terms look like is spelled out.
_EMPTY = Prepared(
    delete(item_terms).where(
        item_terms.c.item == bindparam("gone"),
        item_terms.c.container == literal_column("0"),
        item_terms.c.deposits == literal_column("''"),
        item_terms.c.quantity_prices == literal_column("''"),
        item_terms.c.cost.is_(None),
        item_terms.c.names.is_(None),
    )
)


def add_terms(connection: Connection, items: Sequence[Item]) -> None:
    """Write what new items have; whoever has nothing costs no statement."""
    rows = [_row(item) for item in items if _has_terms(item)]
    if rows:
        connection.execute(_NEW, rows)


def change_terms(connection: Connection, items: Sequence[Item]) -> None:
    """Put what items have now in place of what they had; prices by quantity stay as they are: those are facts."""
    if items:
        _KEEP.run_many(connection, [_row(item) | {"quantity_prices": ""} for item in items])
        _EMPTY.run_many(connection, [{"gone": item.id} for item in items])


def hold_quantity_prices(connection: Connection, held: Mapping[str, tuple[QuantityPrice, ...]]) -> None:
    """Note which prices by quantity hold now."""
    rows = [
        {
            "item": item_id,
            "container": 0,
            "deposits": "",
            "quantity_prices": _quantity_prices_text(prices),
            "cost": None,
            "names": None,
        }
        for item_id, prices in held.items()
    ]
    if rows:
        _HOLD.run_many(connection, rows)
        _EMPTY.run_many(connection, [{"gone": item_id} for item_id in held])


def deposits_of(row: Any) -> tuple[Deposit, ...]:
    return late_item_cells.read_deposits(row.deposits) if row.deposits else ()


def quantity_prices_of(row: Any) -> tuple[QuantityPrice, ...]:
    if not row.quantity_prices:
        return ()
    pairs = (each.split(":") for each in row.quantity_prices.split())
    return tuple(QuantityPrice(int(starts), int(price)) for starts, price in pairs)


def read_names(text: str | None) -> tuple[tuple[str, str], ...]:
    """The names in other languages, as (language, name) in the order of the languages."""
    return tuple(json.loads(text).items()) if text else ()


def names_text(names: Sequence[tuple[str, str]]) -> str | None:
    """The names as `read_names` reads them; None for none."""
    return json.dumps(dict(sorted(names)), ensure_ascii=False) if names else None


def _has_terms(item: Item) -> bool:
    return bool(item.container or item.deposits or item.quantity_prices or item.names or item.cost is not None)


def _row(item: Item) -> dict[str, object]:
    return {
        "item": item.id,
        "container": int(item.container),
        "deposits": late_item_cells.deposits_text(item.deposits),
        "quantity_prices": _quantity_prices_text(item.quantity_prices),
        "cost": item.cost,
        "names": names_text(item.names),
    }


def _quantity_prices_text(prices: Sequence[QuantityPrice]) -> str:
    return " ".join(f"{each.starts}:{each.price}" for each in prices)

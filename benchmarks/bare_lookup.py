"""The baseline of a barcode lookup: one statement of the bare driver, asked with the key as the table holds it."""

from __future__ import annotations

from typing import Any

_BY_CODE = """
    SELECT item.id, item.name, item.unit_price, item.taxes, item.unit, item.department, item.icon,
        item.age, item.serial, item.open_price, item.final_sale, item.not_discountable, item.family, item.variant,
        item.flags, item.measure_code, item.picture, item.content, item.content_unit, item.stock_min, item.active,
        item.price_from, item.price_until
    FROM item_code JOIN item ON item.id = item_code.item
    WHERE item_code.code = ?
"""


def look_up(connection: Any, key: str) -> tuple[Any, ...] | None:
    """The item's row, or None."""
    row: tuple[Any, ...] | None = connection.execute(_BY_CODE, (key,)).fetchone()
    return row

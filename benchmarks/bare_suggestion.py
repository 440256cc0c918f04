"""The baseline of a suggestion: one statement of the bare driver that joins pair, item and stock."""

from __future__ import annotations

from typing import Any

_BY_ITEM = """
    SELECT pair.id, pair.say, item.id, item.name, item.unit_price, stock.on_hand
    FROM suggestion_pair pair JOIN item ON item.id = pair.item
    LEFT JOIN stock ON stock.item = pair.item AND stock.disposition = 'sellable'
    WHERE pair.trigger_kind = 'item' AND pair.wanted = ?
"""


def look_up(connection: Any, item: str) -> tuple[Any, ...] | None:
    """What goes with the item, or None."""
    row: tuple[Any, ...] | None = connection.execute(_BY_ITEM, (item,)).fetchone()
    return row

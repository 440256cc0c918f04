"""The quick keys as the shop arranged them, and what an arrangement may be made of where it has none."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.engine import Connection

from pos.domain.quick_keys import KeyKind, KeyPage, QuickKey
from pos.persistence.items import WITH_ICON
from pos.persistence.tables import item, quick_key, sale_line

# Enough to know what sells, and as quick in a shop of ten years as in a new one.
_LINES_LOOKED_AT = 5000


class QuickKeyPages:
    """Pages with their keys."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(self) -> tuple[KeyPage, ...]:
        rows = self._connection.execute(select(quick_key).order_by(quick_key.c.page, quick_key.c.position)).all()
        names = {row.page: row.label for row in rows if row.position == 0}
        return tuple(
            KeyPage(
                name,
                tuple(
                    QuickKey(row.position, KeyKind(row.kind), row.target, row.label, row.colour, row.icon)
                    for row in rows
                    if row.page == page and row.position
                ),
            )
            for page, name in names.items()
        )

    def put(self, pages: Sequence[KeyPage]) -> None:
        """Put this arrangement in place of the one that is there."""
        self._connection.execute(delete(quick_key))
        rows = [row for number, page in enumerate(pages, start=1) for row in _rows(number, page)]
        if rows:
            self._connection.execute(insert(quick_key), rows)

    def best_selling(self, limit: int) -> tuple[str, ...]:
        """Ids of items of the catalogue, what sold most often lately first."""
        lately = select(sale_line.c.item).order_by(text("rowid DESC")).limit(_LINES_LOOKED_AT).subquery()
        rows = self._connection.execute(
            select(lately.c.item)
            .join(item, item.c.id == lately.c.item)
            .where(item.c.active == 1)
            .group_by(lately.c.item)
            .order_by(func.count().desc(), lately.c.item)
            .limit(limit)
        )
        return tuple(rows.scalars())

    def with_icon(self, limit: int) -> tuple[str, ...]:
        """Ids of the first items on sale that have an icon, by id."""
        rows = self._connection.execute(
            select(item.c.id).where(WITH_ICON, item.c.active == 1).order_by(item.c.id).limit(limit)
        )
        return tuple(rows.scalars())

    def of_department(self, department: str, limit: int) -> tuple[str, ...]:
        """Ids of the items of a department that have an icon, by id."""
        rows = self._connection.execute(
            select(item.c.id)
            .where(item.c.department == department, WITH_ICON, item.c.active == 1)
            .order_by(item.c.id)
            .limit(limit)
        )
        return tuple(rows.scalars())


def _rows(number: int, page: KeyPage) -> list[dict[str, object]]:
    head: dict[str, object] = {
        "page": number, "position": 0, "kind": "page", "target": "", "label": page.name, "colour": "", "icon": "",
    }  # fmt: skip
    keys: list[dict[str, object]] = [
        {
            "page": number,
            "position": key.position,
            "kind": key.kind.value,
            "target": key.target,
            "label": key.label,
            "colour": key.colour,
            "icon": key.icon,
        }
        for key in page.keys
    ]
    return [head, *keys]

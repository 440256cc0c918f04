"""Promotions, each change a version that stays, and the uses of coupons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, insert, not_, or_, select, true
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.promotion import Selection
from pos.domain.promotion_findings import PartPrices
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import item
from pos.persistence.tables_deposits import item_terms
from pos.persistence.tables_promotions import promotion_version

_NEWEST = Prepared(select(func.max(promotion_version.c.sequence).label("newest")))
_COSTS_KNOWN = select(item_terms.c.item).where(item_terms.c.cost.is_not(None)).limit(1)
# What takes part in promotions: neither what may not be discounted nor what is lent with goods.
_TAKES_PART = and_(item.c.active == 1, item.c.not_discountable == 0, func.coalesce(item_terms.c.container, 0) == 0)
_ITEMS = item.outerjoin(item_terms, item_terms.c.item == item.c.id)


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """One version of a promotion; `body` is JSON in the words of its file format."""

    id: str
    version: int
    starts_at: datetime
    body: str
    changed_by: str | None


class Promotions:
    """No version is ever changed or removed; a promotion that is switched off has a version that says so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int:
        """A number that rises with every version of any promotion; 0 where there is none."""
        row = _NEWEST.first(self._connection, {})
        return 0 if row is None else int(row.newest or 0)

    def add(self, rows: Iterable[PromotionRow]) -> int:
        """Further versions, numbered on through all promotions; the number of the first."""
        sequence = self.newest()
        values = [
            {
                "id": row.id,
                "version": row.version,
                "sequence": sequence + number,
                "starts_at": to_text(row.starts_at),
                "body": row.body,
                "changed_by": row.changed_by,
            }
            for number, row in enumerate(rows, start=1)
        ]
        if values:
            self._connection.execute(insert(promotion_version), values)
        return sequence + 1

    def current(self) -> tuple[PromotionRow, ...]:
        """The last version of each, by id."""
        table = promotion_version
        rows = self._connection.execute(select(table).order_by(table.c.id, table.c.version))
        return tuple({row.id: _row(row) for row in rows}.values())

    def history(self, promotion_id: str) -> tuple[PromotionRow, ...]:
        """Every version of one, the oldest first."""
        table = promotion_version
        rows = self._connection.execute(select(table).where(table.c.id == promotion_id).order_by(table.c.version))
        return tuple(_row(row) for row in rows)

    def version(self, promotion_id: str, version: int) -> PromotionRow | None:
        """One version, also of a promotion that has others since."""
        table = promotion_version
        row = self._connection.execute(
            select(table).where(table.c.id == promotion_id, table.c.version == version)
        ).first()
        return None if row is None else _row(row)

    def any_item(self, items: Selection) -> bool:
        """Whether the catalogue holds an item that is sold and one of these, and may take part."""
        return self._any(_among(items))

    def ids_of(self, items: Selection, most: int) -> tuple[str, ...]:
        """The first items that are sold, among these and may take part, by name."""
        wanted = select(item.c.id).select_from(_ITEMS).where(_TAKES_PART, _among(items))
        return tuple(self._connection.execute(wanted.order_by(item.c.name, item.c.id).limit(most)).scalars())

    def claimed_before(self, part: Selection, earlier: Sequence[Selection]) -> tuple[bool, bool]:
        """Of the items on sale that a part takes: whether an earlier part takes some of them, and whether all."""
        before = or_(false(), *map(_among, earlier))
        some = self._any(and_(_among(part), before))
        return some, some and not self._any(and_(_among(part), not_(before)))

    def any_cost(self) -> bool:
        """Whether what an item costs the shop is known of any."""
        return self._connection.execute(_COSTS_KNOWN).first() is not None

    def prices(self, parts: Sequence[Selection]) -> tuple[PartPrices, ...]:
        """What the items on sale in each part cost now. An item stands in the first part that takes it."""
        return tuple(self._prices(part, parts[:at]) for at, part in enumerate(parts))

    def _prices(self, part: Selection, earlier: Sequence[Selection]) -> PartPrices:
        taken = and_(_TAKES_PART, _among(part), not_(or_(false(), *map(_among, earlier))))
        rows = self._connection.execute(
            select(item.c.unit_price, item.c.open_price, func.max(item_terms.c.cost).label("cost"))
            .select_from(_ITEMS)
            .where(taken)
            .group_by(item.c.unit_price, item.c.open_price)
        ).all()
        said = tuple((row.unit_price, row.cost) for row in rows if not row.open_price)
        return PartPrices(said, open=len(said) < len(rows))

    def _any(self, which: ColumnElement[bool]) -> bool:
        wanted = select(item.c.id).select_from(_ITEMS).where(_TAKES_PART, which).limit(1)
        return self._connection.execute(wanted).first() is not None


def _among(items: Selection) -> ColumnElement[bool]:
    """Whether an item is one of these: `Selection.takes`, asked of the catalogue."""
    words = or_(false(), *_named(items.items, items.departments, items.families, items.flags))
    without = _named(items.not_items, items.not_departments, items.not_families, items.not_flags)
    return and_(true() if items.all else words, not_(or_(false(), *without)))


def _named(
    ids: Sequence[str], departments: Sequence[str], families: Sequence[str], flags: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    for column, words in ((item.c.id, ids), (item.c.department, departments), (item.c.family, families)):
        if words:
            yield column.in_(words)
    spaced = " " + item.c.flags + " "
    yield from (spaced.contains(f" {flag} ", autoescape=True) for flag in flags)


def _row(row: Any) -> PromotionRow:
    return PromotionRow(row.id, row.version, from_text(row.starts_at), row.body, row.changed_by)

"""Promotions, each change a version that stays, and the uses of coupons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.promotion import Selection
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import item
from pos.persistence.tables_after_sale import post_void
from pos.persistence.tables_deposits import item_terms
from pos.persistence.tables_promotions import coupon_use, promotion_version

_NEWEST = Prepared(select(func.max(promotion_version.c.sequence).label("newest")))
_COSTS_KNOWN = select(item_terms.c.item).where(item_terms.c.cost.is_not(None)).limit(1)
_USES = Prepared(
    select(func.count().label("numbered"), (func.count() - func.count(post_void.c.transaction_id)).label("uses"))
    .select_from(coupon_use)
    .outerjoin(post_void, post_void.c.transaction_id == coupon_use.c.transaction_id)
    .where(coupon_use.c.promotion == bindparam("promotion"), coupon_use.c.code == bindparam("code"))
)


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

    def uses(self, promotion_id: str, code: str) -> int:
        """How many sales that stand used this coupon for this promotion; one that was taken back gives its use back."""
        row = _USES.first(self._connection, {"promotion": promotion_id, "code": code})
        return 0 if row is None else int(row.uses)

    def use(self, promotion_id: str, code: str, transaction_id: str) -> int:
        """The coupon served this sale; which use of it that was. Counted inside the unit of work, so two lanes never
        share one.
        """
        row = _USES.first(self._connection, {"promotion": promotion_id, "code": code})
        use = 1 + (0 if row is None else int(row.numbered))
        self._connection.execute(
            insert(coupon_use).values(promotion=promotion_id, code=code, use=use, transaction_id=transaction_id)
        )
        return use

    def any_item(self, items: Selection) -> bool:
        """Whether the catalogue holds an item that is sold and one of these."""
        return bool(self.ids_of(items, 1))

    def ids_of(self, items: Selection, most: int) -> tuple[str, ...]:
        """The first items that are sold and among these, by name."""
        return tuple(item_id for item_id, *_ in islice(self._sold(items), most))

    def claimed_before(self, part: Selection, earlier: Sequence[Selection]) -> tuple[bool, bool]:
        """Of the items on sale that a part takes: whether an earlier part takes some of them, and whether all."""
        some, every = False, True
        for each in self._sold(part):
            claimed = any(before.takes(*each) for before in earlier)
            some, every = some or claimed, every and claimed
            if some and not every:
                break
        return some, some and every

    def costs(self, parts: Sequence[Selection]) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
        """The lowest and the highest price of the items on sale in each part, and of every item whose cost is known
        its part, price and cost, all in minor units. Nothing where no cost is known.

        An item stands in the first part that takes it; those that take no part in promotions are left out.
        """
        if self._connection.execute(_COSTS_KNOWN).first() is None:
            return [], []
        spans: list[tuple[int, int]] = []
        known: list[tuple[int, int, int]] = []
        for at, part in enumerate(parts):
            prices: list[int] = []
            for row in self._rows(part):
                one = _asked(row)
                if row.not_discountable or not part.takes(*one) or any(before.takes(*one) for before in parts[:at]):
                    continue
                prices.append(row.unit_price)
                if row.cost is not None:
                    known.append((at, row.unit_price, row.cost))
            spans.append((min(prices, default=0), max(prices, default=0)))
        return spans, known

    def _sold(self, items: Selection) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
        """The items on sale that are among these by name, each as `Selection.takes` is asked."""
        return (_asked(row) for row in self._rows(items) if items.takes(*_asked(row)))

    def _rows(self, items: Selection) -> Iterator[Any]:
        """The items on sale that one of the words names, by name; those left out are among them."""
        asked = []
        if items.all:
            asked.append(item.c.id != "")
        for column, words in ((item.c.id, items.items), (item.c.department, items.departments)):
            if words:
                asked.append(column.in_(words))
        if items.families:
            asked.append(item.c.family.in_(items.families))
        spaced = " " + item.c.flags + " "
        asked += [spaced.contains(f" {flag} ", autoescape=True) for flag in items.flags]
        columns = (item.c.id, item.c.department, item.c.family, item.c.flags)
        rows = self._connection.execute(
            select(*columns, item.c.unit_price, item.c.not_discountable, item_terms.c.cost)
            .select_from(item.outerjoin(item_terms, item_terms.c.item == item.c.id))
            .where(item.c.active == 1, or_(*asked))
            .order_by(item.c.name, item.c.id)
        )
        yield from rows


def _asked(row: Any) -> tuple[str, str, str, tuple[str, ...]]:
    """An item as `Selection.takes` is asked about it."""
    return row.id, row.department, row.family, tuple(row.flags.split())


def _row(row: Any) -> PromotionRow:
    return PromotionRow(row.id, row.version, from_text(row.starts_at), row.body, row.changed_by)

"""The catalogue: items and the codes that name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal_column, select, update
from sqlalchemy.engine import Connection

from pos.domain.identifiers import LOOKUP_KEYS_MAX
from pos.domain.item import Item, ShelfPrice
from pos.domain.money import Quantity, Unit
from pos.persistence import search_index as late_search_index
from pos.persistence.item_prices import ItemPrices
from pos.persistence.item_terms import add_terms, change_terms, deposits_of, quantity_prices_of, read_names
from pos.persistence.moments import to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import item, item_code
from pos.persistence.tables_deposits import item_terms

# Below the number of variables every SQLite and PostgreSQL takes in one statement.
_CHUNK = 500
_UNITS = {unit.value: unit for unit in Unit}
# SQLite does not look at CHECKs in a file that is open for reading only: another value is unreadable here.
_FLAGS = {0: False, 1: True}
# The price a row holds is that of every moment until another is set.
_CACHED = ("unit_price", "price_from", "price_until")

# As the index of them says it: a shop may have a million items and an icon for a few.
WITH_ICON = item.c.icon != literal_column("''")
_ITEMS = select(
    item,
    *(item_terms.c.container, item_terms.c.deposits, item_terms.c.quantity_prices, item_terms.c.cost),
    item_terms.c.names,
).select_from(item.outerjoin(item_terms, item_terms.c.item == item.c.id))
# One statement for all the keys that a code may be, as many as there are: a scan waits for it.
_KEYS = tuple(f"key{number}" for number in range(LOOKUP_KEYS_MAX))
_BY_CODE = {
    many: Prepared(
        _ITEMS.add_columns(item_code.c.code)
        .join(item_code, item.c.id == item_code.c.item)
        .where(item_code.c.code.in_([bindparam(key) for key in _KEYS[:many]]))
    )
    for many in range(1, LOOKUP_KEYS_MAX + 1)
}
_ONE = Prepared(_ITEMS.where(item.c.id == bindparam("item_id")))
_CODES_OF_ONE = Prepared(
    select(item_code.c.code).where(item_code.c.item == bindparam("item_id")).order_by(item_code.c.code)
)

_BY_ID = _ITEMS.where(item.c.id.in_(bindparam("ids", expanding=True)))
_OWNERS = select(item_code.c.code, item_code.c.item).where(item_code.c.code.in_(bindparam("codes", expanding=True)))
_CODES_OF = (
    select(item_code.c.item, item_code.c.code)
    .where(item_code.c.item.in_(bindparam("ids", expanding=True)))
    .order_by(item_code.c.code)
)
# A file may bring a hundred thousand, and the tills wait for each.
_ADD, _ADD_CODE = Prepared(insert(item)), Prepared(insert(item_code))
_CHANGE = Prepared(
    update(item)
    .where(item.c.id == bindparam("item_id"))
    .values({column: bindparam(f"new_{column.name}") for column in item.c if column.name not in ("id", *_CACHED)})
)
_BY_MEASURE_CODE = (
    _ITEMS.where(item.c.measure_code != "", item.c.measure_code.in_(bindparam("codes", expanding=True)))
    .order_by(func.length(item.c.measure_code).desc())
    .limit(1)
)


class Items:
    """Items by id and by code. A code names one item. Whoever reads one says for which moment its price is asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_by_code(self, codes: Sequence[str], at: datetime) -> Item | None:
        """The item the first of these normal-form codes that is known names; its `codes` hold only that code.

        No more codes than `lookup_keys` answers.
        """
        if not codes:
            return None
        rows = _BY_CODE[len(codes)].rows(self._connection, dict(zip(_KEYS, codes, strict=False)))
        row = min(rows, key=lambda row: codes.index(row.code), default=None)
        return None if row is None else self._priced(row, (row.code,), at)

    def find_by_measure_code(self, beginnings: Sequence[str], at: datetime) -> Item | None:
        """The item with the longest of these beginnings of a code that carries a weight or a price, without codes."""
        row = self._connection.execute(_BY_MEASURE_CODE, {"codes": beginnings}).first()
        return None if row is None else self._priced(row, (), at)

    def get(self, item_id: str, at: datetime) -> Item | None:
        row = _ONE.first(self._connection, {"item_id": item_id})
        if row is None:
            return None
        codes = tuple(each.code for each in _CODES_OF_ONE.rows(self._connection, {"item_id": item_id}))
        return self._priced(row, codes, at)

    def first(self, limit: int, at: datetime) -> tuple[Item, ...]:
        """The first items on sale by id that have an icon, without their codes."""
        rows = self._connection.execute(_ITEMS.where(WITH_ICON, item.c.active == 1).order_by(item.c.id).limit(limit))
        return tuple(self._priced(row, (), at) for row in rows)

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(item)).scalar_one())

    def get_many(self, item_ids: Sequence[str], at: datetime) -> dict[str, Item]:
        """The items of these ids that exist, with all their codes."""
        found: dict[str, Item] = {}
        for start in range(0, len(item_ids), _CHUNK):
            chunk = item_ids[start : start + _CHUNK]
            codes = self.codes_of(chunk)
            for row in self._connection.execute(_BY_ID, {"ids": chunk}).all():
                found[row.id] = self._priced(row, codes.get(row.id, ()), at)
        return found

    def owners(self, codes: Sequence[str]) -> dict[str, str]:
        """Which item each of these codes names, where it names one."""
        found: dict[str, str] = {}
        for start in range(0, len(codes), _CHUNK):
            rows = self._connection.execute(_OWNERS, {"codes": codes[start : start + _CHUNK]}).all()
            found.update((code, item_id) for code, item_id in rows)
        return found

    def codes_of(self, item_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        codes: dict[str, list[str]] = {}
        for item_id, code in self._connection.execute(_CODES_OF, {"ids": item_ids}).all():
            codes.setdefault(item_id, []).append(code)
        return {item_id: tuple(of_item) for item_id, of_item in codes.items()}

    def add_many(self, items: Sequence[Item]) -> None:
        """Add new items with their codes. The caller has made sure that ids and codes are free."""
        if not items:
            return
        _ADD.run_many(self._connection, [_written(value) | {"price_from": "", "price_until": ""} for value in items])
        add_terms(self._connection, items)
        late_search_index.index_items(self._connection, items)
        self.add_codes((code, value.id) for value in items for code in value.codes)

    def change_many(self, items: Sequence[Item]) -> None:
        """Put new values in place of items that exist; codes stay as they are, and prices: those are facts."""
        rows = [_written(value, "item_id", "new_") for value in items]
        for row in rows:
            del row["new_unit_price"]
        if rows:
            _CHANGE.run_many(self._connection, rows)
            change_terms(self._connection, items)
            late_search_index.index_items(self._connection, items)

    def add_codes(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Give items that exist further codes, as (code, item). The caller has made sure that the codes are free."""
        rows = [{"code": code, "item": item_id} for code, item_id in pairs]
        if rows:
            _ADD_CODE.run_many(self._connection, rows)
            late_search_index.index_codes(self._connection, [(row["code"], row["item"]) for row in rows])

    def _priced(self, row: Any, codes: tuple[str, ...], at: datetime) -> Item:
        """The item with the price of that moment: the row's own while it holds, else the one the facts say."""
        price = ShelfPrice(None, row.unit_price, quantity_prices_of(row))
        if row.price_from or row.price_until:
            moment = to_text(at)
            if moment < row.price_from or (row.price_until and moment >= row.price_until):
                price = ItemPrices(self._connection).price_of(row.id, at, price)
        return _read(row, codes, price)

    def remove_code(self, code: str) -> None:
        self._connection.execute(delete(item_code).where(item_code.c.code == code))
        late_search_index.drop_codes(self._connection, [code])

    def departments_on_sale(self) -> tuple[tuple[str, int], ...]:
        """Every department with how many of its items are on sale, by name."""
        rows = self._connection.execute(
            select(item.c.department, func.count().label("items"))
            .where(item.c.active == 1)
            .group_by(item.c.department)
            .order_by(item.c.department)
        )
        return tuple((row.department, int(row.items)) for row in rows)

    def words_used(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Every family and every flag some item has, by name."""
        families = self._connection.execute(select(item.c.family).where(item.c.family != "").distinct()).scalars()
        flagged = self._connection.execute(select(item.c.flags).where(item.c.flags != "").distinct()).scalars()
        flags = {flag for flags in flagged for flag in flags.split()}
        return tuple(sorted(families)), tuple(sorted(flags))

    def family(self, name: str, at: datetime) -> tuple[Item, ...]:
        """The sizes and colours of one thing by id, without their codes."""
        rows = self._connection.execute(_ITEMS.where(item.c.family == name, item.c.family != "").order_by(item.c.id))
        return tuple(self._priced(row, (), at) for row in rows)

    def page(self, after: str, limit: int, at: datetime) -> tuple[Item, ...]:
        """The items whose id follows `after`, by id, with their codes: the whole catalogue piece by piece."""
        ids = select(item.c.id).where(item.c.id > after).order_by(item.c.id).limit(limit)
        found = self.get_many(list(self._connection.execute(ids).scalars()), at)
        return tuple(found[item_id] for item_id in sorted(found))


def _written(value: Item, id_name: str = "id", prefix: str = "") -> dict[str, object]:
    return {
        id_name: value.id,
        f"{prefix}name": value.name,
        f"{prefix}department": value.department,
        f"{prefix}unit": value.unit.value,
        f"{prefix}unit_price": value.unit_price_minor,
        f"{prefix}taxes": " ".join(value.taxes),
        f"{prefix}icon": value.icon,
        f"{prefix}age": value.age,
        f"{prefix}serial": int(value.serial),
        f"{prefix}open_price": int(value.open_price),
        f"{prefix}final_sale": int(value.final_sale),
        f"{prefix}not_discountable": int(value.not_discountable),
        f"{prefix}family": value.family,
        f"{prefix}variant": value.variant,
        f"{prefix}flags": " ".join(value.flags),
        f"{prefix}measure_code": value.measure_code,
        f"{prefix}picture": value.picture,
        f"{prefix}content": 0 if value.content is None else value.content.thousandths,
        f"{prefix}content_unit": "" if value.content is None else value.content.unit.value,
        f"{prefix}stock_min": value.stock_min,
        f"{prefix}active": int(value.active),
    }


def _read(row: Any, codes: tuple[str, ...], price: ShelfPrice) -> Item:
    # By position, in the order of Item: a scan waits for this.
    return Item(
        row.id,
        row.name,
        price.price,
        tuple(row.taxes.split()),
        _UNITS[row.unit],
        row.department,
        codes,
        row.icon,
        row.age,
        _FLAGS[row.serial],
        _FLAGS[row.open_price],
        _FLAGS[row.final_sale],
        _FLAGS[row.not_discountable],
        row.family,
        row.variant,
        tuple(row.flags.split()) if row.flags else (),
        row.measure_code,
        row.picture,
        Quantity(row.content, _UNITS[row.content_unit]) if row.content else None,
        row.stock_min,
        _FLAGS[row.active],
        _FLAGS[row.container or 0],
        deposits_of(row),
        price.quantity_prices,
        row.cost,
        read_names(row.names),
    )

"""The catalogue: which item a code names, what items cost from when, and every change a person makes to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from pos.domain import item_cells as late_item_cells
from pos.domain import item_check
from pos.domain import quantity_prices as late_quantity_prices
from pos.domain.identifiers import lookup_keys
from pos.domain.item import Item, QuantityPrice, ShelfPrice
from pos.domain.journal import EntryKind, moment_text
from pos.domain.refusal import Code, Refused
from pos.domain.scanned_code import ItemCode, MeasureCode, ScannedCode, classify
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import JournalHead
from pos.persistence.search import Position
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import price_check as late_price_check
from pos.services.desk import Desk, Fact, record
from pos.services.item_pictures import picture_refused
from pos.services.item_search import FOUND_MAX, FoundItem, ItemPage, list_items, search_items
from pos.services.price_facts import record_prices
from pos.services.resolve import resolve


class Catalogue:
    """Items by what a scanner, a cashier or a quick key gives. Reading needs nobody signed on, changing a manager."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, code: str) -> Item | None:
        """The item a scanned or typed code names, or None. A label that carries its price makes a piece of it."""
        with self._desk.shop.books.reading() as work:
            found = resolve(work, self._desk, code)
        return None if isinstance(found, Refused) else found.item

    def of_code(self, code: str) -> Item | None:
        """Whose code this is, with all the codes of that item, on sale or not."""
        with self._desk.shop.books.reading() as work:
            keys = lookup_keys(code)
            owners = work.items.owners(keys)
        named = next((owners[key] for key in keys if key in owners), "")
        found = self.find(code) if not named else None
        return self.get(found.id if found is not None else named)

    def check_price(self, code: str) -> late_price_check.PriceCheck | Refused:
        """What the item of this code costs now, without selling it. Refused as `check_price`."""
        return late_price_check.check_price(self._desk, code)

    def kind_of(self, code: str) -> ScannedCode:
        """What kind of code this is; what the catalogue holds as it stands is an item's."""
        kind = classify(code, self._desk.rules.measure_rules)
        if isinstance(kind, ItemCode | MeasureCode):
            return kind
        keys: tuple[str, ...] = getattr(kind, "keys", ()) or (code.strip(),)
        with self._desk.shop.books.reading() as work:
            return ItemCode(keys) if work.items.owners(keys) else kind

    def search(
        self,
        text: str,
        *,
        department: str = "",
        decimal_sign: str = ".",
        limit: int = FOUND_MAX,
        language: str = "",
    ) -> tuple[FoundItem, ...]:
        """The first items that fit what was typed, as `search_items` says."""
        return search_items(
            self._desk, text, department=department, decimal_sign=decimal_sign, limit=limit, language=language
        )

    def listed(
        self, *, after: Position | None = None, department: str = "", sold: bool = True, limit: int = 100
    ) -> ItemPage:
        """A part of the whole list by department and name, as `list_items` says."""
        return list_items(self._desk, after=after, department=department, sold=sold, limit=limit)

    def departments(self) -> tuple[str, ...]:
        """Every department that has an item, by name."""
        with self._desk.shop.books.reading() as work:
            return work.search.departments()

    def get(self, item_id: str) -> Item | None:
        """The item of this id with all its codes."""
        with self._desk.shop.books.reading() as work:
            return work.items.get(item_id, self._desk.now())

    def get_many(self, item_ids: Sequence[str]) -> tuple[Item, ...]:
        """The items of these ids that there are, in this order, with all their codes."""
        with self._desk.shop.books.reading() as work:
            found = work.items.get_many(item_ids, self._desk.now())
        return tuple(found[item_id] for item_id in item_ids if item_id in found)

    def page(self, after: str = "", limit: int = 100) -> tuple[Item, ...]:
        """At most `limit` items whose id follows `after`, by id, with their codes."""
        with self._desk.shop.books.reading() as work:
            return work.items.page(after, limit, self._desk.now())

    def quick_keys(self, limit: int) -> tuple[Item, ...]:
        """At most `limit` items that have an icon, by id, without their codes."""
        with self._desk.shop.books.reading() as work:
            return work.items.first(limit, self._desk.now())

    def count(self) -> int:
        """How many items the shop has."""
        with self._desk.shop.books.reading() as work:
            return work.items.count()

    def departments_on_sale(self) -> tuple[tuple[str, int], ...]:
        """Every department with how many of its items are on sale, by name; empty text for items without one."""
        with self._desk.shop.books.reading() as work:
            return work.items.departments_on_sale()

    def family(self, name: str) -> tuple[Item, ...]:
        """The sizes and colours of one thing, without their codes."""
        with self._desk.shop.books.reading() as work:
            return work.items.family(name, self._desk.now())

    def prices(self, item_id: str) -> tuple[ShelfPrice, ...]:
        """Every price that was set for an item, in the order they were set; none where it never changed."""
        with self._desk.shop.books.reading() as work:
            return work.item_prices.of_items([item_id]).get(item_id, ())

    def read_price(self, text: str) -> int | Refused:
        """A price as typed, in minor units.

        Refused: PRICE_UNREADABLE, PRICE_NEGATIVE, PRICE_TOO_FINE, PRICE_TOO_LARGE.
        """
        return item_check.read_typed_price(text, self._desk.rules.currency)

    def new_item(self, item: Item) -> Item | Refused:
        """Take a new item into the catalogue with its codes, spelled as somebody typed them.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_EXISTS, CODE_TAKEN, CHECK_DIGIT_WRONG, CODE_UNREADABLE,
        PICTURE_UNFIT and whatever `check_item` says.
        """
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        refused = item_check.check_item(item, self._desk.rules) or picture_refused(self._desk, item.picture)
        codes = _keys(item.codes)
        if refused is not None or isinstance(codes, Refused):
            return refused or codes  # type: ignore[return-value]
        item = replace(item, codes=codes)
        with self._desk.shop.books.writing() as work:
            if work.items.get(item.id, self._desk.now()) is not None:
                return Refused(Code.ITEM_EXISTS, {"item": item.id})
            taken = self._taken(work, codes) or no_container(work, item, self._desk.now())
            if taken is not None:
                return taken
            work.items.add_many([item])
            head = self._record(work, EntryKind.ITEM_ADDED, operator, item.id, {"item": item_told(item)})
            work.commit()
        self._desk.shop.anchor(head)
        return item

    def edit_item(self, item: Item) -> Item | Refused:
        """Put `item` in place of the one with its id; another price holds from now on, codes stay as they are.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_UNKNOWN, UNIT_FIXED, PICTURE_UNFIT and whatever `check_item` says.
        """
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        refused = item_check.check_item(item, self._desk.rules)
        if refused is not None:
            return refused
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            before = work.items.get(item.id, now)
            if before is None:
                return Refused(Code.ITEM_UNKNOWN, {"code": item.id})
            after = replace(item, codes=before.codes)
            if after == before:
                return after
            if after.picture != before.picture and (unfit := picture_refused(self._desk, after.picture)):
                return unfit
            if after.unit is not before.unit and work.stock.on_hand([item.id]):
                return Refused(Code.UNIT_FIXED, {"unit": before.unit.value})
            lacking = no_container(work, item, now)
            if lacking is not None:
                return lacking
            work.items.change_many([after])
            fact = Fact(EntryKind.ITEM_CHANGED, now, operator.id, item.id, _difference(before, after))
            repriced = after.shelf_price != before.shelf_price
            prices = [(item.id, replace(after.shelf_price, starts_at=now))] if repriced else []
            head = record_prices(work, self._desk, fact, prices, {item.id: before.shelf_price})
            work.commit()
        self._desk.shop.anchor(head)
        return after

    def set_price(
        self,
        item_id: str,
        price: int,
        from_: datetime | None = None,
        quantity_prices: tuple[QuantityPrice, ...] | None = None,
    ) -> ShelfPrice | Refused:
        """Let an item cost `price` (minor units) from a moment on, from now where none is named.

        `quantity_prices` begin with it and take the place of those there were; without any word of them, those of that
        moment go on. Refused: NOT_SIGNED_ON, NOT_PERMITTED,
        ITEM_UNKNOWN, PRICE_NEGATIVE, PRICE_TOO_LARGE, QUANTITY_PRICES_INVALID.
        """
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        refused = item_check.price_refused(price, self._desk.rules.currency)
        if refused is not None:
            return refused
        now = self._desk.now()
        begins = from_ or now
        with self._desk.shop.books.writing() as work:
            item = work.items.get(item_id, now)
            if item is None:
                return Refused(Code.ITEM_UNKNOWN, {"code": item_id})
            if quantity_prices is None:
                then = work.items.get(item_id, begins)
                quantity_prices = () if then is None else then.quantity_prices
            if not late_quantity_prices.quantity_prices_fit(quantity_prices, item.unit):
                return Refused(Code.QUANTITY_PRICES_INVALID)
            dated = ShelfPrice(begins, price, quantity_prices)
            before = item.unit_price_minor
            payload: dict[str, object] = {"before": before, "after": price, "from": moment_text(begins)}
            fact = Fact(EntryKind.PRICE_SET, now, operator.id, item_id, payload)
            head = record_prices(work, self._desk, fact, [(item_id, dated)], {item_id: item.shelf_price})
            work.commit()
        self._desk.shop.anchor(head)
        return dated

    def add_code(self, item_id: str, text: str) -> Item | Refused:
        """Let a further code name an item. A code it has already changes nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_UNKNOWN, CODE_TAKEN, CHECK_DIGIT_WRONG, CODE_UNREADABLE.
        """
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        key = item_check.read_code(text)
        return key if isinstance(key, Refused) else self._change_codes(item_id, key, add=True)

    def remove_code(self, item_id: str, code: str) -> Item | Refused:
        """Take a code away from an item.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, ITEM_UNKNOWN, CODE_NOT_OF_ITEM.
        """
        return self._change_codes(item_id, code, add=False)

    def retire(self, item_id: str, *, sold: bool = False) -> Item | Refused:
        """Sell an item no longer, or with `sold` again. It stays in the books and keeps its codes. As `edit_item`."""
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        item = self.get(item_id)
        if item is None:
            return Refused(Code.ITEM_UNKNOWN, {"code": item_id})
        return self.edit_item(replace(item, active=sold))

    def _change_codes(self, item_id: str, key: str, *, add: bool) -> Item | Refused:
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            before = work.items.get(item_id, self._desk.now())
            if before is None:
                return Refused(Code.ITEM_UNKNOWN, {"code": item_id})
            if (key in before.codes) is add:
                return before if add else self._no_such_code(key)
            if not add and key not in before.codes:
                return self._no_such_code(key)
            taken = self._taken(work, (key,)) if add else None
            if taken is not None:
                return taken
            if add:
                work.items.add_codes([(key, item_id)])
            else:
                work.items.remove_code(key)
            codes = tuple(sorted({*before.codes, key} if add else {*before.codes} - {key}))
            after = replace(before, codes=codes)
            head = self._record(work, EntryKind.ITEM_CHANGED, operator, item_id, _difference(before, after))
            work.commit()
        self._desk.shop.anchor(head)
        return after

    def _no_such_code(self, code: str) -> Refused:
        return Refused(Code.CODE_NOT_OF_ITEM, {"code": code[:40]})

    def _taken(self, work: UnitOfWork, codes: Sequence[str]) -> Refused | None:
        """The refusal where one of these codes names another item already."""
        owners = work.items.owners(codes)
        for code, owner in owners.items():
            other = work.items.get(owner, self._desk.now())
            return Refused(Code.CODE_TAKEN, {"code": code, "item": owner if other is None else other.name})
        return None

    def _record(
        self, work: UnitOfWork, kind: EntryKind, operator: Operator, item_id: str, payload: dict[str, object]
    ) -> JournalHead:
        return record(work, self._desk, Fact(kind, self._desk.now(), operator.id, item_id, payload))


def no_container(work: UnitOfWork, item: Item, at: datetime) -> Refused | None:
    """The refusal where an item goes with something that is no container of the catalogue."""
    for deposit in item.deposits:
        container = work.items.get(deposit.item, at)
        if container is None or not container.container:
            return Refused(Code.DEPOSIT_UNKNOWN, {"item": deposit.item})
    return None


def _keys(codes: Sequence[str]) -> tuple[str, ...] | Refused:
    keys: set[str] = set()
    for text in codes:
        key = item_check.read_code(text)
        if isinstance(key, Refused):
            return key
        keys.add(key)
    return tuple(sorted(keys))


def item_told(item: Item) -> dict[str, object]:
    """The item as the journal tells it: only whole numbers, texts and lists of them."""
    fields = asdict(item)
    if item.content is not None:
        fields["content"] = [item.content.thousandths, item.content.unit.value]
    fields["unit"] = item.unit.value
    fields["names"] = [list(name) for name in item.names]
    fields["deposits"] = late_item_cells.deposits_text(item.deposits)
    fields["quantity_prices"] = [[each.starts, each.price] for each in item.quantity_prices]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _difference(before: Item, after: Item) -> dict[str, object]:
    old, new = item_told(before), item_told(after)
    changed = [name for name in new if old[name] != new[name]]
    return {"before": {name: old[name] for name in changed}, "after": {name: new[name] for name in changed}}

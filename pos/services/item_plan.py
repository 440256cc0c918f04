"""What checked rows would do to the catalogue as it stands: which items are new, which change, which rows clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.domain.item import Item
from pos.domain.item_rows import ItemRow, RefusedRow, RowFault, RowProblem
from pos.domain.money import Unit
from pos.persistence.items import Items


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item before and after."""

    before: Item
    after: Item

    @property
    def repriced(self) -> bool:
        return self.before.shelf_price != self.after.shelf_price

    @property
    def added_codes(self) -> tuple[str, ...]:
        return self.after.codes[len(self.before.codes) :]


@dataclass(slots=True)
class Plan:
    """What is to be written. `tax_assumed`: some new item took the shop's only tax; `tax_missing`: one has none."""

    new: list[Item] = field(default_factory=list)
    changes: list[ItemChange] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    tax_assumed: bool = False
    tax_missing: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.new or self.changes)


def plan_items(items: Items, rows: Sequence[ItemRow], fallback_tax: tuple[str, ...] | None, at: datetime) -> Plan:
    """Hold rows against each other and against the catalogue.

    A row means the item of its id; without an id, the item that one of its codes names already; else a new item whose
    id is its first code. Codes are added to an item, none is ever taken away or moved.
    """
    return _Planner(items, rows, fallback_tax, at).plan()


class _Planner:
    def __init__(
        self, items: Items, rows: Sequence[ItemRow], fallback_tax: tuple[str, ...] | None, at: datetime
    ) -> None:
        self._rows = rows
        self._fallback_tax = fallback_tax
        self._plan = Plan()
        self._lines_by_code: dict[str, int] = {}
        self._lines_by_item: dict[str, int] = {}
        self._owners: dict[str, str] = {}
        self._known: dict[str, Item] = {}
        if items.count():
            self._owners = items.owners(sorted({code for row in rows for code in row.codes}))
            wanted = {row.id or row.codes[0] for row in rows} | set(self._owners.values())
            self._known = items.get_many(sorted(wanted), at)

    def plan(self) -> Plan:
        for row in self._rows:
            item_id = self._item_of(row)
            if isinstance(item_id, RowProblem):
                self._refuse(row, item_id)
                continue
            before = self._known.get(item_id)
            after = self._new(row, item_id) if before is None else _changed(row, before)
            if after is None:
                self._plan.tax_missing = True
                self._refuse(row, RowProblem(RowFault.TAX_MISSING))
                continue
            self._lines_by_item[item_id] = row.line
            self._lines_by_code.update(dict.fromkeys(row.codes, row.line))
            if before is None:
                self._plan.new.append(after)
            elif after == before:
                self._plan.unchanged += 1
            else:
                self._plan.changes.append(ItemChange(before, after))
        return self._plan

    def _item_of(self, row: ItemRow) -> str | RowProblem:
        """The id of the item a row means, or why it can mean none."""
        for code in row.codes:
            if code in self._lines_by_code:
                return RowProblem(RowFault.CODE_TWICE, {"code": _spelled(code), "line": self._lines_by_code[code]})
        owners = {self._owners[code]: code for code in row.codes if code in self._owners}
        item_id = row.id or next(iter(owners), row.codes[0] if row.codes else "")
        for owner, code in owners.items():
            if owner != item_id:
                return RowProblem(RowFault.CODE_TAKEN, {"code": _spelled(code), "item": self._known[owner].name})
        if not row.id and not owners and item_id in self._known:
            return RowProblem(RowFault.ID_TAKEN, {"id": item_id, "item": self._known[item_id].name})
        if item_id in self._lines_by_item:
            return RowProblem(RowFault.ITEM_TWICE, {"line": self._lines_by_item[item_id]})
        return item_id

    def _new(self, row: ItemRow, item_id: str) -> Item | None:
        taxes = row.taxes
        if taxes is None:
            taxes = self._fallback_tax
            self._plan.tax_assumed = True
        if taxes is None:
            return None
        return Item(
            id=item_id,
            name=row.name,
            unit_price_minor=row.price,
            taxes=taxes,
            unit=row.unit or Unit.PIECE,
            department=row.department or "",
            codes=row.codes,
            icon=row.icon or "",
            names=tuple(sorted(row.names.items())),
            **row.more,
        )

    def _refuse(self, row: ItemRow, problem: RowProblem) -> None:
        code = _spelled(row.codes[0]) if row.codes else row.id
        self._plan.refused.append(RefusedRow(row.line, code, (problem,)))


def _spelled(key: str) -> str:
    """A key as a person knows it: a GTIN with the 13 digits under its bars rather than the 14 of its key."""
    return key[1:] if len(key) == 14 and key.isdigit() and key.startswith("0") else key


def _changed(row: ItemRow, before: Item) -> Item:
    """The item as the row has it; what the row says nothing of stays."""
    return replace(
        before,
        name=row.name,
        unit_price_minor=row.price,
        taxes=row.taxes or before.taxes,
        unit=row.unit or before.unit,
        department=row.department or before.department,
        codes=(*before.codes, *(code for code in row.codes if code not in before.codes)),
        icon=row.icon or before.icon,
        names=tuple(sorted({**dict(before.names), **row.names}.items())) if row.names else before.names,
        **row.more,
    )

"""Write the catalogue to a CSV file that an import reads back without changing anything."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.identifiers import CodeInvalid, gtin_key
from pos.domain.item import Item
from pos.domain.item_cells import CELLS, content_text, deposits_text
from pos.domain.item_columns import NAME_COLUMNS, Column
from pos.domain.money import Quantity, Unit, minor_text
from pos.domain.quantity_prices import quantity_prices_text
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError, Trouble
from pos.services.desk import Desk

if TYPE_CHECKING:
    import _csv

COLUMNS = (
    *(Column.ID, Column.NAME, Column.PRICE, Column.UNIT, Column.TAX, Column.DEPARTMENT, Column.GTIN, Column.CODE),
    *(Column.ICON, *CELLS, Column.QUANTITY_PRICES, *NAME_COLUMNS.values()),
)
_STEP = 500


def export_items(
    desk: Desk,
    path: Path,
    *,
    progress: Callable[[int], None] = lambda items: None,
    cancelled: Callable[[], bool] = lambda: False,
    from_command_line: bool = False,
) -> int | None:
    """Write every item with its codes and its price of now; answers with how many, or None where it was stopped.

    What items cost the shop is written for who may change them, and from the command line, whose user owns the folder.

    The file is whole or not there: it is written beside its place and moved. Raises KnownError FILE_UNREADABLE.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            costs = from_command_line or not isinstance(desk.permit(Permission.MANAGE_ITEMS), Refused)
            columns = (*COLUMNS, Column.COST) if costs else COLUMNS
            count = _write(desk, columns, csv.writer(file, lineterminator="\n"), progress, cancelled)
            file.flush()
            os.fsync(file.fileno())
        if count is not None:
            unfinished.replace(path)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write(
    desk: Desk,
    columns: Sequence[Column],
    rows: _csv.Writer,
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> int | None:
    rows.writerow([column.value for column in columns])
    currency, now = desk.rules.currency, desk.now()
    count, last = 0, ""
    with desk.shop.books.reading() as work:
        while items := work.items.page(last, _STEP, now):
            if cancelled():
                return None
            for item in items:
                cells = _cells(item, currency)
                rows.writerow([cells[column] for column in columns])
            count, last = count + len(items), items[-1].id
            progress(count)
    return count


def _cells(item: Item, currency: str) -> dict[Column, str]:
    gtins = [code for code in item.codes if _is_gtin(code)]
    others = [code for code in item.codes if code not in gtins]
    cells = {
        Column.ID: item.id,
        Column.NAME: item.name,
        Column.PRICE: minor_text(item.unit_price_minor, currency),
        Column.UNIT: item.unit.value,
        Column.TAX: " ".join(item.taxes),
        Column.DEPARTMENT: item.department,
        Column.GTIN: "|".join(gtins),
        Column.CODE: "|".join(others),
        Column.ICON: item.icon,
        Column.QUANTITY_PRICES: quantity_prices_text(item.quantity_prices, currency),
        Column.COST: "" if item.cost is None else minor_text(item.cost, currency),
    }
    cells |= {column: dict(item.names).get(language, "") for language, column in NAME_COLUMNS.items()}
    return cells | {column: _cell(getattr(item, name), column) for column, (name, _) in CELLS.items()}


def _cell(value: object, column: Column) -> str:
    """A value of an item as the reader of its column takes it; empty where nothing is said."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column is Column.DEPOSITS and isinstance(value, tuple):
        return deposits_text(value)
    if isinstance(value, Quantity):
        return content_text(value)
    if isinstance(value, tuple):
        return " ".join(value)
    if value is None:
        return ""
    if column is Column.STOCK_MIN and isinstance(value, int):
        return Quantity(value, Unit.KG).text()
    return str(value)


def _is_gtin(code: str) -> bool:
    try:
        return gtin_key(code) == code
    except CodeInvalid:
        return False

"""Shops to measure in: founded as every shop is, filled with as many items as a figure needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from stdnum import ean

from benchmarks.bare import open_bare
from pos.domain.shop import Mode
from pos.domain.transaction import Transaction
from pos.services.demo_shop import DEMO_PINS, open_or_found
from pos.services.sale import CompletedSale
from pos.services.tills import TillView
from pos.settings import read_settings
from pos.workstation import Workstation, open_workstation

CASHIER = "101"
FLOAT_MINOR = 100_00
DATABASE = "shop.sqlite3"
_ITEM = """
    INSERT INTO item (
        id, name, department, unit, unit_price, taxes, icon, age, serial, open_price, final_sale, not_discountable,
        family, variant, flags, measure_code, picture, content, content_unit, active, price_from, price_until
    ) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, '', '', '', '', '', 0, '', 1, '', '')
"""


def found(home: Path, items: int = 0) -> Path:
    """The folder of a demo shop under `home` with `items` invented items added to those of the demo.

    A shop of one size is made once beside `home` and copied from then on.
    """
    grown = home.with_name(f"shop-of-{items}")
    if not grown.exists():
        _grow(grown, items)
    shutil.copytree(grown, home, dirs_exist_ok=True)
    return open_or_found(home)


def _grow(home: Path, items: int) -> None:
    folder = open_or_found(home)
    connection = open_bare(folder / DATABASE)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_ITEM, _items(items))
    connection.executemany("INSERT INTO item_code VALUES (?, ?)", _codes(items))
    connection.execute("COMMIT")
    # One file to copy, with nothing left in the journal beside it.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def twin(folder: Path, name: str) -> Path:
    """A copy of a shop that nobody has open, beside it."""
    return Path(shutil.copytree(folder, folder.with_name(name)))


def open_for_sale(folder: Path) -> Workstation:
    """The shop's first workstation with a cashier signed on and the till open."""
    workstation = open_workstation(folder, number=1, mode=Mode.DEMO, settings=read_settings(folder.parent))
    workstation.sign_on.sign_on(CASHIER, DEMO_PINS[CASHIER])
    if workstation.tills.current() is None:
        assert isinstance(workstation.tills.open_till(FLOAT_MINOR), TillView)
    return workstation


def sold(answer: object) -> Transaction:
    """The transaction of a sale that must have gone through."""
    assert isinstance(answer, CompletedSale), answer
    return answer.transaction


def invented_gtin(number: int) -> str:
    """The GTIN-13 of the invented item `number`, in the range GS1 leaves to shops themselves."""
    body = f"29{number:010d}"
    return body + str(ean.calc_check_digit(body))


def _items(items: int) -> Iterator[tuple[str, str, str, str, int, str, str]]:
    for number in range(items):
        yield f"x{number:07d}", f"Invented item {number}", "Groceries", "piece", 100 + number % 900, "food", ""


def _codes(items: int) -> Iterator[tuple[str, str]]:
    for number in range(items):
        yield invented_gtin(number).zfill(14), f"x{number:07d}"

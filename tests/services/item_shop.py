"""A shop to import items into: founded once, copied for each test that writes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pos.domain.item import Item
from pos.domain.shop import Mode, ShopRules
from pos.domain.staff import Operator, Role
from pos.domain.tax import TaxRate
from pos.persistence.shop_folder import open_shop
from pos.services.catalogue import Catalogue
from pos.services.desk import Desk
from pos.services.item_import import ImportOptions, ImportReport, import_items
from pos.services.shops import NewStaff, found_shop

REAL_FILES = Path(os.environ.get("KASSA_DATA") or Path(__file__).parents[3] / "shared" / "data")
INVENTED = Path(__file__).parents[1] / "data" / "items_with_troubles.csv"
RULES = ShopRules(
    name="Gifts",
    store="0007",
    currency="GBP",
    timezone="Europe/London",
    tax_rates=(TaxRate("standard", 200_000), TaxRate("food", 0)),
)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANAGER = Operator("201", "Dana Kim", Role.MANAGER)
CASHIER = Operator("101", "Maya Reyes", Role.CASHIER)


class Noon:
    """A clock that stands at noon."""

    def now(self) -> datetime:
        return NOON


@cache
def _founded() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="kassa-item-shop-")
    staff = [NewStaff(person, person.id * 2) for person in (MANAGER, CASHIER)]
    found_shop(Path(folder.name) / "shop", RULES, mode=Mode.SCRIPT, clock=Noon(), workstation=1, staff=staff, items=[])
    return folder


@contextmanager
def item_desk(folder: Path, items: Sequence[Item] = ()) -> Iterator[Desk]:
    """The desk of a shop with nobody signed on, in `folder`, which must not exist."""
    shutil.copytree(Path(_founded().name) / "shop", folder)
    shop = open_shop(folder, NOON)
    if items:
        with shop.books.writing() as work:
            work.items.add_many(items)
            work.commit()
    yield Desk(shop, 1, Noon(), RULES)
    shop.close()


def take(desk: Desk, path: Path, *maps: str, tax: str = "standard", **options: object) -> ImportReport:
    """Import as the command line does."""
    report = import_items(
        desk,
        path,
        ImportOptions(maps=maps, tax=tax, **options),  # type: ignore[arg-type]
        from_command_line=True,
    )
    assert isinstance(report, ImportReport)
    return report


def count(desk: Desk) -> int:
    return Catalogue(desk).count()


def find(desk: Desk, code: str) -> Item:
    """The item of a code that must be known, with all its codes."""
    found = Catalogue(desk).find(code)
    assert found is not None, code
    with desk.shop.books.reading() as work:
        item = work.items.get(found.id, desk.now())
    assert item is not None
    return item


def real_file(name: str) -> Path:
    """A file of the real data, or the test is skipped with the reason."""
    path = REAL_FILES / name
    if not path.exists():
        pytest.skip(f"no real data here: {name} is looked for in KASSA_DATA, else in shared/data beside the checkout")
    return path


@dataclass(frozen=True, slots=True)
class Csv:
    """A file of lines to import."""

    folder: Path

    def __call__(self, *lines: str, name: str = "items.csv") -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

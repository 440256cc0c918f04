"""Import a list of a hundred thousand items as `kassa import items` does: read, checked, written at once."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks import shops
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch
from pos.services.item_import import ImportOptions, ImportReport, import_items

NAME = "import"
SECONDS_MAX = 20.0


def measure(home: Path, *, quick: bool) -> Figure:
    """The slowest of a few imports, each into a shop of its own, has to be quick enough."""
    items = 1_000 if quick else 100_000
    rounds = 1 if quick else 3
    home.mkdir(parents=True, exist_ok=True)
    file = home / "items.csv"
    write_list(file, items)
    watch = Stopwatch()
    for number in range(rounds):
        workstation = shops.open_for_sale(shops.found(home / str(number)))
        before = workstation.catalogue.count()
        with watch.running():
            report = import_items(workstation.desk, file, ImportOptions(), from_command_line=True)
        assert isinstance(report, ImportReport), report
        assert report.written, report
        assert workstation.catalogue.count() == before + items, report
        workstation.close()
    program = watch.sample()
    return Figure(NAME, program, None, (Check(What.MAX, program.max, SECONDS_MAX, Measure.SECONDS),))


def write_list(file: Path, items: int) -> None:
    """An invented list: another barcode, name and price in every row."""
    with file.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(("id", "name", "gtin", "price", "tax", "department", "unit"))
        for number in range(items):
            name, price = f"Invented item {number}", f"{1 + number % 90}.{number % 100:02d}"
            rows.writerow((f"y{number:06d}", name, shops.invented_gtin(number), price, "food", "List", "piece"))

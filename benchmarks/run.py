"""One run: every figure after the other, in a folder of its own on the disk the shops are on."""

from __future__ import annotations

import gc
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    card,
    hands,
    item_list,
    lookup,
    purchases,
    receipt,
    reprice,
    returns,
    sale,
    scan,
    search,
    start,
    suggestion,
    z_report,
)
from benchmarks.figure import Figure

FIGURES: dict[str, Callable[..., Figure]] = {
    sale.NAME: sale.measure,
    scan.NAME: scan.measure,
    lookup.NAME: lookup.measure,
    search.NAME: search.measure,
    start.WINDOW: start.measure_window,
    start.READY: start.measure_ready,
    receipt.ESCPOS: receipt.measure_escpos,
    receipt.PDF: receipt.measure_pdf,
    item_list.NAME: item_list.measure,
    hands.SCREEN: hands.measure_screen,
    hands.DRESS: hands.measure_dress,
    hands.PALETTE: hands.measure_palette,
    hands.UNDO: hands.measure_undo,
    suggestion.NAME: suggestion.measure,
    card.NAME: card.measure,
    z_report.NAME: z_report.measure,
    reprice.FEW: reprice.measure_few,
    reprice.MANY: reprice.measure_many,
    returns.NAME: returns.measure,
    purchases.SCANNED: purchases.measure_scanned,
    purchases.FOUND: purchases.measure_found,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run measured. A quick one has too few rounds for its ratios to mean much."""

    figures: tuple[Figure, ...]
    quick: bool

    @property
    def held(self) -> bool:
        return all(figure.held for figure in self.figures)


def measure(disk: Path, names: Iterable[str] = (), *, quick: bool, began: Callable[[str], None]) -> Report:
    """Measure the named figures, or all; `disk` is a folder on the disk to measure on, `began` hears each name first.

    Windows are painted where nobody sees them, unless QT_QPA_PLATFORM says where.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = tuple(names) or tuple(FIGURES)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=disk) as folder:
        figures = []
        for name in wanted:
            began(name)
            gc.collect()
            home = Path(folder) / name
            figures.append(FIGURES[name](home, quick=quick))
            shutil.rmtree(home, ignore_errors=True)
    return Report(tuple(figures), quick)


def as_json(report: Report) -> dict[str, object]:
    """The report for a program: times in milliseconds, every check with its value, limit and answer."""
    return {
        "machine": {"system": platform.platform(), "python": platform.python_version(), "processors": os.cpu_count()},
        "quick": report.quick,
        "held": report.held,
        "figures": [_figure_json(figure) for figure in report.figures],
    }


def _figure_json(figure: Figure) -> dict[str, object]:
    return {
        "figure": figure.name,
        "held": figure.held,
        "kassa": figure.program.as_json(),
        "bare": None if figure.bare is None else figure.bare.as_json(),
        "beside": {name: sample.as_json() for name, sample in figure.beside},
        "checks": [
            {
                "what": check.what,
                "value": round(check.value, 3),
                "limit": check.limit,
                "measure": check.measure,
                "held": check.held,
            }
            for check in figure.checks
        ],
    }

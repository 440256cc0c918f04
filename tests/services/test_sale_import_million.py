"""A million rows of sales go through in bounded memory, and stopping in the middle leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos.services.file_import import Stage
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from tests.services.item_shop import item_desk
from tests.services.test_sale_import import rows_held

ROWS = 1_000_000
# What a sale's number and its rows are counted in until the file was read; the sales themselves wait on the disk.
MEGABYTES_MOST = 300
_TRY = """
import resource, sys
from pathlib import Path
from pos.services.sale_import import SaleImportOptions, import_sales
from tests.services.item_shop import item_desk
with item_desk(Path(sys.argv[2])) as desk:
    report = import_sales(desk, Path(sys.argv[1]), SaleImportOptions(dry_run=True), from_command_line=True)
    print(report.totals.rows, report.sales, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four rows a sale, sales of half a year, a thousand customers."""
    path = tmp_path_factory.mktemp("million") / "sales.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("receipt,date,code,name,quantity,price,customer\n")
        for row in range(ROWS):
            sale = row // 4
            day = f"2026-{1 + sale % 6:02}-{1 + sale % 28:02} {8 + sale % 12:02}:{sale % 60:02}"
            file.write(f"{sale},{day},C{row % 5000},Thing {row % 5000},{1 + row % 3},{row % 90}.50,K{sale % 1000}\n")
    return path


@pytest.mark.soak
def test_a_million_rows_take_bounded_memory(million: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _TRY, str(million), str(tmp_path / "shop")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    rows, sales, megabytes = map(int, ran.stdout.split())
    assert (rows, sales) == (ROWS, ROWS // 4)
    assert megabytes < MEGABYTES_MOST, ran.stdout


@pytest.mark.soak
@pytest.mark.parametrize("stage", list(Stage))
def test_stopping_in_a_million_rows_leaves_nothing(million: Path, tmp_path: Path, stage: Stage) -> None:
    told: list[tuple[Stage, int]] = []
    with item_desk(tmp_path / "shop") as desk:
        report = import_sales(
            desk,
            million,
            SaleImportOptions(),
            from_command_line=True,
            progress=lambda at, rows: told.append((at, rows)),
            cancelled=lambda: bool(told) and told[-1][0] is stage and told[-1][1] >= 50_000,
        )
        assert isinstance(report, SaleImportReport)
        assert (report.cancelled, report.written) == (True, False)
        assert rows_held(desk) == 0

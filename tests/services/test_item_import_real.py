"""The real lists go through the import: 3,516 items with prices, 96,135 barcodes, 1,500 codes that are none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.item_rows import RowFault
from pos.domain.money import Unit
from pos.services.desk import Desk
from tests.services.item_shop import Csv, count, find, item_desk, real_file, take

UCI = ("name=description", "price=modal_unit_price_gbp", "code=StockCode")
ROWS = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop") as desk:
        yield desk


def test_one_real_item_is_finer_than_a_penny(desk: Desk) -> None:
    path = real_file("uci_items_2010-12_2011-06.csv.gz")
    kept_out = take(desk, path, *UCI)
    assert (kept_out.rows, kept_out.refused_rows, kept_out.written, count(desk)) == (3516, 1, False, 0)
    report = take(desk, path, *UCI, take_good=True)
    assert (report.new, report.refused_rows, count(desk)) == (3515, 1, 3515)
    (row,) = report.refused
    assert (row.code, [problem.fault for problem in row.problems]) == ("PADS", [RowFault.PRICE_TOO_FINE])
    assert find(desk, "85123A").id != find(desk, "85123a").id
    assert find(desk, "AMAZONFEE").unit_price_minor == 13541_33
    again = take(desk, path, *UCI, take_good=True)
    assert (again.new, again.changed, again.unchanged, again.written) == (0, 0, 3515, False)


def test_real_barcodes_of_all_lengths_come_in(desk: Desk) -> None:
    report = take(desk, real_file("catalogue_openfoodfacts_gtin.csv.gz"), default_price="1.99", take_good=True)
    # Ten numbers stand there twice, in two lengths; fifteen names hold a control character.
    assert report.rows == 96_135
    assert dict(report.reasons) == {RowFault.CODE_TWICE: 10, RowFault.CONTROL_CHARACTER: 15}
    assert count(desk) == report.new == 96_110


def test_real_codes_that_are_no_barcodes_are_all_refused(desk: Desk) -> None:
    path = real_file("catalogue_dirty_codes.csv.gz")
    report = take(desk, path, "gtin=code", default_price="1.99", take_good=True)
    assert (report.rows, report.refused_rows, count(desk)) == (1500, 1500, 0)
    assert dict(report.reasons) == {
        RowFault.GTIN_CHECK_DIGIT: 606,
        RowFault.GTIN_LENGTH: 544,
        RowFault.GTIN_IS_UPC_E: 350,
    }
    assert all(row.code and row.line > 1 for row in report.refused)


def test_real_produce_comes_in_by_the_pound(desk: Desk) -> None:
    report = take(desk, real_file("plu_produce.csv.gz"), default_price="0.99", unit="lb")
    assert (report.new, report.refused_rows) == (1520, 0)
    assert find(desk, "4011").unit is Unit.LB


def test_a_long_list_comes_in_whole(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)(
        "name,price,code,department", *(f"Item {n},{n % 900 + 1}.{n % 100:02d},X{n:06d},D{n % 9}" for n in range(ROWS))
    )
    begun = time.perf_counter()
    report = take(desk, path)
    seconds = time.perf_counter() - begun
    print(f"{ROWS:,} items imported in {seconds:.1f} s")
    assert (report.new, count(desk)) == (ROWS, ROWS)

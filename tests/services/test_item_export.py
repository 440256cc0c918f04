"""What is written is read back without a change; mappings are previewed and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.item_columns import Column, FileFault, FileProblem
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.services.desk import Desk
from pos.services.import_preview import ImportPreview, keep_profile, preview_items, profile_names, read_profile
from pos.services.item_export import export_items
from pos.services.item_import import ImportOptions, ImportReport, import_items
from tests.services.item_shop import CASHIER, MANAGER, Csv, item_desk, real_file

FULL = Item(
    "OATS", 'Oats, "rolled"; žluté', 429, ("food",), Unit.PIECE, "Groceries", ("09520000010126", "H1", "h1"),
    "coffee", 18, True, True, True, True, "oats", "750 g", ("organic", "vegan"), "2104011", "oats.png",
    Quantity(750, Unit.KG), 1_000, False, cost=310, names=(("cs", "Vločky"), ("sv", "Havre")),
)  # fmt: skip
ITEMS = (FULL, Item("A", "Äpplen", 0, (), Unit.KG, codes=("4015",)), Item("B", "=1+1", 10**9, ("food", "standard")))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", ITEMS) as desk:
        desk.operator = MANAGER
        yield desk


def taken(desk: Desk, path: Path, **options: object) -> ImportReport:
    report = import_items(desk, path, ImportOptions(**options))  # type: ignore[arg-type]
    assert isinstance(report, ImportReport)
    return report


def test_what_was_exported_changes_nothing_when_it_is_read_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    assert export_items(desk, path) == 3
    report = taken(desk, path, allow_free=True)
    assert (report.good, report.new, report.changed, report.unchanged) == (True, 0, 0, 3), report
    with item_desk(tmp_path / "other") as other:
        other.operator = MANAGER
        assert taken(other, path, allow_free=True, tax="food").new == 3
        with other.shop.books.reading() as work:
            assert work.items.get("OATS", other.now()) == FULL


def test_a_real_catalogue_goes_round(desk: Desk, tmp_path: Path) -> None:
    source = real_file("uci_items_2010-12_2011-06.csv.gz")
    maps = ("name=description", "price=modal_unit_price_gbp", "code=StockCode")
    assert taken(desk, source, maps=maps, tax="standard", take_good=True).new > 3_000
    path = tmp_path / "items.csv"
    count = export_items(desk, path)
    report = taken(desk, path, allow_free=True)
    assert (report.unchanged, report.changed, report.new, report.refused_rows) == (count, 0, 0, 0)


def test_an_export_that_is_stopped_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    assert export_items(desk, tmp_path / "items.csv", cancelled=lambda: True) is None
    assert [path.name for path in tmp_path.glob("*items.csv*")] == []


def test_a_preview_shows_the_guess_and_what_is_missing(tmp_path: Path) -> None:
    path = Csv(tmp_path)("name;EAN;prix", *["Mug;9520000010126;9,50"] * 30)
    preview = preview_items(path, ImportOptions())
    assert isinstance(preview, ImportPreview)
    assert preview.header == ("name", "EAN", "prix")
    assert preview.mapping == {Column.NAME: (0,), Column.GTIN: (1,)}
    assert len(preview.rows) == 20
    assert preview.rows[0] == ("Mug", "9520000010126", "9,50")
    assert preview.problem is not None
    assert preview.problem.fault is FileFault.PRICE_COLUMN_MISSING
    mapped = preview_items(path, ImportOptions(maps=("price=prix",)))
    assert isinstance(mapped, ImportPreview)
    assert (mapped.problem, mapped.mapping[Column.PRICE]) == (None, (2,))
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert preview_items(empty, ImportOptions()) == FileProblem(FileFault.EMPTY)


def test_a_mapping_is_kept_under_a_name(desk: Desk) -> None:
    options = ImportOptions(maps=("price=prix",), tax="food", allow_free=True)
    assert keep_profile(desk, "  Bakery  north ", options) == "Bakery north"
    assert profile_names(desk) == ("Bakery north",)
    assert read_profile(desk, "Bakery north") == options
    for answer, code in (
        (read_profile(desk, "Other"), Code.PROFILE_UNKNOWN),
        (keep_profile(desk, " ", options), Code.PROFILE_NAME_INVALID),
    ):
        assert isinstance(answer, Refused)
        assert answer.code is code
    desk.operator = CASHIER
    assert keep_profile(desk, "X", options) == Refused(Code.NOT_PERMITTED)


def test_what_items_cost_is_written_for_who_may_change_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    for person, told in ((MANAGER, True), (CASHIER, False), (None, False)):
        desk.operator = person
        export_items(desk, path)
        assert ("cost" in path.read_text("utf-8").splitlines()[0].split(",")) is told
    export_items(desk, path, from_command_line=True)
    assert "3.10" in path.read_text("utf-8")

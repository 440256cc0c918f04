"""What an import says: every refusal a sentence, and no doubt about what was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.item_columns import Column, FileFault
from pos.domain.item_rows import RefusedRow, RowFault, RowProblem
from pos.services import item_import, item_report
from pos.services.desk import Desk
from pos.services.item_import import ImportReport
from pos.services.item_report import report_lines
from pos.wording import Wording
from tests.services.item_shop import Csv, item_desk, take

DOCS = Path(__file__).parents[2] / "docs" / "import-items.md"
WORDS = Wording("en")
MUG = Item("MUG", "Mug", 950, ("standard",), codes=("M1",))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", [MUG]) as desk:
        yield desk


@pytest.fixture
def csv(tmp_path: Path) -> Csv:
    return Csv(tmp_path)


def test_every_fault_has_its_sentence() -> None:
    assert set(item_report._ROW_FAULTS) == set(RowFault)
    assert set(item_report._FILE_FAULTS) == set(FileFault)


def test_nothing_written_is_said_with_the_reason(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code", "Cup,8.50,C1", "Vase,free,V1"))
    assert report_lines(report, WORDS) == [
        "Line 3, “V1”: the price “free” cannot be read. Write it as 1234.50.",
        "items.csv: 2 rows, 1 new, 0 changed, 0 unchanged, 1 refused.",
        "Nothing was written, because rows are refused. Correct them, or take the good rows alone: --take-good.",
    ]


def test_good_rows_alone_where_none_is_good_are_nothing(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code", "Vase,free,V1", "Jar,-1,J1"), take_good=True)
    assert report_lines(report, WORDS)[-1] == "Nothing was written: no row is good."


def test_what_changes_is_said_with_its_prices(desk: Desk, csv: Csv) -> None:
    path = csv("name,price,code", "Mug,9.90,M1")
    assert report_lines(take(desk, path, dry_run=True), WORDS) == [
        "“Mug” changes: £9.50 becomes £9.90.",
        "items.csv: 1 row, 0 new, 1 changed, 0 unchanged, 0 refused.",
        "Nothing was written: this was a trial.",
    ]
    assert report_lines(take(desk, path), WORDS)[-1] == "1 item was written."
    assert report_lines(take(desk, path), WORDS)[-1] == "Nothing had to be written."
    assert report_lines(take(desk, csv("name,price,code", "Big mug,9.90,M1")), WORDS)[0] == "“Big mug” changes."


def test_a_long_report_shows_its_beginning_and_counts_the_rest(
    desk: Desk, csv: Csv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(item_import, "SHOWN_MAX", 2)
    report = take(desk, csv("name,price,code", *(f"Cup,free,C{n}" for n in range(5))))
    lines = report_lines(report, WORDS)
    assert len(lines) == 5
    assert lines[2] == "… and 3 more rows are refused."
    monkeypatch.undo()
    items = csv("name,price,code", *(f"Cup {n},8.50,C{n}" for n in range(30)))
    take(desk, items)
    dearer = csv("name,price,code", *(f"Cup {n},8.75,C{n}" for n in range(30)))
    assert "… and 10 more items change." in report_lines(take(desk, dearer), WORDS)


def test_a_row_without_any_code_is_still_found(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code", ",9.50,"))
    assert report_lines(report, WORDS)[:2] == ["Line 2: the code is missing.", "Line 2: the name is missing."]


def test_a_stopped_import_and_a_tax_taken_for_granted_are_said() -> None:
    assert report_lines(ImportReport("a.csv", cancelled=True), WORDS) == [
        "The import of a.csv was stopped. Nothing was changed."
    ]
    taken = ImportReport("a.csv", rows=1, new=1, tax=("vat",), written=True)
    assert report_lines(taken, WORDS)[0] == "The file names no tax: new items take the shop’s only one, vat."


def test_the_manual_names_every_field_a_column_can_hold() -> None:
    manual = DOCS.read_text("utf-8")
    assert [column for column in Column if f"| `{column}` |" not in manual] == []


def test_a_planted_row_is_said_in_full() -> None:
    row = RefusedRow(7, "K1", (RowProblem(RowFault.CODE_TAKEN, {"code": "K1", "item": "Kettle"}),))
    report = replace(ImportReport("a.csv", rows=1), refused_rows=1, refused=(row,))
    assert report_lines(report, WORDS)[0] == "Line 7, “K1”: the code K1 belongs to “Kettle”."

"""Sales from before as the owner takes them in: columns seen, tried, added up, stopped, taken in, the mapping kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.purchase import Source
from pos.domain.sale_columns import SaleColumn
from pos.services.purchases import Found
from pos.ui.items.file_import import GOOD
from pos.ui.items.sales_importing import ROUND, SalesImportScreen
from pos.ui.items.sales_imports import SalesImportsScreen
from pos.ui.shared.form import ChoiceBox
from tests.lane import DANA, Lane, copy_of_demo, open_lane

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID"


@pytest.fixture
def lane(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """A till with a manager at it, in front of the import of sales."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.shell.open_place("sales_import")
    yield lane
    lane.close()


@pytest.fixture
def screen(lane: Lane) -> SalesImportScreen:
    shown = lane.shell.screen_shown
    assert isinstance(shown, SalesImportScreen)
    return shown


def csv(folder: Path, *lines: str) -> str:
    path = folder / "old_till.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", "utf-8")
    return str(path)


def work(lane: Lane, screen: SalesImportScreen, qtbot: QtBot, key: str) -> None:
    lane.trigger(f"sales_import.keys.{key}")
    assert screen.working.busy
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)


SALE = "536365,85123A,White lantern,2,2025-12-01 08:26,3.39,17850"


def test_a_column_that_no_heading_tells_is_chosen_and_the_mapping_kept(
    lane: Lane, screen: SalesImportScreen, tmp_path: Path
) -> None:
    path = csv(tmp_path, SALE)
    text = Path(path).read_text("utf-8").replace("InvoiceNo", "No.")
    Path(path).write_text(text, "utf-8")
    screen.choose_file(path)
    assert screen.file.refusal == "No column holds the number of the sale. Nothing is read yet. Choose one below."
    assert set(screen.mapping.fields) == set(SaleColumn)
    box = screen.mapping.fields[SaleColumn.RECEIPT].editor
    assert isinstance(box, ChoiceBox)
    box.choose("0")
    screen.mapping.fields[SaleColumn.RECEIPT].changed.emit()
    assert screen.file.refusal == ""
    screen.fine.set_text(ROUND)
    screen.keep_as.set_text("Old till")
    lane.trigger("sales_import.keys.keep")
    screen.choose_file(path)
    assert (screen.options.maps, screen.options.rounds) == (("receipt=No.",), True)


def test_a_trial_adds_up_and_the_good_rows_are_taken(
    lane: Lane, screen: SalesImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.choose_file(csv(tmp_path, SALE, "536365,PADS,Pads,1,2025-12-01 08:26,0.001,17850"))
    work(lane, screen, qtbot, "try")
    said = screen.said.toPlainText()
    assert "Line 3, “536365”: the amount is finer than the smallest unit of USD." in said
    assert "2 rows with 6.781 USD in; 1 with $6.78 taken, 1 with 0.001 USD refused." in screen.state.text()
    screen.rest.choose(GOOD)
    work(lane, screen, qtbot, "import")
    assert screen.said.toPlainText().startswith("They are in the books.")
    screen.save_report(tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_text("utf-8").count("\n") == 4
    found = lane.opened.workstation.purchases.find("536365")
    assert isinstance(found, Found)
    assert (found.purchase.source, found.purchase.total) == (Source.TAKEN_OVER, 678)
    # The same again is named, and brings nothing.
    work(lane, screen, qtbot, "import")
    assert "the sale 536365 was imported before." in screen.said.toPlainText()


def test_it_can_be_stopped(lane: Lane, screen: SalesImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.choose_file(csv(tmp_path, *(SALE.replace("536365", str(n)) for n in range(20_000))))
    lane.trigger("sales_import.keys.import")
    lane.trigger("sales_import.keys.stop")
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=20_000)
    assert screen.state.text() == "The import of old_till.csv was stopped. Nothing was changed."
    assert lane.opened.workstation.purchases.by_customer("17850") == ()


def test_how_letters_are_written_is_guessed_or_chosen(screen: SalesImportScreen, tmp_path: Path) -> None:
    path = tmp_path / "old_till.csv"
    path.write_bytes(f"{HEAD}\n1,A,Žluťoučký kůň,1,2025-12-01,1.00,\n".encode("cp1250"))
    name = screen.mapping.fields[SaleColumn.NAME].editor
    screen.choose_file(str(path))
    assert "Žluťoučký kůň" in name.accessibleDescription()
    screen.encoding.set_text("cp1252")
    screen.encoding.changed.emit()
    assert "Žluťoučký kůň" not in name.accessibleDescription()
    assert screen.options.encoding == "cp1252"


BACK = "C536379,85123A,White lantern,-1,2025-12-02 09:41,7.50,14527"


def test_the_report_of_every_import_is_read_again_and_saved_again(
    lane: Lane, screen: SalesImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    lane.trigger("sales_import.keys.kept")
    kept = lane.shell.screen_shown
    assert isinstance(kept, SalesImportsScreen)
    assert not kept.list.found.rows
    assert not kept.save_button.isEnabled()
    lane.trigger("sales_imports.keys.back")
    assert lane.shell.screen_shown is screen
    screen.choose_file(csv(tmp_path, SALE, "536365,PADS,Pads,1,2025-12-01 08:26,0.001,17850", BACK))
    screen.rest.choose(GOOD)
    work(lane, screen, qtbot, "import")
    screen.save_report(tmp_path / "then.csv")
    lane.trigger("sales_import.keys.kept")
    (row,) = kept.list.found.rows
    assert row.name == "old_till.csv"
    assert row.detail.endswith("Dana Kim")
    assert row.figure == "-$0.72"
    assert (
        kept.state.text() == "old_till.csv: 3 rows with -0.719 USD in; 2 with -$0.72 taken, 1 with 0.001 USD refused."
    )
    said = kept.said.toPlainText()
    assert "Line 3, “536365”: the amount is finer than the smallest unit of USD." in said
    assert "Line 4, “C536379”: 1 × White lantern for $7.50 cancels no sale that is known." in said
    kept.save_report(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "then.csv").read_bytes()
    lane.trigger("sales_imports.keys.back")
    assert kept.banner.isHidden()

"""Items from a file as a manager takes them in: columns seen and changed, tried, taken or refused, stopped, kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.item_columns import Column
from pos.services.demo_shop import demo_gtin
from pos.ui.items.file_import import GOOD
from pos.ui.items.importing import ImportScreen
from pos.ui.shared.form import ChoiceBox
from tests.lane import DANA, Lane, copy_of_demo, open_lane

JAM, HONEY = demo_gtin(7777), demo_gtin(7778)


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[ImportScreen]:
    """Return the import of a till with a manager at it."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.shell.open_place("items")
    lane.trigger("items.keys.file")
    shown = lane.shell.screen_shown
    assert isinstance(shown, ImportScreen)
    _LANES.append(lane)
    yield shown
    _LANES.remove(lane)
    lane.close()


_LANES: list[Lane] = []


def till() -> Lane:
    return _LANES[-1]


def csv(folder: Path, *lines: str) -> str:
    path = folder / "supplier.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def work(screen: ImportScreen, qtbot: QtBot, key: str) -> None:
    till().trigger(f"items_import.keys.{key}")
    assert screen.working.busy
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)


def known(code: str) -> str:
    item = till().opened.workstation.catalogue.of_code(code)
    return "" if item is None else item.name


def test_columns_are_guessed_shown_and_changed(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.choose_file(csv(tmp_path, "Name,Nice name,Price,Barcode,Tax", f"JAM1,Plum jam,4.50,{JAM},standard"))
    name = screen.mapping.fields[Column.NAME]
    assert name.text == "0"
    assert name.editor.accessibleDescription() == "for example JAM1"
    name.set_text("1")
    name.changed.emit()
    assert screen.mapping.maps == ("name=Nice name",)
    assert name.editor.accessibleDescription() == "for example Plum jam"
    work(screen, qtbot, "try")
    assert "1 new" in screen.state.text()
    assert known(JAM) == ""
    work(screen, qtbot, "import")
    assert known(JAM) == "Plum jam"


def test_a_mapping_without_a_price_is_refused_in_a_sentence(screen: ImportScreen, tmp_path: Path) -> None:
    screen.choose_file(csv(tmp_path, "Name,Amount,Barcode", f"Plum jam,4.50,{JAM}"))
    assert "No column holds the price" in screen.file.refusal
    assert "--map" not in screen.file.refusal
    assert not screen.import_button.isEnabled()
    price = screen.mapping.fields[Column.PRICE]
    price.set_text("1")
    price.changed.emit()
    assert screen.file.refusal == ""
    assert screen.import_button.isEnabled()


def test_every_column_a_file_may_hold_is_seen_and_can_be_chosen(screen: ImportScreen, tmp_path: Path) -> None:
    assert set(screen.mapping.fields) == set(Column)
    screen.choose_file(csv(tmp_path, "Name,Price,Barcode,Goes with,", f"Plum jam,4.50,{JAM},1,"))
    goes_with = screen.mapping.fields[Column.DEPOSITS]
    assert goes_with.editor.accessibleName() == "Goes with"
    box = goes_with.editor
    assert isinstance(box, ChoiceBox)
    headings = ["Name", "Price", "Barcode", "Goes with"]
    assert [box.itemText(at) for at in range(box.count())] == ["Not in the file", *headings]


def test_bad_rows_keep_all_out_or_the_good_are_taken(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    bad = f"Honey,x,{HONEY},standard"
    screen.choose_file(csv(tmp_path, "Name,Price,Barcode,Tax", f"Plum jam,4.50,{JAM},standard", bad))
    work(screen, qtbot, "import")
    assert "1 refused" in screen.state.text()
    assert "Line 3" in screen.said.toPlainText()
    assert "take the good rows alone" in screen.said.toPlainText()
    assert (known(JAM), known(HONEY)) == ("", "")
    screen.rest.choose(GOOD)
    work(screen, qtbot, "import")
    assert (known(JAM), known(HONEY)) == ("Plum jam", "")


def test_it_can_be_stopped_and_nothing_is_written(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [f"Thing {number},1.00,T{number},standard" for number in range(30_000)]
    count = till().opened.workstation.catalogue.count()
    screen.choose_file(csv(tmp_path, "Name,Price,Code,Tax", *rows))
    till().trigger("items_import.keys.import")
    till().trigger("items_import.keys.stop")
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)
    assert "stopped" in screen.state.text()
    assert till().opened.workstation.catalogue.count() == count


def test_a_mapping_is_kept_for_the_next_file(screen: ImportScreen, tmp_path: Path) -> None:
    path = csv(tmp_path, "What,Amount,Barcode", f"Plum jam,4.50,{JAM}")
    screen.choose_file(path)
    for column, place in ((Column.NAME, "0"), (Column.PRICE, "1")):
        screen.mapping.fields[column].set_text(place)
        screen.mapping.fields[column].changed.emit()
    screen.keep_as.set_text("")
    till().trigger("items_import.keys.keep")
    assert screen.keep_as.refusal
    screen.keep_as.set_text("Orchard")
    till().trigger("items_import.keys.keep")
    assert "Orchard" in screen.banner.message
    maps = screen.mapping.maps
    screen.profile.set_text("")
    screen.choose_file(path)
    assert screen.file.refusal
    screen.profile.set_text("Orchard")
    screen.profile.changed.emit()
    assert set(screen.mapping.maps) == set(maps)
    assert screen.file.refusal == ""


def test_what_is_exported_is_a_file_an_import_reads(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.csv"
    screen.export_to(path)
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)
    count = till().opened.workstation.catalogue.count()
    assert f"{count} items are in the file" in screen.banner.message
    screen.choose_file(str(path))
    work(screen, qtbot, "try")
    assert f"{count} unchanged" in screen.state.text()


def test_a_file_that_is_not_there_or_no_table_is_said(screen: ImportScreen, tmp_path: Path) -> None:
    screen.choose_file(str(tmp_path / "none.csv"))
    assert screen.file.refusal
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    screen.choose_file(str(picture))
    assert screen.file.refusal
    assert not screen.import_button.isEnabled()


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(screen: ImportScreen, language: str) -> None:
    till().window.choose_language(language)
    assert screen.words.language == language

"""Labels as a manager makes them: scanned together, counted, seen, and saved as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.services.labels import LabelRequest
from pos.ui.items.labels import GOODS, LabelsScreen
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane
from tests.ui.looking import colours_in, picture


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it, and the list of items open at the kettle."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.shell.open_place("items")
    lane.shell.scanned(KETTLE)
    yield lane
    lane.close()


def labels(till: Lane) -> LabelsScreen:
    till.trigger("items.keys.labels")
    screen = till.shell.screen_shown
    assert isinstance(screen, LabelsScreen)
    return screen


def number_of(till: Lane, code: str) -> str:
    item = till.opened.workstation.catalogue.of_code(code)
    assert item is not None
    return item.id


def test_labels_are_scanned_counted_and_saved(till: Lane, tmp_path: Path, qtbot: QtBot) -> None:
    screen = labels(till)
    till.shell.scanned(MUG)
    screen.amount.set_entry("5")
    till.shell.scanned(SOAP)
    kettle, mug, soap = (number_of(till, code) for code in (KETTLE, MUG, SOAP))
    assert screen.requests == (LabelRequest(kettle, 1), LabelRequest(mug, 5), LabelRequest(soap, 1))
    assert screen.save_button.text() == "Save 7 labels"
    path = tmp_path / "labels.pdf"
    screen.save_to(path)
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in screen.banner.message


def test_the_page_shows_them_in_their_places(till: Lane) -> None:
    screen = labels(till)
    screen.page.resize(420, 594)
    shelf = picture(screen.page)
    assert "#000000" in colours_in(shelf)
    screen.kind.choose(GOODS)
    screen.kind.chosen.emit(GOODS)
    goods = picture(screen.page)
    assert goods != shelf
    screen.skip.set_text("4")
    screen.skip.changed.emit()
    assert picture(screen.page) != goods
    assert screen.page.accessibleName() == "Preview of 1 label"
    screen.sheet.set_text("roll-62")
    screen.sheet.changed.emit()
    assert picture(screen.page) != goods


def test_a_folder_that_is_not_there_is_said_and_nothing_written(till: Lane, tmp_path: Path, qtbot: QtBot) -> None:
    screen = labels(till)
    screen.save_to(tmp_path / "none" / "labels.pdf")
    qtbot.waitUntil(lambda: not screen.working.busy, timeout=10_000)
    assert "cannot be read or written" in screen.banner.message
    assert not (tmp_path / "none").exists()


def test_none_takes_the_item_off_and_nothing_cannot_be_saved(till: Lane) -> None:
    screen = labels(till)
    screen.amount.set_entry("0")
    screen.amount.submitted.emit("0")
    assert screen.requests == ()
    assert not screen.save_button.isEnabled()
    till.shell.scanned(MUG)
    till.trigger("item_labels.keys.clear")
    assert screen.requests == ()


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(till: Lane, language: str) -> None:
    screen = labels(till)
    till.window.choose_language(language)
    assert screen.words.language == language
    assert len(screen.requests) == 1

"""The list of items as a manager uses it: by typing, by keys, and by scanning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.services.item_search import FoundItem
from pos.ui.items.screen import LOW, RETIRED, ItemsScreen
from pos.ui.places import PLACES, one_room
from tests.lane import DANA, KETTLE, MAYA, MUG, SOAP, Lane, copy_of_demo, open_lane


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20_000)
    lane.shell.open_till.opened.emit()
    yield lane
    lane.close()


def items(till: Lane) -> ItemsScreen:
    till.shell.open_place("items")
    screen = till.shell.screen_shown
    assert isinstance(screen, ItemsScreen)
    return screen


def type_in(screen: ItemsScreen, text: str) -> None:
    screen.field.set_text(text)
    screen.field.edited.emit(text)


def names(screen: ItemsScreen) -> list[str]:
    return [row.name for row in screen.list.found.rows]


def test_a_cashier_does_not_see_the_items(till: Lane) -> None:
    till.shell.lock()
    till.sign_in(MAYA)
    assert "items" not in {place.name for place in till.shell.places}
    till.shell.open_place("items")
    assert till.shell.screen_shown is till.shell.sell


def test_the_whole_list_is_fetched_part_by_part(till: Lane) -> None:
    screen = items(till)
    assert len(screen.list.found.rows) == 100
    for _ in range(200):
        till.trigger("items.keys.down")
    catalogue = till.opened.workstation.catalogue
    assert len(screen.list.found.rows) == catalogue.count()
    assert len({row.id for row in screen.list.found.rows}) == catalogue.count()
    assert screen.item is not None
    assert screen.item.id == screen.list.found.rows[-1].id
    till.trigger("items.keys.up")
    assert screen.item.id == screen.list.found.rows[-2].id


def test_typing_finds_and_the_department_narrows(till: Lane) -> None:
    screen = items(till)
    type_in(screen, "cott")
    assert names(screen)
    assert all("cott" in name.casefold() for name in names(screen))
    screen.department.choose("Clothing")
    screen.department.activated.emit(0)
    catalogue = till.opened.workstation.catalogue
    found: list[FoundItem] = list(catalogue.search("cott", department="Clothing"))
    assert names(screen) == [item.name for item in found]
    till.trigger("items.keys.search")
    assert screen.field.text == ""
    assert {row.detail.split(" · ")[0] for row in screen.list.found.rows} == {"Clothing"}
    type_in(screen, "zzzz")
    assert not screen.empty.isHidden()
    assert screen.item is None
    till.trigger("items.keys.back")
    assert names(screen)
    till.trigger("items.keys.back")
    assert till.shell.screen_shown is till.shell.sell


def test_a_scan_shows_the_item_and_sells_nothing(till: Lane) -> None:
    screen = items(till)
    till.shell.scanned(KETTLE)
    assert till.shell.screen_shown is screen
    assert screen.item is not None
    assert screen.item.name == "Pour-over kettle 1 L"
    assert ("Number", screen.item.id) in screen.detail.lines
    assert till.opened.workstation.sale.view.priced.lines == ()
    till.shell.scanned("9520000077771")
    assert "is not in the item list" in screen.banner.message
    assert screen.item.name == "Pour-over kettle 1 L"


def test_retired_items_have_a_list_of_their_own(till: Lane) -> None:
    screen = items(till)
    till.shell.scanned(MUG)
    till.trigger("items.keys.retire")
    assert "no longer sold" in screen.banner.message
    till.trigger("items.keys.show_retired")
    assert screen.kinds.choice == RETIRED
    assert names(screen) == ["Ceramic mug 350 ml"]
    type_in(screen, "mug")
    assert names(screen) == ["Ceramic mug 350 ml"]
    type_in(screen, "xyz")
    assert names(screen) == []
    till.trigger("items.keys.search")
    till.shell.scanned(MUG)
    till.trigger("items.keys.retire")
    assert "on sale again" in screen.banner.message
    assert names(screen) == []


def test_what_is_low_is_listed_with_how_much_is_there(till: Lane) -> None:
    catalogue = till.opened.workstation.catalogue
    soap = catalogue.of_code(SOAP)
    assert soap is not None
    catalogue.edit_item(replace(soap, stock_min=1_000_000_000))
    screen = items(till)
    screen.show_kind(LOW)
    assert soap.name in names(screen)
    row = next(row for row in screen.list.found.rows if row.id == soap.id)
    assert row.alarming
    assert "low below" in row.spoken
    screen.show_item(soap.id)
    assert "Low" in screen.detail.stock.text


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(till: Lane, language: str) -> None:
    screen = items(till)
    before = screen.list.found.index(0).data()
    till.window.choose_language(language)
    assert screen.list.found.index(0).data() != before


def test_places_within_another_are_of_its_room() -> None:
    room, other = PLACES[0], PLACES[1]
    inner, sister = replace(other, within=room.name), replace(other, name="sister", within=room.name)
    assert one_room(room, inner)
    assert one_room(inner, room)
    assert one_room(inner, sister)
    assert not one_room(room, other)
    assert not one_room(None, room)
    assert not inner.under_more

"""The search of the sale: found while typing, taken by key or touch, never in a scan's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from pos.ui.sell.screen import SellScreen
from pos.ui.sell.typed import is_name
from tests.lane import MUG, SOAP, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def rung_up(lane: Lane) -> list[str]:
    return [line.line.name for line in lane.opened.workstation.sale.view.priced.lines]


def found(sell: SellScreen) -> list[str]:
    return [line.name for line in sell.search.list.found.lines]


def searching(sell: SellScreen) -> bool:
    return sell.search.is_open


def keys(sell: SellScreen, text: str) -> None:
    QTest.keyClicks(sell.scan_field.edit, text)


def enter(sell: SellScreen) -> None:
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)


def test_every_key_finds_and_enter_adds_the_chosen(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(SOAP)
    lane.trigger("sell.keys.search")
    assert searching(sell)
    assert sell.basket.isHidden()
    assert found(sell) == []
    assert sell.search.nothing.isVisible()
    keys(sell, "m")
    assert len(found(sell)) > 1
    keys(sell, "ug cer")
    assert found(sell) == ["Ceramic mug 350 ml"]
    enter(sell)
    assert rung_up(lane)[1:] == ["Ceramic mug 350 ml"]
    assert not searching(sell)
    assert sell.basket.isVisible()
    assert sell.scan_field.text == ""
    assert sell.scan_field.edit.hasFocus()


def test_what_was_found_stands_in_the_basket_with_its_code(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.search")
    keys(sell, "mug cer")
    enter(sell)
    (line,) = lane.opened.workstation.sale.view.priced.basket.lines
    assert line.item != line.scanned == MUG


def test_arrows_alt_digits_and_touch_take_a_line(lane: Lane, sell: SellScreen) -> None:
    for take in range(3):
        lane.trigger("sell.keys.search")
        keys(sell, "m")
        second = found(sell)[1]
        if take == 0:
            lane.trigger("sell.keys.down")
            enter(sell)
        elif take == 1:
            lane.trigger("sell.keys.tile2")
        else:
            view = sell.search.list
            middle = view.visualRect(view.found.index(1)).center()
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle))
        assert rung_up(lane)[-1] == second
    assert len(rung_up(lane)) == 3


def test_a_scan_goes_to_the_basket_and_ends_the_search(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.search")
    keys(sell, "soap")
    sell.scanned(MUG)
    assert rung_up(lane) == ["Ceramic mug 350 ml"]
    assert not searching(sell)
    assert sell.basket.isVisible()


def test_esc_brings_the_basket_back_with_nothing_changed(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.search")
    keys(sell, "qqqq")
    assert found(sell) == []
    assert "qqqq" in sell.search.nothing.accessibleName()
    enter(sell)
    assert searching(sell)
    lane.trigger("sell.keys.cancel")
    assert not searching(sell)
    assert sell.scan_field.text == ""
    assert rung_up(lane) == ["Ceramic mug 350 ml"]


def test_a_word_that_is_no_code_is_searched_for(lane: Lane, sell: SellScreen) -> None:
    keys(sell, "ceramic")
    enter(sell)
    assert searching(sell)
    assert found(sell)[0] == "Ceramic mug 350 ml"
    enter(sell)
    assert rung_up(lane) == ["Ceramic mug 350 ml"]
    keys(sell, "nocode1")
    enter(sell)
    assert not searching(sell)
    assert sell.banner.isVisible()


def test_a_department_narrows_by_key_and_by_touch(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.search")
    departments = list(sell.search.departments.buttons)
    assert departments[0] == ""
    lane.trigger("sell.keys.right")
    assert sell.search.departments.choice == departments[1]
    assert found(sell)
    lane.trigger("sell.keys.left")
    lane.trigger("sell.keys.left")
    assert sell.search.departments.choice == departments[-1]
    sell.search.departments.buttons["Kitchen"].click()
    assert all("Kitchen" in line.detail for line in sell.search.list.found.lines)
    assert sell.scan_field.edit.hasFocus()


def test_a_quantity_typed_before_holds_for_what_is_found(lane: Lane, sell: SellScreen) -> None:
    keys(sell, "3*")
    lane.trigger("sell.keys.search")
    keys(sell, "mug")
    enter(sell)
    lines = lane.opened.workstation.sale.view.priced.lines
    assert [(line.line.name, line.line.quantity.thousandths) for line in lines] == [("Ceramic mug 350 ml", 3000)]


@pytest.mark.parametrize(
    ("text", "name"), [("mléko", True), ("COFFEE12", False), ("4011", False), ("x", False), ("", False)]
)
def test_a_word_is_told_from_a_code(text: str, name: bool) -> None:
    assert is_name(text) is name


def test_the_operators_language_finds_and_shows_and_the_receipts_stays(lane: Lane, sell: SellScreen) -> None:
    lane.window.choose_language("cs")
    lane.trigger("sell.keys.search")
    keys(sell, "slana keramicky")
    assert found(sell) == []
    sell.scan_field.edit.clear()
    keys(sell, "keramicky")
    (line,) = sell.search.list.found.lines
    assert line.name == "Keramický hrnek 350 ml"
    assert line.detail.startswith("Ceramic mug 350 ml · ")
    enter(sell)
    assert rung_up(lane) == ["Ceramic mug 350 ml"]
    tiles = {tile.toolTip() for tile in sell.picks.findChildren(QAbstractButton)}
    assert "Banány" in tiles
    assert "Bananas" not in tiles
    lane.window.choose_language("en")
    assert "Bananas" in {tile.toolTip() for tile in sell.picks.findChildren(QAbstractButton)}

"""Empties by scanning the goods: nothing is sold while it is on, its end is never missed, no sale leaves it on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.item import Deposit, Item
from pos.domain.refusal import Refused
from pos.domain.suggestion import SuggestionPair, Trigger
from pos.ui.sell.screen import SellScreen
from tests.lane import DANA, KETTLE, MAYA, MUG, Lane

BEER = "9520000001018"


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open, in a shop with a beer in a bottle with a deposit of 15 cents."""
    lane.open_till()
    lane.sign_in(DANA)
    for item in (
        Item("BOTTLE", "Bottle", 15, (), container=True),
        Item("BEER", "Beer", 200, (), codes=(f"0{BEER}",), deposits=(Deposit("BOTTLE"),)),
    ):
        added = lane.opened.workstation.catalogue.new_item(item)
        assert not isinstance(added, Refused), added
    lane.sign_in(MAYA)
    QApplication.processEvents()
    return lane.shell.sell


def total(lane: Lane) -> int:
    return lane.opened.workstation.sale.view.priced.total


def turn(sell: SellScreen) -> None:
    QTest.keyClick(sell, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)


def test_with_the_empties_on_a_scan_gives_the_deposit_back_and_esc_ends_it(lane: Lane, sell: SellScreen) -> None:
    lane.window.scanned(BEER)
    assert total(lane) == 215
    turn(sell)
    assert sell.scan_field.status.text == "Empties"
    assert sell.scan_field.edit.hasFocus()
    lane.window.scanned(BEER)
    assert total(lane) == 200
    back = sell.basket.model.row_at(2)
    assert back.detail.startswith("Empties back")
    assert "Empties back" in back.spoken
    QTest.keyClicks(sell.scan_field.edit, "3*")
    assert sell.scan_field.status.text == "Empties · 3 ×"
    lane.window.scanned(BEER)
    assert total(lane) == 155
    QTest.keyClicks(sell.scan_field.edit, "2*")
    QTest.keyClick(sell, Qt.Key.Key_Escape)
    assert sell.scan_field.status.text == "Empties", "first the quantity"
    QTest.keyClick(sell, Qt.Key.Key_Escape)
    assert not sell.scan_field.status.isVisible()
    lane.window.scanned(BEER)
    assert total(lane) == 370


def test_goods_without_a_deposit_are_refused_and_its_key_ends_it(lane: Lane, sell: SellScreen) -> None:
    turn(sell)
    lane.window.scanned(MUG)
    assert "Ceramic mug 350 ml has no deposit" in sell.banner.message
    assert lane.opened.workstation.sale.view.empty
    turn(sell)
    assert sell.banner.isHidden()
    lane.window.scanned(MUG)
    assert total(lane) > 0


def test_by_touch_it_is_begun_in_the_palette_and_ended_beside_the_field(lane: Lane, sell: SellScreen) -> None:
    button = sell.empties.button
    assert button.isHidden()
    lane.trigger("sell.keys.empties")
    assert min(button.width(), button.height()) >= 44
    sell.picks.item_picked.emit("BEER")
    assert total(lane) == -15
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isHidden()
    assert not sell.scan_field.status.isVisible()
    assert sell.scan_field.edit.hasFocus()


@pytest.mark.parametrize("end", ["paid", "suspended", "voided"])
def test_it_ends_with_its_sale(lane: Lane, sell: SellScreen, end: str) -> None:
    lane.window.scanned(KETTLE)
    turn(sell)
    lane.window.scanned(BEER)
    if end == "paid":
        lane.trigger("sell.keys.pay")
        lane.trigger("pay.keys.back")
        assert sell.ringing.empties, "back from the money the sale goes on as it was"
        lane.trigger("sell.keys.pay")
        lane.trigger("pay.keys.complete")
        lane.trigger("done.keys.next")
    elif end == "suspended":
        lane.trigger("sell.keys.suspend")
    else:
        lane.trigger("sell.keys.void")
        QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert lane.opened.workstation.sale.view.empty
    assert not sell.ringing.empties
    assert not sell.scan_field.status.isVisible()
    assert sell.empties.button.isHidden()


def test_what_is_suggested_is_sold_and_empties_suggest_nothing(lane: Lane, sell: SellScreen) -> None:
    lane.sign_in(DANA)
    assert not isinstance(
        lane.opened.workstation.suggestions.put(SuggestionPair(0, Trigger.ITEM, "BEER", "1012")), Refused
    )
    turn(sell)
    lane.window.scanned(BEER)
    assert sell.suggesting.strip.isHidden()
    turn(sell)
    lane.window.scanned(BEER)
    assert not sell.suggesting.strip.isHidden()
    turn(sell)
    lane.trigger("sell.keys.add_suggestion")
    assert lane.opened.workstation.sale.view.priced.lines[-1].line.item == "1012"
    assert sell.ringing.empties

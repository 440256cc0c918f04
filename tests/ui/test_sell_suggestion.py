"""What goes with the sale stands under the basket: one key adds it, one puts it away, and a scan goes on as before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.ui.sell.screen import SellScreen
from tests.lane import KETTLE, MUG, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def names(lane: Lane) -> list[str]:
    return [line.line.item for line in lane.opened.workstation.sale.view.priced.lines]


def test_f11_adds_it_and_shift_f11_puts_it_away(lane: Lane, sell: SellScreen) -> None:
    strip = sell.suggesting.strip
    sell.scanned(MUG)
    assert strip.isHidden()
    sell.scanned(KETTLE)
    assert strip.accessibleName() == "Paper filters go with the kettle. Paper filters, 100 ct · $6.90 · 39 in stock"
    assert sell.scan_field.edit.hasFocus()
    QTest.keyClick(sell, Qt.Key.Key_F11)
    assert names(lane) == ["1012", "3001", "3002"]
    assert strip.isHidden()
    lane.trigger("sell.keys.undo")
    assert not strip.isHidden(), "undone"
    QTest.keyClick(sell, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert strip.isHidden()
    sell.scanned(KETTLE)
    assert strip.isHidden(), "one a sale"


def test_by_touch_and_in_every_language(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(KETTLE)
    strip = sell.suggesting.strip
    assert min(strip.add.height(), strip.decline.height(), strip.decline.width()) >= 44
    QTest.mouseClick(strip.add, Qt.MouseButton.LeftButton)
    assert names(lane) == ["3001", "3002"]
    assert sell.scan_field.edit.hasFocus()

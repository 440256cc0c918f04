"""A price check sells nothing: while it shows, a scan and a typed code are looked up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.services.demo_shop import demo_gtin
from pos.ui.sell.screen import SellScreen
from tests.lane import MUG, SOAP, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def lines(lane: Lane) -> int:
    return len(lane.opened.workstation.sale.view.priced.lines)


def test_scans_and_typed_codes_are_checked_and_not_added(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(SOAP)
    lane.trigger("sell.keys.price_check")
    lane.window.scanned(MUG)
    assert sell.check.item.text() == "Ceramic mug 350 ml"
    assert sell.check.price.text() == "$9.50"
    assert "In stock" in sell.check.facts.text()
    assert "7.25%" in sell.check.facts.text()
    QTest.keyClicks(sell.scan_field.edit, demo_gtin(2431))
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert "Sold from the age of 21" in sell.check.facts.text()
    lane.window.scanned(demo_gtin(7777))
    assert "is not in the item list" in sell.banner.message
    assert lines(lane) == 1
    lane.trigger("sell.keys.cancel")
    lane.window.scanned(MUG)
    assert lines(lane) == 2

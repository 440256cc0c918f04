"""Sales put aside at the window: one key suspends, two recall, a slip's scan recalls from anywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.ui.sell.screen import SellScreen
from tests.lane import MUG, SOAP, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def names(lane: Lane) -> list[str]:
    return [line.line.name for line in lane.opened.workstation.sale.view.priced.lines]


def suspend(lane: Lane, code: str) -> str:
    """Put a sale of one item aside; what its slip's barcode says."""
    lane.window.scanned(code)
    lane.trigger("sell.keys.suspend")
    return lane.opened.workstation.suspended.waiting()[0].code


def test_one_key_suspends_and_two_recall_the_last(lane: Lane, sell: SellScreen) -> None:
    suspend(lane, SOAP)
    suspend(lane, MUG)
    assert not names(lane)
    # A till without a printer promises no slip.
    assert lane.shell.messages.kept[-1].text.startswith("Sale S2 waits. Recall brings it back.")
    assert sell.waiting.recall_key.text() == "Recall (2)"
    lane.trigger("sell.keys.recall")
    assert "S2" in sell.waiting.list.buttons[0].text()
    assert "Maya Reyes" in sell.waiting.list.buttons[0].accessibleName()
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert names(lane) == ["Ceramic mug 350 ml"]
    assert sell.side.panel is None
    assert sell.waiting.recall_key.text() == "Recall (1)"


def test_the_list_is_walked_by_arrows_and_touched(lane: Lane, sell: SellScreen) -> None:
    suspend(lane, SOAP)
    suspend(lane, MUG)
    lane.trigger("sell.keys.recall")
    lane.trigger("sell.keys.down")
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert names(lane) == ["Oat soap bar"]
    lane.trigger("sell.keys.suspend")
    lane.trigger("sell.keys.recall")
    QTest.mouseClick(sell.waiting.list.buttons[1], Qt.MouseButton.LeftButton)
    assert names(lane) == ["Ceramic mug 350 ml"]


def test_a_slip_recalls_from_every_screen_and_by_its_number(lane: Lane, sell: SellScreen) -> None:
    code = suspend(lane, MUG)
    lane.shell.open_place("journal")
    lane.window.scanned(code)
    assert names(lane) == ["Ceramic mug 350 ml"]
    assert lane.shell.screen_shown.name == "sell"
    assert not sell.banner.message
    lane.trigger("sell.keys.suspend")
    number = lane.opened.workstation.suspended.waiting()[0].number_text
    QTest.keyClicks(sell.scan_field.edit, number)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert names(lane) == ["Ceramic mug 350 ml"]


def test_a_slip_at_an_open_sale_offers_to_put_that_aside_first(lane: Lane, sell: SellScreen) -> None:
    code = suspend(lane, MUG)
    sell.scanned(SOAP)
    sell.scanned(code)
    assert names(lane) == ["Oat soap bar"]
    assert sell.side.panel is sell.waiting.swap
    lane.trigger("sell.keys.tile1")
    assert names(lane) == ["Ceramic mug 350 ml"]
    assert sell.waiting.recall_key.text() == "Recall (1)"


def test_nothing_to_suspend_or_to_recall_is_said(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.suspend")
    assert "No sale is open" in sell.banner.message
    lane.trigger("sell.keys.recall")
    assert "No sale waits" in sell.banner.message


def test_the_slip_is_printed_from_the_queue(lane: Lane, sell: SellScreen) -> None:
    made: list[str] = []
    sell.slip_waits.connect(lambda: made.append("slip"))
    suspend(lane, MUG)
    assert made == ["slip"]


def test_a_receipts_code_at_the_sale_opens_its_return(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    done = lane.opened.workstation.sale.last_completed()
    assert done is not None
    receipt = str(done.receipt)
    lane.trigger("done.keys.next")
    QTest.keyClicks(sell.scan_field.edit, receipt)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert lane.shell.screen_shown.name == "returns"

"""Between two customers: the four ways on that stand in the place of the basket."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.services.sale import CompletedSale
from pos.ui.sell.idle_keys import IdleKeys
from tests.lane import KETTLE, MUG, Lane


@pytest.fixture
def idle(lane: Lane) -> IdleKeys:
    """Return the tiles of a till that is open and waits for its first customer."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell.idle


def tiles(idle: IdleKeys) -> list[bool]:
    return [tile.isVisible() for tile in (idle.recall, idle.returns, idle.reprint, idle.check)]


def sell_one(lane: Lane) -> str:
    """Return the receipt's number of a sale that is done."""
    sale = lane.opened.workstation.sale
    sale.scan(KETTLE)
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    lane.shell.sell.enter()
    return str(done.transaction.receipt)


def test_they_show_only_while_no_line_is_there(lane: Lane, idle: IdleKeys) -> None:
    assert tiles(idle) == [True] * 4
    lane.window.scanned(MUG)
    assert tiles(idle) == [False] * 4
    lane.trigger("sell.keys.undo")
    assert tiles(idle) == [True] * 4


def test_each_does_what_its_key_does(lane: Lane, idle: IdleKeys) -> None:
    shown = " · ".join(tile.key for tile in (idle.recall, idle.returns, idle.reprint, idle.check))
    assert shown == "F8 · F9 · Ctrl R · Alt C"
    idle.check.click()
    assert lane.shell.sell.check.isVisible()
    lane.trigger("sell.keys.cancel")
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    assert idle.recall.detail == "1 waits"
    idle.recall.click()
    assert lane.shell.sell.waiting.list.isVisible()
    lane.trigger("sell.keys.cancel")
    idle.returns.click()
    assert lane.shell.screen_shown.name == "returns"


def test_the_last_receipt_is_named_and_printed_again(lane: Lane, idle: IdleKeys, qtbot: QtBot) -> None:
    assert not idle.reprint.isEnabled()
    assert idle.reprint.detail == "There is no sale yet"
    number = sell_one(lane)
    assert number in idle.reprint.detail
    again = lane.window.findChild(QAction, "shell.keys.reprint")
    assert again is not None
    with qtbot.waitSignal(again.triggered):
        idle.reprint.click()


def test_a_narrow_till_keeps_the_words_and_the_keys(lane: Lane, idle: IdleKeys) -> None:
    lane.window.resize(1366, 768)
    QApplication.processEvents()
    wide = idle.recall.height()
    lane.window.resize(1024, 768)
    QApplication.processEvents()
    assert idle.recall.height() < wide
    assert (idle.recall.text(), idle.recall.detail) == ("Recall a sale", "")
    assert idle.recall.accessibleName() == "Recall a sale, Nothing waits"


def test_who_may_not_take_goods_back_is_not_offered_it(lane: Lane, idle: IdleKeys) -> None:
    lane.shell.sell.exchanging.returns_key.setVisible(False)
    idle.show()
    assert tiles(idle) == [True, False, True, True]
    lane.shell.sell.exchanging.returns_key.setVisible(True)
    assert tiles(idle) == [True] * 4


def test_a_tab_that_is_cut_off_comes_in_whole_with_some_of_the_next(lane: Lane) -> None:
    lane.open_till()
    lane.window.choose_language("sv")
    lane.window.resize(1024, 768)
    QApplication.processEvents()
    picks = lane.shell.sell.picks
    shelf = picks.tabs.parentWidget()
    assert shelf is not None

    def shown(tab: str) -> tuple[int, int]:
        left = picks.tabs.mapToParent(picks.tabs.buttons[tab].pos()).x()
        return left, left + picks.tabs.buttons[tab].width()

    *_, before, last = picks.tabs.buttons
    assert shown(last)[0] >= shelf.width(), "nobody sees that there is one more"
    picks.tabs.buttons[before].click()
    assert shown(before)[1] <= shelf.width()
    assert shown(last)[0] < shelf.width()
    picks.tabs.buttons[last].click()
    assert shown(last)[1] <= shelf.width()

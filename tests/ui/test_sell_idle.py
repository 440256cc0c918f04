"""Between two customers: the four ways on that stand in the place of the basket."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.staff import Operator, Permission
from pos.services.sale import CompletedSale
from pos.ui.journal.screen import JournalScreen
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


def test_the_card_of_the_last_sale_and_its_key_open_its_receipt(lane: Lane, idle: IdleKeys) -> None:
    key = idle.open_last.key
    card = lane.shell.sell.totals.last
    assert not card.isVisible()
    assert not key.isEnabled()
    number = sell_one(lane)
    assert (card.isVisible(), key.isEnabled(), card.key) == (True, True, "Alt L")
    assert card.accessibleName().endswith("Show")
    ways: tuple[Callable[[], object], ...] = (lambda: QTest.mouseClick(card, Qt.MouseButton.LeftButton), key.trigger)
    for way in ways:
        way()
        journal = lane.shell.screen_shown
        assert isinstance(journal, JournalScreen)
        assert journal.chosen is not None
        assert str(journal.chosen.receipt) == number
        lane.shell.open_place("sell")


def test_with_the_first_line_the_card_of_the_last_sale_goes_and_its_key_with_it(lane: Lane, idle: IdleKeys) -> None:
    sell_one(lane)
    card, key = lane.shell.sell.totals.last, idle.open_last.key
    lane.window.scanned(MUG)
    assert (card.isVisible(), key.isEnabled()) == (False, False)
    lane.trigger("sell.keys.undo")
    assert (card.isVisible(), key.isEnabled()) == (True, True)


def test_who_may_not_see_receipts_reads_how_the_last_sale_ended_and_no_more(
    lane: Lane, idle: IdleKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = Operator.may
    monkeypatch.setattr(Operator, "may", lambda who, right: right is not Permission.SEE_RECEIPTS and may(who, right))
    sell_one(lane)
    card = lane.shell.sell.totals.last
    assert (card.isVisible(), idle.open_last.key.isEnabled()) == (True, False)
    assert not card.accessibleName().endswith("Show")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert lane.shell.screen_shown is lane.shell.sell


@pytest.mark.parametrize("lines", [0, 1])
def test_a_window_made_narrower_shows_all_of_the_sale(lane: Lane, idle: IdleKeys, qtbot: QtBot, lines: int) -> None:
    lane.window.resize(1366, 768)
    QApplication.processEvents()
    for _ in range(lines):
        lane.window.scanned(MUG)
    lane.window.resize(1024, 768)
    qtbot.waitUntil(lambda: not lane.window.room.is_small())
    assert tiles(idle) == [not lines] * 4

"""The quick keys are arranged in place, by who may: a scan adds, keys move, each step is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.ui.sell.screen import SellScreen
from tests.lane import DANA, KETTLE, Lane


def shown(lane: Lane) -> list[str]:
    return [pick.name for pick in lane.shell.sell.picks.picks]


def test_a_manager_adds_moves_paints_and_removes(lane: Lane) -> None:
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    QApplication.processEvents()
    sell = lane.shell.sell
    before = shown(lane)
    lane.trigger("sell.keys.arrange")
    lane.trigger("sell.keys.key_later")
    assert shown(lane)[:2] == [before[1], before[0]]
    QTest.mouseClick(sell.arrange.remove, Qt.MouseButton.LeftButton)
    assert shown(lane)[:2] == [before[1], before[2]]
    lane.window.scanned(KETTLE)
    quick_keys = lane.opened.workstation.quick_keys
    keys = quick_keys.view()
    assert keys.own
    items = quick_keys.items([key.target for key in keys.pages[0].keys])
    assert "Pour-over kettle 1 L" in [item.name for item in items.values()]
    QTest.mouseClick(sell.arrange.colour, Qt.MouseButton.LeftButton)
    assert "red" in [key.colour for key in lane.opened.workstation.quick_keys.view().pages[0].keys]
    assert not lane.opened.workstation.sale.view.priced.lines
    lane.trigger("sell.keys.cancel")
    lane.window.scanned(KETTLE)
    assert len(lane.opened.workstation.sale.view.priced.lines) == 1


def test_a_cashier_is_told_and_nothing_changes(lane: Lane) -> None:
    lane.open_till()
    QApplication.processEvents()
    before = shown(lane)
    lane.trigger("sell.keys.arrange")
    lane.trigger("sell.keys.key_later")
    assert lane.shell.sell.banner.message
    assert shown(lane) == before


def arranging(lane: Lane) -> SellScreen:
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    QApplication.processEvents()
    lane.trigger("sell.keys.arrange")
    return lane.shell.sell


def kept(lane: Lane) -> list[tuple[str, int]]:
    return [(page.name, len(page.keys)) for page in lane.opened.workstation.quick_keys.view().pages]


def test_an_icon_is_chosen_from_a_list_that_shows_them(lane: Lane) -> None:
    sell = arranging(lane)
    before = sell.picks.picks[0].icon
    lane.trigger("sell.keys.key_icon")
    assert sell.side.panel is sell.arrange.icons
    sell.arrange.icons.chosen.emit("local_florist")
    assert sell.picks.picks[0].icon == "local_florist"
    assert sell.side.panel is sell.arrange
    lane.trigger("sell.keys.undo")
    assert sell.picks.picks[0].icon == before
    assert not lane.opened.workstation.quick_keys.view().own


def test_a_page_is_added_named_filled_and_removed_and_each_step_taken_back(lane: Lane) -> None:
    sell = arranging(lane)
    first = kept(lane)
    for doing, name in (("add", "Harvest"), ("rename", "  Late   summer ")):
        lane.trigger("sell.keys.key_page")
        sell.arrange.pages.chosen.emit(doing)
        assert sell.arrange.name_panel.entry is not None
        sell.arrange.name_panel.field.set_text(name)
        QTest.keyClick(sell.arrange.name_panel.field.edit, Qt.Key.Key_Return)
        assert sell.side.panel is sell.arrange
    assert kept(lane)[-1] == ("Late summer", 0)
    assert len(kept(lane)) == len(first) + 1
    lane.window.scanned(KETTLE)
    assert kept(lane)[-1] == ("Late summer", 1)
    assert shown(lane) == ["Pour-over kettle 1 L"]
    lane.trigger("sell.keys.key_page")
    sell.arrange.pages.chosen.emit("remove")
    assert len(kept(lane)) == len(first)
    lane.trigger("sell.keys.undo")
    assert kept(lane)[-1] == ("Late summer", 1)
    for _ in range(3):
        lane.trigger("sell.keys.undo")
    assert kept(lane) == first
    assert not sell.arrange.can_undo
    assert sell.side.panel is sell.arrange


def test_a_page_without_a_name_or_a_thirteenth_is_refused(lane: Lane) -> None:
    sell = arranging(lane)
    before = kept(lane)
    lane.trigger("sell.keys.key_page")
    sell.arrange.pages.chosen.emit("add")
    sell.arrange.name_panel.written.emit("  ")
    assert sell.banner.message
    assert sell.side.panel is sell.arrange.name_panel
    assert kept(lane) == before

"""Ctrl F6 goes round the regions of the window and comes back to the entry."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.lane import MUG, Lane
from tests.screens import settle


def test_ctrl_f6_goes_round_and_comes_back_to_the_entry(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    settle()
    shell = lane.shell
    seen = []
    for _ in range(4):
        QTest.keyClick(lane.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        regions = (shell.screen_shown, shell.key_bar, shell.rail, shell.top_bar)
        seen += [region.objectName() for region in regions if region.isAncestorOf(focus)]
    assert seen == ["keys", "rail", "top", "sell"]
    assert shell.sell.scan_field.edit.hasFocus()


def test_a_scan_counts_whatever_region_has_the_focus(lane: Lane) -> None:
    lane.open_till()
    settle()
    QTest.keyClick(lane.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    assert not lane.shell.sell.scan_field.edit.hasFocus()
    lane.window.scanned(MUG)
    assert lane.shell.sell.basket.model.rowCount() == 1

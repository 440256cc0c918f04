"""What was done is said for four seconds and can be taken back; Ctrl J reads all that was said since the sign-on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.services.demo_shop import demo_gtin
from pos.ui.settings.screen import SettingsScreen
from tests.lane import DANA, MAYA, MUG, SOAP, Lane


def names(lane: Lane) -> list[str]:
    return [line.line.name for line in lane.opened.workstation.sale.view.priced.lines]


def shown(lane: Lane) -> str:
    toast = lane.shell.messages.toast
    return toast.accessibleName() if toast.isVisible() else ""


def test_a_line_taken_off_comes_back_by_its_undo_and_the_focus_stays(lane: Lane) -> None:
    lane.open_till()
    for code in (MUG, SOAP):
        lane.window.scanned(code)
    lane.trigger("sell.keys.remove")
    assert shown(lane) == "Oat soap bar removed."
    assert lane.shell.sell.scan_field.edit.hasFocus()
    toast = lane.shell.messages.toast
    assert toast.geometry().bottom() < lane.shell.stack.height()
    QTest.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert names(lane) == ["Ceramic mug 350 ml", "Oat soap bar"]
    assert not shown(lane)
    assert lane.shell.sell.scan_field.edit.hasFocus()


def test_the_undo_goes_with_the_next_change(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.remove")
    assert shown(lane)
    lane.window.scanned(SOAP)
    assert not shown(lane)
    lane.trigger("sell.keys.remove")
    lane.shell.open_place("more")
    assert not shown(lane)


def test_a_sale_put_aside_comes_back_by_undo(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    assert "S1 waits" in shown(lane)
    lane.shell.messages.toast.undo.click()
    assert names(lane) == ["Ceramic mug 350 ml"]


def test_a_voided_sale_is_told_and_cannot_come_back(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.void")
    lane.shell.sell.voiding.confirm()
    assert "voided" in shown(lane)
    assert not lane.shell.messages.toast.undo.isVisible()


def test_saved_settings_are_put_back_by_undo(lane: Lane) -> None:
    lane.open_till()
    lane.sign_in(DANA)
    lane.shell.open_place("settings")
    screen = lane.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    before = lane.opened.workstation.desk.rules.name
    row = next(row for row in screen.rows if row.entry.name == "name")
    row.put("Another shop")
    screen.save()
    assert lane.opened.workstation.desk.rules.name == "Another shop"
    assert shown(lane) == "Saved: 1 change."
    lane.shell.messages.toast.undo.click()
    assert lane.opened.workstation.desk.rules.name == before
    assert shown(lane) == "Saved: 1 change."


def test_ctrl_j_lists_toasts_and_refusals_with_their_time_until_another_signs_in(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned(demo_gtin(7777))
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.remove")
    QTest.keyClick(lane.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    sheet = lane.shell.overlays.messages
    assert sheet.isVisible()
    said = [label.text() for label in sheet.findChildren(QLabel)]
    assert any("is not in the item list" in text for text in said)
    assert said.index("Ceramic mug 350 ml removed.") < next(at for at, text in enumerate(said) if "item list" in text)
    assert lane.window.words.time(lane.shell.messages.kept[0].at) in said
    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert lane.shell.sell.scan_field.edit.hasFocus()
    lane.window.scanned(SOAP)
    lane.shell.lock()
    lane.window._let_other_in()
    lane.sign_in(MAYA)
    assert not lane.shell.messages.kept
    lane.trigger("shell.keys.messages")
    assert any("Nothing was said" in label.text() for label in sheet.findChildren(QLabel))


def test_what_is_said_twice_is_kept_once(lane: Lane) -> None:
    lane.open_till()
    for _ in range(3):
        lane.window.scanned(demo_gtin(7777))
    assert len([one for one in lane.shell.messages.kept if "item list" in one.text]) == 1

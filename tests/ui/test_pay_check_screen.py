"""A check at the payment by keyboard alone: beyond the limit, refused, read by a scan, and in the books."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from pos.domain.check import CheckRules, ChecksTaken
from pos.domain.tender import TenderKind
from pos.services.demo_shop import DEMO_PINS
from pos.ui.pay.check_panel import CheckPanel
from pos.ui.pay.screen import PayScreen
from tests.lane import DANA, KETTLE, MAYA, Lane

LINE = "T021000021T 000123456789U 1042"


def at_the_money(lane: Lane) -> PayScreen:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    lane.shell.sell.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane.shell.pay


def panel_of(pay: PayScreen) -> CheckPanel:
    panel = pay.findChild(CheckPanel)
    assert panel is not None
    return panel


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def type_in(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
    press(Qt.Key.Key_Return)


def test_a_check_by_keyboard_alone(lane: Lane) -> None:
    pay = at_the_money(lane)
    press(Qt.Key.Key_F7)
    panel = panel_of(pay)
    assert panel.isVisible()
    for text in ("021000022", "123456789", "1042"):
        type_in(text)
    assert "routing number" in panel.said
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused is panel.routing.editor
    focused.selectAll()
    type_in("021000021")
    QApplication.processEvents()
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    (tender,) = sale.tenders
    assert tender.kind is TenderKind.CHECK
    assert tender.check is not None
    assert tender.check.number == "1042"


def test_part_of_it_by_a_check_that_was_read(lane: Lane) -> None:
    pay = at_the_money(lane)
    for digit in "10":
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, digit)
    press(Qt.Key.Key_F7)
    assert pay.take_scan(LINE)
    press(Qt.Key.Key_Return)
    tenders = lane.opened.workstation.sale.view.priced.basket.tenders
    assert [tender.amount for tender in tenders] == [1000]


def test_beyond_the_limit_somebody_agrees_on_the_same_screen(lane: Lane) -> None:
    workstation = lane.opened.workstation
    workstation.desk.rules = replace(workstation.desk.rules, checks=CheckRules(limit=4_000))
    pay = at_the_money(lane)
    press(Qt.Key.Key_F7)
    assert pay.take_scan(LINE)
    press(Qt.Key.Key_Return)
    sheet = lane.shell.overlays.approval
    assert sheet.isVisible()
    assert not workstation.sale.view.priced.basket.tenders
    QTest.keyClicks(sheet.pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    QApplication.processEvents()
    sale = workstation.sale.last_completed()
    assert sale is not None
    assert [tender.kind for tender in sale.tenders] == [TenderKind.CHECK]


def test_a_shop_elsewhere_shows_no_check(lane: Lane) -> None:
    workstation = lane.opened.workstation
    workstation.desk.rules = replace(workstation.desk.rules, checks=CheckRules(ChecksTaken.NO))
    pay = at_the_money(lane)
    press(Qt.Key.Key_F7)
    assert not panel_of(pay).isVisible()


def test_a_check_that_is_read_opens_its_question(lane: Lane) -> None:
    pay = at_the_money(lane)
    lane.window.scanned(LINE)
    QApplication.processEvents()
    panel = panel_of(pay)
    assert panel.isVisible()
    assert panel.typed.number == "1042"
    press(Qt.Key.Key_Return)
    assert lane.opened.workstation.sale.last_completed() is not None

"""The journal opens what can be done about a check, on the receipt that took one, by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from pos.domain.returned_check import ReturnedRecord
from pos.services.sale import CompletedSale, SaleView
from pos.ui.journal.screen import JournalScreen
from tests.corner_shop import CHECK
from tests.lane import MAYA, MUG, SOAP, Lane


def journal(lane: Lane) -> JournalScreen:
    lane.shell.open_place("journal")
    QApplication.processEvents()
    screen = lane.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    return screen


def sold(lane: Lane, code: str, *, by_check: bool) -> CompletedSale:
    sale = lane.opened.workstation.sale
    sale.scan(code)
    due = sale.view.priced.due_cash
    paid = lane.opened.workstation.checks.take(CHECK) if by_check else sale.tender_cash(due)
    assert isinstance(paid, SaleView)
    done = sale.complete()
    assert isinstance(done, CompletedSale)
    return done


def test_a_check_comes_back_and_is_settled_in_the_journal(lane: Lane) -> None:
    lane.sign_in(MAYA)
    workstation = lane.opened.workstation
    workstation.tills.open_till(20000)
    by_check = sold(lane, MUG, by_check=True).transaction
    cash = sold(lane, SOAP, by_check=False).transaction
    screen = journal(lane)
    screen.open_receipt(str(cash.receipt))
    assert screen.check_button.isHidden()
    screen.open_receipt(str(by_check.receipt))
    assert not screen.check_button.isHidden()
    lane.trigger("journal.keys.returned_check")
    assert screen.returned.isVisible()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.selectAll()
    QTest.keyClicks(focused, "25")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    record = workstation.returned_checks.find(by_check.id, 1)
    assert isinstance(record, ReturnedRecord)
    assert record.check.fee == 2500
    assert record.settled_at is None
    big = QApplication.focusWidget()
    assert big is screen.returned.do_button
    QTest.keyClick(big, Qt.Key.Key_Return)
    record = workstation.returned_checks.find(by_check.id, 1)
    assert isinstance(record, ReturnedRecord)
    assert record.settled_at is not None
    lane.trigger("journal.keys.back")
    assert not screen.returned.isVisible()
    assert screen.chosen is not None


def test_another_receipt_puts_it_away(lane: Lane) -> None:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    by_check = sold(lane, MUG, by_check=True).transaction
    cash = sold(lane, SOAP, by_check=False).transaction
    screen = journal(lane)
    screen.open_receipt(str(by_check.receipt))
    lane.trigger("journal.keys.returned_check")
    screen.open_receipt(str(cash.receipt))
    assert not screen.returned.isVisible()

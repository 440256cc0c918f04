"""The journal opens what can be done about a check, on the receipt that took one, by keyboard alone."""

from __future__ import annotations

import json
from dataclasses import replace
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedRecord
from pos.services.paperwork import NO_SLIP, Devices
from pos.services.post_voids import PostVoided, PostVoids
from pos.services.sale import CompletedSale, SaleView
from pos.ui.journal.screen import JournalScreen
from receipts.printers import PROFILES
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
    assert screen.actions_of.buttons["returned_check"].isHidden()
    screen.open_receipt(str(by_check.receipt))
    assert not screen.actions_of.buttons["returned_check"].isHidden()
    lane.trigger("journal.keys.returned_check")
    assert screen.returned.isVisible()
    primary = lane.window.findChild(QAction, "journal.keys.again")
    assert primary is not None
    assert primary.text() == "Mark as returned"
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.selectAll()
    QTest.keyClicks(focused, "25")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    record = workstation.returned_checks.find(by_check.id, 1)
    assert isinstance(record, ReturnedRecord)
    assert record.check.fee == 2500
    assert record.settled_at is None
    assert primary.text() == "Settle in cash"
    big = QApplication.focusWidget()
    assert big is screen.returned.do_button
    QTest.keyClick(big, Qt.Key.Key_Return)
    record = workstation.returned_checks.find(by_check.id, 1)
    assert isinstance(record, ReturnedRecord)
    assert record.settled_at is not None
    assert primary.text() == "Print again", "nothing is left to do about it"
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


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return a printer with a slip station and a drawer, this till's from now on."""
    printer = SimulatedPrinter()
    lane.opened.workstation.paperwork._devices = Devices(printer, PrinterDrawer(printer), PROFILES["slip-42-cp858"])
    return printer


def test_settling_opens_the_drawer_and_prints_its_slip(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    lane.sign_in(MAYA)
    workstation = lane.opened.workstation
    workstation.tills.open_till(20000)
    sale = sold(lane, MUG, by_check=True).transaction
    workstation.paperwork.print_waiting()
    printed = len(printer.papers)
    screen = journal(lane)
    screen.open_receipt(str(sale.receipt))
    lane.trigger("journal.keys.returned_check")
    screen.returned.confirm()
    assert printer.kicks == 0
    screen.returned.confirm()
    qtbot.waitUntil(lambda: printer.kicks == 1 and len(printer.papers) == printed + 1)
    slip = printer.papers[-1].job
    assert b"Returned check settled" in slip
    assert f"Check 1042, receipt {sale.receipt}".encode() in slip
    with workstation.desk.shop.books.reading() as work:
        (opened,) = [json.loads(entry.payload) for entry in work.journal.of_kind(EntryKind.DRAWER_OPENED)]
    assert opened == {"why": "check_settled"}


def test_a_check_is_franked_from_the_receipt_by_key(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    by_check, cash = (sold(lane, MUG, by_check=by_check).transaction for by_check in (True, False))
    screen = journal(lane)
    screen.open_receipt(str(cash.receipt))
    assert screen.actions_of.buttons["frank"].isHidden()
    screen.open_receipt(str(by_check.receipt))
    assert not screen.actions_of.buttons["frank"].isHidden()
    lane.trigger("journal.keys.frank")
    qtbot.waitUntil(lambda: any(b"FOR DEPOSIT ONLY" in paper.job for paper in printer.papers))
    assert screen.banner.message == "Check 1042 goes to the printer."
    printer.fault = PrinterFault.OFFLINE
    lane.trigger("journal.keys.frank")
    qtbot.waitUntil(lambda: "was not franked" in screen.banner.message)


def test_a_printer_without_a_slip_station_offers_no_franking(lane: Lane, printer: SimulatedPrinter) -> None:
    lane.opened.workstation.paperwork._devices = Devices(printer, None, PROFILES["80mm-48-cp852"])
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    sale = sold(lane, MUG, by_check=True).transaction
    screen = journal(lane)
    screen.open_receipt(str(sale.receipt))
    assert screen.actions_of.buttons["frank"].isHidden()
    assert not screen.actions_of.keys["frank"].isEnabled()


def test_the_checks_of_a_sale_are_franked_one_after_the_other(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    lane.sign_in(MAYA)
    workstation = lane.opened.workstation
    workstation.tills.open_till(20000)
    workstation.sale.scan(MUG)
    for check in (CHECK, replace(CHECK, number="1043")):
        due = workstation.sale.view.priced.due
        assert isinstance(workstation.checks.take(check, 100 if check is CHECK else due), SaleView)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    lane.shell.done.show_sale(done)
    lane.shell._go(lane.shell.done)
    QApplication.processEvents()
    banner = lane.shell.done.banner
    for number in ("1042", "1043", "1042"):
        lane.trigger("done.keys.frank")
        assert banner.message.startswith(f"Check {number} goes to the printer.")
        assert ("Then put in check 1043" in banner.accessibleName()) is (number == "1042")
    qtbot.waitUntil(lambda: sum(b"FOR DEPOSIT ONLY" in paper.job for paper in printer.papers) == 3)


def test_a_check_of_a_sale_that_was_taken_back_comes_back_no_more(lane: Lane, printer: SimulatedPrinter) -> None:
    lane.sign_in(MAYA)
    workstation = lane.opened.workstation
    workstation.tills.open_till(20000)
    sale = sold(lane, MUG, by_check=True).transaction
    with patch.object(PostVoids, "_signed", return_value=None):
        assert isinstance(workstation.post_voids.post_void(sale.id, "rung_twice"), PostVoided)
    screen = journal(lane)
    screen.open_receipt(str(sale.receipt))
    for name in ("returned_check", "frank"):
        assert screen.actions_of.buttons[name].isHidden()
    assert workstation.paperwork.frank(sale.id, 1) == NO_SLIP
    answer = workstation.returned_checks.mark(sale.id, 1)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CHECK_UNKNOWN
    assert printer.papers == []

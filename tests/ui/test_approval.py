"""Prices and discounts by hand at the screen, and the manager who is asked: from the scan to the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.journal import EntryKind
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Refused
from pos.services.demo_shop import DEMO_PINS
from pos.services.desk import read_payload
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.approval_sheet import ApprovalSheet
from tests.lane import DANA, KETTLE, MAYA, MUG, Lane, copy_of_demo, open_lane

BADGE = "KB-7F3Q-2M8X"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a cashier's till with a mug and a kettle (45.00) rung up; the manager has a badge."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    assert not isinstance(lane.opened.workstation.people.give_badge(DANA, BADGE), Refused)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.lock()
    lane.sign_in(MAYA)
    lane.window.scanned(MUG)
    lane.window.scanned(KETTLE)
    yield lane
    lane.close()


def sell(till: Lane) -> SellScreen:
    return till.shell.sell


def sheet(till: Lane) -> ApprovalSheet:
    return till.shell.overlays.approval


def priced(till: Lane) -> PricedBasket:
    return till.opened.workstation.sale.view.priced


def type_discount(till: Lane, percent: str, key: str = "sell.keys.discount") -> None:
    """F5, the number, the first reason, Enter."""
    till.trigger(key)
    strip = sell(till).basket.strip
    QTest.keyClicks(strip.field, percent)
    till.trigger("sell.keys.tile1")
    QTest.keyClick(strip.field, Qt.Key.Key_Return)


def test_scan_discount_badge_paid_and_the_journal_shows_it(till: Lane) -> None:
    type_discount(till, "35")
    assert sheet(till).isVisible()
    assert priced(till).discount == 0, "nothing is given before somebody agreed"
    till.window.scanned(BADGE)
    assert not sheet(till).isVisible()
    assert priced(till).lines[1].discount == 1_575
    operator = till.opened.workstation.sign_on.operator
    assert operator is not None
    assert operator.id == MAYA, "nobody was signed in by it"
    assert "Approved" in sell(till).banner.message
    station = till.opened.workstation
    station.sale.tender_cash(priced(till).due_cash)
    station.sale.complete()
    done = station.sale.last_completed()
    assert done is not None
    assert done.discount == 1_575
    with station.desk.shop.books.reading() as work:
        entries = [one for one, _ in work.journal.entries(station.desk.number)]
    granted = next(one for one in entries if one.kind is EntryKind.APPROVAL_GRANTED)
    payload = read_payload(granted)
    assert (granted.operator, granted.subject) == (DANA, done.id)
    assert (payload["asked_by"], payload["before"], payload["after"]) == (MAYA, 4_500, 2_925)
    assert payload["reason"] == "damaged_box"


def test_a_pin_and_enter_approve_and_a_wrong_one_says_so(till: Lane) -> None:
    type_discount(till, "35")
    QTest.keyClicks(sheet(till).pin, "111111")
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_Return)
    assert sheet(till).isVisible()
    assert "not right" in sheet(till)._refused.text()
    assert sheet(till).pin.count == 0
    QTest.keyClicks(sheet(till).pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_Return)
    assert priced(till).lines[1].discount == 1_575


def test_what_is_typed_after_asking_goes_to_the_sheet_and_nowhere_else(till: Lane) -> None:
    window = till.window.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_F5)
    for character in "35":
        QTest.keyClick(window, ord(character))
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Return)
    QApplication.processEvents()
    for digit in DEMO_PINS[DANA]:
        QTest.keyClick(window, ord(digit))
    QTest.qWait(150)
    assert sheet(till).pin.count == len(DEMO_PINS[DANA])
    assert not sell(till).scan_field.text
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert not sheet(till).isVisible()
    assert priced(till).lines[1].discount == 1_575
    # Afterwards the sale has the keys again.
    QTest.keyClick(window, Qt.Key.Key_7)
    QTest.qWait(150)
    assert sell(till).scan_field.text == "7"


def test_the_manager_may_give_less_or_nothing(till: Lane) -> None:
    type_discount(till, "35")
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    till.window.scanned(BADGE)
    assert priced(till).lines[1].discount == 450
    type_discount(till, "40")
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    till.window.scanned(BADGE)
    assert priced(till).lines[1].discount == 450
    assert "Not approved" in sell(till).banner.message
    assert sell(till).asking.request is None


def test_esc_goes_back_and_the_request_waits_while_others_are_rung_up(till: Lane) -> None:
    type_discount(till, "35")
    sheet(till).escape.trigger()
    assert not sheet(till).isVisible()
    assert sell(till).asking.strip.isVisible()
    till.window.scanned(MUG)
    assert sell(till).asking.strip.isVisible(), "another line is no change to it"
    till.trigger("sell.keys.ask_manager")
    till.window.scanned(BADGE)
    assert priced(till).lines[1].discount == 1_575
    assert not sell(till).asking.strip.isVisible()


def test_a_change_of_its_line_voids_what_waits_and_what_was_given(till: Lane) -> None:
    type_discount(till, "35")
    sheet(till).escape.trigger()
    sell(till).lines.add_pieces(1)
    assert not sell(till).asking.strip.isVisible()
    assert "nobody is asked" in sell(till).banner.message
    type_discount(till, "35")
    till.window.scanned(BADGE)
    sell(till).lines.add_pieces(1)
    assert priced(till).discount == 0
    assert "came off" in sell(till).banner.message


def test_a_price_and_a_receipt_discount_within_the_limit_ask_nobody(till: Lane) -> None:
    till.trigger("sell.keys.price")
    strip = sell(till).basket.strip
    QTest.keyClicks(strip.field, "42.00")
    QTest.keyClick(strip.field, Qt.Key.Key_Return)
    assert "needs a reason" in sell(till).banner.message
    till.trigger("sell.keys.tile2")
    QTest.keyClick(strip.field, Qt.Key.Key_Return)
    assert priced(till).lines[1].extended == 4_200
    type_discount(till, "5", "sell.keys.receipt_discount")
    assert priced(till).discount == 258
    assert not sheet(till).isVisible()
    type_discount(till, "0", "sell.keys.receipt_discount")
    assert priced(till).discount == 0


def test_a_scan_drops_a_discount_typed_by_halves(till: Lane) -> None:
    till.trigger("sell.keys.discount")
    strip = sell(till).basket.strip
    QTest.keyClicks(strip.field, "5")
    till.window.scanned(MUG)
    assert not strip.is_entering
    assert priced(till).discount == 0
    assert len(priced(till).lines) == 3


def test_an_amount_instead_of_percent(till: Lane) -> None:
    till.trigger("sell.keys.discount")
    strip = sell(till).basket.strip
    QTest.keyClick(strip.field, Qt.Key.Key_Right)
    QTest.keyClicks(strip.field, "3.50")
    till.trigger("sell.keys.tile3")
    QTest.keyClick(strip.field, Qt.Key.Key_Return)
    assert priced(till).lines[1].discount == 350

"""The locked till: nothing of the sale can be read or done, and the same person goes on where they were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.refusal import Code, Refused
from pos.services.demo_shop import DEMO_PINS
from tests.lane import DANA, LUCIE, MAYA, MUG, Lane


def unlock(lane: Lane, pin: str = DEMO_PINS[MAYA]) -> None:
    for digit in pin:
        QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key(ord(digit)))
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_Return)


def test_the_same_person_goes_on_exactly_where_they_were(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry("40")
    lane.shell.lock()
    assert not lane.shell.isVisible()
    unlock(lane)
    assert lane.shell.screen_shown is lane.shell.pay
    assert lane.shell.pay.received.entry == "40"
    operator = lane.opened.workstation.sign_on.operator
    assert operator is not None
    assert operator.id == MAYA


def test_a_scan_at_a_locked_till_does_nothing_and_says_so(lane: Lane) -> None:
    lane.open_till()
    lane.shell.lock()
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_1)
    lane.window.scanned(MUG)
    assert "The scan was not used" in lane.shell.lock_screen.said
    assert lane.shell.lock_screen.pin.count == 0
    unlock(lane)
    assert lane.shell.sell.basket.model.rowCount() == 0


def test_a_wrong_pin_is_counted_and_said_where_the_card_has_room_for_it(lane: Lane) -> None:
    lane.open_till()
    lane.shell.lock()
    before = lane.shell.lock_screen.keypad.geometry()
    unlock(lane, "000000")
    assert "4 tries left" in lane.shell.lock_screen.said
    assert lane.shell.lock_screen.keypad.geometry() == before
    assert not lane.shell.isVisible()


def test_no_key_of_the_sale_works_at_a_locked_till(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.shell.lock()
    for key in (Qt.Key.Key_F12, Qt.Key.Key_Delete, Qt.Key.Key_F3):
        QTest.keyClick(lane.window, key)
    assert not lane.shell.isVisible()
    unlock(lane)
    assert lane.shell.screen_shown is lane.shell.sell
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_somebody_else_signs_in_by_f6(lane: Lane) -> None:
    lane.open_till()
    lane.shell.lock()
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_F6)
    assert lane.window.sign_in.isVisible()
    lane.sign_in(LUCIE)
    assert lane.shell.isVisible()
    assert lane.opened.workstation.sign_on.locked_by is None


@pytest.mark.parametrize(("minutes", "quiet", "locks"), [(3, 179_999, False), (3, 180_000, True), (0, 10**9, False)])
def test_a_quiet_till_locks_itself(lane: Lane, minutes: int, quiet: int, locks: bool) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.window.lock_when_quiet(lambda: quiet, minutes)
    lane.window.tick()
    assert lane.shell.lock_screen.isVisible() is locks


def test_another_takes_over_once_the_open_sale_is_suspended_by_one_key(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.shell.lock()
    lane.sign_in(LUCIE)
    assert not lane.shell.isVisible()
    assert "A sale of Maya Reyes is open" in lane.window.sign_in.banner.message
    QTest.keyClick(lane.window.sign_in.pin, Qt.Key.Key_F7)
    assert lane.shell.isVisible()
    workstation = lane.opened.workstation
    assert workstation.sign_on.operator is not None
    assert workstation.sign_on.operator.id == LUCIE
    assert workstation.sale.view.empty
    assert len(workstation.suspended.waiting()) == 1
    assert lane.shell.sell.basket.model.rowCount() == 0


def test_a_badge_of_another_at_the_lock_takes_over_by_f7(lane: Lane) -> None:
    workstation = lane.opened.workstation
    lane.sign_in(DANA)
    assert not isinstance(workstation.people.give_badge(LUCIE, "KB-7F3Q2M8X"), Refused)
    workstation.sign_on.sign_off()
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.shell.lock()
    before = lane.shell.lock_screen.keypad.geometry()
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_F7)
    assert not lane.shell.isVisible(), "nobody has shown who they are"
    lane.window.scanned("KB-7F3Q2M8X")
    assert "A sale of Maya Reyes is open" in lane.shell.lock_screen.said
    assert lane.shell.lock_screen.over_button.isVisible()
    assert not lane.shell.lock_screen.grab().isNull()
    assert lane.shell.lock_screen.keypad.geometry() == before
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_F7)
    assert lane.shell.isVisible()
    operator = workstation.sign_on.operator
    assert operator is not None
    assert operator.id == LUCIE
    assert workstation.sale.view.empty
    assert len(workstation.suspended.waiting()) == 1


def test_the_offer_to_take_over_is_for_that_person_and_that_minute(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.shell.lock()
    lane.sign_in(LUCIE)
    workstation = lane.opened.workstation
    lane.clock.move(61)
    assert workstation.sign_on.take_over(workstation.suspended) == Refused(Code.NOT_SIGNED_ON)
    lane.sign_in(LUCIE)
    lane.window.sign_in.people.chosen.emit(DANA)
    QTest.keyClick(lane.window.sign_in.pin, Qt.Key.Key_F7)
    assert not lane.shell.isVisible()
    lane.sign_in(MAYA)
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_a_sale_with_money_in_it_is_not_put_aside_and_the_till_stays_locked(lane: Lane) -> None:
    lane.open_till()
    workstation = lane.opened.workstation
    lane.shell.sell.scanned(MUG)
    assert not isinstance(workstation.sale.tender_cash(100), Refused)
    lane.shell.lock()
    lane.sign_in(LUCIE)
    answer = workstation.sign_on.take_over(workstation.suspended)
    assert isinstance(answer, Refused)
    assert answer.code is Code.TENDERS_TAKEN
    assert workstation.sign_on.operator is None
    assert workstation.sign_on.locked_by is not None

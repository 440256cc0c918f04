"""While a card is asked for: another amount, another way, stopping at the wrong moment, and a sale kept for later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.payment import TerminalRequest
from pos.services.demo_shop import DEMO_PINS
from pos.ui.pay import card_flow
from pos.ui.pay.card_screen import CardScreen
from pos.ui.pay.screen import PayScreen
from tests.lane import DANA, MAYA, Lane
from tests.ui import test_pay_cards
from tests.ui.test_pay_cards import _WAIT, TOTAL, done, last, taken, terminal_of

lane, pay, card = test_pay_cards.lane, test_pay_cards.pay, test_pay_cards.card


def held(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    """The customer takes their time at the terminal."""
    terminal_of(lane).held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.asks, timeout=_WAIT)


def test_another_amount_stops_the_terminal_and_stands_in_the_field(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    held(lane, pay, card, qtbot)
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    assert terminal_of(lane).bank.balance == 0
    assert (pay.received.entry, pay.banner.isHidden()) == ("64.08", True)
    terminal_of(lane).held = False
    # The first digit begins another amount.
    QTest.keyClicks(pay.received, "20")
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    tenders = lane.opened.workstation.sale.view.priced.basket.tenders
    assert [tender.amount for tender in tenders] == [2000]


def test_too_late_to_change_the_amount_the_card_pays(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(lane, pay, card, qtbot)
    terminal = terminal_of(lane)
    monkeypatch.setattr(terminal, "abort", lambda _request: terminal.release())
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F4)
    done(lane, qtbot)
    assert taken(lane) == [("credit", TOTAL)]


def test_a_wish_of_the_card_before_is_none_of_the_next(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for another way when it was too late, and a partial approval: the next card's no is told."""
    terminal = terminal_of(lane)
    terminal.script.append(Scripted(Doing.PARTIAL, 1000))
    held(lane, pay, card, qtbot)
    monkeypatch.setattr(terminal, "abort", lambda _request: terminal.release())
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    terminal.held = False
    terminal.script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert lane.shell.screen_shown is card


def test_a_bank_that_said_no_meanwhile_is_told_at_the_payment(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = terminal_of(lane)
    terminal.script.append(Scripted(Doing.DECLINED))
    held(lane, pay, card, qtbot)
    monkeypatch.setattr(terminal, "abort", lambda _request: terminal.release())
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    assert "declined" in pay.banner.message


def test_a_terminal_that_had_not_begun_is_asked_to_stop_again(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Esc before the request arrived: the terminal forgets it, and would wait for a card nobody shows."""
    monkeypatch.setattr(card_flow, "_STOPS_AGAIN_SECONDS", 0.1)
    terminal = terminal_of(lane)
    real, asked = terminal.abort, []

    def abort(request: TerminalRequest) -> None:
        asked.append(request.reference)
        if len(asked) > 1:
            real(request)

    monkeypatch.setattr(terminal, "abort", abort)
    held(lane, pay, card, qtbot)
    QTest.keyClick(card.page.cancel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert len(asked) == 2
    assert terminal.bank.balance == 0


def test_after_a_no_the_sale_can_wait_for_later(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    terminal_of(lane).script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert card.ways.keep.isVisible()
    QTest.keyClick(card.page.primary, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert lane.shell.screen_shown is lane.shell.sell
    assert lane.opened.workstation.sale.view.empty
    assert [sale.total for sale in lane.opened.workstation.suspended.waiting()] == [TOTAL]


def test_what_is_paid_in_part_is_not_kept_for_later(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    QTest.keyClicks(pay.received, "10")
    QTest.keyClick(pay.received, Qt.Key.Key_Return)
    terminal_of(lane).script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert card.ways.keep.isHidden()
    QTest.keyClick(card.page.primary, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert lane.shell.screen_shown is card
    assert len(lane.opened.workstation.sale.view.priced.basket.tenders) == 1


def cashier(lane: Lane, pay: PayScreen) -> None:
    """Somebody who needs a manager for a typed number is at the till."""
    desk = lane.opened.workstation.desk
    with desk.shop.books.reading() as work:
        maya = work.staff.find(MAYA)
    assert maya is not None
    desk.operator = maya.operator
    pay.enter()


def test_the_number_of_a_card_is_typed_at_the_terminal_once_a_manager_agreed(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    cashier(lane, pay)
    held(lane, pay, card, qtbot)
    assert card.page.typed.isVisible()
    assert card.page.typed.text() == "Type the card number"
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F6)
    sheet = lane.shell.overlays.approval
    qtbot.waitUntil(sheet.isVisible, timeout=_WAIT)
    assert terminal_of(lane).bank.balance == 0
    QTest.keyClicks(sheet.pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.page.view is not None and "number" in card.page.view.title, timeout=_WAIT)
    # It is typed there: here is no field for it, and it is not offered once more.
    assert card.page.typed.isHidden()
    terminal_of(lane).release()
    done(lane, qtbot)
    attempt = lane.opened.workstation.card_tendering.get(last(lane).tenders[0].attempt)
    assert attempt is not None
    assert (attempt.card.entry_mode, attempt.attempt.keyed) == ("Keyed", True)


def test_without_a_yes_nothing_is_charged_and_the_payment_shows(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    cashier(lane, pay)
    held(lane, pay, card, qtbot)
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F6)
    qtbot.waitUntil(lane.shell.overlays.approval.isVisible, timeout=_WAIT)
    QTest.keyClick(lane.shell.overlays.approval.pin, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is pay
    assert terminal_of(lane).bank.balance == 0


def test_where_no_number_can_be_typed_the_key_is_not_there(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal_of(lane).takes_keyed = False
    held(lane, pay, card, qtbot)
    assert card.page.typed.isHidden()
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F6)
    assert card.flow.waiting
    terminal_of(lane).release()
    done(lane, qtbot)


def test_esc_ends_the_wish_to_type_a_number_too(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    cashier(lane, pay)
    held(lane, pay, card, qtbot)
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F6)
    QTest.keyClick(card.page.cancel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert lane.shell.screen_shown is card
    assert lane.shell.overlays.approval.isHidden()


def test_a_card_the_bank_declined_meanwhile_is_not_tried_again_by_its_number(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = terminal_of(lane)
    terminal.script.append(Scripted(Doing.DECLINED))
    held(lane, pay, card, qtbot)
    monkeypatch.setattr(terminal, "abort", lambda _request: terminal.release())
    QTest.keyClick(card.page.cancel, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    assert "declined" in pay.banner.message
    assert not card.flow.waiting
    assert len(terminal.bank.journal) == 1

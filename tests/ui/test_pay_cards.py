"""Cards through the window: two inputs when all is well, and whatever else a terminal does is said and stays right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.payment.manual import ManualTerminal
from pos.devices.simulated.terminal import Doing, Moment, Scripted, SimulatedTerminal
from pos.domain.payment import CardKind, Step
from pos.domain.refusal import Code, Refused
from pos.domain.transaction import Transaction
from pos.services.verify import verify_books
from pos.ui.cash.overview import OverviewScreen
from pos.ui.cash.owed_charges import OwedChargesScreen
from pos.ui.pay import card_flow
from pos.ui.pay.card_screen import CardScreen
from pos.ui.pay.screen import PayScreen
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane

TOTAL = 6408
_WAIT = 10_000


def opened(home: Path, terminal: str) -> Lane:
    (home / "kassa.toml").write_text(f'terminal = "{terminal}"\n', "utf-8")
    lane = open_lane(home)
    lane.sign_in(DANA)
    desk = lane.opened.workstation.desk
    desk.rules = replace(desk.rules, cash_back_most=10_000)
    lane.opened.workstation.tills.open_till(20_000)
    lane.shell.open_till.opened.emit()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane


@pytest.fixture
def lane(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """A sale of three items on the payment, at a till with a card terminal in memory."""
    del qapp
    lane = opened(copy_of_demo(tmp_path / "home"), "simulated")
    yield lane
    lane.close()


@pytest.fixture
def pay(lane: Lane) -> PayScreen:
    return lane.shell.pay


@pytest.fixture
def card(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> CardScreen:
    monkeypatch.setattr(card_flow, "_waits", lambda _progress: lambda _seconds: None)
    return lane.shell.road.card


def terminal_of(lane: Lane) -> SimulatedTerminal:
    terminal = lane.opened.workstation.card_tendering.terminal
    assert isinstance(terminal, SimulatedTerminal)
    return terminal


def last(lane: Lane) -> Transaction:
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    return sale


def taken(lane: Lane) -> list[tuple[str, int]]:
    return [(tender.kind.value, tender.amount) for tender in last(lane).tenders]


def done(lane: Lane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lane.shell.screen_shown is lane.shell.done, timeout=_WAIT)


def test_a_card_pays_with_two_inputs_after_the_scans(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    # F12 led here; F3 asks the terminal, and its answer ends the sale.
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    done(lane, qtbot)
    assert taken(lane) == [("credit", TOTAL)]
    assert last(lane).tenders[0].attempt
    assert not card.flow.waiting


def test_a_card_that_pays_the_last_leads_straight_to_the_end(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    shown: list[str] = []
    lane.shell.stack.currentChanged.connect(lambda _: shown.append(lane.shell.screen_shown.name))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    done(lane, qtbot)
    assert shown == [card.name, "done"]


def test_a_sale_that_cannot_be_written_is_told_at_the_payment_though_the_card_was_charged(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane.opened.workstation.sale, "complete", lambda: Refused(Code.TILL_CLOSED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: not card.flow.waiting and lane.shell.screen_shown is pay, timeout=_WAIT)
    assert pay.banner.isVisible()
    assert "till" in pay.banner.message.lower()
    assert len(lane.opened.workstation.sale.view.priced.basket.tenders) == 1


def test_another_language_after_a_card_was_taken(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    done(lane, qtbot)
    lane.window.choose_language("cs")
    assert card.title == "Zaplatit"


def test_what_the_terminal_is_at_shows_while_it_is(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    terminal = terminal_of(lane)
    terminal.held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.page.view is not None and "tap" in card.page.view.title, timeout=_WAIT)
    assert lane.shell.screen_shown is card
    assert card.page.view is not None
    assert "$64.08" in card.page.view.detail
    assert card.page.cancel.text() == "Cancel card payment"
    terminal.release()
    done(lane, qtbot)


def step_lines(card: CardScreen) -> list[tuple[str, str]]:
    assert card.page.view is not None
    return [(words, state) for words, state, _ in card.page.view.steps]


def test_a_terminal_that_tells_no_steps_has_none_made_up_for_it(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal = terminal_of(lane)
    terminal.held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.page.view is not None and "tap" in card.page.view.title, timeout=_WAIT)
    untold = [("Sent to terminal", "done"), ("Card, PIN and bank at the terminal", "now"), ("Approved", "later")]
    assert step_lines(card) == untold
    # Once it said where a customer is, it does so again: every step has its line.
    card.flow.working.progressed.emit(Step.AUTHORISING.value, 0)
    assert step_lines(card)[2:] == [("Bank approval", "now"), ("Approved", "later")]
    terminal.release()
    done(lane, qtbot)


@pytest.mark.usefixtures("card")
def test_a_payment_that_takes_long_is_asked_about_and_a_lost_answer_found(
    lane: Lane, pay: PayScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_flow, "ASKS_AFTER_SECONDS", 0.3)
    terminal, lost = terminal_of(lane), Event()
    monkeypatch.setattr(terminal, "hang_up", lost.set)

    def hang(now: Moment) -> None:
        """The bank has charged, and the answer hangs until the till lets go of the line."""
        if now is Moment.AFTER_AUTHORISATION:
            lost.wait(20)

    terminal.at = hang
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    done(lane, qtbot)
    assert lost.is_set(), "asked, it said that it was charged: nobody waits for the answer any longer"
    assert taken(lane) == [("credit", TOTAL)]
    assert terminal.bank.balance == TOTAL


def test_asked_too_early_the_wait_goes_on(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    terminal = terminal_of(lane)
    terminal.held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.asks, timeout=_WAIT)
    assert "0:45" in card.page.view.note if card.page.view else ""
    lane.trigger("card.keys.look")
    qtbot.waitUntil(lambda: card.page.view is not None and "was asked" in card.page.view.note, timeout=_WAIT)
    assert card.flow.waiting
    terminal.release()
    done(lane, qtbot)


def test_another_way_stops_the_terminal_first_and_leads_back(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal = terminal_of(lane)
    terminal.held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.asks, timeout=_WAIT)
    lane.trigger("card.keys.other")
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    assert terminal.bank.balance == 0
    assert not lane.opened.workstation.sale.view.priced.basket.tenders


def test_esc_stops_the_terminal_and_nothing_is_taken(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal = terminal_of(lane)
    terminal.held = True
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.waiting, timeout=_WAIT)
    QTest.qWait(50)
    lane.trigger("card.keys.stop")
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    assert not lane.opened.workstation.sale.view.priced.basket.tenders
    assert terminal.bank.balance == 0
    lane.trigger("card.keys.stop")
    assert lane.shell.screen_shown is pay


def test_a_declined_card_takes_nothing_and_another_way_is_a_key_away(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal_of(lane).script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    view = card.page.view
    assert view is not None
    assert (view.kind, view.title) == ("declined", "The card was declined")
    assert "Do you have another card?" in view.say
    assert not lane.opened.workstation.sale.view.priced.basket.tenders
    lane.trigger("card.keys.stop")
    lane.trigger("pay.keys.complete")
    assert taken(lane) == [("cash", TOTAL)]


@pytest.mark.parametrize("way", ["cash", "gift_card", "check", "split"])
def test_after_a_no_every_other_way_is_one_key_away(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, way: str
) -> None:
    terminal_of(lane).script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    shown = {code: button.text() for code, button in card.ways.buttons.items() if not button.isHidden()}
    assert shown["split"] == "Split"
    assert shown["cash"] == "Cash"
    lane.trigger(f"card.keys.{'other' if way == 'split' else way}")
    assert lane.shell.screen_shown is pay
    assert pay.side.chosen == ("" if way == "cash" else way)
    if way == "cash":
        QTest.keyClick(pay.received, Qt.Key.Key_Return)
        assert taken(lane) == [("cash", TOTAL)]


def test_while_the_terminal_is_at_it_nothing_else_pays(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    hold = Event()

    def hang(now: Moment) -> None:
        if now is Moment.AFTER_REQUEST:
            hold.wait(5)

    terminal_of(lane).at = hang
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.waiting, timeout=_WAIT)
    assert card.ways.isHidden()
    # The keys of split and store credit mean something else while it is at it, and neither pays.
    others = {code: button for code, button in card.ways.buttons.items() if code not in {"split", "store_credit"}}
    assert all(not button.isEnabled() for button in others.values())
    assert card.ways.buttons["store_credit"].text() == "Type the card number"
    assert card.ways.buttons["split"].text() == "Pay another way"
    hold.set()
    done(lane, qtbot)


def test_enter_tries_a_declined_card_again(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    terminal_of(lane).script.append(Scripted(Doing.DECLINED))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: card.flow.declined, timeout=_WAIT)
    lane.trigger("card.keys.go_on")
    done(lane, qtbot)
    assert taken(lane) == [("credit", TOTAL)]


def test_a_partial_approval_leaves_the_rest_due(lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot) -> None:
    terminal_of(lane).script.append(Scripted(Doing.PARTIAL, 2_000))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: bool(lane.opened.workstation.sale.view.priced.basket.tenders), timeout=_WAIT)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay, timeout=_WAIT)
    assert lane.opened.workstation.sale.view.priced.due == TOTAL - 2_000
    assert not card.flow.waiting


@pytest.mark.parametrize("moved", [True, False])
def test_an_outcome_nobody_knows_stays_until_a_manager_decides(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot, *, moved: bool
) -> None:
    terminal_of(lane).script.append(Scripted(Doing.WRONG_ATTEMPT))
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: bool(card.flow.open_attempt), timeout=_WAIT)
    assert card.page.view is not None
    assert card.page.view.kind == "unknown"
    # Another way can be taken to the screen, but no other card is charged meanwhile.
    lane.trigger("card.keys.stop")
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is card and bool(card.flow.open_attempt), timeout=_WAIT)
    panel = card.decision
    panel.choice.choose("charged" if moved else "not_charged")
    panel.fields.reason.set_text("As its slip says")
    panel.fields.number.set_text("101")
    panel.fields.pin.set_text("000000")
    panel.confirm()
    assert panel.said
    panel.fields.number.set_text(DANA)
    panel.fields.pin.set_text("201201")
    panel.confirm()
    if moved:
        done(lane, qtbot)
        assert taken(lane) == [("credit", TOTAL)]
    else:
        assert card.flow.declined
        assert not lane.opened.workstation.sale.view.priced.basket.tenders


def test_another_till_decides_what_became_of_a_card_of_one_that_is_gone(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    home = copy_of_demo(tmp_path / "home")
    gone = opened(home, "simulated")
    cards = gone.opened.workstation.card_tendering
    begun = cards.begin(CardKind.CREDIT)
    assert not isinstance(begun, Refused)
    gone.close()
    (home / "kassa.toml").write_text('terminal = "manual"\n', "utf-8")
    other = open_lane(home, number=2)
    other.sign_in(DANA)
    other.open_till()
    other.shell.open_place("cash")
    shortcuts = [action.shortcut().toString() for action in other.shell.screen_shown.actions() if action.isVisible()]
    assert shortcuts.count("F7") == 1, "its key is nobody else's"
    other.trigger("cash.keys.decide_card")
    card = other.shell.road.card
    assert other.shell.screen_shown.name == "card"
    assert card.flow.open_attempt == begun.id
    panel = card.decision
    panel.choice.choose("not_charged")
    panel.fields.reason.set_text("That till is broken")
    panel.fields.number.set_text(DANA)
    panel.fields.pin.set_text("201201")
    panel.confirm()
    assert card.flow.declined
    other.trigger("card.keys.stop")
    assert other.shell.screen_shown.name == "sell"
    assert not other.opened.workstation.card_tendering.undecided()
    other.shell.open_place("cash")
    decide = other.shell.screen_shown.findChild(QAction, "cash.keys.decide_card")
    assert isinstance(decide, QAction)
    assert not decide.isVisible()
    other.close()


def test_a_stand_alone_terminal_is_keyed_and_its_slip_typed(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    del qapp
    lane = opened(copy_of_demo(tmp_path / "home"), "manual")
    assert isinstance(lane.opened.workstation.card_tendering.terminal, ManualTerminal)
    card = lane.shell.road.card
    QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_F3)
    assert card.flow.typing
    card.approval_code.code.set_text("4111111111111111")
    card.approval_code.last_four.set_text("1111")
    lane.trigger("card.keys.go_on")
    assert card.approval_code.said, "a card's number is never taken"
    card.approval_code.code.set_text("A12345")
    lane.trigger("card.keys.go_on")
    done(lane, qtbot)
    assert taken(lane) == [("credit", TOTAL)]
    lane.close()


def test_a_charge_given_back_is_reversed_at_the_terminal_without_being_asked(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    terminal = terminal_of(lane)
    QTest.keyClicks(pay.received, "20")
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is pay and bool(pay.tenders.said), timeout=_WAIT)
    assert terminal.bank.balance == 2_000
    lane.trigger("pay.keys.undo")
    assert not lane.opened.workstation.sale.view.priced.basket.tenders
    lane.shell.road.errands.run()
    qtbot.waitUntil(lambda: terminal.bank.balance == 0, timeout=_WAIT)
    qtbot.waitUntil(lambda: not lane.opened.workstation.card_tendering.waiting(), timeout=_WAIT)
    assert not card.flow.waiting


def test_what_a_power_cut_left_open_is_found_out_at_the_next_start(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    del qapp
    home = copy_of_demo(tmp_path / "home")
    first = opened(home, "simulated")
    terminal = terminal_of(first)
    station = first.opened.workstation
    begun = station.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(begun, Refused)
    # Charged, and then the power went: nobody heard the answer.
    assert not isinstance(station.card_tendering.ask(begun), Refused)
    assert terminal.bank.balance == TOTAL
    first.close()
    again = open_lane(home)
    again.sign_in(DANA)
    cards = again.opened.workstation.card_tendering
    qtbot.waitUntil(lambda: not cards.waiting(), timeout=_WAIT)
    assert [tender.amount for tender in again.opened.workstation.sale.view.priced.basket.tenders] == [TOTAL]
    again.close()


def test_as_much_cash_back_as_the_field_holds_is_refused_at_the_panel(lane: Lane, pay: PayScreen) -> None:
    pay.takings.choose("debit")
    pay.side.debit.field.set_entry("9999999999")
    pay.side.debit.confirm()
    assert "100" in pay.side.debit.said
    assert lane.opened.workstation.sale.view.priced.basket.tenders == ()


def test_money_on_its_way_back_is_told_as_that_and_never_charged(
    lane: Lane, pay: PayScreen, card: CardScreen, qtbot: QtBot
) -> None:
    cards = lane.opened.workstation.card_tendering
    begun = cards.begin(CardKind.CREDIT, 2_000)
    assert not isinstance(begun, Refused)
    cards.settle(begun.id, cards.ask(begun))
    terminal_of(lane).plugged = False
    lane.opened.workstation.tendering.give_back(1)
    cards.recover()
    QTest.keyClick(pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is card and bool(card.flow.open_attempt), timeout=_WAIT)
    assert card.page.view is not None
    assert card.page.view.title == "Is the money back on the card?"
    assert "back on its card" in card.page.view.detail
    panel = card.decision
    assert [button.text() for button in panel.choice.buttons.values()] == ["On the card", "Not on the card"]
    panel.choice.choose("not_charged")
    panel.fields.reason.set_text("As its slip says")
    panel.fields.number.set_text(DANA)
    panel.fields.pin.set_text("201201")
    panel.confirm()
    assert card.flow.declined
    assert card.page.primary.isHidden()
    card.flow.again()
    assert not card.flow.waiting
    assert not cards.undecided()
    assert [view.attempt.id for view in cards.owed.all()] == [begun.id]


def test_a_charge_no_terminal_gave_back_is_listed_and_asked_for_again(lane: Lane) -> None:
    workstation, terminal = lane.opened.workstation, terminal_of(lane)
    cards = workstation.card_tendering
    begun = cards.begin(CardKind.CREDIT, 2_000)
    assert not isinstance(begun, Refused)
    cards.settle(begun.id, cards.ask(begun))
    # Neither the reversal nor the refund after it.
    terminal.script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    workstation.tendering.give_back(1)
    cards.recover()
    assert terminal.bank.balance == 2_000
    lane.shell.open_place("cash")
    screen = lane.shell.screen_shown
    assert isinstance(screen, OverviewScreen)
    assert "1 card charge to give back" in screen.open_matters
    assert "$20.00" in screen.open_matters
    lane.trigger("cash.keys.owed_charges")
    owed = lane.shell.screen_shown
    assert isinstance(owed, OwedChargesScreen)
    assert [row.figure for row in owed.list.found.rows] == ["$20.00"]
    lane.trigger("cash_owed.keys.ask")
    assert owed.banner.isVisible()
    assert cards.owed.all() == ()
    cards.recover()
    assert terminal.bank.balance == 0
    lane.shell.open_place("cash")
    assert screen.open_matters == ""
    assert screen.owed_button.isHidden()


def test_a_manager_says_that_the_card_company_gave_it_back(lane: Lane) -> None:
    workstation, terminal = lane.opened.workstation, terminal_of(lane)
    cards = workstation.card_tendering
    begun = cards.begin(CardKind.CREDIT, 2_000)
    assert not isinstance(begun, Refused)
    cards.settle(begun.id, cards.ask(begun))
    terminal.script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    workstation.tendering.give_back(1)
    cards.recover()
    lane.shell.open_place("cash_owed")
    screen = lane.shell.screen_shown
    assert isinstance(screen, OwedChargesScreen)
    lane.trigger("cash_owed.keys.settle")
    assert [view.attempt.id for view in cards.owed.all()] == [begun.id], "nothing was typed"
    screen.fields.reason.set_text("Statement of 22 Nov")
    screen.fields.number.set_text(DANA)
    screen.fields.pin.set_text("201201")
    lane.trigger("cash_owed.keys.settle")
    assert screen.banner.isVisible()
    assert cards.owed.all() == ()
    assert not screen.settle_button.isEnabled()
    assert verify_books(workstation.desk.shop).violations == ()

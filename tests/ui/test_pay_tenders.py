"""Every tender through the window, by keyboard alone: taken, listed, given back, refused where it is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.services.demo_shop import DEMO_PINS
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.ui.pay.screen import PayScreen
from pos.wording import LANGUAGES
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane
from tests.ui.measures import complaints

# 45.00 + 9.50 + 5.25 and 7.25 % tax on each
TOTAL = 6408
GIFT_CARD = "6006490000000007771"
LINE = "T021000021T 000123456789U 1042"


def known(lane: Lane, *cards: NewGiftCard) -> None:
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        take_over(work, desk, cards, None)
        work.commit()


@pytest.fixture
def pay(lane: Lane) -> PayScreen:
    """Return the payment of three items in a shop with two types of its own."""
    desk = lane.opened.workstation.desk
    own = (
        TenderRule("swish", TenderKind.OTHER, words="Swish", asks_reference=True),
        TenderRule("meal", TenderKind.OTHER, words="Meal voucher", alone=1000),
    )
    desk.rules = replace(desk.rules, tender_rules=own)
    lane.open_till()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane.shell.pay


def focused(lane: Lane) -> QWidget:
    found = QApplication.focusWidget()
    return lane.window if found is None else found


def press(
    lane: Lane, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = ""
) -> None:
    """Type into whatever has the focus, as a person does, and then a key."""
    if text:
        QTest.keyClicks(focused(lane), text)
    QTest.keyClick(focused(lane), key, modifier)
    QApplication.processEvents()


def tenders(lane: Lane) -> tuple[Tender, ...]:
    return lane.opened.workstation.sale.view.priced.basket.tenders


def last_kinds(lane: Lane) -> list[tuple[TenderKind, int]]:
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    return [(tender.kind, tender.amount) for tender in sale.tenders]


def test_only_what_the_shop_takes_is_shown_each_with_its_key(lane: Lane, pay: PayScreen) -> None:
    shown = {code: button.key for code, button in pay.tenders.buttons.items()}
    assert shown == {
        "cash": "F2",
        "gift_card": "F5",
        "store_credit": "F6",
        "check": "F7",
        "split": "F8",
        "swish": "Alt Q",
        "meal": "Alt E",
    }, "no card terminal, no cards"
    action = lane.window.findChild(QAction, "pay.keys.credit")
    assert action is not None
    assert not action.isVisible()


def test_what_cannot_pay_this_sale_says_why(lane: Lane, pay: PayScreen) -> None:
    desk = lane.opened.workstation.desk
    desk.rules = replace(
        desk.rules, tender_rules=(TenderRule("meal", TenderKind.OTHER, words="Meal voucher", departments=("none",)),)
    )
    pay.enter()
    button = pay.tenders.buttons["meal"]
    assert not button.isEnabled()
    assert "Not for these items" in button.accessibleName()


def test_a_type_of_the_shop_s_own_asks_its_number(lane: Lane, pay: PayScreen) -> None:
    press(lane, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    press(lane, Qt.Key.Key_Return)
    assert pay.side.reference.said
    assert not tenders(lane)
    press(lane, Qt.Key.Key_Return, text="S 4711")
    assert last_kinds(lane) == [(TenderKind.OTHER, TOTAL)]
    assert lane.shell.screen_shown is lane.shell.done


def test_a_gift_card_that_is_typed_says_first_what_is_on_it(lane: Lane, pay: PayScreen) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    press(lane, Qt.Key.Key_F5)
    press(lane, Qt.Key.Key_Return, text="1234")
    assert "no gift card" in pay.side.gift_card.said
    pay.side.gift_card.field.clear()
    press(lane, Qt.Key.Key_Return, text=GIFT_CARD)
    assert pay.side.gift_card.balance_said == "$25.00 on it, $0.00 left on it after this"
    assert not tenders(lane)
    press(lane, Qt.Key.Key_Return)
    assert [tender.amount for tender in tenders(lane)] == [2500]
    assert "Gift card •••• 7771 $25.00" in pay.tenders.said
    assert "$39.08" in pay.due.accessibleName()
    press(lane, Qt.Key.Key_Return)
    assert last_kinds(lane) == [(TenderKind.GIFT_CARD, 2500), (TenderKind.CASH, 3908)]


@pytest.mark.usefixtures("pay")
def test_a_scanned_gift_card_is_a_tender_and_ctrl_z_gives_it_back(lane: Lane) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    lane.window.scanned(GIFT_CARD)
    assert [tender.amount for tender in tenders(lane)] == [2500]
    press(lane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not tenders(lane)
    lane.window.scanned(GIFT_CARD)
    assert [tender.amount for tender in tenders(lane)] == [2500], "it had its money back"


def test_a_tap_on_what_was_taken_gives_back_that_one(lane: Lane, pay: PayScreen) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    press(lane, Qt.Key.Key_Return, text="10")
    lane.window.scanned(GIFT_CARD)
    QTest.mouseClick(pay.tenders.rows[0], Qt.MouseButton.LeftButton)
    assert [tender.kind for tender in tenders(lane)] == [TenderKind.GIFT_CARD]


def test_what_nobody_hands_back_is_said_with_its_way(lane: Lane, pay: PayScreen) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    press(lane, Qt.Key.Key_Return, text="10")
    lane.window.scanned(GIFT_CARD)
    press(lane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pay.banner.message == "Goes back to the customer: Gift card •••• 7771 $25.00, back on it."
    press(lane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not pay.banner.message, "cash is in the cashier's hand"


def test_leaving_keeps_what_was_taken(lane: Lane, pay: PayScreen) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    lane.window.scanned(GIFT_CARD)
    press(lane, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is lane.shell.sell
    lane.trigger("sell.keys.pay")
    assert "$39.08" in pay.due.accessibleName()


@pytest.mark.usefixtures("pay")
def test_a_check_by_its_line(lane: Lane) -> None:
    press(lane, Qt.Key.Key_F7)
    lane.window.scanned(LINE)
    press(lane, Qt.Key.Key_Return)
    assert last_kinds(lane) == [(TenderKind.CHECK, TOTAL)]


def test_part_of_a_sale_in_a_tender_whose_amount_was_typed(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "9")
    press(lane, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert [(tender.type, tender.amount) for tender in tenders(lane)] == [("meal", 900)]
    assert lane.shell.screen_shown is pay


@pytest.mark.usefixtures("pay")
def test_beyond_what_is_taken_alone_a_manager_is_asked_over_the_payment(lane: Lane) -> None:
    press(lane, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    sheet = lane.shell.overlays.approval
    assert sheet.isVisible()
    assert "Meal voucher $64.08" in sheet.accessibleName()
    press(lane, Qt.Key.Key_Escape)
    assert not tenders(lane)
    press(lane, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(sheet.pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    assert last_kinds(lane) == [(TenderKind.OTHER, TOTAL)]


def test_split_in_three_asks_for_each_part(lane: Lane, pay: PayScreen) -> None:
    press(lane, Qt.Key.Key_F8)
    press(lane, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert pay.received.text() == "$21.36"
    for _ in range(3):
        press(lane, Qt.Key.Key_Return)
    assert last_kinds(lane) == [(TenderKind.CASH, 2136)] * 3


def test_split_by_line_asks_for_what_was_ticked(lane: Lane, pay: PayScreen) -> None:
    press(lane, Qt.Key.Key_F8)
    press(lane, Qt.Key.Key_Space)
    assert pay.side.split.ticked == (0,)
    press(lane, Qt.Key.Key_Return)
    # 45.00 and its tax
    assert pay.received.text() == "$48.26"
    press(lane, Qt.Key.Key_Return)
    assert "$15.82" in pay.due.accessibleName()
    press(lane, Qt.Key.Key_Return)
    assert last_kinds(lane) == [(TenderKind.CASH, 4826), (TenderKind.CASH, 1582)]


def test_the_done_screen_says_what_it_was_paid_with(lane: Lane, pay: PayScreen) -> None:
    known(lane, NewGiftCard(GIFT_CARD, 2500))
    lane.window.scanned(GIFT_CARD)
    press(lane, Qt.Key.Key_Return, text="50")
    assert "$10.92" in lane.shell.done.change.text
    assert "Gift card •••• 7771 $25.00 · Cash $50.00" in lane.shell.done.tenders_said
    del pay


@pytest.mark.usefixtures("pay")
def test_a_customer_with_an_account_buys_on_it_and_nobody_else_is_offered_it(lane: Lane) -> None:
    buttons = lane.shell.pay.tenders.buttons
    assert "house_account" not in buttons
    lane.window.scanned("KC-1000-0001")
    button = lane.shell.pay.tenders.buttons["house_account"]
    assert "$500.00 free" in button.accessibleName()
    assert button.key == "Alt Q"
    assert lane.shell.pay.tenders.buttons["swish"].key == "Alt E"
    press(lane, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert last_kinds(lane)[0][0] is TenderKind.HOUSE_ACCOUNT


def test_cash_takes_two_inputs_after_the_scans_and_three_with_a_note(lane: Lane) -> None:
    lane.open_till()
    for note, keys in (("", 1), ("3", 2)):
        for code in (KETTLE, MUG, SOAP):
            lane.window.scanned(code)
        press(lane, Qt.Key.Key_F12)
        assert lane.shell.screen_shown.name == "pay"
        if note:
            press(lane, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        press(lane, Qt.Key.Key_Return)
        assert lane.shell.screen_shown.name == "done", keys
        assert last_kinds(lane) == [(TenderKind.CASH, 7000 if note else TOTAL)]


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_shows_whole(lane: Lane, pay: PayScreen, language: str, size: tuple[int, int]) -> None:
    lane.window.choose_language(language)
    lane.window.resize(*size)
    QTest.keyClicks(pay.received, "10")
    press(lane, Qt.Key.Key_Return)
    for key in ("", "gift_card", "store_credit", "check", "split", "own1"):
        if key:
            lane.trigger(f"pay.keys.{key}")
        for _ in range(3):
            QApplication.processEvents()
        assert complaints(lane.window) == [], key
        if key:
            lane.trigger("pay.keys.back")

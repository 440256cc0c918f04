"""The language changes in the middle of an entry, of the sale or of the payment: what was typed is still there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.reasons import ReasonKind
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.reasons import reasons
from pos.ui.pay.screen import PayScreen
from pos.ui.sell.screen import SellScreen
from tests.lane import KETTLE, MUG, SOAP, Lane

OTHERS = pytest.mark.parametrize("language", ["cs", "sv"])
GIFT_CARD = "6006490000000007771"


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return a sale of three lines with the first one selected, which is not the one that was touched last."""
    desk = lane.opened.workstation.desk
    swish = TenderRule("swish", TenderKind.OTHER, words="Swish", asks_reference=True)
    desk.rules = replace(desk.rules, tender_rules=(swish,))
    lane.open_till()
    QApplication.processEvents()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    for _ in range(2):
        QTest.keyClick(lane.shell.sell.scan_field.edit, Qt.Key.Key_Up)
    assert lane.shell.sell.basket.view.row == 0
    return lane.shell.sell


@pytest.fixture
def pay(lane: Lane, sell: SellScreen) -> PayScreen:
    """Return the payment of that sale."""
    del sell
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane.shell.pay


def typed(lane: Lane, text: str = "", key: Qt.Key | None = None, alt: bool = False) -> None:
    """Type into whatever has the focus, as a person does."""
    focused = QApplication.focusWidget() or lane.window
    QTest.keyClicks(focused, text)
    if key is not None:
        QTest.keyClick(focused, key, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def speak(lane: Lane, language: str) -> None:
    lane.window.choose_language(language)
    QApplication.processEvents()


def line(lane: Lane, number: int = 0) -> tuple[int, int, str]:
    priced = lane.opened.workstation.sale.view.priced.lines[number]
    return priced.line.quantity.thousandths, priced.discount, priced.line.note


@OTHERS
def test_a_quantity_goes_on_in_its_line(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.trigger("sell.keys.quantity")
    typed(lane, "1")
    speak(lane, language)
    assert sell.basket.strip.is_entering
    typed(lane, "2", Qt.Key.Key_Return)
    assert [line(lane, number)[0] for number in range(3)] == [12_000, 1_000, 1_000]


@OTHERS
def test_a_discount_keeps_its_number_its_kind_and_its_reason(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.trigger("sell.keys.discount")
    typed(lane, key=Qt.Key.Key_Right)
    typed(lane, "2.5")
    typed(lane, key=Qt.Key.Key_1, alt=True)
    speak(lane, language)
    first = reasons(lane.opened.workstation.desk, ReasonKind.DISCOUNT)[0]
    assert sell.basket.strip.by_hand.reasons[0].text() == lane.window.words.reason(first)
    typed(lane, "0", Qt.Key.Key_Return)
    assert [line(lane, number)[1] for number in range(3)] == [250, 0, 0]


@OTHERS
def test_a_price_goes_on(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.trigger("sell.keys.price")
    typed(lane, "44")
    typed(lane, key=Qt.Key.Key_1, alt=True)
    speak(lane, language)
    assert sell.basket.strip.field.entry == "44"
    typed(lane, key=Qt.Key.Key_Return)
    assert lane.opened.workstation.sale.view.priced.lines[0].unit_price == 4_400


@OTHERS
@pytest.mark.parametrize(("key", "number"), [("sell.keys.note", 0), ("sell.keys.sale_note", None)])
def test_a_note_goes_on_where_the_cursor_stood(
    lane: Lane, sell: SellScreen, language: str, key: str, number: int | None
) -> None:
    lane.trigger(key)
    typed(lane, "gift wap")
    for _ in range(2):
        typed(lane, key=Qt.Key.Key_Left)
    speak(lane, language)
    panel = sell.side.panel
    assert panel is not None
    assert lane.window.words.say("Note") in panel.title or number is None
    typed(lane, "r", Qt.Key.Key_Return)
    basket = lane.opened.workstation.sale.view.priced.basket
    assert (basket.note if number is None else basket.lines[number].note) == "gift wrap"


@OTHERS
def test_what_is_searched_for_and_a_code_half_typed_stay(lane: Lane, sell: SellScreen, language: str) -> None:
    typed(lane, "951")
    speak(lane, language)
    assert sell.scan_field.text == "951"
    sell.scan_field.clear()
    lane.trigger("sell.keys.search")
    typed(lane, "mug")
    speak(lane, "en")
    assert sell.search.is_open
    assert sell.scan_field.text == "mug"
    typed(lane, key=Qt.Key.Key_Return)
    assert len(lane.opened.workstation.sale.view.priced.lines) == 4


@OTHERS
def test_a_void_is_still_asked_and_its_reasons_with_it(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.trigger("sell.keys.void")
    before = sell.void_strip.accessibleName()
    speak(lane, language)
    assert sell.void_strip.is_asking
    assert sell.void_strip.accessibleName() != before
    assert sell.side.panel is sell.voiding.why
    sell.lines.begin_note()
    typed(lane, key=Qt.Key.Key_Escape)
    lane.trigger("sell.keys.void")
    speak(lane, "en")
    typed(lane, key=Qt.Key.Key_1, alt=True)
    assert lane.opened.workstation.sale.view.empty


@OTHERS
def test_a_line_is_still_removed_with_a_reason(lane: Lane, sell: SellScreen, language: str) -> None:
    sell.lines.begin_void()
    speak(lane, language)
    assert sell.side.panel is sell.lines.why
    typed(lane, key=Qt.Key.Key_1, alt=True)
    names = [each.line.name for each in lane.opened.workstation.sale.view.priced.lines]
    assert names == ["Ceramic mug 350 ml", "Oat soap bar"]


@OTHERS
def test_a_weight_and_a_customer_go_on(lane: Lane, sell: SellScreen, language: str) -> None:
    sell.scanned("4011")
    assert sell.ringing.questions.asks
    typed(lane, "1.2")
    speak(lane, language)
    assert sell.ringing.questions.asks
    banana = lane.opened.workstation.catalogue.find("4011")
    assert banana is not None
    panel = sell.side.panel
    assert panel is not None
    assert panel.title.endswith(banana.name_in(language))
    typed(lane, "5", Qt.Key.Key_Return)
    assert line(lane, 3)[0] == 1_250
    lane.trigger("sell.keys.customer")
    typed(lane, "ali")
    speak(lane, "en")
    assert sell.buyer.search.field.text == "ali"
    assert sell.side.panel is sell.buyer.search


def test_half_a_date_of_birth_keeps_the_order_it_was_begun_in(lane: Lane, sell: SellScreen) -> None:
    typed(lane, "wine", Qt.Key.Key_Return)
    typed(lane, key=Qt.Key.Key_Return)
    age = sell.ringing.questions.age
    assert sell.side.panel is age
    typed(lane, "1231")
    speak(lane, "cs")
    assert age.field.text() == "12/31/____"
    typed(lane, "1980")
    assert len(lane.opened.workstation.sale.view.priced.lines) == 4


@OTHERS
def test_a_gift_card_and_its_amount_go_on(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.trigger("sell.keys.gift_card")
    typed(lane, "2")
    speak(lane, language)
    assert sell.side.panel is sell.gift_card
    assert sell.gift_card.field.entry == "2"


@OTHERS
def test_cash_received_goes_on(lane: Lane, pay: PayScreen, language: str) -> None:
    typed(lane, "7")
    speak(lane, language)
    assert pay.received.entry == "7"
    typed(lane, "0", Qt.Key.Key_Return)
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    assert sale.tenders[0].amount == 7_000


def question(lane: Lane, pay: PayScreen, name: str) -> tuple[QWidget, Callable[[], str]]:
    """Open a question of the payment and type half an answer; it, and what stands there."""
    if name == "swish":
        typed(lane, key=Qt.Key.Key_Q, alt=True)
        typed(lane, "S 47")
        return pay.side.reference, lambda: pay.side.reference.field.text
    if name == "check":
        typed(lane, key=Qt.Key.Key_F7)
        typed(lane, "0210")
        return pay.side.check, lambda: pay.side.check.routing.text
    if name == "gift_card":
        typed(lane, key=Qt.Key.Key_F5)
        typed(lane, GIFT_CARD, Qt.Key.Key_Return)
        return pay.side.gift_card, lambda: pay.side.gift_card.field.text + str(bool(pay.side.gift_card.balance_said))
    if name == "split":
        typed(lane, key=Qt.Key.Key_F8)
        typed(lane, key=Qt.Key.Key_Space)
        return pay.side.split, lambda: str(pay.side.split.ticked)
    lane.trigger("pay.keys.tax_document")
    typed(lane, "Acme")
    return pay.side.buyer, lambda: pay.side.buyer.name.text


@OTHERS
@pytest.mark.parametrize("name", ["swish", "check", "gift_card", "split", "buyer"])
def test_a_question_of_the_payment_goes_on(lane: Lane, pay: PayScreen, language: str, name: str) -> None:
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        take_over(work, desk, (NewGiftCard(GIFT_CARD, 2500),), None)
        work.commit()
    page, stands = question(lane, pay, name)
    before, said = stands(), page.accessibleName()
    assert pay.side.currentWidget() is page
    speak(lane, language)
    assert pay.side.currentWidget() is page
    assert stands() == before
    assert page.accessibleName() != said
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_where_the_language_is_chosen_keeps_the_keys_until_it_is_left(lane: Lane, pay: PayScreen) -> None:
    typed(lane, "7")
    QTest.mouseClick(lane.shell.top_bar.person_button, Qt.MouseButton.LeftButton)
    person = lane.shell.person
    QTest.mouseClick(person.languages.buttons["sv"], Qt.MouseButton.LeftButton)
    assert person.isVisible()
    typed(lane, key=Qt.Key.Key_Return)
    assert lane.opened.workstation.sale.view.priced.basket.tenders == (), "Enter is not the payment's"
    QTest.mouseClick(person.theme, Qt.MouseButton.LeftButton)
    typed(lane, key=Qt.Key.Key_Escape)
    assert not person.isVisible()
    assert lane.shell.screen_shown is pay
    assert pay.received.entry == "7"
    typed(lane, "0")
    assert pay.received.entry == "70"


def test_a_panel_beside_the_sale_waits_behind_where_the_language_is_chosen(lane: Lane, sell: SellScreen) -> None:
    sell.scanned("4011")
    typed(lane, "1.2")
    QTest.mouseClick(lane.shell.top_bar.person_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(lane.shell.person.languages.buttons["cs"], Qt.MouseButton.LeftButton)
    typed(lane, key=Qt.Key.Key_Escape)
    assert not lane.shell.person.isVisible()
    assert sell.ringing.questions.asks
    typed(lane, "5", Qt.Key.Key_Return)
    assert line(lane, 3)[0] == 1_250


def test_the_colours_change_nothing_that_is_typed(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.quantity")
    typed(lane, "1")
    lane.window.toggle_theme()
    typed(lane, "2", Qt.Key.Key_Return)
    assert line(lane)[0] == 12_000
    sell.lines.begin_note()
    typed(lane, "fra")
    lane.window.toggle_theme()
    typed(lane, "gile", Qt.Key.Key_Return)
    assert line(lane)[2] == "fragile"

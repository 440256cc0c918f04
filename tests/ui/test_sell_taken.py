"""Money that was taken before the cashier came back to the sale: what is still due, and what goes back when it does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.money import Money
from pos.domain.rights import Limit, Rights
from pos.domain.tender import Tender, TenderKind
from pos.services.demo_shop import DEMO_PINS
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.money_back import goes_back
from pos.wording import LANGUAGES, Wording
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane

GIFT_CARD = "6006490000000007771"


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return a sale of 64.08 that the cashier came back to after 20.00 in cash were taken for it."""
    lane.open_till()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    take_cash(lane, "20")
    lane.trigger("pay.keys.back")
    QApplication.processEvents()
    return lane.shell.sell


def take_cash(lane: Lane, typed: str) -> None:
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry(typed)
    lane.trigger("pay.keys.complete")


def taken(lane: Lane) -> list[int]:
    return [tender.amount for tender in lane.opened.workstation.sale.view.priced.basket.tenders]


def dollars(lane: Lane, minor: int) -> str:
    return lane.window.words.money(Money(minor, "USD"))


def enter(sell: SellScreen) -> None:
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)


def shown(sell: SellScreen) -> tuple[str, str]:
    sell.afterwards.do_now()
    return sell.totals.accessibleName(), sell.pay_button.text()


def test_what_is_still_due_is_on_the_key_and_in_the_sums(lane: Lane, sell: SellScreen) -> None:
    totals, key = shown(sell)
    assert totals == "Total 64.08 Taken so far 20.00 Still to pay $44.08"
    assert key == "Pay $44.08"
    lane.trigger("sell.keys.pay")
    assert "$44.08" in lane.shell.pay.due.accessibleName()
    lane.trigger("pay.keys.back")
    QTest.mouseClick(sell.banner.action, Qt.MouseButton.LeftButton)
    totals, key = shown(sell)
    assert "Total $64.08" in totals
    assert "Taken" not in totals
    assert key == "Pay $64.08"


@pytest.mark.parametrize("language", LANGUAGES)
def test_giving_the_money_back_says_how_much(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.window.choose_language(language)
    words = lane.window.words
    QTest.mouseClick(sell.banner.action, Qt.MouseButton.LeftButton)
    assert not taken(lane)
    cash = words.say(
        "Goes back to the customer: {tenders}.", tenders=f"{words.tender(TenderKind.CASH)} {dollars(lane, 2000)}"
    )
    assert sell.banner.message == f"{words.say('Hand {amount} back.', amount=dollars(lane, 2000))} {cash}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_void_says_what_goes_back_before_and_after(lane: Lane, sell: SellScreen, language: str) -> None:
    lane.window.choose_language(language)
    words = lane.window.words
    lane.trigger("sell.keys.void")
    cash = f"{words.tender(TenderKind.CASH)} {dollars(lane, 2000)}"
    assert cash in sell.void_strip.accessibleName()
    assert taken(lane) == [2000], "nothing goes back before it is confirmed"
    enter(sell)
    assert not taken(lane)
    assert sell.basket.model.rowCount() == 0
    assert words.say("Hand {amount} back.", amount=dollars(lane, 2000)) in sell.banner.message
    assert cash in sell.banner.message


def test_what_a_gift_card_gave_is_back_on_it_and_nobody_hands_it_over(lane: Lane, sell: SellScreen) -> None:
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        take_over(work, desk, (NewGiftCard(GIFT_CARD, 2500),), None)
        work.commit()
    take_cash(lane, "5")
    lane.window.scanned(GIFT_CARD)
    lane.trigger("pay.keys.back")
    lane.trigger("sell.keys.void")
    enter(sell)
    assert sell.banner.message == (
        "Sale of $64.08 voided. Hand $25.00 back. "
        "Goes back to the customer: Cash $25.00, Gift card •••• 7771 $25.00, back on it."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_tender_goes_back_by_its_own_way(language: str) -> None:
    words = Wording(language)
    tenders = (
        Tender(TenderKind.CASH, 500),
        Tender(TenderKind.CREDIT, 700, shown="•••• 1111", attempt="A1"),
        Tender(TenderKind.OTHER, 900, "meal", shown="Meal voucher"),
        Tender(TenderKind.CASH, 300),
        Tender(TenderKind.HOUSE_ACCOUNT, 1100, account="C1", shown="Ann"),
    )
    said = goes_back(tenders, "USD", words)
    cash, card, voucher, account = said.split(", ", 3)
    assert words.money(Money(800, "USD")) in cash
    assert "•••• 1111" in card
    assert card != f"{words.tendered(tenders[1])} {words.money(Money(700, 'USD'))}"
    assert voucher == f"Meal voucher {words.money(Money(900, 'USD'))}"
    assert account.startswith(words.tendered(tenders[4]))


def test_a_sale_without_money_is_voided_with_a_line_that_goes_by_itself(lane: Lane, sell: SellScreen) -> None:
    QTest.mouseClick(sell.banner.action, Qt.MouseButton.LeftButton)
    lane.trigger("sell.keys.void")
    assert "$20.00" not in sell.void_strip.accessibleName()
    enter(sell)
    assert not sell.banner.message


def test_a_void_somebody_agreed_to_says_it_too(lane: Lane, sell: SellScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = lane.opened.workstation.desk
    cashier = desk.operator
    assert cashier is not None
    rights = Rights(cashier.rights.permissions, {**cashier.rights.limits, Limit.VOID_SALE: 1_000})
    limited = replace(cashier, granted=rights)
    monkeypatch.setattr(type(desk), "still_here", lambda _: limited)
    desk.operator = limited
    lane.trigger("sell.keys.void")
    enter(sell)
    sheet = lane.shell.overlays.approval
    assert sheet.isVisible()
    assert taken(lane) == [2000]
    QTest.keyClicks(sheet.pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    assert not taken(lane)
    assert "Hand $20.00 back." in sell.banner.message


def test_undo_says_that_the_money_goes_back_and_redo_that_it_is_taken(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.undo")
    assert not taken(lane)
    assert "Hand $20.00 back." in sell.banner.message
    assert shown(sell)[1] == "Pay $64.08"
    lane.trigger("sell.keys.redo")
    assert taken(lane) == [2000]
    assert "$20.00 is taken" in sell.banner.message
    assert shown(sell)[1] == "Pay $44.08"


def test_undo_of_giving_it_back_says_that_it_counts_as_taken_again(lane: Lane, sell: SellScreen) -> None:
    QTest.mouseClick(sell.banner.action, Qt.MouseButton.LeftButton)
    lane.trigger("sell.keys.undo")
    assert taken(lane) == [2000]
    assert "$20.00 is taken" in sell.banner.message
    assert shown(sell)[1] == "Pay $44.08"


def test_a_change_of_language_keeps_what_is_taken_on_the_screen(lane: Lane, sell: SellScreen) -> None:
    lane.window.choose_language("cs")
    words = lane.window.words
    assert dollars(lane, 2000) in sell.banner.message
    assert shown(sell)[1] == words.say("Pay {amount}", amount=dollars(lane, 4408))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_narrow_screen_what_is_said_of_the_money_shows_whole(lane: Lane, language: str) -> None:
    lane.window.resize(1024, 768)
    lane.open_till()
    lane.window.choose_language(language)
    sell = lane.shell.sell
    sell.scanned(KETTLE)
    take_cash(lane, "20")
    lane.trigger("pay.keys.back")
    QApplication.processEvents()
    banner = sell.banner
    assert banner.height() >= banner.heightForWidth(banner.width())
    sell.scanned(MUG)
    QApplication.processEvents()
    assert banner.height() >= banner.heightForWidth(banner.width())
    lane.trigger("sell.keys.void")
    QApplication.processEvents()
    enter(sell)
    QApplication.processEvents()
    assert banner.height() == max(60, banner.heightForWidth(banner.width()))

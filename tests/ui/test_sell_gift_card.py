"""A gift card is sold and loaded beside the sale, by keyboard and scanner alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.gift_card import GiftCardState
from pos.domain.journal import EntryKind
from pos.services.gift_cards import GiftCardView
from pos.services.sale import CompletedSale
from pos.ui.sell.screen import SellScreen
from tests.lane import DANA, SOAP, Lane

# The demo shop has the first; the second is new to it.
KNOWN, NEW = "6006490000000000024", "6006490000000000099"


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def names(lane: Lane) -> list[tuple[str, int]]:
    return [(line.line.name, line.total) for line in lane.opened.workstation.sale.view.priced.lines]


def typed(sell: SellScreen, amount: str) -> None:
    QTest.keyClicks(sell.gift_card.field, amount)
    QTest.keyClick(sell.gift_card.field, Qt.Key.Key_Return)


def test_a_card_from_the_rack_is_sold(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.gift_card")
    lane.window.scanned(NEW)
    assert "0099" in sell.gift_card.detail.text()
    typed(sell, "50")
    assert names(lane) == [("Gift card •••• 0099", 5_000)]
    assert sell.side.panel is None


def test_a_known_card_is_loaded_and_says_what_is_on_it(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.gift_card")
    lane.window.scanned(KNOWN)
    assert "$25.00" in sell.gift_card.detail.text()
    typed(sell, "10.50")
    assert names(lane) == [("Gift card •••• 0024", 1_050)]
    sale = lane.opened.workstation.sale
    sale.tender_cash(sale.view.priced.due_cash)
    assert isinstance(sale.complete(), CompletedSale)


def test_without_a_card_the_shop_makes_one_and_nothing_is_no_amount(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.gift_card")
    typed(sell, "")
    assert "not an amount" in sell.banner.message
    assert names(lane) == []
    typed(sell, "20")
    assert [total for _, total in names(lane)] == [2_000]


def test_an_item_scanned_meanwhile_goes_to_the_sale(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.gift_card")
    lane.window.scanned(SOAP)
    assert len(names(lane)) == 1
    lane.trigger("sell.keys.cancel")
    assert sell.side.panel is None


def test_a_card_scanned_in_the_sale_says_what_is_on_it(lane: Lane, sell: SellScreen) -> None:
    lane.window.scanned(KNOWN)
    assert sell.side.panel is sell.gift_card
    assert "$25.00" in sell.gift_card.detail.text()
    assert names(lane) == []


def test_what_is_left_goes_out_in_cash_where_it_is_little(lane: Lane, sell: SellScreen) -> None:
    slips: list[str] = []
    sell.gift_card.paid_out.connect(slips.append)
    lane.trigger("sell.keys.gift_card")
    lane.window.scanned(KNOWN)
    assert sell.gift_card.out.isHidden(), "no law says so here"
    desk = lane.opened.workstation.desk
    desk.rules = replace(desk.rules, cash_out_threshold=2_501)
    lane.window.scanned(KNOWN)
    assert "$25.00" in sell.gift_card.out.accessibleName()
    lane.trigger("sell.keys.gift_pay_out")
    assert "$25.00 is paid out" in sell.banner.message
    assert len(slips) == 1
    assert sell.side.panel is None


def test_a_card_is_blocked_with_a_reason_and_let_pay_again_by_a_manager(lane: Lane, sell: SellScreen) -> None:
    workstation = lane.opened.workstation
    # Scanned or typed where items are, it is looked at here.
    lane.window.scanned(KNOWN)
    assert sell.side.panel is sell.gift_card
    assert "$25.00" in sell.gift_card.detail.text()
    lane.trigger("sell.keys.gift_block")
    assert sell.gift_card.why.isVisible()
    lane.trigger("sell.keys.tile1")
    assert not sell.gift_card.why.isVisible()
    assert sell.banner.message == "•••• 0024 is blocked; $25.00 stays on it."
    view = workstation.gift_cards.balance(KNOWN)
    assert isinstance(view, GiftCardView)
    assert view.state is GiftCardState.DISABLED
    with workstation.desk.shop.books.reading() as work:
        *_, entry = work.journal.of_kind(EntryKind.GIFT_CARD_DISABLED)
    assert '"reason":"lost"' in entry.payload
    lane.window.scanned(KNOWN)
    assert "is blocked" in sell.gift_card.detail.text()
    # A cashier blocks; only who minds the cards lets one pay again.
    assert sell.gift_card.block.isHidden()
    lane.trigger("sell.keys.gift_card")
    lane.shell.lock()
    lane.sign_in(DANA)
    lane.window.scanned(KNOWN)
    assert sell.gift_card.block.text() == "Let it pay again"
    lane.trigger("sell.keys.gift_block")
    lane.trigger("sell.keys.tile1")
    view = workstation.gift_cards.balance(KNOWN)
    assert isinstance(view, GiftCardView)
    assert view.state is GiftCardState.ACTIVE


def test_a_card_of_the_rack_is_not_blocked_before_it_is_sold(lane: Lane, sell: SellScreen) -> None:
    lane.window.scanned(NEW)
    assert sell.side.panel is sell.gift_card
    assert sell.gift_card.block.isHidden()
    assert not sell.gift_card.block_key.isEnabled()

"""Why this price: lines and totals say what was taken off, Alt W by what rule, and what was not used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.domain.money import Money
from pos.services.demo_shop import demo_gtin
from pos.services.sale import CompletedSale
from pos.ui.journal.screen import JournalScreen
from pos.ui.sell.screen import SellScreen
from pos.wording import LANGUAGES, Wording
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace
from receipts.plain_text import render
from tests.lane import KETTLE, MUG, SOAP, Lane
from tests.offers import SWEATER, offering


@pytest.fixture
def sell(lane: Lane) -> Iterator[SellScreen]:
    """Return the sale of a till that is open, in a shop with promotions."""
    lane.open_till()
    QApplication.processEvents()
    with offering(lane):
        yield lane.shell.sell


def test_the_line_says_what_was_taken_off_and_the_totals_sum_it_up(sell: SellScreen) -> None:
    for code in (SWEATER, MUG, MUG, MUG, SOAP):
        sell.scanned(code)
    spoken = sell.basket.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    row = sell.basket.model.row_at(0)
    assert (row.tag, row.amount, row.before) == ("Knitwear week 20% off -12.80", "51.20", "64.00")
    assert "Knitwear week 20% off -12.80, instead of 64.00" in spoken
    sell.afterwards.do_now()
    assert "Promotions · 2 applied -22.30" in sell.totals.accessibleName()
    assert sell.basket.model.row_at(sell.basket.model.rowCount() - 1).tag == ""


def test_a_row_with_a_discount_is_taller_and_the_rows_below_move_once(sell: SellScreen) -> None:
    for code in (SWEATER, SOAP, KETTLE):
        sell.scanned(code)
    sell.afterwards.do_now()
    view = sell.basket.view
    heights = [view.visualRect(sell.basket.model.index(row, 0)).height() for row in range(3)]
    assert heights == [76, 61, 124]
    assert view.visualRect(sell.basket.model.index(2, 0)).contains(sell.basket.strip.geometry())


def test_alt_w_explains_the_line_then_the_sale(lane: Lane, sell: SellScreen) -> None:
    for code in (MUG, MUG, KETTLE, SWEATER):
        sell.scanned(code)
    lane.trigger("sell.keys.why")
    first = sell.why.cards[0].accessibleName()
    assert first.startswith("Knitwear week, -12.80, Merino crew sweater: 20% off. Best of 2 offers; Member 5% would")
    assert "Applied to line 3" in first or "Applied to line 4" in first
    assert "Member 5% not used. It would give 3.20 and cannot be combined with: Knitwear week." in sell.why.said
    assert "3 for 2 on mugs: 1 more would save 9.50: Ceramic mug 350 ml." in sell.why.said
    assert "Gold kettle not used. It is for customers of Gold. F6 adds the customer." in sell.why.said
    sell.why.step(-1)
    assert "Pour-over kettle" in sell.why.said.split(".")[0]
    lane.trigger("sell.keys.why")
    assert sell.side.panel is None


def test_a_scan_sells_while_it_shows(lane: Lane, sell: SellScreen) -> None:
    lane.trigger("sell.keys.why")
    assert "Nothing is rung up" in sell.why.said
    lane.window.scanned(SOAP)
    assert sell.side.panel is None
    assert len(lane.opened.workstation.sale.view.priced.lines) == 1


def test_the_journal_says_what_was_kept_of_a_sale(lane: Lane, sell: SellScreen) -> None:
    for code in (SWEATER, SOAP):
        sell.scanned(code)
    sale = lane.opened.workstation.sale
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    lane.shell.open_place("journal")
    screen = lane.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    lane.trigger("journal.keys.why")
    said = screen.why.accessibleName()
    assert said == "Why this price. Line 1: Merino crew sweater. Knitwear week · KNIT, version 1, -12.80"
    lane.trigger("journal.keys.why")
    assert screen.why.isHidden()


def test_the_journal_calls_a_promotion_in_the_language_of_who_looks(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(demo_gtin(5003))
    sale = lane.opened.workstation.sale
    sale.tender_cash(100_000)
    assert isinstance(sale.complete(), CompletedSale)
    lane.window.choose_language("cs")
    lane.shell.open_place("journal")
    screen = lane.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    lane.trigger("journal.keys.why")
    assert "Týden pletenin · KNITWEAR" in screen.why.accessibleName()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_name_wraps_on_the_receipt_and_keeps_its_amount(lane: Lane, sell: SellScreen, language: str) -> None:
    sell.scanned(SWEATER)
    sale = lane.opened.workstation.sale
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    line = done.transaction.lines[0]
    long = replace(line.discounts[0], name="Autumn knitwear week for members of the club and their friends")
    kept = replace(done.transaction, lines=(replace(line, discounts=(long,)),))
    words = Wording(language)
    paper = sale_receipt(kept, ShopFace("Shop"), words)
    for columns in (32, 42, 48):
        text = render(paper, columns)
        assert all(len(row) <= columns for row in text.splitlines())
        assert words.amount(Money(-1280, "USD")) in text
        assert "friends" in text

"""The board of specials on the sale and on the sign-in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.promotion import Reward
from pos.domain.refusal import Refused
from pos.ui.sell.screen import SellScreen
from pos.ui.special_words import deal_of
from pos.wording import LANGUAGES, Wording
from tests.lane import MUG, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    lane.open_till()
    return lane.shell.sell


def test_the_idle_sale_shows_the_specials_and_the_first_item_brings_the_tiles_back(sell: SellScreen) -> None:
    assert sell.picks.tabs.choice == "specials"
    assert "4" in sell.picks.tabs.buttons["specials"].accessibleName()
    sell.scanned(MUG)
    assert sell.picks.tabs.choice == "keys"
    sell._sale.undo()
    sell._show(sell._sale.view)
    assert sell.picks.tabs.choice == "specials"


def test_a_tab_that_somebody_chose_stays(sell: SellScreen) -> None:
    QTest.mouseClick(sell.picks.tabs.buttons["keypad"], Qt.MouseButton.LeftButton)
    sell.scanned(MUG)
    assert sell.picks.tabs.choice == "keypad"
    QTest.mouseClick(sell.picks.tabs.buttons["specials"], Qt.MouseButton.LeftButton)
    sell.scanned(MUG)
    assert sell.picks.tabs.choice == "specials"


def test_a_special_shows_its_items_and_rings_nothing_up_by_itself(lane: Lane, sell: SellScreen) -> None:
    herbs = next(card for card in sell.picks.specials.cards if card.row.id == "HERBS")
    QTest.mouseClick(herbs, Qt.MouseButton.LeftButton)
    assert sell.side.panel is sell.board.panel
    assert sell._sale.view.empty
    lane.trigger("sell.keys.cancel")
    assert sell.picks.tabs.choice == "specials"
    lane.trigger("sell.keys.down")
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert sell.side.panel is sell.board.panel
    assert sell._sale.view.empty
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
    assert not sell._sale.view.empty


def test_a_tile_carries_the_tag_of_its_promotion_while_it_holds(lane: Lane, sell: SellScreen) -> None:
    tags = {pick.name: pick.tag for page in sell.picks._pages for pick in page.picks}
    assert tags["Herb pot"] == ""
    lane.clock.move(4 * 3600)
    sell.enter()
    tags = {pick.name: pick.tag for page in sell.picks._pages for pick in page.picks}
    assert tags["Herb pot"] == "3.20"


def test_the_sign_in_says_what_is_on_in_its_language(lane: Lane) -> None:
    face = lane.window.sign_in.face
    for language, title in (("en", "Specials today"), ("cs", None), ("sv", None)):
        lane.window.choose_language(language)
        assert title in (None, face._today_title.text())
        assert any("20" in line.text() for line in face._today_lines)


def test_the_sign_in_says_for_whom_it_is(lane: Lane) -> None:
    promotions = lane.opened.workstation.promotions
    taken = promotions.take_in(
        promotions.read_text("promotions: [{id: A, name: Gold days, percent: 5, tier: gold, priority: 9}]"),
        from_command_line=True,
    )
    assert not isinstance(taken, Refused)
    for language in ("cs", "en"):
        lane.window.choose_language(language)
    assert lane.window.sign_in.face._today_lines[0].text().startswith("Gold days · −5% · for gold")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_says_what_comes_off(language: str) -> None:
    words = Wording(language)
    assert deal_of(Reward(percent_millionths=150_000), "USD", words).startswith("−15")
    assert deal_of(Reward(price=450), "USD", words) == f"4{words.decimal_sign}50"

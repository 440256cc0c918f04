"""What an item wants to know is asked beside the basket: by key, by touch and by scanner, and nothing is modal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.devices.simulated.scale import SimulatedScale
from pos.domain.money import Unit
from pos.domain.requirement import WeightSource
from pos.services.demo_shop import demo_gtin
from pos.services.sale import SaleView
from pos.services.weighing import Weighing
from pos.ui.sell.screen import SellScreen
from tests.lane import MUG, Lane, wait_until

WINE, KNIFE, SCALE = demo_gtin(2431), demo_gtin(3006), demo_gtin(3021)
APPLES = "3283"


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def view(lane: Lane) -> SaleView:
    return lane.opened.workstation.sale.view


def names(lane: Lane) -> list[str]:
    return [line.line.name for line in view(lane).priced.lines]


def asked(sell: SellScreen) -> str:
    return sell.side.panel.title if sell.side.panel is not None else ""


def entry(sell: SellScreen) -> QWidget:
    """What has the focus: typed characters go there."""
    widget = sell.focusWidget()
    assert widget is not None
    return widget


def enter(sell: SellScreen) -> None:
    QTest.keyClick(entry(sell), Qt.Key.Key_Return)


def open_price_item(lane: Lane) -> str:
    with lane.opened.workstation.desk.shop.books.reading() as work:
        items = work.items.first(500, lane.clock.now())
    return next(item.id for item in items if item.open_price)


def attach_scale(sell: SellScreen) -> Weighing:
    """A simulated scale, as it shows pounds."""
    weighing = Weighing(SimulatedScale(), Unit.LB)
    for ask in (sell.ringing.questions.weight, sell.lines.weight):
        ask.weighing = weighing
        ask.scale.watch.weighing = weighing
    return weighing


def until(met: Callable[[], bool], seconds_max: float = 5) -> None:
    """Let the window work until something is so."""
    wait_until(met, seconds_max)
    assert met()


def test_an_age_is_asked_and_one_key_says_it_was_seen(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(WINE)
    assert not names(lane)
    assert "Harbor red wine" in asked(sell)
    assert "Nov 21, 2005" in sell.ringing.questions.age.sentence.text()
    lane.trigger("sell.keys.tile1")
    assert names(lane) == ["Harbor red wine 750 ml"]
    assert not asked(sell)
    assert sell.scan_field.edit.hasFocus()
    # Once seen, nobody is asked again in this sale.
    sell.scanned(KNIFE)
    assert len(names(lane)) == 2


def test_a_date_of_birth_is_compared_and_too_young_says_from_when(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(WINE)
    QTest.keyClicks(entry(sell), "11222005")
    assert not names(lane)
    assert "Nov 22, 2026" in sell.banner.message
    assert asked(sell)
    QTest.keyClicks(entry(sell), "02302000")
    assert "Nobody was born" in sell.banner.message
    QTest.keyClicks(entry(sell), "01022000")
    assert names(lane) == ["Harbor red wine 750 ml"]
    assert "2000, 1, 2" not in repr(view(lane).priced.basket)


def test_an_age_is_asked_by_touch_alone(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(WINE)
    QTest.mouseClick(sell.ringing.questions.age.see, Qt.MouseButton.LeftButton)
    assert names(lane) == ["Harbor red wine 750 ml"]


def test_an_open_price_is_typed_or_touched(lane: Lane, sell: SellScreen) -> None:
    item = open_price_item(lane)
    sell.picks.item_picked.emit(item)
    QTest.keyClicks(entry(sell), "0")
    enter(sell)
    assert "cannot be charged" in sell.banner.message
    QTest.keyClicks(entry(sell), "12.5")
    enter(sell)
    assert view(lane).priced.total >= 1250
    sell.picks.item_picked.emit(item)
    panel = sell.ringing.questions.price
    for key in ("7", "decimal", "5", "0"):
        QTest.mouseClick(panel.keypad.keys[key], Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    assert [line.line.unit_price for line in view(lane).priced.lines] == [1250, 750]
    # And changed afterwards in the same place.
    lane.trigger("sell.keys.price")
    QTest.keyClicks(entry(sell), "8")
    enter(sell)
    assert [line.line.unit_price for line in view(lane).priced.lines] == [1250, 800]
    lane.trigger("sell.keys.undo")
    assert [line.line.unit_price for line in view(lane).priced.lines] == [1250, 750]


def test_serial_numbers_are_scanned_one_for_each_piece(lane: Lane, sell: SellScreen) -> None:
    QTest.keyClicks(entry(sell), "2*")
    sell.scanned(SCALE)
    panel = sell.ringing.questions.serial
    assert panel.sentence.text() == "Number 1 of 2"
    sell.scanned(SCALE)
    assert "own code" in sell.banner.message
    sell.scanned("SN-000001")
    assert panel.sentence.text() == "Number 2 of 2"
    sell.scanned("SN-000001")
    assert "in this sale already" in sell.banner.message
    assert panel.sentence.text() == "Number 2 of 2"
    QTest.keyClicks(entry(sell), "SN-2")
    enter(sell)
    assert view(lane).priced.lines[0].line.serials == ("SN-000001", "SN-2")
    assert "SN-2" in sell.basket.model.row_at(0).detail


def test_a_scan_of_another_item_leaves_the_question_and_says_so(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(WINE)
    sell.scanned(MUG)
    assert names(lane) == ["Ceramic mug 350 ml"]
    assert "Harbor red wine 750 ml was not added" in sell.banner.message
    assert not asked(sell)


def test_esc_leaves_the_question_and_paying_waits_for_the_answer(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    sell.scanned(WINE)
    lane.trigger("sell.keys.pay")
    assert lane.shell.screen_shown.name == "sell"
    assert "waits for an answer" in sell.banner.message
    lane.trigger("sell.keys.cancel")
    assert not asked(sell)
    lane.trigger("sell.keys.pay")
    assert lane.shell.screen_shown.name == "pay"


def test_a_weight_is_typed_where_there_is_no_scale(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(APPLES)
    QTest.keyClicks(entry(sell), "1.284")
    enter(sell)
    line = view(lane).priced.lines[0].line
    assert (line.quantity.thousandths, line.weight_source) == (1284, WeightSource.TYPED)


def test_the_scale_is_read_and_only_a_weight_that_stands_still_is_added(lane: Lane, sell: SellScreen) -> None:
    weighing = attach_scale(sell)
    panel = sell.ringing.questions.weight.scale
    weighing.show("moving")
    sell.scanned(APPLES)
    until(lambda: panel.chip.text == "Unstable")
    enter(sell)
    assert not names(lane)
    assert "still moves" in sell.banner.message
    weighing.show(120)
    until(lambda: panel.reading is not None)
    lane.trigger("sell.keys.tare")
    assert panel.reading is None
    weighing.show(1404)
    until(lambda: panel.weight.text() == "1.284 lb")
    assert panel.sum.text() == "× 2.99 / lb = 3.84"
    enter(sell)
    line = view(lane).priced.lines[0].line
    assert (line.quantity.thousandths, line.tare, line.weight_source) == (1284, 120, WeightSource.SCALE)
    # Weighed again, typed for a reason.
    lane.trigger("sell.keys.weigh")
    lane.trigger("sell.keys.weigh")
    assert sell.side.panel is sell.lines.weight.why
    lane.trigger("sell.keys.tile1")
    QTest.keyClicks(entry(sell), "2")
    enter(sell)
    line = view(lane).priced.lines[0].line
    assert (line.quantity.thousandths, line.weight_reason) == (2000, "scale_broken")


def test_a_note_stands_on_its_line_and_on_the_sale(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.note")
    QTest.keyClicks(entry(sell), "gift")
    enter(sell)
    assert "gift" in sell.basket.model.row_at(0).detail
    lane.trigger("sell.keys.sale_note")
    QTest.keyClicks(entry(sell), "table 4")
    QTest.mouseClick(sell.lines.note.keep, Qt.MouseButton.LeftButton)
    assert "table 4" in sell.context
    for _ in range(2):
        lane.trigger("sell.keys.undo")
    assert "gift" not in sell.basket.model.row_at(0).detail


def test_a_line_is_removed_with_a_reason(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.void_line")
    QTest.mouseClick(sell.lines.why.buttons[2], Qt.MouseButton.LeftButton)
    assert not names(lane)
    lane.trigger("sell.keys.undo")
    assert names(lane) == ["Ceramic mug 350 ml"]


def test_a_sale_is_voided_with_a_reason_by_one_key(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.void")
    assert sell.voiding.why.buttons
    lane.trigger("sell.keys.tile1")
    assert not names(lane)
    assert not asked(sell)
    sell.scanned(MUG)
    lane.trigger("sell.keys.void")
    lane.trigger("sell.keys.cancel")
    assert not sell.void_strip.is_asking
    assert not asked(sell)
    assert names(lane) == ["Ceramic mug 350 ml"]


def test_a_weight_that_is_typed_shows_what_one_costs_and_what_it_comes_to(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned("3283")
    typed = lane.shell.sell.ringing.questions.weight.typed
    assert lane.shell.sell.side.panel is typed
    assert typed.detail.text() == "× 2.99 / lb = 0.00"
    typed.field.add_digit("2")
    assert typed.detail.text() == "× 2.99 / lb = 5.98"

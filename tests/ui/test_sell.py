"""Ringing up: what is scanned, typed or tapped is on the sale and saved; a refusal says why and changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.money import Quantity, Unit
from pos.domain.requirement import would_ask
from pos.domain.trouble import KnownError, Trouble
from pos.services.demo_shop import demo_gtin
from pos.ui.sell.screen import SellScreen
from pos.ui.sell.typed import Typed, read_quantity, read_typed
from tests.lane import KETTLE, MUG, SOAP, Lane


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


def lines(lane: Lane) -> list[tuple[str, int]]:
    return [(line.line.name, line.line.quantity.thousandths) for line in lane.opened.workstation.sale.view.priced.lines]


def keys(sell: SellScreen, text: str) -> None:
    QTest.keyClicks(sell.scan_field.edit, text)


def enter(sell: SellScreen) -> None:
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("4011", Typed(None, "4011")),
        ("3*", Typed(Quantity.pieces(3), "")),
        ("3 * 4011", Typed(Quantity.pieces(3), "4011")),
        ("12x4011", Typed(Quantity.pieces(12), "4011")),
        ("1,284 × 3283", Typed(Quantity(1284), "3283")),
        ("0.5*", Typed(Quantity(500), "")),
        ("-1.5 * 4011", Typed(Quantity(-1500), "4011")),
        ("−2x", Typed(Quantity.pieces(-2), "")),
        ("COFFEE12", Typed(None, "COFFEE12")),
        ("x3", Typed(None, "x3")),
    ],
)
def test_what_is_typed_is_read(text: str, typed: Typed) -> None:
    assert read_typed(text) == typed


@pytest.mark.parametrize(("text", "quantity"), [("3", Quantity.pieces(3)), ("1.5", Quantity(1500)), ("COFFEE", None)])
def test_a_number_alone_is_a_quantity(text: str, quantity: Quantity | None) -> None:
    assert read_quantity(text) == quantity


def test_scans_stand_in_order_with_their_total(lane: Lane, sell: SellScreen) -> None:
    for code in (KETTLE, MUG, SOAP):
        sell.scanned(code)
    assert lines(lane) == [("Pour-over kettle 1 L", 1000), ("Ceramic mug 350 ml", 1000), ("Oat soap bar", 1000)]
    sell.afterwards.do_now()
    assert "$64.08" in sell.totals.accessibleName()
    assert "$64.08" in sell.pay_button.text()
    assert sell.basket.view.row == 2


def test_a_screen_reader_hears_each_line(sell: SellScreen) -> None:
    sell.scanned(MUG)
    sell.basket.strip.more.click()
    index = sell.basket.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Ceramic mug 350 ml, 2 pieces, 19.00"


def test_a_typed_code_and_enter_adds(lane: Lane, sell: SellScreen) -> None:
    keys(sell, MUG)
    enter(sell)
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]
    assert sell.scan_field.text == ""


@pytest.mark.parametrize("prefix", ["3*", "3 *", "3x"])
def test_a_quantity_before_the_scan(lane: Lane, sell: SellScreen, prefix: str) -> None:
    keys(sell, prefix)
    assert sell.scan_field.text == ""
    assert "3" in sell.scan_field.status.text
    sell.scanned(MUG)
    assert lines(lane) == [("Ceramic mug 350 ml", 3000)]
    assert not sell.scan_field.status.text
    sell.scanned(SOAP)
    assert lines(lane)[1] == ("Oat soap bar", 1000)


def test_a_scan_never_glues_to_what_was_typed(lane: Lane, sell: SellScreen) -> None:
    keys(sell, "12")
    sell.scanned(MUG)
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]
    assert sell.scan_field.text == ""


def test_a_quantity_entry_is_committed_by_the_next_scan(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QTest.keyClicks(sell.basket.strip.field, "12")
    sell.scanned(SOAP)
    assert lines(lane) == [("Ceramic mug 350 ml", 12000), ("Oat soap bar", 1000)]


def test_a_weighed_item_takes_decimals(lane: Lane, sell: SellScreen) -> None:
    keys(sell, "1*")
    sell.scanned("3283")
    lane.trigger("sell.keys.quantity")
    QTest.keyClicks(sell.basket.strip.field, "1.284")
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert lines(lane) == [("Honeycrisp apples", 1284)]
    assert lane.opened.workstation.sale.view.priced.lines[0].line.quantity.unit is Unit.LB


@pytest.mark.parametrize("typed", ["0", "1.5", "1000000000"])
def test_a_quantity_that_cannot_be_is_refused_in_a_sentence(lane: Lane, sell: SellScreen, typed: str) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QTest.keyClicks(sell.basket.strip.field, typed)
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert f"A quantity of {typed} cannot be sold" in sell.banner.message.replace(",", "")
    keys(sell, f"{typed}*{MUG}")
    enter(sell)
    assert f"A quantity of {typed} cannot be sold" in sell.banner.message.replace(",", "")
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]


def test_a_quantity_below_nothing_is_refused_in_a_sentence(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QTest.keyClicks(sell.basket.strip.field, "-1")
    assert sell.basket.strip.field.text() == "-1"
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert "A quantity of -1 cannot be sold" in sell.banner.message
    sell.scan_field.edit.setText(f"-1*{MUG}")
    enter(sell)
    assert "A quantity of -1 cannot be sold" in sell.banner.message
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]
    keys(sell, "-")
    assert "A quantity of 0 cannot be sold" in sell.banner.message
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]


@pytest.mark.parametrize("text", ["-1", "−1", "1\n2", "half a dozen", "9" * 40, "1e3"])
def test_what_is_pasted_as_a_quantity_is_refused_in_a_sentence(lane: Lane, sell: SellScreen, text: str) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert "cannot be sold" in sell.banner.message
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]


def test_a_number_is_pasted_as_a_quantity(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QGuiApplication.clipboard().setText(" 12 ")
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert lines(lane) == [("Ceramic mug 350 ml", 12000)]


def test_no_quantity_is_nothing(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.quantity")
    QTest.keyClicks(sell.basket.strip.field, "0")
    QTest.keyClick(sell.basket.strip.field, Qt.Key.Key_Return)
    assert "cannot be sold" in sell.banner.message
    assert lines(lane) == [("Ceramic mug 350 ml", 1000)]


def test_plus_minus_arrows_and_delete_mean_the_line_while_nothing_is_typed(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    sell.scanned(SOAP)
    keys(sell, "++-")
    assert lines(lane)[1] == ("Oat soap bar", 2000)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Up)
    assert sell.basket.view.row == 0
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Delete)
    assert lines(lane) == [("Oat soap bar", 2000)]


def test_delete_in_a_typed_code_leaves_the_sale_alone(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    keys(sell, "40")
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Home)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Delete)
    assert sell.scan_field.text == "0"
    assert len(lines(lane)) == 1


def test_undo_and_redo(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    sell.scanned(SOAP)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [name for name, _ in lines(lane)] == ["Ceramic mug 350 ml"]
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(lines(lane)) == 2
    assert sell.basket.model.rowCount() == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (demo_gtin(7777), "is not in the item list"),
        ("952000003001X", "cannot be read as an item code"),
    ],
)
def test_a_code_nobody_knows_adds_nothing_and_the_next_scan_works(
    lane: Lane, sell: SellScreen, code: str, said: str
) -> None:
    sell.scanned(MUG)
    sell.scanned(code)
    assert said in sell.banner.message or "is not in the item list" in sell.banner.message
    assert code in sell.banner.message
    assert len(lines(lane)) == 1
    sell.scanned(SOAP)
    assert len(lines(lane)) == 2
    assert not sell.banner.message


def asks_nothing(lane: Lane, sell: SellScreen) -> list[int]:
    """The tiles, counted from 0, whose items are rung up at once."""
    items = lane.opened.workstation.quick_keys.items([pick.item for pick in sell.picks.picks])
    return [at for at, pick in enumerate(sell.picks.picks) if not would_ask(items[pick.item])]


def test_tiles_add_by_touch_and_by_key(lane: Lane, sell: SellScreen) -> None:
    one, other = asks_nothing(lane, sell)[:2]
    QTest.mouseClick(sell.picks.tiles[one], Qt.MouseButton.LeftButton)
    lane.trigger(f"sell.keys.tile{other + 1}")
    shown = [pick.name for pick in sell.picks.picks]
    assert [name for name, _ in lines(lane)] == [shown[one], shown[other]]


def test_pages_of_tiles_turn_by_touch_and_by_key(lane: Lane, sell: SellScreen) -> None:
    names = list(sell.picks.tabs.buttons)
    assert names[:3] == ["keys", "specials", "keypad"]
    assert len(names) > 4
    first = sell.picks.picks
    QTest.mouseClick(sell.picks.tabs.buttons[names[3]], Qt.MouseButton.LeftButton)
    assert sell.picks.picks != first
    assert sell.scan_field.edit.hasFocus()
    lane.trigger("sell.keys.right")
    assert sell.picks.tabs.choice == names[4]
    for _ in range(4):
        lane.trigger("sell.keys.left")
    assert sell.picks.picks == first


def test_the_keypad_types_codes_and_quantities(lane: Lane, sell: SellScreen) -> None:
    QTest.mouseClick(sell.picks.tabs.buttons["keypad"], Qt.MouseButton.LeftButton)
    pad = sell.picks.keypad.keys
    for key in (pad["2"], sell.picks.times_key, pad["3"], pad["2"], pad["8"], pad["9"], pad["backspace"], pad["3"]):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.mouseClick(sell.picks.enter_key, Qt.MouseButton.LeftButton)
    assert lines(lane) == [("Honeycrisp apples", 2000)]


def test_touching_quantity_brings_the_keypad_and_takes_it_away(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    QTest.mouseClick(sell.basket.strip.quantity, Qt.MouseButton.LeftButton)
    for digit in "12":
        QTest.mouseClick(sell.picks.keypad.keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(sell.basket.strip.apply, Qt.MouseButton.LeftButton)
    assert lines(lane) == [("Ceramic mug 350 ml", 12000)]
    assert sell.picks.tabs.choice == "keys"


def test_a_touched_line_is_the_selected_one(sell: SellScreen) -> None:
    for code in (MUG, SOAP):
        sell.scanned(code)
    sell.afterwards.do_now()
    view = sell.basket.view
    place = view.visualRect(sell.basket.model.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert view.row == 0


def test_voiding_asks_once_and_enter_does_it(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert sell.void_strip.is_asking
    assert len(lines(lane)) == 1
    enter(sell)
    assert not lines(lane)
    assert not sell.void_strip.is_asking


def test_a_scan_or_escape_keeps_the_sale(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.void")
    QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Escape)
    assert not sell.void_strip.is_asking
    lane.trigger("sell.keys.void")
    sell.scanned(SOAP)
    assert not sell.void_strip.is_asking
    enter(sell)
    assert len(lines(lane)) == 2


@pytest.mark.parametrize("trouble", [Trouble.BOOKS_LOCKED, Trouble.DISK_FULL, Trouble.DISK_FAULT])
def test_trouble_with_the_disk_is_said_and_nothing_is_lost(
    lane: Lane, sell: SellScreen, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    sell.scanned(MUG)
    sale = lane.opened.workstation.sale

    def full(_basket: object, _besides: object = None) -> None:
        raise KnownError(trouble)

    with monkeypatch.context() as world:
        world.setattr(sale.open, "_save", full)
        sell.scanned(SOAP)
        assert lane.window.words.trouble(KnownError(trouble)) == sell.banner.message
        lane.trigger("sell.keys.undo")
        assert len(lines(lane)) == sell.basket.model.rowCount() == 1
    sell.scanned(SOAP)
    assert len(lines(lane)) == 2
    assert not sell.banner.message


def test_the_focus_comes_back_to_the_scan_field(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    tile = sell.picks.tiles[asks_nothing(lane, sell)[0]]
    for button in (sell.basket.strip.more, tile, sell.picks.tabs.buttons["keypad"]):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert sell.scan_field.edit.hasFocus(), button.objectName()
    lane.trigger("sell.keys.remove")
    assert sell.scan_field.edit.hasFocus()


def test_money_taken_is_said_and_can_be_given_back(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry("5")
    lane.trigger("pay.keys.complete")
    lane.trigger("pay.keys.back")
    assert "$5.00 is taken" in sell.banner.message
    sell.scanned(SOAP)
    assert "Money was already taken" in sell.banner.message
    assert len(lines(lane)) == 1
    QTest.mouseClick(sell.banner.action, Qt.MouseButton.LeftButton)
    sell.scanned(SOAP)
    assert len(lines(lane)) == 2


def test_a_long_basket_keeps_the_last_line_in_sight(sell: SellScreen) -> None:
    for _ in range(30):
        sell.scanned(MUG)
        sell.scanned(SOAP)
    QApplication.processEvents()
    view = sell.basket.view
    assert view.viewport().rect().contains(view.visualRect(sell.basket.model.index(59, 0)).center())
    assert view.viewport().rect().contains(sell.basket.strip.geometry())


def test_the_language_changes_in_the_middle_of_a_sale(lane: Lane, sell: SellScreen) -> None:
    sell.scanned(MUG)
    sell.scanned(SOAP)
    keys(sell, "2*")
    before = QImage(lane.window.grab().toImage())
    lane.window.choose_language("cs")
    QApplication.processEvents()
    assert before != lane.window.grab().toImage()
    assert sell.pay_button.text().startswith(lane.window.words.say("Pay {amount}", amount=""))
    assert sell.basket.model.rowCount() == 2
    sell.scanned(KETTLE)
    assert lines(lane)[2] == ("Pour-over kettle 1 L", 2000)


def test_what_is_typed_on_a_button_of_the_line_goes_to_its_entry_and_enter_presses_the_button(
    lane: Lane, sell: SellScreen
) -> None:
    sell.scanned(KETTLE)
    lane.trigger("sell.keys.discount")
    strip = sell.basket.strip
    QTest.keyClicks(strip.field, "1")
    strip.by_hand.apply.setFocus()
    QTest.keyClicks(strip.by_hand.apply, "0")
    assert strip.field.entry == "10"
    QTest.keyClick(strip.field, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    strip.by_hand.apply.setFocus()
    QTest.keyClick(strip.by_hand.apply, Qt.Key.Key_Return)
    assert not strip.is_entering
    assert lane.opened.workstation.sale.view.priced.lines[0].discounts


def test_while_reasons_are_chosen_alt_and_a_number_stands_on_them(lane: Lane, sell: SellScreen) -> None:
    lane.window.resize(1366, 768)
    sell.scanned(KETTLE)
    assert sell.picks.tiles[0].key == "Alt 1"
    lane.trigger("sell.keys.discount")
    QApplication.processEvents()
    assert [chip.key for chip in sell.basket.strip.by_hand.reasons][:2] == ["Alt 1", "Alt 2"]
    assert not any(tile.key for tile in sell.picks.tiles)
    lane.trigger("sell.keys.cancel")
    assert sell.picks.tiles[0].key == "Alt 1"


def test_the_keys_stand_in_the_order_of_the_keyboard_and_f9_takes_goods_back(lane: Lane, sell: SellScreen) -> None:
    printed = [button.key for button in lane.shell.key_bar.buttons]
    assert printed == ["F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "Ctrl Z", "Ctrl Del"]
    QTest.keyClick(lane.window, Qt.Key.Key_F9)
    assert lane.shell.screen_shown.name == "returns"
    QTest.keyClick(lane.window, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is sell


def test_undo_on_nothing_brings_back_no_code_that_was_typed_and_taken(lane: Lane, sell: SellScreen) -> None:
    keys(sell, KETTLE)
    enter(sell)
    for _ in range(3):
        QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lines(lane) == []
    assert sell.scan_field.text == ""

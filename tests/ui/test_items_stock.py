"""Stock as a manager keeps it: received and counted by scanning, corrected with a reason, every movement listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.money import Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.stock import MoveKind, StockReason
from pos.services.demo_shop import demo_gtin
from pos.services.returns import CompletedReturn
from pos.services.sale import CompletedSale
from pos.services.stock import MovementView
from pos.ui.items.form import ItemForm
from pos.ui.items.stock import COUNT, IN, OPEN_BOX, StockScreen
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it, and the list of items open."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20_000)
    lane.shell.open_till.opened.emit()
    lane.shell.open_place("items")
    yield lane
    lane.close()


def stock(till: Lane) -> StockScreen:
    till.trigger("items.keys.stock")
    screen = till.shell.screen_shown
    assert isinstance(screen, StockScreen)
    return screen


def on_hand(till: Lane, code: str) -> int:
    item = till.opened.workstation.catalogue.of_code(code)
    assert item is not None
    (view,) = till.opened.workstation.stock.on_hand([item.id])
    return view.on_hand


def last_move(till: Lane, code: str) -> MovementView:
    item = till.opened.workstation.catalogue.of_code(code)
    assert item is not None
    return till.opened.workstation.stock.movements(item.id)[0]


def typed(screen: StockScreen, number: str) -> None:
    screen.amount.set_entry(number)
    screen.amount.submitted.emit(number)


def test_goods_are_received_by_scan_number_and_enter(till: Lane) -> None:
    before = {code: on_hand(till, code) for code in (KETTLE, MUG, SOAP)}
    screen = stock(till)
    for code in (KETTLE, KETTLE, MUG):
        till.shell.scanned(code)
    typed(screen, "24")
    till.shell.scanned(SOAP)
    screen.amount.set_entry("6")
    till.shell.scanned(KETTLE)
    assert [row.figure for row in screen.list.found.rows] == ["24", "6", "3"]
    assert {code: on_hand(till, code) for code in before} == before
    screen.note.set_text("Delivery 4711")
    till.trigger("item_stock.keys.write")
    assert {code: on_hand(till, code) - before[code] for code in before} == {KETTLE: 3000, MUG: 24_000, SOAP: 6000}
    assert (last_move(till, MUG).kind, last_move(till, MUG).note) == (MoveKind.RECEIVING, "Delivery 4711")
    assert screen.list.found.rows == []
    assert screen.moves.found.rows[0].figure == "+3"
    assert "Delivery 4711" in screen.moves.found.rows[0].spoken
    assert not screen.write_button.isEnabled()


def test_a_count_moves_the_difference(till: Lane) -> None:
    screen = stock(till)
    screen.turn_to(COUNT)
    till.shell.scanned(MUG)
    typed(screen, "7")
    till.shell.scanned(SOAP)
    till.trigger("item_stock.keys.remove")
    till.trigger("item_stock.keys.write")
    assert on_hand(till, MUG) == 7000
    assert last_move(till, MUG).kind is MoveKind.COUNT


def test_a_correction_has_its_reason(till: Lane) -> None:
    before = on_hand(till, MUG)
    screen = stock(till)
    till.trigger("item_stock.keys.correct")
    till.shell.scanned(MUG)
    screen.reason.set_text(StockReason.STOLEN.value)
    typed(screen, "2")
    assert on_hand(till, MUG) == before - 2000
    assert last_move(till, MUG).reason is StockReason.STOLEN
    assert "Stolen" in screen.moves.found.rows[0].name
    screen.way.choose(IN)
    screen.reason.set_text(StockReason.FOUND.value)
    typed(screen, "1")
    assert on_hand(till, MUG) == before - 1000


@pytest.mark.parametrize("number", ["0", "1.5", "9999999999"])
def test_a_number_that_cannot_be_is_refused_and_nothing_moves(till: Lane, number: str) -> None:
    before = on_hand(till, MUG)
    screen = stock(till)
    till.shell.scanned(MUG)
    typed(screen, number)
    if screen.banner.isHidden():
        till.trigger("item_stock.keys.write")
    assert "So much cannot lie there or move" in screen.banner.message
    assert on_hand(till, MUG) == before


def test_an_unknown_code_is_said_and_a_name_found(till: Lane) -> None:
    screen = stock(till)
    till.shell.scanned(demo_gtin(7777))
    assert "is not in the item list" in screen.banner.message
    screen.field.submitted.emit("oat soap")
    assert [row.name for row in screen.list.found.rows] == ["Oat soap bar"]


def test_lines_wait_for_their_return(till: Lane) -> None:
    screen = stock(till)
    till.shell.scanned(MUG)
    till.trigger("item_stock.keys.back")
    assert till.shell.screen_shown.name == "items"
    assert stock(till) is screen
    assert len(screen.list.found.rows) == 1
    screen.turn_to(COUNT)
    assert screen.list.found.rows == []


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(till: Lane, language: str) -> None:
    screen = stock(till)
    till.shell.scanned(MUG)
    before = screen.moves.found.rows[0].spoken
    till.window.choose_language(language)
    assert screen.moves.found.rows[0].spoken != before
    assert len(screen.list.found.rows) == 1


def test_from_a_new_item_to_its_sale_and_what_is_left(till: Lane) -> None:
    """A code nobody knows becomes an item, is received, sold, and one less lies there."""
    code = demo_gtin(7777)
    till.shell.scanned(code)
    till.trigger("items.keys.new")
    form = till.shell.screen_shown
    assert isinstance(form, ItemForm)
    form.fields.fields["name"].set_text("Plum jam")
    form.fields.fields["price"].set_text("4.50")
    till.trigger("item_edit.keys.save")
    stock(till)
    till.shell.scanned(code)
    typed(till.shell.screen_shown, "10")  # type: ignore[arg-type]
    till.trigger("item_stock.keys.write")
    till.shell.open_place("sell")
    till.shell.scanned(code)
    (line,) = till.opened.workstation.sale.view.priced.lines
    assert line.line.name == "Plum jam"
    till.trigger("sell.keys.pay")
    till.trigger("pay.keys.complete")
    assert on_hand(till, code) == 9000
    assert last_move(till, code).kind is MoveKind.SALE


def came_back_opened(till: Lane, code: str) -> None:
    workstation = till.opened.workstation
    workstation.sale.scan(code)
    workstation.sale.tender_cash(100_000)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    lines = (LineAsked(1, Quantity.pieces(1), condition="opened"),)
    back = workstation.returns.complete(ReturnRequest(done.transaction.id, lines=lines))
    assert isinstance(back, CompletedReturn), back


def test_what_came_back_opened_goes_on_the_shelf_at_a_price_of_its_own(till: Lane) -> None:
    came_back_opened(till, MUG)
    screen = stock(till)
    till.trigger("item_stock.keys.open_box")
    assert screen.kinds.choice == OPEN_BOX
    till.shell.scanned(MUG)
    assert "1 opened" in screen.said
    typed(screen, "4.00")
    made = till.opened.workstation.catalogue.of_code(last_move(till, MUG).note)
    assert made is not None
    assert (made.unit_price_minor, "open box" in made.name) == (400, True)
    assert on_hand(till, made.codes[0]) == 1000
    assert made.name in screen.banner.message
    till.trigger("item_stock.keys.open_box")
    typed(screen, "4.00")
    assert screen.banner.message != ""
    assert on_hand(till, made.codes[0]) == 1000

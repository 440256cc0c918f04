"""The form of an item: new and changed, each refusal at its field with nothing written, and the journal of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from pos.domain.item import Item, QuantityPrice
from pos.domain.money import Unit
from pos.domain.refusal import Refused
from pos.services.demo_shop import demo_gtin
from pos.services.stock import StockLine
from pos.ui.items.form import ItemForm
from pos.ui.items.screen import ItemsScreen
from tests.lane import DANA, KETTLE, MUG, Lane, copy_of_demo, open_lane
from tests.receipts.pictures import as_file, drawn

NEW_CODE = demo_gtin(7777)


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


def form(till: Lane, key: str) -> ItemForm:
    till.trigger(f"items.keys.{key}")
    screen = till.shell.screen_shown
    assert isinstance(screen, ItemForm)
    return screen


def fill(screen: ItemForm, **texts: str) -> None:
    for name, text in texts.items():
        screen.fields.fields[name].set_text(text)


def known(till: Lane, code: str) -> Item:
    item = till.opened.workstation.catalogue.of_code(code)
    assert item is not None, code
    return item


def test_a_new_item_is_taken_in_with_everything_that_was_said_of_it(till: Lane) -> None:
    till.shell.scanned(NEW_CODE)
    screen = form(till, "new")
    assert [button.text() for button in screen.codes.buttons] == [NEW_CODE]
    fill(screen, name="Plum jam", price="4,50", department="Groceries", content="340 g", age="18", stock_min="6")
    fill(screen, family="Jam", variant="Plum", icon="nutrition", flags="local", unit="piece")
    screen.fields.switches["final_sale"].click()
    till.trigger("item_edit.keys.save")
    assert till.shell.screen_shown.name == "items"
    item = known(till, NEW_CODE)
    assert (item.name, item.unit_price_minor, item.content and item.content.thousandths) == ("Plum jam", 450, 340)
    assert (item.age, item.stock_min, item.family, item.variant) == (18, 6000, "Jam", "Plum")
    assert (item.icon, item.flags, item.final_sale, item.serial) == ("nutrition", ("local",), True, False)
    assert item.id == item.codes[0]


def test_a_name_in_another_language_is_asked_for_all_but_the_shops_own(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    screen = form(till, "change")
    shown = {name for name, field in screen.fields.fields.items() if name.startswith("name_") and field.isVisible()}
    assert shown == {"name_cs", "name_sv"}
    fill(screen, name_cs="  Rychlovarná   konvice ", name_sv="")
    till.trigger("item_edit.keys.save")
    assert known(till, KETTLE).names == (("cs", "Rychlovarná konvice"),)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("name", "", "needs a name"),
        ("name_cs", "x" * 301, "name of 1 to 300 letters"),
        ("price", "-1", "below zero"),
        ("price", "12x", "cannot be read as a price"),
        ("price", "1.234", "more digits than USD"),
        ("age", "200", "0 to 99 years"),
        ("content", "much", "content of a package"),
        ("stock_min", "1.5", "whole pieces"),
        ("measure_code", "1", "first 2 to 11 digits"),
        ("flags", "a/b", "letters and digits"),
        ("picture", "../x.png", "without a folder"),
        ("department", "x" * 61, "up to 60 letters"),
    ],
)
def test_each_refusal_stands_at_its_field_and_nothing_is_written(till: Lane, name: str, text: str, said: str) -> None:
    till.shell.scanned(KETTLE)
    before = known(till, KETTLE)
    screen = form(till, "change")
    fill(screen, **{name: text})
    till.trigger("item_edit.keys.save")
    assert till.shell.screen_shown is screen
    assert said in screen.fields.fields[name].refusal
    assert [field for field in screen.fields.fields.values() if field.refusal] == [screen.fields.fields[name]]
    assert known(till, KETTLE) == before
    assert screen.fields.fields[name].text == text
    assert not screen.fields.fields[name].editor.visibleRegion().isEmpty()


def test_codes_are_written_at_once_and_wrong_ones_refused(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    screen = form(till, "change")
    till.shell.scanned(NEW_CODE)
    assert len(known(till, KETTLE).codes) == 2
    till.shell.scanned(MUG)
    assert "belongs to" in screen.codes.field.refusal
    screen.codes.take(NEW_CODE[:-1] + str((int(NEW_CODE[-1]) + 1) % 10))
    assert "check digit" in screen.codes.field.refusal
    assert len(known(till, KETTLE).codes) == 2
    next(button for button in screen.codes.buttons if button.text() == NEW_CODE).click()
    assert len(known(till, KETTLE).codes) == 1
    assert till.opened.workstation.catalogue.of_code(NEW_CODE) is None


def test_a_price_from_a_day_waits_for_its_day(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    before = known(till, KETTLE).unit_price_minor
    screen = form(till, "change")
    screen.prices.price.set_text("abc")
    screen.prices.set_button.click()
    assert "cannot be read" in screen.prices.price.refusal
    screen.prices.price.set_text("39.90")
    screen.prices.set_day(date(2026, 11, 23))
    screen.prices.set_button.click()
    assert screen.prices.price.text == ""
    assert known(till, KETTLE).unit_price_minor == before
    till.clock.move(3 * 86_400)
    assert known(till, KETTLE).unit_price_minor == 3990


def test_prices_by_quantity_that_begin_on_a_day_are_seen_on_the_card_and_beside_the_list(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    begins = till.clock.moment + timedelta(days=2)
    prices = (QuantityPrice(6_000, 3_500), QuantityPrice(12_000, 3_200))
    item = known(till, KETTLE)
    assert not isinstance(till.opened.workstation.catalogue.set_price(item.id, 3_990, begins, prices), Refused)
    said = "$39.90 · from 6: $35.00 · from 12: $32.00"
    assert f"From Nov 23, 2026: {said}" in form(till, "change").prices.coming.text()
    till.trigger("item_edit.keys.back")
    shown = till.shell.screen_shown
    assert isinstance(shown, ItemsScreen)
    till.shell.scanned(KETTLE)
    assert ("From Nov 23, 2026", said) in shown.detail.lines


def test_what_is_typed_stays_until_it_is_dropped(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    screen = form(till, "change")
    name = screen.fields.fields["name"].text
    fill(screen, name="Kettle")
    till.trigger("item_edit.keys.back")
    assert "Not saved yet" in screen.banner.message
    till.trigger("item_edit.keys.back")
    assert till.shell.screen_shown.name == "items"
    assert form(till, "change").fields.fields["name"].text == "Kettle"
    screen.fields.changed.emit()
    till.trigger("item_edit.keys.drop")
    assert screen.fields.fields["name"].text == name
    till.trigger("item_edit.keys.back")
    assert till.shell.screen_shown.name == "items"


def test_the_unit_of_what_lies_there_stays(till: Lane) -> None:
    till.shell.scanned(KETTLE)
    till.opened.workstation.stock.receive([StockLine(known(till, KETTLE).id, 1000)])
    screen = form(till, "change")
    fill(screen, unit=Unit.KG.value)
    till.trigger("item_edit.keys.save")
    assert "Its unit stays" in screen.fields.fields["unit"].refusal


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live_and_what_is_typed_stays(till: Lane, language: str) -> None:
    till.shell.scanned(KETTLE)
    screen = form(till, "change")
    fill(screen, name="Kettle", price="1.50")
    till.window.choose_language(language)
    assert screen.fields.fields["name"].text == "Kettle"
    assert screen.fields.fields["unit"].text == "piece"
    assert screen.fields.fields["department"].editor.accessibleName() != "Department"


def test_a_picture_is_chosen_shown_and_saved_and_words_are_refused(
    till: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.shell.scanned(MUG)
    screen = form(till, "change")
    file = tmp_path / "mug.png"
    file.write_bytes(b"no picture")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    screen.fields.browse.click()
    assert "is no picture" in screen.fields.fields["picture"].refusal
    assert not screen.unsaved
    file.write_bytes(as_file(drawn()))
    screen.fields.browse.click()
    assert not screen.fields.fields["picture"].refusal
    till.trigger("item_edit.keys.save")
    item = known(till, MUG)
    assert item.picture.startswith("mug-")
    assert (till.opened.workstation.desk.shop.folder / "pictures" / item.picture).is_file()
    found = till.opened.workstation.catalogue.search(MUG)
    assert found[0].picture.endswith(item.picture)

"""A manager changes the catalogue: each change is journalled with before and after, and every "no" changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.item import Item, QuantityPrice, ShelfPrice
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.services.catalogue import Catalogue
from pos.services.desk import Desk, read_payload
from pos.services.stock import Stock, StockLine
from pos.services.verify import verify_books
from tests.services.item_shop import CASHIER, MANAGER, NOON, item_desk

KETTLE = Item("KETTLE", "Kettle", 4500, ("standard",), department="Kitchen", codes=("09520000030018",))
TEA = Item("TEA", "Tea", 560, ("food",), department="Groceries", codes=("4011",))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", (KETTLE, TEA)) as desk:
        desk.operator = MANAGER
        yield desk


@pytest.fixture
def catalogue(desk: Desk) -> Catalogue:
    return Catalogue(desk)


def entries(desk: Desk, kind: EntryKind) -> list[dict[str, Any]]:
    with desk.shop.books.reading() as work:
        return [read_payload(entry) for entry in work.journal.of_kind(kind)]


def code_of(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def test_a_new_item_is_found_by_its_codes_and_told_in_the_journal(desk: Desk, catalogue: Catalogue) -> None:
    oats = Item("OATS", "Oats", 429, ("food",), codes=("9520000010126", "H1"), content=Quantity(750, Unit.KG), age=18)
    made = catalogue.new_item(oats)
    assert made == replace(oats, codes=("09520000010126", "H1"))
    assert catalogue.get("OATS") == made
    found = catalogue.find("9520000010126")
    assert found is not None
    (told,) = entries(desk, EntryKind.ITEM_ADDED)
    assert told["item"]["content"] == [750, "kg"]
    assert verify_books(desk.shop).sound


def test_a_change_says_before_and_after_and_the_price_is_a_fact(desk: Desk, catalogue: Catalogue) -> None:
    changed = replace(KETTLE, name="Water kettle", unit_price_minor=4200)
    assert catalogue.edit_item(replace(changed, codes=("ignored",))) == changed
    (told,) = entries(desk, EntryKind.ITEM_CHANGED)
    assert len(told.pop("prices")) == 64
    assert told == {
        "before": {"name": "Kettle", "unit_price_minor": 4500},
        "after": {"name": "Water kettle", "unit_price_minor": 4200},
    }
    assert catalogue.prices("KETTLE") == (ShelfPrice(None, 4500), ShelfPrice(NOON, 4200))
    assert catalogue.edit_item(changed) == changed
    assert len(entries(desk, EntryKind.ITEM_CHANGED)) == 1, "no change, no entry"


def test_a_price_begins_on_its_day(desk: Desk, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    for days, price in ((7, 3900), (14, 4700)):
        begins = NOON + timedelta(days=days)
        assert catalogue.set_price("KETTLE", price, begins) == ShelfPrice(begins, price)
    seen = []
    for days in (-30, 0, 6, 7, 13, 14, 400):
        monkeypatch.setattr(Desk, "now", lambda _, days=days: NOON + timedelta(days=days))
        item = catalogue.find("9520000030018")
        assert item is not None
        assert catalogue.get("KETTLE") == item
        seen.append(item.unit_price_minor)
    assert seen == [4500, 4500, 4500, 3900, 3900, 4700, 4700]
    assert verify_books(desk.shop).sound


def test_a_new_price_keeps_the_prices_by_quantity_unless_it_brings_its_own(desk: Desk, catalogue: Catalogue) -> None:
    six, twelve = (QuantityPrice(6_000, 500),), (QuantityPrice(12_000, 450),)
    catalogue.set_price("TEA", 550, NOON, six)
    later = [NOON + timedelta(days=days) for days in (7, 14, 21)]
    assert catalogue.set_price("TEA", 540, later[0]) == ShelfPrice(later[0], 540, six)
    assert catalogue.set_price("TEA", 530, later[1], twelve) == ShelfPrice(later[1], 530, twelve)
    assert catalogue.set_price("TEA", 520, later[2], ()) == ShelfPrice(later[2], 520)
    assert verify_books(desk.shop).sound


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 10**6)), max_size=6))
def test_whatever_is_set_the_row_and_the_facts_agree(desk: Desk, steps: list[tuple[int, int]]) -> None:
    catalogue = Catalogue(desk)
    for days, price in steps:
        assert isinstance(catalogue.set_price("TEA", price, NOON + timedelta(days=days)), ShelfPrice)
    assert verify_books(desk.shop).sound


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, Code.ITEM_NAME_INVALID),
        ({"name": "\u200b\u3164"}, Code.ITEM_NAME_INVALID),
        ({"name": "x" * 301}, Code.ITEM_NAME_INVALID),
        ({"name": "a\x07b"}, Code.ITEM_TEXT_INVALID),
        ({"unit_price_minor": -1}, Code.PRICE_NEGATIVE),
        ({"unit_price_minor": 10**13}, Code.PRICE_TOO_LARGE),
        ({"taxes": ("city",)}, Code.TAX_UNKNOWN),
        ({"department": "d" * 61}, Code.ITEM_WORD_TOO_LONG),
        ({"age": 100}, Code.AGE_INVALID),
        ({"content": Quantity(0, Unit.KG)}, Code.CONTENT_INVALID),
        ({"stock_min": 1500}, Code.STOCK_INVALID),
        ({"measure_code": "2x"}, Code.MEASURE_CODE_INVALID),
        ({"picture": "../shop.keys"}, Code.PICTURE_INVALID),
        ({"flags": ("two words!",)}, Code.FLAGS_INVALID),
        ({"id": "NONE"}, Code.ITEM_UNKNOWN),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, catalogue: Catalogue, change: dict[str, Any], code: Code
) -> None:
    assert code_of(catalogue.edit_item(replace(KETTLE, **change))) is code
    assert catalogue.get("KETTLE") == KETTLE
    if code is not Code.ITEM_UNKNOWN:
        new: dict[str, Any] = {"id": "NEW", "codes": ()} | change
        assert code_of(catalogue.new_item(replace(KETTLE, **new))) is code
    assert catalogue.count() == 2
    assert not entries(desk, EntryKind.ITEM_CHANGED)


def test_codes_come_and_go_and_name_one_item(desk: Desk, catalogue: Catalogue) -> None:
    assert code_of(catalogue.add_code("KETTLE", "9520000030019")) is Code.CHECK_DIGIT_WRONG
    assert code_of(catalogue.add_code("KETTLE", "4011")) is Code.CODE_TAKEN
    assert code_of(catalogue.add_code("KETTLE", "x" * 81)) is Code.CODE_UNREADABLE
    assert code_of(catalogue.add_code("NONE", "K1")) is Code.ITEM_UNKNOWN
    assert code_of(catalogue.remove_code("KETTLE", "4011")) is Code.CODE_NOT_OF_ITEM
    assert code_of(catalogue.new_item(Item("X", "X", 1, (), codes=("4011",)))) is Code.CODE_TAKEN
    assert code_of(catalogue.new_item(KETTLE)) is Code.ITEM_EXISTS
    added = catalogue.add_code("KETTLE", "04252614")
    assert isinstance(added, Item)
    assert added.codes == ("00042100005264", "09520000030018")
    assert catalogue.add_code("KETTLE", "04252614") == added
    assert catalogue.remove_code("KETTLE", "00042100005264") == KETTLE
    assert catalogue.find("04252614") is None
    assert len(entries(desk, EntryKind.ITEM_CHANGED)) == 2


def test_a_retired_item_stays_in_the_books(catalogue: Catalogue) -> None:
    retired = catalogue.retire("TEA")
    assert isinstance(retired, Item)
    assert not retired.active
    assert catalogue.departments_on_sale() == (("Kitchen", 1),)
    assert catalogue.retire("TEA", sold=True) == TEA
    assert catalogue.departments_on_sale() == (("Groceries", 1), ("Kitchen", 1))


def test_typed_prices(catalogue: Catalogue) -> None:
    assert [catalogue.read_price(text) for text in ("12.50", " 12,5 ", "0")] == [1250, 1250, 0]
    for text, code in (
        ("-1", Code.PRICE_NEGATIVE),
        ("1.005", Code.PRICE_TOO_FINE),
        ("1,005", Code.PRICE_UNREADABLE),
        ("ten", Code.PRICE_UNREADABLE),
        ("", Code.PRICE_UNREADABLE),
        ("9" * 16, Code.PRICE_TOO_LARGE),
    ):
        assert code_of(catalogue.read_price(text)) is code


def test_the_unit_stays_once_goods_were_counted_by_it(desk: Desk, catalogue: Catalogue) -> None:
    Stock(desk).receive([StockLine("TEA", 5000)])
    assert code_of(catalogue.edit_item(replace(TEA, unit=Unit.KG))) is Code.UNIT_FIXED
    assert catalogue.edit_item(replace(KETTLE, unit=Unit.KG)) == replace(KETTLE, unit=Unit.KG)


def test_only_who_manages_items_may(desk: Desk, catalogue: Catalogue) -> None:
    for operator, code in ((CASHIER, Code.NOT_PERMITTED), (None, Code.NOT_SIGNED_ON)):
        desk.operator = operator
        for answer in (
            catalogue.new_item(replace(KETTLE, id="NEW", codes=())),
            catalogue.edit_item(replace(KETTLE, name="Pot")),
            catalogue.set_price("KETTLE", 1),
            catalogue.add_code("KETTLE", "K1"),
            catalogue.remove_code("KETTLE", "09520000030018"),
            catalogue.retire("KETTLE"),
        ):
            assert code_of(answer) is code
    assert catalogue.get("KETTLE") == KETTLE

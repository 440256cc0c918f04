"""Every spelling of a code finds its item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.services.catalogue import Catalogue
from tests.services.item_shop import item_desk

ITEMS = (
    Item("20", "Kettle", 4500, ("standard",), codes=("09520000030018",), icon="redeem"),
    Item("10", "Gum", 50, ("standard",), codes=("00012345000065",), icon="coffee"),
    Item("30", "Bananas", 69, ("food",), codes=("4011",), icon="nutrition"),
    Item("40", "Holder", 255, ("standard",), codes=("85123A",)),
    Item("41", "Holder, small", 195, ("standard",), codes=("85123a",)),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with item_desk(tmp_path / "shop", ITEMS) as desk:
        yield Catalogue(desk)


@pytest.mark.parametrize(
    ("code", "item"),
    [
        ("9520000030018", "20"),
        ("09520000030018", "20"),
        (" 9520000030018 ", "20"),
        ("012345000065", "10"),
        ("0012345000065", "10"),
        ("01234565", "10"),
        ("4011", "30"),
        ("85123A", "40"),
        ("85123a", "41"),
    ],
)
def test_every_spelling_of_a_code_finds_its_item(catalogue: Catalogue, code: str, item: str) -> None:
    found = catalogue.find(code)
    assert found is not None
    assert found.id == item


@pytest.mark.parametrize("code", ["", "  ", "9520000030019", "85123", "\x00", "x" * 200, "٤٠١١"])
def test_what_is_no_code_finds_nothing(catalogue: Catalogue, code: str) -> None:
    assert catalogue.find(code) is None


def test_quick_keys_are_the_items_with_an_icon_by_id(catalogue: Catalogue) -> None:
    assert [item.id for item in catalogue.quick_keys(2)] == ["10", "20"]
    assert [item.id for item in catalogue.quick_keys(9)] == ["10", "20", "30"]


def test_items_are_counted(catalogue: Catalogue) -> None:
    assert catalogue.count() == 5

"""The further cells of a row: what people write, and what cannot be meant."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.item_cells import (
    CELLS,
    CellUnreadable,
    content_text,
    read_content,
    read_flag,
    read_flags,
    read_picture,
    read_stock,
    read_unit,
)
from pos.domain.money import QUANTITY_MAX_THOUSANDTHS, Quantity, Unit


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("500 g", Quantity(500, Unit.KG)),
        ("0,75 l", Quantity(750, Unit.LITRE)),
        ("33cl", Quantity(330, Unit.LITRE)),
        ("20 ks", Quantity(20_000, Unit.PIECE)),
        ("1.5 KG", Quantity(1500, Unit.KG)),
    ],
)
def test_a_content_as_packages_say_it(text: str, content: Quantity) -> None:
    assert read_content(text) == content


@given(st.integers(1, QUANTITY_MAX_THOUSANDTHS - 1), st.sampled_from(Unit))
def test_a_content_that_is_written_reads_back(thousandths: int, unit: Unit) -> None:
    content = Quantity(thousandths, unit)
    assert read_content(content_text(content)) == content


@pytest.mark.parametrize("text", ["0 g", "500", "g", "0.5 g", "-1 kg", "5 oz", "1e3 g", "٥ g", "99999999 kg"])
def test_no_content(text: str) -> None:
    with pytest.raises(CellUnreadable):
        read_content(text)


def test_yes_and_no_in_three_languages() -> None:
    assert [read_flag(word) for word in ("Ano", "ja", "1", "ne", "NEJ", "0")] == [True, True, True, False, False, False]


def test_flags_are_words_once_each() -> None:
    assert read_flags("organic|vegan, organic") == ("organic", "vegan")


@pytest.mark.parametrize("name", ["../key", "/etc/passwd", ".hidden", "a\\b", "a/b", "x" * 61])
def test_a_picture_never_leaves_its_folder(name: str) -> None:
    with pytest.raises(CellUnreadable):
        read_picture(name)


def test_a_stock_limit_may_be_nothing() -> None:
    assert [read_stock(text) for text in ("0", "0.0", "12", "1,5")] == [0, 0, 12_000, 1_500]
    for text in ("-1", "", ".", "1.0005", "many"):
        with pytest.raises(CellUnreadable):
            read_stock(text)


@given(st.sampled_from(sorted(CELLS)), st.text(max_size=80))
def test_any_text_is_read_or_refused(column: object, text: str) -> None:
    _, read = CELLS[column]  # type: ignore[index]
    with contextlib.suppress(CellUnreadable):
        read(text)


@pytest.mark.parametrize(
    ("text", "unit"), [("ks", Unit.PIECE), ("st.", Unit.PIECE), ("KG", Unit.KG), ("litr", Unit.LITRE)]
)
def test_units_are_known_by_what_lists_call_them(text: str, unit: Unit) -> None:
    assert read_unit(text) is unit

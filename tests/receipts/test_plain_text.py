"""The rows of the paper: golden receipts, and that no text breaks a row or cuts an amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.document import Barcode, Block, Centred, Columns, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.lettering import clean, clusters, on_the_grid, released, width, wrap
from receipts.plain_text import Laid, Row, lay_out, render
from tests.receipts.golden import assert_golden
from tests.receipts.papers import PAPERS, paper

ANY_TEXT = st.text(max_size=120)
NAMES = st.one_of(ANY_TEXT, st.text(alphabet="Žluťoučký kůňÅÄÖ 東京🍣e\u0301-“”", max_size=120))
AMOUNTS = st.integers(-(10**12), 10**12).map(lambda minor: f"{minor:,}".replace(",", "\u00a0") + ",00\u00a0Kč")
PAPER_COLUMNS = st.integers(24, 64)


def document(*blocks: Block) -> Document:
    return Document("test", "Test", "en", blocks)


def rows_of(laid: list[Laid]) -> list[Row]:
    return [row for row in laid if isinstance(row, Row)]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("columns", [42, 48])
def test_receipts_read_as_they_always_did(name: str, columns: int) -> None:
    assert_golden(f"sale_receipt_{name}_{columns}.txt", render(paper(name), columns))


@given(left=NAMES, right=AMOUNTS, columns=PAPER_COLUMNS, size=st.sampled_from(Size), indent=st.integers(0, 8))
def test_no_text_breaks_a_row_and_no_amount_is_cut(
    left: str, right: str, columns: int, size: Size, indent: int
) -> None:
    rows = rows_of(lay_out(document(TextLine(left, right, size=size, indent=indent)), columns))
    room = columns // size.wide
    assert all(width(row.text) <= room for row in rows)
    amount = released(clean(right))
    if width(amount) <= room:
        assert rows[-1].text.endswith(amount)
        assert width(rows[-1].text) == room
    assert signs("".join(row.text for row in rows)) == signs(released(clean(left)) + amount)


@given(text=NAMES, columns=PAPER_COLUMNS)
def test_every_block_of_text_keeps_its_signs_and_its_room(text: str, columns: int) -> None:
    for block in (Heading(text), Mark(text), Centred(text), TextLine(text)):
        rows = rows_of(lay_out(document(block), columns))
        assert all(width(row.text) <= columns // row.size.wide for row in rows)
        assert signs("".join(row.text for row in rows)) == signs(released(clean(text)))


@given(
    cells=st.lists(st.tuples(st.text(max_size=20), AMOUNTS, AMOUNTS), min_size=1, max_size=4),
    columns=PAPER_COLUMNS,
)
def test_a_table_keeps_every_figure(cells: list[tuple[str, str, str]], columns: int) -> None:
    rows = rows_of(lay_out(document(Columns(("Rate", "Net", "Tax"), tuple(cells))), columns))
    assert all(width(row.text) <= columns for row in rows)
    printed = signs("".join(row.text for row in rows))
    for _, net, tax in cells:
        assert signs(released(net)) in printed
        assert signs(released(tax)) in printed


@given(text=ANY_TEXT)
def test_nothing_that_steers_a_printer_or_a_reader_gets_through(text: str) -> None:
    cleaned = clean(f"\x1b@{text}\x1dV\x00\u202e\u200f")
    assert all(ord(sign) >= 32 and not 0x7F <= ord(sign) < 0xA0 for sign in cleaned)
    assert not set("\u202e\u200f\u202f\u2007") & set(cleaned)


@given(text=NAMES, room=st.integers(2, 60))
def test_clusters_and_rows_agree_on_width(text: str, room: int) -> None:
    cleaned = clean(text)
    assert "".join(piece for _, piece in clusters(cleaned)) == cleaned
    assert all(width(row) <= room for row in wrap(cleaned, room))
    if on_the_grid(cleaned):
        assert width(cleaned) == len(cleaned)


def test_amounts_stand_under_each_other_whatever_is_left_of_them() -> None:
    rows = rows_of(
        lay_out(document(TextLine("抹茶ラテ", "1,040"), TextLine("Cafe\u0301", "3.50"), TextLine("x", "9")), 42)
    )
    assert {width(row.text) for row in rows} == {42}


def test_a_row_is_not_broken_inside_an_amount() -> None:
    rows = wrap(clean("12 pieces at 1\u202f234,50 each"), 14)
    assert any("1\u00a0234,50" in row for row in rows)


def test_a_narrow_table_becomes_heading_and_value() -> None:
    table = Columns(("Tax rate", "Without tax", "Tax"), (("21\u00a0%", "1\u00a0234\u00a0567,00", "259\u00a0259,07"),))
    assert [row.text for row in rows_of(lay_out(document(table), 24))] == [
        "Tax rate            21 %",
        "Without tax 1 234 567,00",
        "Tax           259 259,07",
    ]


def test_a_table_has_a_cell_under_each_heading() -> None:
    with pytest.raises(ValueError):
        Columns(("Rate", "Tax"), (("21 %",),))


def test_rules_feeds_and_bars_keep_their_place() -> None:
    laid = lay_out(document(Rule(), Feed(2), Barcode("KR1", "0142"), TextLine("end")), 42)
    assert laid[0] == Rule()
    assert laid[1:3] == [Row(""), Row("")]
    assert laid[3] == Barcode("KR1", "0142")
    assert [row.text.strip() for row in rows_of(laid[4:])] == ["0142", "end"]


def test_paper_has_a_least_width() -> None:
    with pytest.raises(ValueError):
        lay_out(document(Rule()), 23)


def signs(text: str) -> str:
    """What is left of a text when blanks do not count."""
    return "".join(text.split())

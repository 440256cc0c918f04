"""Labels, read back by others: their bars, their words, their pages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from receipts.label_pdf import render_labels
from receipts.labels import SHEETS, Bars, Label, bars_of


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as file:
        return [page.render(scale=5).to_pil() for page in file]


def scanned(data: bytes) -> list[str]:
    return [code.text for page in pictures(data) for code in zxingcpp.read_barcodes(page.convert("L"))]


def label(key: str, name: str = "Žluté fazole") -> Label:
    code, bars = bars_of(key)
    return Label(name, "$12.34", "$5.67/kg", "Nov 21, 2026", code, bars)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    ("key", "bars", "said"),
    [
        ("09520000010126", Bars.EAN_13, "9520000010126"),
        ("00012345000065", Bars.EAN_13, "0012345000065"),
        ("00000096385074", Bars.EAN_8, "96385074"),
        ("19520000010123", Bars.CODE_128, "19520000010123"),
        ("85123A", Bars.CODE_128, "85123A"),
    ],
)
def test_the_bars_scan(sheet: str, key: str, bars: Bars, said: str) -> None:
    one = label(key)
    assert one.bars is bars
    assert scanned(render_labels([one], SHEETS[sheet])) == [said]


def test_a_full_sheet_and_one_more() -> None:
    sheet = SHEETS["a4-3x8"]
    data = render_labels([label("09520000010126")] * 25, sheet)
    assert len(scanned(data)) == 25
    assert len(pictures(data)) == 2
    assert len(pictures(render_labels([label("4011")] * 2, sheet, skip=23))) == 2
    assert render_labels([label("4011")] * 2, sheet) == render_labels([label("4011")] * 2, sheet)


def test_the_words_are_on_it_and_a_long_name_is_cut() -> None:
    text = PdfReader(BytesIO(render_labels([label("4011"), label("X", "Řeřicha " * 30)], SHEETS["a4-3x8"]))).pages[0]
    found = text.extract_text()
    for word in ("Žluté fazole", "$12.34", "$5.67/kg", "Nov 21, 2026", "…"):
        assert word in found


def test_a_code_of_other_letters_has_no_bars() -> None:
    assert bars_of("žluť") == ("žluť", None)
    assert scanned(render_labels([label("žluť")], SHEETS["roll-62"])) == []


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("key", ["09520000010126", "PIVO-SVETLE-05"])
def test_each_price_by_quantity_stands_on_a_line_of_its_own_and_the_bars_still_scan(sheet: str, key: str) -> None:
    tiers = ("od 6 ks: 18,90 Kč (37,80 Kč/l)", "od 20 ks: 17,90 Kč (35,80 Kč/l)")
    one = replace(label(key, "Pivo světlé výčepní 0,5 l"), by_quantity=tiers)
    data = render_labels([one], SHEETS[sheet])
    lines = PdfReader(BytesIO(data)).pages[0].extract_text().splitlines()
    assert [line for line in lines if line.startswith("od ")] == list(tiers)
    assert len(scanned(data)) == 1


def test_more_prices_by_quantity_than_there_is_room_for_share_the_last_line() -> None:
    tiers = tuple(f"from {n}: $0.{99 - n}" for n in (2, 6, 12, 24))
    data = render_labels([replace(label("4011", "Long " * 4), by_quantity=tiers)], SHEETS["a4-3x8"])
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "$12.34" in text
    assert all(tier in text for tier in tiers)

"""The PDF, read back by others: its text, its bars, its page."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from receipts.document import Barcode, Document, Mark, Size, TextLine
from receipts.pdf import ROLL_WIDTH, render, render_sheets
from receipts.plain_text import Row, lay_out
from tests.receipts.papers import PAPERS, paper
from tests.receipts.scanner import scan


def picture(data: bytes, scale: float = 4) -> Image.Image:
    with pypdfium2.PdfDocument(data) as file:
        image: Image.Image = file[0].render(scale=scale).to_pil()
        return image


def text_of(data: bytes) -> str:
    return PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "jpy_en"])
def test_every_row_can_be_read_back(name: str) -> None:
    document = paper(name)
    found = [" ".join(line.split()) for line in text_of(render(document)).splitlines()]
    for row in lay_out(document, 42):
        if isinstance(row, Row) and row.text.strip():
            assert " ".join(row.text.split()) in found


def test_czech_and_swedish_letters_are_letters_in_the_pdf() -> None:
    text = text_of(render(paper("mixed_cs")))
    assert "Řeřicha" in text
    assert "Äpple Åkerö" in text
    assert "Jiří Åström" in text


@pytest.mark.parametrize("name", PAPERS)
def test_the_bars_scan(name: str) -> None:
    assert scan(picture(render(paper(name)))) == [PAPERS[name][0].receipt_code]


def test_long_bars_stay_on_the_page() -> None:
    data = "K" * 30
    assert scan(picture(render(Document("t", "T", "en", (Barcode(data),))), 6)) == [data]


def test_the_page_is_the_roll_and_as_high_as_what_is_on_it() -> None:
    short = PdfReader(BytesIO(render(Document("t", "T", "en", (TextLine("a"),))))).pages
    long = PdfReader(BytesIO(render(Document("t", "T", "en", (TextLine("a"),) * 50)))).pages
    assert len(short) == len(long) == 1
    assert float(short[0].mediabox.width) == pytest.approx(ROLL_WIDTH, abs=0.01)
    assert float(long[0].mediabox.height) > 5 * float(short[0].mediabox.height)


def test_no_ink_touches_the_edge() -> None:
    page = picture(render(paper("czk_cs"))).convert("L")
    ink = page.point(lambda level: 255 - level).getbbox()
    assert ink is not None
    assert ink[0] > 0
    assert ink[1] > 0
    assert ink[2] < page.width
    assert ink[3] < page.height


def test_equal_papers_give_equal_bytes() -> None:
    assert render(paper("czk_cs")) == render(paper("czk_cs"))
    assert render(paper("czk_cs")) != render(paper("sek_sv"))


def test_title_language_and_fonts_are_in_the_file() -> None:
    data = render(paper("czk_cs"))
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.endswith("0142-03-0118")
    assert str(reader.root_object["/Lang"]) == "cs"
    assert all(name in data for name in (b"+DejaVuSansMono", b"+DejaVuSansMono-Bold"))


def test_a_mark_is_drawn_larger_than_the_total() -> None:
    def ink_height(block: Mark | TextLine) -> int:
        page = picture(render(Document("t", "T", "en", (block,)))).convert("L")
        ink = page.point(lambda level: 255 - level).getbbox()
        assert ink is not None
        return ink[3] - ink[1]

    total = ink_height(TextLine("COPY 1", emphasis=True, size=Size.TALL))
    assert ink_height(Mark("COPY 1")) >= 1.9 * total


def test_papers_on_sheets_are_all_there_each_from_its_own_sheet_on() -> None:
    long = Document("x", "Long", "en", tuple(TextLine(f"row {number}", "1.00") for number in range(200)))
    file = PdfReader(BytesIO(render_sheets([paper("mixed_cs"), long])))
    texts = [page.extract_text() for page in file.pages]
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in file.pages} == {(595, 842)}
    assert "row 0 " not in texts[0]
    assert "row 0 " in texts[1]
    said = " ".join("".join(texts[1:]).split())
    assert [f"row {number} 1.00" in said for number in range(200)] == [True] * 200
    assert len(texts) == 1 + 4
    assert render_sheets([long]) == render_sheets([long])


def test_no_ink_of_a_sheet_touches_its_edge_and_its_bars_scan() -> None:
    drawn = picture(render_sheets([paper("mixed_cs")]), 3)
    grey = drawn.convert("L")
    for edge in ((0, 0, grey.width, 20), (0, grey.height - 20, grey.width, grey.height)):
        assert min(grey.crop(edge).tobytes()) > 200
    assert scan(drawn)

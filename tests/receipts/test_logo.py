"""A logo from anybody's file: what is taken, what is refused, and how it stands on every kind of paper."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from receipts import escpos, pdf
from receipts.document import Document, Heading, Logo, TextLine
from receipts.logo import BYTES_MOST, DOTS_HIGH_MOST, DOTS_WIDE_MOST, Unfit, ink_of, logo_file, logo_of_file, read_logo
from receipts.plain_text import render
from receipts.preview import PaperPreview
from receipts.printers import PROFILES, PrinterProfile
from tests.receipts import escpos_reader
from tests.receipts.pictures import as_file, drawn, moving


def logo() -> Logo:
    read = read_logo(as_file(drawn()))
    assert isinstance(read, Logo)
    return read


def paper_with(picture: Logo) -> Document:
    return Document("sale_receipt", "Receipt", "en", (picture, Heading("Shop"), TextLine("Bread", "42.90")))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_every_usual_picture_is_taken(form: str, mode: str) -> None:
    picture = drawn(mode=mode)
    read = read_logo(as_file(picture if form != "JPEG" or mode in {"RGB", "L"} else picture.convert("RGB"), form))
    assert isinstance(read, Logo)
    assert 0.9 < read.width / read.height / (300 / 152) < 1.1


def test_what_is_transparent_is_paper_and_deep_greys_are_read() -> None:
    clear = Image.new("RGBA", (100, 60), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (40, 20, 60, 40))
    read = read_logo(as_file(clear))
    assert isinstance(read, Logo)
    assert (read.width, read.height, set(read.greys)) == (20, 20, {0})
    deep = Image.new("I;16", (30, 30), 65_535)
    deep.paste(10_000, (10, 10, 20, 20))
    read = read_logo(as_file(deep))
    assert isinstance(read, Logo)
    assert (read.width, read.height) == (10, 10)


def test_a_large_picture_becomes_as_large_as_a_receipt_takes() -> None:
    wide, tall = read_logo(as_file(drawn(3000, 500))), read_logo(as_file(drawn(900, 2400)))
    assert isinstance(wide, Logo)
    assert isinstance(tall, Logo)
    assert wide.width == DOTS_WIDE_MOST
    assert tall.height == DOTS_HIGH_MOST


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unfit.NO_PICTURE),
        (b"%PDF-1.7", Unfit.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Unfit.NO_PICTURE),
        (as_file(drawn())[:900], Unfit.NO_PICTURE),
        (moving("GIF"), Unfit.ANIMATED),
        (moving("WEBP"), Unfit.ANIMATED),
        (moving("PNG"), Unfit.ANIMATED),
        (b"\x89PNG" + bytes(BYTES_MOST), Unfit.TOO_LARGE),
        (as_file(Image.new("1", (4_001, 4_000))), Unfit.TOO_LARGE),
        (as_file(Image.new("1", (20_000, 20_000))), Unfit.TOO_LARGE),
        (as_file(Image.new("RGB", (200, 100), "white")), Unfit.BLANK),
        (as_file(Image.new("RGB", (200, 100), (250, 250, 246))), Unfit.BLANK),
        (as_file(Image.new("RGBA", (200, 100), (0, 0, 0, 0))), Unfit.BLANK),
    ],
    ids=lambda value: value.value if isinstance(value, Unfit) else "",
)
def test_what_cannot_be_a_logo_says_why(content: bytes, why: Unfit) -> None:
    assert read_logo(content) is why


@given(content=st.binary(max_size=300), form=st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "WEBP"]), at=st.integers(0))
def test_no_file_is_more_than_refused(content: bytes, form: str, at: int) -> None:
    whole = as_file(drawn(60, 30), form)
    at %= len(whole)
    for file in (content, whole[:at] + content + whole[at:], whole[:at] + content):
        assert isinstance(read_logo(file), Logo | Unfit)


def test_the_kept_file_is_the_logo_and_equal_logos_are_equal_files() -> None:
    assert logo_of_file(logo_file(logo())) == logo()
    assert logo_file(logo()) == logo_file(logo())
    with pytest.raises(ValueError, match="no logo"):
        logo_of_file(as_file(drawn()))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_printer_of_any_head_prints_it_in_the_middle(profile: PrinterProfile) -> None:
    picture = read_logo(as_file(drawn(3000, 1000)))
    assert isinstance(picture, Logo)
    job = escpos.render(paper_with(picture), profile)
    read = escpos_reader.read(job, codec=profile.code_page, dots=profile.dots)
    printed = read.pictures[0].picture
    assert printed.width == profile.dots
    left, _, right, _ = printed.point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert abs(left - (profile.dots - right)) <= 2
    assert read.rows[0].text.strip() == "Shop"


def test_greys_are_dithered_to_black_and_white() -> None:
    half = Logo(64, 64, bytes([128]) * 64 * 64)
    inked = sum(1 for dot in ink_of(half, 64).convert("L").tobytes() if dot)
    assert 0.4 < inked / 64 / 64 < 0.6


def test_pdf_and_preview_show_it_and_plain_text_leaves_it_out(qapp: object) -> None:
    del qapp
    with_logo = paper_with(logo())
    without = Document("sale_receipt", "Receipt", "en", with_logo.blocks[1:])
    assert render(with_logo, 42) == render(without, 42)
    made = pdf.render(with_logo)
    assert made == pdf.render(with_logo)
    (picture,) = pypdf.PdfReader(BytesIO(made)).pages[0].images
    assert (picture.image and picture.image.size) == (logo().width, logo().height)
    page = pypdfium2.PdfDocument(made)[0].render(scale=2).to_pil().convert("L")
    assert page.crop((0, 0, page.width, page.height // 2)).getextrema()[0] < 60
    preview = PaperPreview()
    preview.resize(320, 400)
    preview.show_document(with_logo)
    shown = preview.grab().toImage()
    assert preview.heightForWidth(320) > 0
    assert any(shown.pixelColor(x, 40).lightness() < 100 for x in range(40, 280))

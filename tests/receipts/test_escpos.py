"""The bytes for the printer, read back by a printer of our own making."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from receipts.barcodes import code128_width, code_set_b_width
from receipts.document import Barcode, Document, Heading, Mark, Rule, Size, TextLine
from receipts.escpos import _raster, render
from receipts.plain_text import Row, lay_out
from receipts.printers import PROFILES, PrinterProfile
from tests.receipts.escpos_reader import Paper, PrintedPicture, PrintedRow, read
from tests.receipts.papers import PAPERS, paper
from tests.receipts.samples import MIXED, USD
from tests.receipts.scanner import scan

CZECH = PROFILES["80mm-48-cp852"]
SWEDISH = PROFILES["80mm-48-cp858"]
TRUSTED_WITH_ASCII = PROFILES["80mm-42-ascii"]


def printed(document: Document, profile: PrinterProfile) -> Paper:
    return read(render(document, profile), codec=profile.code_page, dots=profile.dots)


def document(*blocks: TextLine | Barcode | Heading | Mark | Rule) -> Document:
    return Document("test", "Test", "en", blocks)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_paper_prints_on_every_printer_and_its_bars_scan(name: str, profile: PrinterProfile) -> None:
    result = printed(paper(name), profile)
    assert result.resets == 1
    assert result.code_pages == [profile.code_page_number]
    assert result.cuts == 1
    assert [bars.data for bars in result.bars] == [PAPERS[name][0].receipt_code]
    assert scan(result.picture(profile.dots)) == [PAPERS[name][0].receipt_code]


@pytest.mark.parametrize(("name", "profile"), [("usd_en", CZECH), ("czk_cs", CZECH), ("sek_sv", SWEDISH)])
def test_the_letters_are_those_of_the_one_layout(name: str, profile: PrinterProfile) -> None:
    laid = [row for row in lay_out(paper(name), profile.columns) if isinstance(row, Row)]
    letters = [row.text for row in printed(paper(name), profile).rows if set(row.text) != {"-"}]
    plain = {"“": '"', "”": '"', "–": "-"} | ({"·": "-"} if profile is CZECH else {})
    for row in laid:
        assert "".join(plain.get(sign, sign) for sign in row.text) in letters


def test_czech_needs_no_picture_on_its_page_and_swedish_none_on_its_own() -> None:
    assert printed(paper("czk_cs"), CZECH).pictures == []
    assert printed(paper("sek_sv"), SWEDISH).pictures == []


def test_czech_and_swedish_on_one_paper_come_out_whole_by_picture() -> None:
    """No page has both alphabets: on the Czech page the rows with å go as pictures, on the Swedish those with ř."""
    swedish_rows = [line.name for line in MIXED.lines if "å" in line.name.lower()]
    czech = printed(paper("mixed_cs"), CZECH)
    assert len(czech.pictures) == len(swedish_rows) + 1 == 3  # and the operator, Jiří Åström
    assert any("Řeřicha" in row.text for row in czech.rows)
    assert not any("Äpple Åkerö" in row.text for row in czech.rows)
    swedish = printed(paper("mixed_cs"), SWEDISH)
    assert any("Äpple Åkerö" in row.text for row in swedish.rows)
    assert len(swedish.pictures) > len(czech.pictures)


def test_a_printer_trusted_with_ascii_prints_the_rest_as_pictures() -> None:
    result = printed(paper("czk_cs"), TRUSTED_WITH_ASCII)
    assert all(row.text.isascii() for row in result.rows)
    assert len(result.pictures) >= 10


def test_a_picture_row_shows_what_the_letters_would() -> None:
    """The amount stands in the same dots, drawn or printed; the row of a picture is as high as a row of letters."""
    (strip,) = printed(document(TextLine("Äpple Åkerö Řeřicha", "34,90")), CZECH).pictures
    assert strip.picture.size == (576, 30)
    ink = strip.picture.point(lambda level: 255 - level).getbbox()
    assert ink is not None
    assert ink[0] < 12
    assert ink[2] > 576 - 12


def test_large_rows_that_go_as_pictures_keep_their_size() -> None:
    text = "ŘÅ 1"
    for size in Size:
        (strip,) = printed(document(TextLine(text, size=size)), CZECH).pictures
        assert strip.picture.size == (576, 30 * size.tall)


def test_blanks_dashes_and_quotes_of_the_typographer_need_no_picture() -> None:
    result = printed(document(TextLine("“Žižkov” – 5\u00a0×\u202f‘x’", "−1\u202f234,50")), CZECH)
    assert result.pictures == []
    assert result.rows[0].text == "\"Žižkov\" - 5 × 'x'" + " " * 21 + "-1 234,50"


def test_a_page_that_has_the_typographers_signs_keeps_them() -> None:
    result = printed(document(TextLine("“Žižkov” – 5 €")), PROFILES["80mm-48-cp1250"])
    assert result.rows[0].text == "“Žižkov” – 5 €"


@given(name=st.text(max_size=80))
def test_no_name_can_steer_the_printer(name: str) -> None:
    """Neither letters nor a picture bring the printer a command of their own."""
    result = printed(document(TextLine(f"\x1b@{name}\x1dV\x00\x10\x14\x01", "9.99")), CZECH)
    assert result.resets == 1
    assert result.cuts == 1
    last = [part for part in result.parts if not (isinstance(part, PrintedRow) and not part.text)][-1]
    assert isinstance(last, PrintedPicture) or (isinstance(last, PrintedRow) and last.text.endswith("9.99"))


def test_dots_never_spell_a_real_time_command() -> None:
    for command in (b"\x10\x04\x01\x00", b"\x10\x05\x01\x00", b"\x10\x14\x01\x00"):
        sent = _raster(Image.frombytes("1", (32, 1), command))
        assert sent[8:] == b"\x18" + command[1:]


def test_the_total_is_tall_and_bold_and_what_follows_is_plain_again() -> None:
    rows = printed(paper("usd_en"), CZECH).rows
    total = next(index for index, row in enumerate(rows) if row.text.startswith("TOTAL"))
    assert (rows[total].emphasis, rows[total].wide, rows[total].tall) == (True, 1, 2)
    assert (rows[total + 1].emphasis, rows[total + 1].wide, rows[total + 1].tall) == (False, 1, 1)


def test_emphasis_comes_back_after_a_rule() -> None:
    rows = printed(document(Heading("A"), Rule(), Heading("B"), Rule(), TextLine("c")), CZECH).rows[:5]
    assert [(row.emphasis, row.wide) for row in rows] == [(True, 2), (False, 1), (True, 2), (False, 1), (False, 1)]


@pytest.mark.parametrize(("length", "module"), [(10, 3), (12, 3), (13, 2), (21, 2)])
def test_bars_take_the_widest_module_that_fits(length: int, module: int) -> None:
    data = "K" * length
    (bars,) = printed(document(Barcode(data)), CZECH).bars
    assert bars.dots == (11 * (length + 2) + 13 + 20) * module <= CZECH.dots
    assert scan(bars.picture) == [data]


def test_bars_wider_than_the_head_are_not_sent_their_text_is() -> None:
    data = "K" * 22
    result = printed(document(Barcode(data)), CZECH)
    assert result.bars == []
    assert result.rows[0].text == data


def test_the_receipts_bars_fit_the_narrower_head() -> None:
    assert len(USD.receipt_code) == 18
    assert printed(document(Barcode(USD.receipt_code)), PROFILES["80mm-42-cp852"]).bars[0].dots == 506


def test_the_width_told_for_the_printers_own_bars_is_that_of_code_set_b() -> None:
    assert code_set_b_width("KRABCD") == code128_width("KRABCD")
    assert code_set_b_width("12345678") > code128_width("12345678")


def test_a_brace_in_the_bars_is_doubled_for_the_printer() -> None:
    assert printed(document(Barcode("A{B")), CZECH).bars[0].data == "A{B"


def test_a_barcode_holds_printable_ascii() -> None:
    for data in ("", "Ř", "A\n"):
        with pytest.raises(ValueError):
            Barcode(data)


def test_a_printer_without_a_cutter_is_not_told_to_cut() -> None:
    plain = PrinterProfile("58mm", 32, 384, "cp852", 18, cuts=False)
    assert printed(paper("czk_cs"), plain).cuts == 0


@pytest.mark.parametrize(
    "broken", [{"columns": 80}, {"code_page_number": 256}, {"code_page": "no such page"}, {"code_page": "utf-16"}]
)
def test_a_profile_no_printer_is_like_is_refused(broken: dict[str, object]) -> None:
    fields: dict[str, object] = {
        "name": "x", "columns": 48, "dots": 576, "code_page": "cp852", "code_page_number": 18, **broken
    }  # fmt: skip
    with pytest.raises((ValueError, LookupError)):
        PrinterProfile(**fields)  # type: ignore[arg-type]


def test_the_printer_classes_of_the_library_stay_outside(tmp_path: Path) -> None:
    """They leave a folder behind at every start, read a database of printers and write to standard output."""
    program = (
        "import sys\n"
        "import receipts.escpos\n"
        "assert not {'escpos.printer', 'escpos.escpos', 'escpos.capabilities', 'yaml'} & set(sys.modules)\n"
    )
    # A folder for what is temporary of its own: others leave things in the common one meanwhile.
    here = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path))
    subprocess.run([sys.executable, "-c", program], check=True, cwd=".", env=here)
    assert list(tmp_path.iterdir()) == []

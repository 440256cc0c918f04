"""A signature over its line: inside the paper, in the proportions it was drawn in, on every device."""

from __future__ import annotations

import pytest

from pos.domain.signature import HIGH, WIDE, Signature
from receipts import escpos
from receipts.document import Document, TextLine
from receipts.pdf import render
from receipts.plain_text import render as plain
from receipts.printers import PROFILES
from receipts.signature import DOTS_HIGH, DOTS_WIDE, signature_picture
from tests.receipts.test_pdf import picture

WIDEST = Signature((((0, 150), (WIDE, 150)), ((0, 0), (10, HIGH))))
SMALL = Signature((((480, 140), (520, 160), (540, 130)),))
TALL = Signature((((500, 0), (510, HIGH)),))


@pytest.mark.parametrize("drawn", [WIDEST, SMALL, TALL])
def test_it_fits_and_has_ink(drawn: Signature) -> None:
    made = signature_picture(drawn)
    assert made.width <= DOTS_WIDE
    assert made.height <= DOTS_HIGH
    assert 0 in made.greys
    assert set(made.greys) <= {0, 255}
    assert signature_picture(drawn) == made


def test_it_keeps_its_proportions() -> None:
    made = signature_picture(Signature((((100, 50), (300, 50), (300, 150), (100, 150), (100, 50)),)))
    assert (made.width - 8) / (made.height - 8) == pytest.approx(2, rel=0.1)


def test_it_is_in_the_stream_and_in_the_pdf_and_text_leaves_it_out() -> None:
    made = signature_picture(WIDEST)
    paper = Document("store_slip", "Slip", "en", (made, TextLine("Signature")))
    bare = Document("store_slip", "Slip", "en", (TextLine("Signature"),))
    profile = PROFILES["80mm-48-cp852"]
    assert b"\x1dv0" in escpos.render(paper, profile)
    assert b"\x1dv0" not in escpos.render(bare, profile)
    assert plain(paper, 42) == plain(bare, 42)
    dark = [sum(one < 100 for one in picture(render(each)).convert("L").tobytes()) for each in (paper, bare)]
    assert dark[0] > dark[1] + 300

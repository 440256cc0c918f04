"""The baseline of a receipt as PDF: ReportLab's canvas, told string after string where to stand."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO

from barcode.codex import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.bare_receipt import read_off
from pos.domain.transaction import JournalHead, Transaction
from pos.wording import Wording
from receipts.paper.shop_face import ShopFace

_WIDTH, _MARGIN, _SIZE, _ROW = 80 * mm, 5 * mm, 7.8, 10.2
_BARS, _MODULE = 11 * mm, 0.28 * mm


def draw_receipt(sale: Transaction, shop: ShopFace, words: Wording, head: JournalHead) -> bytes:
    """The same words as a one-page PDF with the same fonts in it."""
    _load_fonts()
    file = BytesIO()
    rows = list(read_off(sale, shop, words, head))
    height = 2 * _MARGIN + len(rows) * _ROW + _BARS
    canvas = Canvas(file, pagesize=(_WIDTH, height), invariant=1)
    top = height - _MARGIN
    for kind, left, right in rows:
        top -= _ROW
        if kind == "rule":
            canvas.line(_MARGIN, top, _WIDTH - _MARGIN, top)
        elif kind == "bars":
            top -= _BARS
            _draw_bars(canvas, left, top)
        elif kind != "empty":
            canvas.setFont("BareBold" if kind in {"heading", "total"} else "Bare", _SIZE)
            if kind in {"heading", "middle"}:
                canvas.drawCentredString(_WIDTH / 2, top, left)
            else:
                canvas.drawString(_MARGIN, top, left)
                canvas.drawRightString(_WIDTH - _MARGIN, top, right)
    canvas.save()
    return file.getvalue()


def _draw_bars(canvas: Canvas, data: str, bottom: float) -> None:
    path = canvas.beginPath()
    left = _MARGIN
    for bar in Code128(data).build()[0].replace("01", "0 1").replace("10", "1 0").split():
        if bar[0] == "1":
            path.rect(left, bottom, len(bar) * _MODULE, _BARS - 2 * mm)
        left += len(bar) * _MODULE
    canvas.drawPath(path, stroke=0, fill=1)


@cache
def _load_fonts() -> None:
    fonts = resources.files("pos") / "assets" / "fonts"
    for name, file in (("Bare", "DejaVuSansMono.ttf"), ("BareBold", "DejaVuSansMono-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, BytesIO((fonts / file).read_bytes())))

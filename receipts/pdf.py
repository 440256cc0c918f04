"""The paper as a PDF page of roll paper: with receipts/label_pdf.py one of the two that import ReportLab.

The page is as high as what is on it. Equal documents give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from io import BytesIO

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from receipts.barcodes import QUIET_MODULES, code128_modules, code128_width
from receipts.document import Barcode, Document, Logo, Rule, Size
from receipts.lettering import clusters, on_the_grid
from receipts.plain_text import Laid, Row, lay_out

ROLL_WIDTH: float = 80 * mm
COLUMNS = 42

_MARGIN: float = 5 * mm
_INK_WIDTH = ROLL_WIDTH - 2 * _MARGIN
_LETTER_WIDTH = 0.60205  # of the bundled mono font, in em
_CELL = _INK_WIDTH / COLUMNS
_FONT_SIZE = _CELL / _LETTER_WIDTH
_ROW_HEIGHT = 1.3 * _FONT_SIZE
_DESCENT = 0.32 * _FONT_SIZE
_RULE_HEIGHT = 0.9 * _ROW_HEIGHT
_BARS_HEIGHT: float = 11 * mm
_MODULE_WIDEST: float = 0.33 * mm
_DOT: float = mm / 8  # of a print head
_LARGER = 1.4  # on a sheet than on a roll
_SHEET_ROOM = A4[1] / _LARGER - 4 * _MARGIN
BODY, BOLD = "KassaMono", "KassaMono-Bold"


def render(document: Document) -> bytes:
    """The document as a one-page PDF whose text can be searched and copied."""
    load_fonts()
    rows = lay_out(document, COLUMNS)
    height = 2 * _MARGIN + sum(_height(laid) for laid in rows)
    file = BytesIO()
    canvas = Canvas(file, pagesize=(ROLL_WIDTH, height), invariant=1, lang=document.language)
    canvas.setTitle(document.title)
    canvas.setCreator("Kassa")
    _draw(canvas, rows, height)
    canvas.save()
    return file.getvalue()


def render_sheets(documents: Sequence[Document]) -> bytes:
    """The documents on sheets of A4, each on its own and larger than on a roll; a long one goes on on the next."""
    load_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, lang=documents[0].language if documents else None)
    canvas.setTitle(", ".join(document.title for document in documents))
    canvas.setCreator("Kassa")
    for document in documents:
        for rows in _sheets(lay_out(document, COLUMNS)):
            canvas.saveState()
            canvas.translate((A4[0] - ROLL_WIDTH * _LARGER) / 2, 0)
            canvas.scale(_LARGER, _LARGER)
            _draw(canvas, rows, A4[1] / _LARGER)
            canvas.restoreState()
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def _sheets(rows: Sequence[Laid]) -> Iterator[list[Laid]]:
    """The rows as many to a sheet as it has room for."""
    sheet: list[Laid] = []
    left = _SHEET_ROOM
    for laid in rows:
        if sheet and _height(laid) > left:
            yield sheet
            sheet, left = [], _SHEET_ROOM
        sheet.append(laid)
        left -= _height(laid)
    yield sheet


def _draw(canvas: Canvas, rows: Sequence[Laid], height: float) -> None:
    """The rows from the top of a page of this height on."""
    pen = canvas.beginText()
    top = height - _MARGIN
    for laid in rows:
        top -= _height(laid)
        if isinstance(laid, Row):
            _write(pen, laid, top)
        elif isinstance(laid, Rule):
            _draw_rule(canvas, top)
        elif isinstance(laid, Logo):
            _draw_logo(canvas, laid, top)
        else:
            _draw_bars(canvas, laid, top)
    canvas.drawText(pen)


def _height(laid: Laid) -> float:
    if isinstance(laid, Row):
        return _ROW_HEIGHT * laid.size.drawn
    if isinstance(laid, Logo):
        return laid.height * _dot_of(laid)
    return _RULE_HEIGHT if isinstance(laid, Rule) else _BARS_HEIGHT


def _write(pen: PDFTextObject, row: Row, bottom: float) -> None:
    """One row in its cells; every row sets its own place, so that none depends on the one before."""
    text = row.text.strip(" ")
    if not text:
        return
    first = len(row.text) - len(row.text.lstrip(" "))
    wide, tall = row.size.wide, row.size.drawn
    pen.setFont(BOLD if row.emphasis else BODY, _FONT_SIZE)
    for column, piece in [(0, text)] if on_the_grid(text) else clusters(text):
        left = _MARGIN + (first + column) * _CELL * wide
        if row.size is Size.NORMAL:
            pen.setTextOrigin(left, bottom + _DESCENT)
        else:
            pen.setTextTransform(wide, 0, 0, tall, left, bottom + _DESCENT * tall)
        pen.textOut(piece)


def _draw_rule(canvas: Canvas, bottom: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setDash(2.4, 2.4)
    canvas.line(_MARGIN, bottom + _RULE_HEIGHT / 2, ROLL_WIDTH - _MARGIN, bottom + _RULE_HEIGHT / 2)
    canvas.restoreState()


def _dot_of(logo: Logo) -> float:
    """As large as a print head prints it, or what the page has room for."""
    return min(_DOT, _INK_WIDTH / logo.width)


def _draw_logo(canvas: Canvas, logo: Logo, bottom: float) -> None:
    width, height = logo.width * _dot_of(logo), logo.height * _dot_of(logo)
    picture = ImageReader(Image.frombytes("L", (logo.width, logo.height), logo.greys))
    canvas.drawImage(picture, (ROLL_WIDTH - width) / 2, bottom, width, height)


def _draw_bars(canvas: Canvas, barcode: Barcode, bottom: float) -> None:
    """Bars as wide as the text at most; their quiet zones may lie in the page's margins."""
    modules = code128_width(barcode.data)
    module = min(_MODULE_WIDEST, _INK_WIDTH / modules, ROLL_WIDTH / (modules + 2 * QUIET_MODULES))
    canvas.saveState()
    canvas.translate((ROLL_WIDTH - modules * module) / 2, bottom + 1 * mm)
    canvas.scale(module, _BARS_HEIGHT - 2 * mm)
    path = canvas.beginPath()
    for start, length in code128_modules(barcode.data):
        path.rect(start, 0, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


@cache
def load_fonts() -> None:
    """The bundled fonts, once a process: ReportLab's own lack ď ě ň ř ť ů."""
    fonts = resources.files("pos") / "assets" / "fonts"
    for name, file in ((BODY, "DejaVuSansMono.ttf"), (BOLD, "DejaVuSansMono-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, BytesIO((fonts / file).read_bytes())))

"""Labels as a PDF, sheet by sheet; with receipts/pdf.py one of the two files that import ReportLab."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from receipts.barcodes import bar_modules
from receipts.labels import Label, Sheet
from receipts.pdf import BODY, BOLD, load_fonts

_EDGE: float = 2.5 * mm
_MODULE_WIDEST: float = 0.33 * mm
# EAN bars want eleven white modules in front and seven behind (GS1 General Specifications, 5.2.1.7).
_QUIET = 11
_NAME_SIZE, _PRICE_SIZE, _SMALL = 8.5, 20.0, 6.0
_ROW_SIZE, _ROW_SIZE_LEAST, _ROW_STEP = 7.0, 4.5, 8.5
# The price stays the largest thing on a shelf label, however many prices by quantity stand under it.
_PRICE_SIZE_LEAST = 12.0
# A label lower than this has low bars, so that its prices by quantity have room.
_LOW_LABEL: float = 32 * mm
_BARS_HIGH: float = 9 * mm
_BARS_LOW: float = 6 * mm


def render_labels(labels: Sequence[Label], sheet: Sheet, *, skip: int = 0, language: str = "en") -> bytes:
    """The labels in order, beginning after `skip` places of the first sheet that are used up. Equal in, equal out."""
    load_fonts()
    file = BytesIO()
    page = (sheet.page_width * mm, sheet.page_height * mm)
    canvas = Canvas(file, pagesize=page, invariant=1, lang=language)
    canvas.setCreator("Kassa")
    place = skip % sheet.count
    for number, label in enumerate(labels):
        if place == sheet.count or (number and place == 0):
            canvas.showPage()
            place = 0
        row, column = divmod(place, sheet.across)
        left = (sheet.left + column * sheet.width) * mm
        bottom = (sheet.page_height - sheet.top - (row + 1) * sheet.height) * mm
        canvas.saveState()
        canvas.translate(left, bottom)
        _draw(canvas, label, sheet.width * mm, sheet.height * mm)
        canvas.restoreState()
        place += 1
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, label: Label, width: float, height: float) -> None:
    inner = width - 2 * _EDGE
    top = height - _EDGE
    crowded = bool(label.by_quantity) and height < _LOW_LABEL
    for text in _name_lines(label.name, inner, 1 if crowded else 2):
        top -= _NAME_SIZE * 1.15
        canvas.setFont(BOLD, _NAME_SIZE)
        canvas.drawString(_EDGE, top, text)
    low = _EDGE + _draw_bars(canvas, label, inner, _BARS_LOW if crowded else _BARS_HIGH)
    if label.note:
        canvas.setFont(BODY, _SMALL)
        canvas.drawRightString(width - _EDGE, low + 1, _cut(label.note, inner))
    if label.price:
        low = _draw_by_quantity(canvas, label, low, top, inner)
        size = min(_PRICE_SIZE, _PRICE_SIZE * inner / _width(label.price, BOLD, _PRICE_SIZE))
        room = top - low - (_ROW_SIZE * 0.4 if label.by_quantity else 2 * _SMALL)
        size = max(min(size, room), _NAME_SIZE)
        canvas.setFont(BOLD, size)
        canvas.drawRightString(width - _EDGE, top - size * 0.95, label.price)
        canvas.setFont(BODY, _SMALL)
        canvas.drawString(_EDGE, top - size * 0.95, _cut(label.comparison, inner - _width(label.price, BOLD, size)))


def _draw_by_quantity(canvas: Canvas, label: Label, low: float, top: float, inner: float) -> float:
    """The prices by quantity, one a line beside the note; answers where they end. What has no line shares the last."""
    if not label.by_quantity:
        return low
    lines = max(1, min(len(label.by_quantity), int((top - low - _PRICE_SIZE_LEAST) / _ROW_STEP)))
    alone, sharing = label.by_quantity[: lines - 1], label.by_quantity[lines - 1 :]
    beside = inner - _width(label.note, BODY, _SMALL) - _SMALL if label.note else inner
    for at, text in enumerate((*alone, " · ".join(sharing))):
        row = lines - 1 - at
        room = inner if row else beside
        size = max(min(_ROW_SIZE, _ROW_SIZE * room / _width(text, BOLD, _ROW_SIZE)), _ROW_SIZE_LEAST)
        canvas.setFont(BOLD, size)
        canvas.drawString(_EDGE, low + 1 + row * _ROW_STEP, _cut(text, room, BOLD, size))
    return low + lines * _ROW_STEP


def _draw_bars(canvas: Canvas, label: Label, inner: float, height: float) -> float:
    """The bars at the bottom left with their digits; answers how much room they took."""
    if label.bars is None or not label.code:
        return 0
    bars = bar_modules(label.code, label.bars)
    modules = bars[-1][0] + bars[-1][1]
    module = min(_MODULE_WIDEST, inner / (modules + 2 * _QUIET))
    left = _EDGE + _QUIET * module
    canvas.setFont(BODY, _SMALL)
    canvas.drawCentredString(left + modules * module / 2, _EDGE, label.code)
    canvas.saveState()
    canvas.translate(left, _EDGE + _SMALL * 1.2)
    canvas.scale(module, height)
    path = canvas.beginPath()
    for start, length in bars:
        path.rect(start, 0, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
    return height + _SMALL * 1.4


def _width(text: str, font: str, size: float) -> float:
    width: float = pdfmetrics.stringWidth(text, font, size)
    return width


def _name_lines(text: str, inner: float, most: int) -> list[str]:
    """The name in at most so many lines, broken between words; what is left over is cut with a sign."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most:
        line = rest.pop(0)
        while rest and _width(f"{line} {rest[0]}", BOLD, _NAME_SIZE) <= inner:
            line = f"{line} {rest.pop(0)}"
        if len(lines) == most - 1 and rest:
            line = f"{line} {' '.join(rest)}"
        lines.append(_cut(line, inner, BOLD, _NAME_SIZE))
    return lines


def _cut(text: str, inner: float, font: str = BODY, size: float = _SMALL) -> str:
    if _width(text, font, size) <= inner:
        return text
    while text and _width(f"{text}…", font, size) > inner:
        text = text[:-1]
    return f"{text}…"
